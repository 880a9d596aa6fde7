"""A half-day as it stands: who is expected, who was marked, who has signed, closed or not.

Every page and every act reads it through here: three statements whatever the number of half-days
and of trainees.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, and_, distinct, func, or_, select

from admin_app.attendance.facts import (
    cohort_facts,
    enrolment_facts,
    half_day_facts,
)
from admin_app.attendance.models import Closing, Mark, Signature
from admin_app.attendance.queries.parts import Contributor, Person, Scene
from admin_app.cohorts.models import Assignment, Cohort, Enrolment, HalfDay
from admin_app.core.database import Rows, db
from admin_app.people.models import Trainee, Trainer
from compliance.attendance import concerns

FRESH = {"populate_existing": True}  # an act decides on what is written, not on what was read


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


@cache
def rank_of_day() -> ScalarSelect[int]:
    """Which day of the cohort a half-day is on, from 1; a column of a statement on half-days."""
    other = HalfDay.__table__.alias("other").c
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
    heads = db.session.execute(_all_heads().where(*which), **options).all()
    found = [Scene(*head) for head in heads]
    if not found:
        return []
    people, contributors = _people(which, options), _contributors(which, options)
    for one in found:
        one.everyone = people[one.half_day.id]
        one.contributors = contributors[one.half_day.id]
    _say_who_is_expected(found)
    return found


@cache
def _all_heads() -> Rows:
    return (
        select(HalfDay, Cohort, Closing, rank_of_day())
        .join(Cohort, Cohort.id == HalfDay.cohort_id)
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .order_by(HalfDay.starts_at, HalfDay.id)
    )


@cache
def _all_people() -> Rows:
    return (
        select(HalfDay.id, Enrolment, Trainee, Mark, Signature)
        .join(Enrolment, Enrolment.cohort_id == HalfDay.cohort_id)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .outerjoin(Mark, _mark_of_both)
        .outerjoin(Signature, _signature_of_both)
        .order_by(func.lower(Trainee.last_name), func.lower(Trainee.first_name), Enrolment.id)
    )


@cache
def _all_contributors() -> Rows:
    signed = and_(
        Signature.half_day_id == HalfDay.id,
        Signature.assignment_id == Assignment.id,
        Signature.set_aside_at.is_(None),
    )
    return (
        select(HalfDay.id, Assignment, Trainer, Signature)
        .join(Assignment, Assignment.cohort_id == HalfDay.cohort_id)
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .outerjoin(Signature, signed)
        .where(or_(Assignment.ended_at.is_(None), Signature.id.is_not(None)))
        .order_by(Assignment.assigned_at, Assignment.id)
    )


def _people(which: Iterable[ColumnElement[bool]], options: dict[str, Any]) -> Any:
    rows = db.session.execute(_all_people().where(*which), **options)
    found: dict[int, list[Person]] = defaultdict(list)
    for half_day_id, enrolment, trainee, mark, signature in rows:
        found[half_day_id].append(Person(enrolment, trainee, mark, signature))
    return found


def _contributors(which: Iterable[ColumnElement[bool]], options: dict[str, Any]) -> Any:
    rows = db.session.execute(_all_contributors().where(*which), **options)
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
