"""Documents, for the office: one by one, and all those of a cohort."""

from flask import Response

from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404, page_number, render
from admin_app.documents import queries
from admin_app.documents.kinds import cohort_heading
from admin_app.documents.replies import reply

pages = Pages("documents", "office")


@pages.get("/documents/<int:document_id>", allow=Permission.DOCUMENTS_READ)
def show(document_id: int) -> Response:
    """The PDF itself, in the page."""
    return reply(or_404(queries.by_id(document_id)))


@pages.get("/documents/<int:document_id>/telecharger", allow=Permission.DOCUMENTS_READ)
def fetch(document_id: int) -> Response:
    """The PDF itself, to keep."""
    return reply(or_404(queries.by_id(document_id)), inline=False)


@pages.get("/sessions/<int:cohort_id>/documents", allow=Permission.DOCUMENTS_READ)
def cohort(cohort_id: int) -> str:
    """Every document issued for a cohort, versions included."""
    heading = or_404(cohort_heading(cohort_id))
    page = queries.of_cohort(cohort_id, page_number())
    return render("documents/cohort.html", cohort=heading, page=page)
