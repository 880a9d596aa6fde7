"""A half-day as it stands: who is expected, who was marked, who has signed, closed or not.

Every page and every act reads it through here: three statements whatever the number of half-days
and of trainees.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, distinct, func, or_, select
from sqlalchemy.orm import aliased

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
from admin_app.core.database import db
from admin_app.people.models import Trainee, Trainer
from compliance.attendance import HalfDayState, concerns, is_regularisation
from compliance.vocabulary import MarkState

FRESH = {"populate_existing": True}  # an act decides on what is written, not on what was read


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


def scene(half_day_id: int, *, fresh: bool = False) -> Scene | None:
    """That half-day as it stands, if it exists; `fresh` reads again what was read before."""
    return next(iter(_load(HalfDay.id == half_day_id, fresh=fresh)), None)


def live(half_day_id: int) -> Scene | None:
    """That half-day for whoever follows it: marks, signatures with their hour, what is missing."""
    return scene(half_day_id)


def day_sheet(cohort_id: int, day: date) -> list[Scene]:
    """The half-days of a cohort on that day, cancelled ones left out."""
    return _load(HalfDay.cohort_id == cohort_id, HalfDay.day == day, HalfDay.cancelled_at.is_(None))


def scenes(cohort_id: int) -> list[Scene]:
    """Every half-day of a cohort that is not cancelled, in order of time."""
    return _load(HalfDay.cohort_id == cohort_id, HalfDay.cancelled_at.is_(None))


def chosen_scenes(half_day_ids: Sequence[int]) -> list[Scene]:
    """These half-days, in order of time."""
    return _load(HalfDay.id.in_(half_day_ids))


def signing_scene(half_day_id: int, enrolment_id: int, *, fresh: bool = True) -> Scene | None:
    """That half-day for one trainee alone, in one statement: a whole room signs at once."""
    statement = (
        select(HalfDay, Cohort, Closing, Enrolment, Trainee, Mark, Signature)
        .join(Cohort, Cohort.id == HalfDay.cohort_id)
        .join(Enrolment, Enrolment.cohort_id == HalfDay.cohort_id)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .outerjoin(Mark, _mark_of_both)
        .outerjoin(Signature, _signature_of_both)
        .where(HalfDay.id == half_day_id, Enrolment.id == enrolment_id)
    )
    row = db.session.execute(statement, execution_options=FRESH if fresh else {}).first()
    if row is None:
        return None
    half_day, cohort, closing, enrolment, trainee, mark, signature = row
    found = Scene(half_day, cohort, closing)
    found.everyone = [Person(enrolment, trainee, mark, signature)]
    _say_who_is_expected([found])
    return found


_mark_of_both = and_(Mark.half_day_id == HalfDay.id, Mark.enrolment_id == Enrolment.id)
_signature_of_both = and_(
    Signature.half_day_id == HalfDay.id,
    Signature.enrolment_id == Enrolment.id,
    Signature.set_aside_at.is_(None),
)


def rank_of_day() -> ScalarSelect[int]:
    """Which day of the cohort a half-day is on, from 1; a column of a statement on half-days."""
    other = aliased(HalfDay)
    return (
        select(func.count(distinct(other.day)))
        .where(
            other.cohort_id == HalfDay.cohort_id,
            other.day <= HalfDay.day,
            or_(other.cancelled_at.is_(None), other.day == HalfDay.day),
        )
        .correlate(HalfDay)
        .scalar_subquery()
    )


def _load(*which: ColumnElement[bool], fresh: bool = False) -> list[Scene]:
    options: dict[str, Any] = {"execution_options": FRESH} if fresh else {}
    heads = db.session.execute(
        select(HalfDay, Cohort, Closing, rank_of_day())
        .join(Cohort, Cohort.id == HalfDay.cohort_id)
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .where(*which)
        .order_by(HalfDay.starts_at, HalfDay.id),
        **options,
    ).all()
    found = [Scene(*head) for head in heads]
    if not found:
        return []
    people, contributors = _people(which, options), _contributors(which, options)
    for one in found:
        one.everyone = people[one.half_day.id]
        one.contributors = contributors[one.half_day.id]
    _say_who_is_expected(found)
    return found


def _people(which: Iterable[ColumnElement[bool]], options: dict[str, Any]) -> Any:
    rows = db.session.execute(
        select(HalfDay.id, Enrolment, Trainee, Mark, Signature)
        .join(Enrolment, Enrolment.cohort_id == HalfDay.cohort_id)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .outerjoin(Mark, _mark_of_both)
        .outerjoin(Signature, _signature_of_both)
        .where(*which)
        .order_by(func.lower(Trainee.last_name), func.lower(Trainee.first_name), Enrolment.id),
        **options,
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for half_day_id, enrolment, trainee, mark, signature in rows:
        found[half_day_id].append(Person(enrolment, trainee, mark, signature))
    return found


def _contributors(which: Iterable[ColumnElement[bool]], options: dict[str, Any]) -> Any:
    rows = db.session.execute(
        select(HalfDay.id, Assignment, Trainer, Signature)
        .join(Assignment, Assignment.cohort_id == HalfDay.cohort_id)
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .outerjoin(
            Signature,
            and_(
                Signature.half_day_id == HalfDay.id,
                Signature.assignment_id == Assignment.id,
                Signature.set_aside_at.is_(None),
            ),
        )
        .where(*which, or_(Assignment.ended_at.is_(None), Signature.id.is_not(None)))
        .order_by(Assignment.assigned_at, Assignment.id),
        **options,
    )
    found: dict[int, list[Contributor]] = defaultdict(list)
    for half_day_id, assignment, trainer, signature in rows:
        found[half_day_id].append(Contributor(assignment, trainer, signature))
    return found


def _say_who_is_expected(found: list[Scene]) -> None:
    for one in found:
        half_day = half_day_facts(one.half_day)
        cohort = cohort_facts(one.cohort, [half_day], [])
        for person in one.everyone:
            facts = enrolment_facts(person.enrolment, person.trainee)
            person.expected = concerns(cohort, facts, half_day)
