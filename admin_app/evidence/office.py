"""One piece of evidence and its facts."""

from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404, render
from admin_app.evidence import queries

pages = Pages("evidence", "office")


@pages.get("/preuves/<int:evidence_id>", allow=Permission.COVERAGE_READ)
def show(evidence_id: int) -> str:
    """What it is, when it happened, when it was recorded, and its hash."""
    return render("evidence/show.html", piece=or_404(queries.piece(evidence_id)))
