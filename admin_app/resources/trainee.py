"""A trainee fetches the resources of the training, by personal link."""

from flask import g
from werkzeug.wrappers import Response

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import enrolled
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked
from admin_app.core.pages import or_404, render
from admin_app.resources import operations, queries, views

pages = Pages("resources", "trainee")
MINE = linked(Purpose.TRAINEE_FILE)


@pages.get("/l/<token>/ressources", allow=MINE)
def index(token: str) -> str:
    """What was handed over."""
    person = or_404(enrolled(g.link.subject_id))
    cohort = or_404(cohort_by_id(person.enrolment.cohort_id))
    return render(
        "resources/mine.html", token=token, cohort=cohort, files=queries.shared(cohort.id)
    )


@pages.get("/l/<token>/ressources/<int:file_id>", allow=MINE)
def fetch(token: str, file_id: int) -> Response:
    """One file."""
    person = or_404(enrolled(g.link.subject_id))
    mine = {one.id: one for one in queries.shared(person.enrolment.cohort_id)}
    file = or_404(mine.get(file_id))
    operations.note_fetched(file, person.enrolment, by=current_actor(), at=clock.now())
    return views.send(file)
