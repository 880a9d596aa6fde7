"""What was learnt: each trainee of a cohort, objective by objective."""

from dataclasses import dataclass

from sqlalchemy import select

from admin_app.attendance.queries import hours
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.queries import roster
from admin_app.core.database import db
from admin_app.evaluations.models import Assessment, AssessmentResult
from admin_app.people.models import Trainee
from admin_app.programmes.models import ProgrammeVersion


@dataclass(frozen=True, slots=True)
class Assessed:
    """A trainee, what was attended (minutes; None when not known), and the assessment if any.

    `results` maps an objective's rank (from one) to its result.
    """

    enrolment: Enrolment
    trainee: Trainee
    attended: int | None
    assessment: Assessment | None
    results: dict[int, str]


def objectives_of(cohort: Cohort) -> list[str]:
    """The objectives of the programme that a cohort follows."""
    found = db.session.scalar(
        select(ProgrammeVersion.objectives).where(ProgrammeVersion.id == cohort.version_id)
    )
    return list(found or ())


def assessed(cohort_id: int) -> list[Assessed]:
    """Every trainee of a cohort who attended or still may, by name, with the assessment."""
    minutes = {one.enrolment_key: one.attended for one in hours(cohort_id).trainees}
    rows = db.session.execute(
        select(Assessment, AssessmentResult)
        .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
        .outerjoin(AssessmentResult, AssessmentResult.assessment_id == Assessment.id)
        .where(Enrolment.cohort_id == cohort_id)
        .order_by(AssessmentResult.rank)
    )
    assessments: dict[int, Assessment] = {}
    results: dict[int, dict[int, str]] = {}
    for assessment, result in rows:
        assessments[assessment.enrolment_id] = assessment
        if result is not None:
            results.setdefault(assessment.enrolment_id, {})[result.rank] = result.result
    return [
        Assessed(
            enrolment=one.enrolment,
            trainee=one.trainee,
            attended=minutes.get(one.enrolment.id),
            assessment=assessments.get(one.enrolment.id),
            results=results.get(one.enrolment.id, {}),
        )
        for one in roster(cohort_id)
        if not one.enrolment.departure or minutes.get(one.enrolment.id)
    ]


def assessment_of(enrolment_id: int) -> Assessment | None:
    """The assessment of one trainee in a cohort."""
    return db.session.scalar(select(Assessment).where(Assessment.enrolment_id == enrolment_id))


def results_of(assessment_id: int) -> list[AssessmentResult]:
    """The results of an assessment, in the order of the objectives."""
    return list(
        db.session.scalars(
            select(AssessmentResult)
            .where(AssessmentResult.assessment_id == assessment_id)
            .order_by(AssessmentResult.rank)
        )
    )
