"""What the pages of coverage share: their address, who may read them, the tabs of the section."""

from typing import Any

from flask import current_app, request, url_for
from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404
from admin_app.coverage import queries
from admin_app.coverage.shown import ShownDay, shown_day

pages = Pages("coverage", "office")
READ = Permission.COVERAGE_READ
REVIEW = Permission.EVIDENCE_REVIEW
Reply = str | Response | tuple[str, int]
TABS = (
    ("Ce qui manque", "coverage_office.index"),
    ("Sessions", "coverage_office.portfolio"),
    ("Organisme", "coverage_office.house"),
    ("Pièces à examiner", "coverage_office.reviews"),
)


def section_tabs() -> list[dict[str, Any]]:
    """The pages of the section, for `components/page.html`."""
    return [
        {"label": label, "url": url_for(endpoint), "active": request.endpoint == endpoint}
        for label, endpoint in TABS
        if endpoint in current_app.view_functions
    ]


def the_cohort(cohort_id: int) -> Cohort:
    """The cohort of the address, or the page « introuvable »."""
    return or_404(cohort_by_id(cohort_id))


def the_day() -> ShownDay:
    """The day that the address asks for, today without one (`?jour=`, `?edition=`)."""
    return shown_day(
        request.args.get("jour", ""),
        today=clock.today(),
        audit_on=queries.audit_day(),
        edition=request.args.get("edition", ""),
    )
