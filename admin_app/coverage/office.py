"""Coverage, for the office and the quality manager: what is missing everywhere; a cohort's file."""

from datetime import date

from flask import request

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404, page_number, render
from admin_app.core.received import asked_key
from admin_app.coverage import queries
from admin_app.coverage.views import cohort_panel, row_views
from compliance.referentiel import load
from compliance.vocabulary import Owner, PieceStatus

pages = Pages("coverage", "office")
LAST_DAY = date(2199, 12, 31)
OWNERS = [(owner.value, owner.label) for owner in Owner]
STATUSES = [
    (status.value, status.label)
    for status in (PieceStatus.LATE, PieceStatus.REVIEW, PieceStatus.UPCOMING)
]


@pages.get("/couverture", allow=Permission.COVERAGE_READ)
def index() -> str:
    """Everything that is late, to be looked at or to come, oldest due first."""
    today, edition = clock.today(), queries.edition_in_use()
    page = queries.gaps_page(
        today,
        page_number(),
        edition=edition.key,
        owner=request.args.get("owner", ""),
        status=request.args.get("status", ""),
        text=request.args.get("q", ""),
    )
    return render(
        "coverage/index.html",
        page=page,
        gaps=row_views(page.items),
        counts=queries.counts_by_status(today, edition.key),
        edition=edition,
        owners=OWNERS,
        statuses=STATUSES,
        is_filtered=any(request.args.get(name) for name in ("owner", "status", "q")),
    )


@pages.get("/sessions/<int:cohort_id>/preuves", allow=Permission.COVERAGE_READ)
def cohort(cohort_id: int) -> str:
    """The file of a cohort: its indicators, today or on a past day, and its story."""
    found = or_404(cohort_by_id(cohort_id))
    as_of = _day("jour")
    coverage = queries.coverage_of(found, as_of=as_of, audit_date=_day("audit"))
    return render(
        "coverage/cohort.html",
        cohort=found,
        panel=cohort_panel(
            coverage,
            cohort_id,
            asked_key("critere"),
            endpoint="coverage_office.cohort",
        ),
        thread=queries.thread(cohort_id, page_number()),
        as_of=as_of,
    )


def _day(name: str) -> date | None:
    """The day that the address names; none when it is no day, or before every edition."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if load().editions[0].applies_from <= day <= LAST_DAY else None
