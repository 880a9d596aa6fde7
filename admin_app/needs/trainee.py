"""A trainee tells needs and starting point, by personal link, one question a page."""

from flask import current_app, g, url_for

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import enrolled
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked
from admin_app.core.pages import or_404
from admin_app.needs.operations import positioning as operations
from admin_app.needs.queries.positioning import of_enrolment, questionnaire_of
from admin_app.questionnaires import Sitting, sit
from admin_app.questionnaires.sitting import Reply

pages = Pages("needs", "trainee")
ACCOMMODATION = "adaptations_trainee.accommodation"


@pages.get("/l/<token>/besoins", allow=linked(Purpose.POSITIONING))
def welcome(token: str) -> Reply:
    """What is asked, before the first question; thanks, once it was answered."""
    return sit(_sitting(token), 0)


@pages.form("/l/<token>/besoins/<int:step>", allow=linked(Purpose.POSITIONING))
def question(token: str, step: int) -> Reply:
    """One question, or the summary before sending."""
    return sit(_sitting(token), step)


def _sitting(token: str) -> Sitting:
    person = or_404(enrolled(g.link.subject_id))
    cohort = or_404(cohort_by_id(person.enrolment.cohort_id))
    row = or_404(of_enrolment(person.enrolment.id))
    by, at = current_actor(), clock.now()

    def address(step: int) -> str:
        if step == 0:
            return url_for("needs_trainee.welcome", token=token)
        return url_for("needs_trainee.question", token=token, step=step)

    extras = {}
    if ACCOMMODATION in current_app.view_functions:
        extras["accommodation_url"] = url_for(ACCOMMODATION, token=token)
    return Sitting(
        questionnaire=questionnaire_of(cohort),
        answers=row.answers,
        answered_at=row.answered_at,
        about=cohort.title,
        address=address,
        save=lambda answers: operations.save_answers(row, answers, at=at),
        finish=lambda: operations.finish(row, person, cohort, by=by, at=at),
        extras=extras,
    )
