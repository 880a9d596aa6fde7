"""Surveys, for those who answer by personal link: trainees, clients, trainers."""

from flask import g, url_for

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core import clock
from admin_app.core.access import Pages, Purpose, current_actor, linked
from admin_app.core.pages import or_404
from admin_app.evaluations import operations, queries
from admin_app.questionnaires import Sitting, load, sit
from admin_app.questionnaires.sitting import Reply

pages = Pages("evaluations", "public")
SURVEYS = linked(
    Purpose.EXIT_SURVEY,
    Purpose.FOLLOW_UP_SURVEY,
    Purpose.CLIENT_FEEDBACK,
    Purpose.TRAINER_FEEDBACK,
)


@pages.get("/l/<token>/avis", allow=SURVEYS)
def welcome(token: str) -> Reply:
    """What is asked, before the first question; or thanks, once it was answered."""
    return sit(_sitting(token), 0)


@pages.form("/l/<token>/avis/<int:step>", allow=SURVEYS)
def question(token: str, step: int) -> Reply:
    """One question, or the summary before sending."""
    return sit(_sitting(token), step)


def _sitting(token: str) -> Sitting:
    survey = or_404(queries.survey(g.link.subject_id))
    cohort = or_404(cohort_by_id(survey.cohort_id))
    by, at = current_actor(), clock.now()

    def address(step: int) -> str:
        if step == 0:
            return url_for("evaluations_public.welcome", token=token)
        return url_for("evaluations_public.question", token=token, step=step)

    return Sitting(
        questionnaire=load(survey.kind),
        answers=survey.answers,
        answered_at=survey.answered_at,
        about=cohort.title,
        address=address,
        save=lambda answers: operations.save_answers(survey, answers, at=at),
        finish=lambda: operations.finish(survey, by=by, at=at),
        extras={},
    )
