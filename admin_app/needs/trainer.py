"""The trainer reads, before the first day, what the trainees of own cohorts told."""

from flask_login import current_user

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import is_taught_by, roster
from admin_app.core import clock
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404, render
from admin_app.needs.operations.positioning import note_read
from admin_app.needs.queries.positioning import of_cohort, questionnaire_of

pages = Pages("needs", "trainer", "/mes-sessions/<int:cohort_id>")


@pages.get("/besoins", allow=Permission.TRAINER_SPACE)
def positioning(cohort_id: int) -> str:
    """What each trainee told, question by question."""
    mine = is_taught_by(cohort_id, current_user.trainer_id)
    cohort = or_404(cohort_by_id(cohort_id) if mine else None)
    known, asked = of_cohort(cohort_id), questionnaire_of(cohort)
    people = [
        (one, known[one.enrolment.id], asked.shown(known[one.enrolment.id].answers))
        for one in roster(cohort_id, active_only=True)
        if one.enrolment.id in known and known[one.enrolment.id].answered_at
    ]
    note_read(cohort, at=clock.now())
    return render("needs/trainer_positioning.html", cohort=cohort, people=people)
