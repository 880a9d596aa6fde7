"""The file of a cohort: its indicators on the day shown, what to do next, its story."""

from admin_app.core.pages import page_number, render
from admin_app.core.received import asked_key
from admin_app.coverage import queries
from admin_app.coverage.office.pages import READ, pages, the_cohort, the_day
from admin_app.coverage.steps import step_views
from admin_app.coverage.views import cohort_panel


@pages.get("/sessions/<int:cohort_id>/preuves", allow=READ)
def cohort(cohort_id: int) -> str:
    """The file of a cohort: its indicators, today or on another day, and its story."""
    found, shown = the_cohort(cohort_id), the_day()
    coverage = queries.coverage_of(found, as_of=shown.as_of, audit_date=shown.audit_on)
    return render(
        "coverage/cohort.html",
        cohort=found,
        shown=shown,
        panel=cohort_panel(
            coverage,
            cohort_id,
            asked_key("critere"),
            endpoint="coverage_office.cohort",
            jour=shown.in_address,
            edition=shown.edition_in_address,
        ),
        next=step_views(coverage, cohort_id),
        thread=queries.thread(cohort_id, page_number()),
    )
