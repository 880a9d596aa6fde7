"""Resources, for the trainee behind the personal link; who fetched what is noted."""

from flask import g
from werkzeug.wrappers import Response

from admin_app.cohorts.queries import Enrolled, cohort, enrolled
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked
from admin_app.core.pages import or_404, render
from admin_app.resources import operations, queries
from admin_app.resources.desk import hand_out

pages = Pages("resources", "trainee")
MINE = linked(Purpose.TRAINEE_FILE)


@pages.get("/l/<token>/ressources", allow=MINE)
def index(token: str) -> str:
    """My working documents."""
    person = _mine()
    training = or_404(cohort(person.enrolment.cohort_id))
    files = queries.mine(person.enrolment)
    return render("resources/mine.html", token=token, cohort=training, files=files)


@pages.get("/l/<token>/ressources/<int:resource_id>", allow=MINE)
def fetch(token: str, resource_id: int) -> Response:
    """One of them, to keep."""
    person = _mine()
    row = queries.resource(person.enrolment.cohort_id, resource_id)
    row = or_404(row if row and row.is_open else None)
    reply = hand_out(row)
    operations.note_fetched(row, person.enrolment, by=current_actor(), at=clock.now())
    return reply


def _mine() -> Enrolled:
    return or_404(enrolled(g.link.subject_id))
