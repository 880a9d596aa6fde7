"""A trainee fetches certificates, by the personal link of the trainee's file."""

from flask import g
from werkzeug.wrappers import Response

from admin_app.certificates.operations import note_fetched
from admin_app.certificates.queries import of_enrolment
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, linked
from admin_app.core.pages import or_404, render
from admin_app.documents.replies import reply

pages = Pages("certificates", "trainee")


@pages.get("/l/<token>/attestations", allow=linked(Purpose.TRAINEE_FILE))
def index(token: str) -> str:
    """My certificates."""
    return render("certificates/mine.html", token=token, mine=of_enrolment(g.link.subject_id))


@pages.get("/l/<token>/attestations/<int:certificate_id>", allow=linked(Purpose.TRAINEE_FILE))
def fetch(token: str, certificate_id: int) -> Response:
    """One of my certificates."""
    mine = {one.id: (one, document) for one, document in of_enrolment(g.link.subject_id)}
    row, document = or_404(mine.get(certificate_id))
    note_fetched(row, at=clock.now())
    return reply(document)
