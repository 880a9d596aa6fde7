"""The rules of Liasse: pure Python, standard library only.

Reads dated, cited rules (``data/*.toml``) and says what is proved, missing, due or doubtful.
No web, no database, no clock: every function is told the day or the instant it speaks of.
"""
