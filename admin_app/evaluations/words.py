"""Answers and results, ready to be shown to the office and to the auditor."""

from admin_app.core.database import db
from admin_app.core.formatting import day, moment
from admin_app.evaluations.models import Assessment, Survey
from admin_app.evaluations.operations.assessments import Result
from admin_app.evaluations.queries import results_of, survey
from admin_app.questionnaires import Shown, load

Content = tuple[str, dict[str, object]]
TEMPLATE = "questionnaires/_answers.html"


def survey_content(survey: Survey) -> dict[str, object]:
    """The answers of a survey, for `questionnaires/_answers.html`."""
    questionnaire = load(survey.kind)
    return {
        "title": f"{questionnaire.title} – {survey.respondent}",
        "when": f"Reçu le {moment(survey.answered_at)}",
        "shown": questionnaire.shown(survey.answers),
    }


def survey_piece(survey_id: int) -> Content | None:
    """A survey as the reading room shows it; nothing when it was never answered."""
    found = survey(survey_id)
    if found is None or found.answered_at is None:
        return None
    return TEMPLATE, survey_content(found)


def assessment_piece(assessment_id: int) -> Content | None:
    """An assessment as the reading room shows it."""
    row = db.session.get(Assessment, assessment_id)
    if row is None:
        return None
    shown = [Shown(one.objective, Result(one.result).label) for one in results_of(row.id)]
    shown += [Shown("Moyen d’évaluation", row.method), Shown("Observation", row.comment)]
    when = f"Évalué le {day(row.assessed_on)} par {row.recorded_by}"
    return TEMPLATE, {"title": "Évaluation des acquis", "when": when, "shown": shown}
