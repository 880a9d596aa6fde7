"""The trainee's file, behind the personal link: when, where, with whom, and what was enclosed."""

from flask import Response, g

from admin_app.cohorts.queries import Enrolled, enrolled
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked
from admin_app.core.pages import or_404, render
from admin_app.documents.replies import reply
from admin_app.joining import operations, queries, views
from admin_app.joining.gathering import common
from admin_app.joining.models import JoiningInstructions

pages = Pages("joining", "trainee")
MINE = linked(Purpose.TRAINEE_FILE)


@pages.get("/l/<token>/formation", allow=MINE)
def show(token: str) -> str:
    """« Votre convocation »: what to know before coming."""
    person, row = _mine()
    cohort = or_404(queries.cohort_with_programme(person.enrolment.cohort_id))
    if row is not None:
        operations.note_opened(row, cohort.id, by=current_actor(), at=clock.now())
    data = common(cohort, clock.now()).data
    return render(
        "joining/mine.html",
        token=token,
        person=person,
        cohort=cohort,
        row=row,
        action=data["action"],
        contacts=data["contacts"],
        others=views.trainee_links(token),
    )


@pages.get("/l/<token>/formation/convocation", allow=MINE)
def fetch(token: str) -> Response:
    """The instructions themselves, as they were sent."""
    _, row = _mine()
    return reply(queries.document_of(or_404(row)))


@pages.get("/l/<token>/formation/documents/<kind>", allow=MINE)
def fetch_house(token: str, kind: str) -> Response:
    """A house document that was enclosed."""
    _, row = _mine()
    return reply(or_404(queries.enclosed_document(or_404(row), kind)))


def _mine() -> tuple[Enrolled, JoiningInstructions | None]:
    person = or_404(enrolled(g.link.subject_id))
    return person, queries.current_of(person.enrolment.id)
