"""Assessments, for the trainer: own cohorts only."""

from flask_login import current_user

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import is_taught_by
from admin_app.core.access import Pages, Permission
from admin_app.core.pages import or_404
from admin_app.evaluations.views import Reply, assess_page, list_page

pages = Pages("evaluations", "trainer", "/mes-sessions/<int:cohort_id>/acquis")
TRAINER = "layouts/trainer.html"


@pages.get("", allow=Permission.TRAINER_SPACE)
def assessments(cohort_id: int) -> str:
    """What the trainees of one of my cohorts learnt."""
    return list_page(_own(cohort_id), TRAINER, "evaluations_trainer.assess")


@pages.form("/<int:enrolment_id>", allow=Permission.TRAINER_SPACE)
def assess(cohort_id: int, enrolment_id: int) -> Reply:
    """Write what one trainee learnt."""
    return assess_page(_own(cohort_id), enrolment_id, TRAINER, "evaluations_trainer.assessments")


def _own(cohort_id: int) -> Cohort:
    mine = is_taught_by(cohort_id, current_user.trainer_id)
    return or_404(cohort_by_id(cohort_id) if mine else None)
