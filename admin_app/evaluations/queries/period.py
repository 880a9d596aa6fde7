"""What the surveys of a period say, all cohorts together."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy import func, select

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.evaluations.kinds import KINDS, SurveyKind
from admin_app.evaluations.models import Survey
from admin_app.evaluations.queries.marks import mark
from admin_app.questionnaires import Question, load
from admin_app.questionnaires.model import QuestionKind


@dataclass(frozen=True, slots=True)
class Mean:
    """A question on a scale: its mean to one decimal (None: nobody answered), how many answered."""

    label: str
    mean: float | None
    answered: int


@dataclass(frozen=True, slots=True)
class PeriodResults:
    """A kind of survey over a period: how many were sent, answered, refused; the means."""

    kind: SurveyKind
    sent: int
    answered: int
    refused: int
    means: tuple[Mean, ...]


def period_results(first: date, last: date) -> list[PeriodResults]:
    """Each kind of survey sent between two days, both inclusive (one statement).

    The database makes the means: answers are not read one by one.
    """
    asked = {key: [one for one in load(key).questions if _is_scale(one)] for key in KINDS}
    keys = sorted({one.key for questions in asked.values() for one in questions})
    statement = (
        select(
            Survey.kind,
            func.count(),
            func.count(Survey.answered_at),
            func.count().filter(Survey.refused_why != ""),
            *(one for key in keys for one in _mean(key)),
        )
        .where(
            Survey.sent_at >= clock.at(first, time()),
            Survey.sent_at < clock.at(last + timedelta(days=1), time()),
        )
        .group_by(Survey.kind)
    )
    found = {row[0]: row for row in db.session.execute(statement)}
    return [_results(KINDS[kind], found.get(kind), asked[kind], keys) for kind in KINDS]


def _is_scale(question: Question) -> bool:
    return question.kind is QuestionKind.SCALE


def _mean(key: str) -> tuple[object, object]:
    """The mean of that answer, and how many gave one."""
    given = mark(key)
    answered = Survey.answered_at.is_not(None)
    return func.avg(given).filter(answered), func.count(given).filter(answered)


def _results(
    kind: SurveyKind, row: object, questions: list[Question], keys: list[str]
) -> PeriodResults:
    if row is None:
        return PeriodResults(kind, 0, 0, 0, ())
    values = list(row)  # type: ignore[call-overload]  # a row of the statement above
    means = {key: (values[4 + 2 * rank], values[5 + 2 * rank]) for rank, key in enumerate(keys)}
    return PeriodResults(
        kind=kind,
        sent=values[1],
        answered=values[2],
        refused=values[3],
        means=tuple(
            Mean(one.label, _rounded(means[one.key][0]), means[one.key][1]) for one in questions
        ),
    )


def _rounded(mean: object) -> float | None:
    return None if mean is None else round(float(mean), 1)  # type: ignore[arg-type]
