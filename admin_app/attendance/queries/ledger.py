"""All the half-days, enrolments and marks of some cohorts, in four statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Select, bindparam, func, select

from admin_app.attendance.facts import cohort_facts, enrolment_facts, half_day_facts
from admin_app.attendance.models import Closing, Mark
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.core.database import Rows, db
from admin_app.people.models import Trainee
from compliance.attendance import CohortHours, MarkFacts, hours_of
from compliance.facts import CohortFacts
from compliance.vocabulary import MarkState

_SOME: BindParameter[int] = bindparam("cohorts", expanding=True)


@dataclass(slots=True)
class Ledger:
    """The attendance of one cohort, cancelled half-days and departures included."""

    cohort: Cohort
    half_days: list[HalfDay] = field(default_factory=list)
    closings: dict[int, Closing] = field(default_factory=dict)
    enrolled: list[tuple[Enrolment, Trainee]] = field(default_factory=list)
    marks: list[MarkFacts] = field(default_factory=list)

    def facts(self) -> CohortFacts:
        """The cohort as the rules want it."""
        return cohort_facts(
            self.cohort,
            [half_day_facts(one) for one in self.half_days],
            [enrolment_facts(enrolment, trainee) for enrolment, trainee in self.enrolled],
        )

    def hours(self) -> CohortHours:
        """Minutes planned and attended."""
        return hours_of(self.facts(), self.marks, self.closings.keys())


def ledgers(cohort_ids: Collection[int]) -> dict[int, Ledger]:
    """The ledger of each of these cohorts that exists, by its key."""
    some = {"cohorts": list(cohort_ids)}
    cohorts = db.session.scalars(_cohorts(), some)
    found = {cohort.id: Ledger(cohort) for cohort in cohorts}
    for half_day, closing in db.session.execute(_half_days(), some):
        one = found[half_day.cohort_id]
        one.half_days.append(half_day)
        if closing is not None:
            one.closings[half_day.id] = closing
    for enrolment, trainee in db.session.execute(_enrolled(), some):
        found[enrolment.cohort_id].enrolled.append((enrolment, trainee))
    for cohort_id, marks in _marks(db.session.execute(_noted(), some)).items():
        found[cohort_id].marks = marks
    return found


@cache
def _cohorts() -> Select[Cohort]:
    return select(Cohort).where(Cohort.id.in_(_SOME))


@cache
def _half_days() -> Rows:
    return (
        select(HalfDay, Closing)
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .where(HalfDay.cohort_id.in_(_SOME))
        .order_by(HalfDay.starts_at, HalfDay.id)
    )


@cache
def _enrolled() -> Rows:
    return (
        select(Enrolment, Trainee)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(Enrolment.cohort_id.in_(_SOME))
        .order_by(func.lower(Trainee.last_name), func.lower(Trainee.first_name), Enrolment.id)
    )


@cache
def _noted() -> Rows:
    """By columns, not by rows of the mapper: there may be many."""
    return (
        select(
            HalfDay.cohort_id,
            Mark.half_day_id,
            Mark.enrolment_id,
            Mark.state,
            Mark.minutes_late,
            Mark.minutes_early,
        )
        .join(HalfDay, HalfDay.id == Mark.half_day_id)
        .where(HalfDay.cohort_id.in_(_SOME))
    )


def _marks(rows: Iterable[Any]) -> dict[int, list[MarkFacts]]:
    found: dict[int, list[MarkFacts]] = defaultdict(list)
    for cohort_id, half_day_id, enrolment_id, state, late, early in rows:
        found[cohort_id].append(
            MarkFacts(
                half_day_key=half_day_id,
                enrolment_key=enrolment_id,
                state=MarkState(state),
                minutes_late=late,
                minutes_early=early,
            )
        )
    return found
