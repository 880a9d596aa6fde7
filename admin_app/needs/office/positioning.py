"""The office sends the questionnaire of needs and positioning, and reads the answers."""

from werkzeug.wrappers import Response

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import enrolled, roster
from admin_app.core import clock
from admin_app.core.access import Permission, current_actor
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.pages import go, or_404, render
from admin_app.needs.office.pages import pages
from admin_app.needs.operations import positioning as operations
from admin_app.needs.queries import positioning as queries
from admin_app.needs.views.positioning import answers_content


@pages.get("/sessions/<int:cohort_id>/positionnement", allow=Permission.COHORTS_MANAGE)
def positioning(cohort_id: int) -> str:
    """Who was asked, who answered."""
    found = _cohort(cohort_id)
    return render(
        "needs/positioning.html",
        cohort=found,
        people=roster(cohort_id, active_only=True),
        known=queries.of_cohort(cohort_id),
    )


@pages.post("/sessions/<int:cohort_id>/positionnement/envoyer", allow=Permission.COHORTS_MANAGE)
def send_positionings(cohort_id: int) -> Response:
    """Send it to all those who have not had it."""
    try:
        count = operations.send_positionings(_cohort(cohort_id), by=current_actor(), at=clock.now())
        message = (
            f"{plural(count, 'questionnaire envoyé', 'questionnaires envoyés')}."
            if count
            else "Tous les stagiaires l’ont déjà reçu."
        )
    except Refused as refused:
        message = refused.message
    return go("needs_office.positioning", message, cohort_id=cohort_id)


@pages.post(
    "/sessions/<int:cohort_id>/positionnement/<int:enrolment_id>/envoyer",
    allow=Permission.COHORTS_MANAGE,
)
def send_positioning(cohort_id: int, enrolment_id: int) -> Response:
    """Send it to one trainee, again or for the first time."""
    found, person = _cohort(cohort_id), or_404(enrolled(enrolment_id))
    or_404(person if person.enrolment.cohort_id == cohort_id else None)
    try:
        operations.send_positioning(found, person, by=current_actor(), at=clock.now())
        message = f"Questionnaire envoyé à {person.trainee.name}."
    except Refused as refused:
        message = refused.message
    return go("needs_office.positioning", message, cohort_id=cohort_id)


@pages.get(
    "/sessions/<int:cohort_id>/positionnement/<int:enrolment_id>", allow=Permission.COHORTS_MANAGE
)
def positioning_answers(cohort_id: int, enrolment_id: int) -> str:
    """What one trainee told."""
    found, person = _cohort(cohort_id), or_404(enrolled(enrolment_id))
    or_404(person if person.enrolment.cohort_id == cohort_id else None)
    row = or_404(queries.of_enrolment(enrolment_id))
    or_404(row.answered_at)
    return render(
        "needs/positioning_answers.html",
        cohort=found,
        person=person,
        content=answers_content(row, person.trainee.name, found),
    )


def _cohort(cohort_id: int) -> Cohort:
    return or_404(cohort_by_id(cohort_id))
