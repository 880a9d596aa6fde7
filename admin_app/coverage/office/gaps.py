"""Everything that is late, to be looked at or to come, for the whole house."""

from flask import request

from admin_app.core import clock
from admin_app.core.pages import page_number, render
from admin_app.coverage import queries
from admin_app.coverage.office.pages import READ, pages, section_tabs
from admin_app.coverage.views import row_views
from compliance.vocabulary import Owner, PieceStatus

OWNERS = [(owner.value, owner.label) for owner in Owner]
STATUSES = [
    (status.value, status.label)
    for status in (PieceStatus.LATE, PieceStatus.REVIEW, PieceStatus.UPCOMING)
]


@pages.get("/couverture", allow=READ)
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
        tabs_of_section=section_tabs(),
    )
