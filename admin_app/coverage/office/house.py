"""The organisation itself: what it holds whatever the session, criterion by criterion."""

from admin_app.core.pages import render
from admin_app.core.received import asked_key
from admin_app.coverage import queries
from admin_app.coverage.office.pages import READ, pages, section_tabs, the_day
from admin_app.coverage.steps import step_views
from admin_app.coverage.views import cohort_panel


@pages.get("/couverture/organisme", allow=READ)
def house() -> str:
    """Procedures, watch, staff, partners, improvement: each indicator, each gap a sentence."""
    shown = the_day()
    coverage = queries.organisation_coverage(as_of=shown.as_of, audit_date=shown.audit_on)
    if coverage is None:
        return render(
            "coverage/house.html", panel=None, shown=shown, tabs_of_section=section_tabs()
        )
    return render(
        "coverage/house.html",
        shown=shown,
        panel=cohort_panel(
            coverage,
            None,
            asked_key("critere"),
            endpoint="coverage_office.house",
            jour=shown.in_address,
            edition=shown.edition_in_address,
        ),
        next=step_views(coverage, None),
        tabs_of_section=section_tabs(),
    )
