"""What a questionnaire is made of."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class QuestionKind(StrEnum):
    """How a question is answered."""

    SCALE = "scale"  # 1 to 5
    CHOICE = "choice"
    MANY = "many"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `options` pairs what is kept with what is read; `low` and `high` name the ends
    of a scale."""

    key: str
    kind: QuestionKind
    label: str
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    low: str = ""
    high: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A question with its answer in words; empty when it was left blank."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """Questions in their order. `objectives` is asked once for each objective of a programme."""

    key: str
    version: str
    title: str
    intro: str
    thanks: str
    questions: tuple[Question, ...]
    objectives: Question | None = None

    def about(self, objectives: Iterable[str]) -> "Questionnaire":
        """The same, with one question for each objective, after the others."""
        if self.objectives is None:
            return self
        asked = tuple(
            replace(
                self.objectives,
                key=f"{self.objectives.key}-{rank}",
                label=self.objectives.label.replace("{objective}", objective),
            )
            for rank, objective in enumerate(objectives, 1)
        )
        return replace(self, questions=self.questions + asked, objectives=None)

    def missing(self, answers: Mapping[str, Any]) -> tuple[int, ...]:
        """The ranks (from one) of the required questions without an answer."""
        return tuple(
            rank
            for rank, question in enumerate(self.questions, 1)
            if question.required and not answers.get(question.key)
        )

    def shown(self, answers: Mapping[str, Any]) -> tuple[Shown, ...]:
        """Every question with its answer in words."""
        return tuple(
            Shown(question.label, in_words(question, answers.get(question.key)))
            for question in self.questions
        )


def in_words(question: Question, answer: Any) -> str:
    """An answer as it is read; empty when there is none."""
    if answer in (None, "", []):
        return ""
    if question.kind is QuestionKind.SCALE:
        ends = {"1": f" ({question.low})", "5": f" ({question.high})"}
        return f"{answer} sur 5{ends.get(str(answer), '')}"
    words = dict(question.options)
    if question.kind is QuestionKind.MANY:
        return ", ".join(words.get(one, one) for one in answer)
    return str(words.get(str(answer), answer))


def average(question: Question, answers: Iterable[Mapping[str, Any]]) -> float | None:
    """The mean of a scale over several answers, to one decimal; None when nobody answered it."""
    values = [int(one[question.key]) for one in answers if one.get(question.key)]
    return round(sum(values) / len(values), 1) if values else None
