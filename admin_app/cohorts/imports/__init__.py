"""Lists of trainees that people send: read, understood, checked, before anything is written."""

from admin_app.cohorts.imports.checking import Listed, Preview, check
from admin_app.cohorts.imports.model import MOST_LINES, Problem, Sheet
from admin_app.cohorts.imports.reading import KINDS, read_sheet

__all__ = ["KINDS", "MOST_LINES", "Listed", "Preview", "Problem", "Sheet", "check", "read_sheet"]
