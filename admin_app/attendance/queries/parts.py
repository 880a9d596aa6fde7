"""A half-day and its people, as every page and every act sees them."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from admin_app.attendance.facts import (
    cohort_facts,
    enrolment_facts,
    half_day_facts,
    half_day_label,
    mark_facts,
    signature_facts,
    trainer_facts,
)
from admin_app.attendance.models import Closing, Mark, Signature
from admin_app.attendance.wording import title_of
from admin_app.cohorts.models import Assignment, Cohort, Enrolment, HalfDay
from admin_app.cohorts.queries import Teaching
from admin_app.core import clock
from admin_app.people.models import Trainee, Trainer
from compliance.attendance import HalfDayState, is_regularisation
from compliance.vocabulary import MarkState


@dataclass(slots=True)
class Person:
    """A trainee of the cohort on one half-day; `expected` is False when they are not due there."""

    enrolment: Enrolment
    trainee: Trainee
    mark: Mark | None
    signature: Signature | None
    expected: bool = True

    @property
    def id(self) -> int:
        """The key of the enrolment."""
        return self.enrolment.id

    @property
    def name(self) -> str:
        """« Nadia Benali »."""
        return self.trainee.name

    @property
    def state(self) -> MarkState | None:
        """What the trainer noted, if anything."""
        return MarkState(self.mark.state) if self.mark else None

    @property
    def attends(self) -> bool:
        """Noted present, wholly or in part."""
        return self.state is not None and self.state.attends

    @property
    def is_absent(self) -> bool:
        """Noted absent."""
        return self.state is MarkState.ABSENT

    @property
    def lacks_signature(self) -> bool:
        """Noted present and has not signed."""
        return self.attends and self.signature is None


@dataclass(slots=True)
class Contributor:
    """A trainer of the cohort on one half-day, with their signature of it."""

    assignment: Assignment
    trainer: Trainer
    signature: Signature | None = None


@dataclass
class Scene:
    """One half-day and all that is known of it."""

    half_day: HalfDay
    cohort: Cohort
    closing: Closing | None
    rank: int = 1
    everyone: list[Person] = field(default_factory=list)
    contributors: list[Contributor] = field(default_factory=list)

    @property
    def label(self) -> str:
        """« mardi 1er décembre 2026, matin »."""
        return half_day_label(self.half_day)

    @property
    def title(self) -> str:
        """« Jour 1, matin »."""
        return title_of(self.rank, self.half_day)

    @property
    def is_cancelled(self) -> bool:
        """The half-day, or the whole cohort, will not be held."""
        return self.half_day.cancelled_at is not None or self.cohort.cancelled_at is not None

    @cached_property
    def people(self) -> list[Person]:
        """Who is expected, or was marked nevertheless, by name."""
        return [one for one in self.everyone if one.expected or one.mark is not None]

    @property
    def unmarked(self) -> list[Person]:
        """Who is expected and not marked yet."""
        return [one for one in self.people if one.mark is None]

    @property
    def present(self) -> list[Person]:
        """Who is noted present, wholly or in part."""
        return [one for one in self.people if one.attends]

    @property
    def absent(self) -> list[Person]:
        """Who is noted absent."""
        return [one for one in self.people if one.is_absent]

    @property
    def unsigned(self) -> list[Person]:
        """Who is noted present and has not signed."""
        return [one for one in self.people if one.lacks_signature]

    @property
    def to_sign(self) -> list[Person]:
        """Who may still sign: expected, not noted absent, no signature."""
        return [one for one in self.people if one.signature is None and not one.is_absent]

    @property
    def trainers(self) -> list[Contributor]:
        """Who teaches today, and who signed even if they teach no more."""
        return [
            one
            for one in self.contributors
            if one.assignment.ended_at is None or one.signature is not None
        ]

    @property
    def signed_by(self) -> list[Contributor]:
        """The trainers who signed."""
        return [one for one in self.contributors if one.signature is not None]

    @property
    def is_complete(self) -> bool:
        """Closed, and everyone who was present has signed."""
        return self.closing is not None and not self.unsigned

    def person(self, enrolment_id: int) -> Person | None:
        """The trainee of that enrolment, expected or not."""
        return next((one for one in self.everyone if one.id == enrolment_id), None)

    def assigned(self, assignment_id: int) -> Contributor | None:
        """The trainer of that assignment."""
        return next((c for c in self.contributors if c.assignment.id == assignment_id), None)

    def taught_by(self, trainer_id: int | None) -> Contributor | None:
        """The trainer, if they teach this cohort today."""
        for one in self.contributors:
            if one.trainer.id == trainer_id and one.assignment.ended_at is None:
                return one
        return None

    def state(self) -> HalfDayState:
        """The half-day as the rules want it."""
        facts = half_day_facts(self.half_day)
        now_teaching = [
            Teaching(one.assignment, one.trainer)
            for one in self.contributors
            if one.assignment.ended_at is None
        ]
        trainer_of = {one.assignment.id: one.trainer.id for one in self.contributors}
        signatures = [one.signature for one in self.everyone if one.signature]
        signatures += [one.signature for one in self.contributors if one.signature]
        return HalfDayState(
            cohort=cohort_facts(
                self.cohort,
                [facts],
                [enrolment_facts(one.enrolment, one.trainee) for one in self.everyone],
                [trainer_facts(one) for one in now_teaching],
            ),
            half_day=facts,
            marks=[mark_facts(one.mark) for one in self.everyone if one.mark],
            signatures=[signature_facts(one, trainer_of) for one in signatures],
            is_closed=self.closing is not None,
            zone=clock.zone(),
        )

    def is_late(self, at: datetime) -> bool:
        """Whether a signature given at that UTC instant comes after the fact."""
        return is_regularisation(
            half_day_facts(self.half_day), at, is_closed=self.closing is not None
        )
