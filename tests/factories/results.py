"""Sessions that ended, with what people answered: what results are made of."""

from datetime import UTC, date, datetime
from typing import Any

import factory

from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.evaluations.models import Assessment, AssessmentResult, Survey
from admin_app.programmes.models import Programme, ProgrammeVersion
from tests.factories.base import Factory, committed
from tests.factories.training import ProgrammeVersionFactory, cohort_with

SENT = datetime(2026, 9, 18, 16, 0, tzinfo=UTC)
ANSWERED = datetime(2026, 9, 20, 8, 0, tzinfo=UTC)


class SurveyFactory(Factory):
    class Meta:
        model = Survey

    kind = "exit-survey"
    scope_kind = "enrolment"
    scope_id = factory.Sequence(lambda n: n + 1)
    respondent = "Nadia Benali"
    email = "nadia@example.org"
    sent_at = SENT
    due_on = date(2026, 9, 25)
    answers = factory.LazyFunction(dict)


def answers(expectations: int = 4, *, recommend: str = "yes", trainers: int = 5) -> dict[str, Any]:
    """An exit survey as people fill it: marks are texts."""
    return {
        "expectations": str(expectations),
        "recommend": recommend,
        "trainers": str(trainers),
        "better": "",
    }


def catalogue_version(**changes: Any) -> ProgrammeVersion:
    """A published version of a programme of the catalogue, first published in June."""
    version: ProgrammeVersion = ProgrammeVersionFactory(**changes)
    with committed():
        programme = db.session.get_one(Programme, version.programme_id)
        programme.first_published_on = version.in_force_from
    return version


def ended_cohort(
    version: ProgrammeVersion,
    trainees: int = 6,
    answered: int = 6,
    *,
    expectations: int = 4,
    **cohort: Any,
) -> Cohort:
    """A cohort of September with its exit surveys, some of them answered, and its assessments."""
    made = cohort_with(trainees, version_id=version.id, **cohort)
    for rank, enrolment in enumerate(made.enrolments):
        is_answered = rank < answered
        SurveyFactory(
            cohort_id=made.id,
            scope_id=enrolment.id,
            answers=answers(expectations) if is_answered else {},
            answered_at=ANSWERED if is_answered else None,
        )
        _assessed(enrolment.id, ["reached", "partly", "not-assessed"])
    return made


def _assessed(enrolment_id: int, results: list[str]) -> None:
    with committed():
        row = Assessment(
            enrolment_id=enrolment_id,
            method="Étude de cas",
            assessed_on=date(2026, 9, 18),
            recorded_at=SENT,
            recorded_by="Claire Vasseur",
        )
        db.session.add(row)
        db.session.flush()
        db.session.add_all(
            AssessmentResult(assessment_id=row.id, rank=rank, objective="Situer", result=result)
            for rank, result in enumerate(results, 1)
        )
