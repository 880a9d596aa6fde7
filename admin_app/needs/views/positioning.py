"""A trainee's answers, ready to be shown to the office, the trainer and the auditor."""

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import enrolled
from admin_app.core.formatting import moment
from admin_app.needs.models import Positioning
from admin_app.needs.queries.positioning import positioning, questionnaire_of


def answers_content(row: Positioning, name: str, cohort: Cohort) -> dict[str, object]:
    """For `questionnaires/_answers.html`."""
    return {
        "title": f"Besoins et positionnement – {name}",
        "when": f"Reçu le {moment(row.answered_at)}",
        "shown": questionnaire_of(cohort).shown(row.answers),
    }


def positioning_piece(positioning_id: int) -> tuple[str, dict[str, object]] | None:
    """A positioning as the reading room shows it."""
    row = positioning(positioning_id)
    person = enrolled(row.enrolment_id) if row is not None else None
    cohort = cohort_by_id(person.enrolment.cohort_id) if person is not None else None
    if row is None or person is None or cohort is None or row.answered_at is None:
        return None
    return "questionnaires/_answers.html", answers_content(row, person.trainee.name, cohort)
