"""The journal: who did what, when, from where; entries are only ever added."""
