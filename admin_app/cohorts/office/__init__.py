"""The office's pages about cohorts."""

from admin_app.cohorts.office import (
    cohort,
    days,
    enrolments,
    imports,
    particulars,
    staff,
    trainees,
)
from admin_app.cohorts.office.pages import pages

__all__ = ["cohort", "days", "enrolments", "imports", "pages", "particulars", "staff", "trainees"]
