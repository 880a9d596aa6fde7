"""Reading what trainees told of their needs and starting point."""

from sqlalchemy import select

from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.core.database import db
from admin_app.needs.models import Positioning
from admin_app.programmes.models import ProgrammeVersion
from admin_app.questionnaires import Questionnaire, load


def of_cohort(cohort_id: int) -> dict[int, Positioning]:
    """The questionnaires of a cohort by enrolment, sent or answered."""
    rows = db.session.scalars(
        select(Positioning)
        .join(Enrolment, Enrolment.id == Positioning.enrolment_id)
        .where(Enrolment.cohort_id == cohort_id)
    )
    return {row.enrolment_id: row for row in rows}


def of_enrolment(enrolment_id: int) -> Positioning | None:
    """The questionnaire of one trainee."""
    return db.session.scalar(select(Positioning).where(Positioning.enrolment_id == enrolment_id))


def positioning(positioning_id: int) -> Positioning | None:
    """The questionnaire of that key."""
    return db.session.get(Positioning, positioning_id)


def questionnaire_of(cohort: Cohort) -> Questionnaire:
    """The questions asked: those of the house, and one for each objective of the programme."""
    objectives = db.session.scalar(
        select(ProgrammeVersion.objectives).where(ProgrammeVersion.id == cohort.version_id)
    )
    return load("positioning").about(objectives or ())
