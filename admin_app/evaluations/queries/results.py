"""What the surveys of a cohort say, question by question."""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, select

from admin_app.core.database import db
from admin_app.evaluations.kinds import KINDS, SurveyKind
from admin_app.evaluations.models import Survey
from admin_app.questionnaires import Question, load
from admin_app.questionnaires.model import QuestionKind, average, in_words


@dataclass(frozen=True, slots=True)
class QuestionResult:
    """One question: its mean (scales), its counts (choices) or its texts."""

    label: str
    mean: float | None
    answered: int
    counts: tuple[tuple[str, int], ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindResults:
    """A kind of survey in a cohort: how many were asked, how many answered, what they say."""

    kind: SurveyKind
    sent: int
    answered: int
    questions: tuple[QuestionResult, ...]


def results(cohort_id: int) -> list[KindResults]:
    """The results of each kind of survey of a cohort (one statement)."""
    rows = db.session.scalars(_surveys(), {"cohort": cohort_id}).all()
    return [_results(kind, [row for row in rows if row.kind == key]) for key, kind in KINDS.items()]


@cache
def _surveys() -> Select[Survey]:
    return select(Survey).where(Survey.cohort_id == bindparam("cohort")).order_by(Survey.id)


def _results(kind: SurveyKind, rows: list[Survey]) -> KindResults:
    answers = [row.answers for row in rows if row.answered_at is not None]
    return KindResults(
        kind=kind,
        sent=len(rows),
        answered=len(answers),
        questions=tuple(_question(one, answers) for one in load(kind.key).questions)
        if answers
        else (),
    )


def _question(question: Question, answers: list[dict[str, object]]) -> QuestionResult:
    given = [one[question.key] for one in answers if one.get(question.key)]
    is_text = question.kind is QuestionKind.TEXT
    counted: Counter[str] = Counter()
    if question.kind in (QuestionKind.CHOICE, QuestionKind.MANY):
        for answer in given:
            for one in answer if isinstance(answer, list) else [answer]:
                counted[
                    in_words(question, [one] if question.kind is QuestionKind.MANY else one)
                ] += 1
    return QuestionResult(
        label=question.label,
        mean=average(question, answers) if question.kind is QuestionKind.SCALE else None,
        answered=len(given),
        counts=tuple(counted.most_common()),
        texts=tuple(str(one) for one in given) if is_text else (),
    )
