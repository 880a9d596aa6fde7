"""The client's space: own dossiers, own trainees, own documents; nothing of anybody else."""

from flask import abort
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.core import clock
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404, page_number, render
from admin_app.documents.replies import reply
from admin_app.spaces import dossiers

pages = Pages("spaces", "client", "/espace")


@pages.get("", allow=Permission.CLIENT_SPACE)
def index() -> str:
    """My dossiers, newest first."""
    page = dossiers.dossiers(_client(), clock.today(), page_number())
    return render("spaces/client.html", page=page)


@pages.get("/sessions/<int:cohort_id>", allow=Permission.CLIENT_SPACE)
def cohort(cohort_id: int) -> str:
    """One dossier: its agreement, its trainees, its documents."""
    found = or_404(dossiers.cohort_of(_client(), cohort_id))
    agreement = dossiers.agreement_of(_client(), cohort_id)
    return render(
        "spaces/client_cohort.html",
        dossier=dossiers.dossier(found, agreement, clock.today()),
        people=dossiers.people_of(_client(), cohort_id),
    )


@pages.get("/documents/<int:document_id>", allow=Permission.CLIENT_SPACE)
def document(document_id: int) -> Response:
    """One of my documents."""
    return reply(or_404(dossiers.document_of(_client(), document_id)))


def _client() -> int:
    if current_user.client_id is None:
        abort(404)
    return int(current_user.client_id)
