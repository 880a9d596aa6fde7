"""One real cohort, from the first run to the auditor: each part of it, in order."""
