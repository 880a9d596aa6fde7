"""All the half-days, enrolments and marks of some cohorts, in four statements."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import func, select

from admin_app.attendance.facts import cohort_facts, enrolment_facts, half_day_facts
from admin_app.attendance.models import Closing, Mark
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.core.database import db
from admin_app.people.models import Trainee
from compliance.attendance import CohortHours, MarkFacts, hours_of
from compliance.facts import CohortFacts
from compliance.vocabulary import MarkState


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
    cohorts = db.session.scalars(select(Cohort).where(Cohort.id.in_(cohort_ids)))
    found = {cohort.id: Ledger(cohort) for cohort in cohorts}
    for half_day, closing in _half_days(cohort_ids):
        one = found[half_day.cohort_id]
        one.half_days.append(half_day)
        if closing is not None:
            one.closings[half_day.id] = closing
    for enrolment, trainee in _enrolled(cohort_ids):
        found[enrolment.cohort_id].enrolled.append((enrolment, trainee))
    for cohort_id, marks in _marks(cohort_ids).items():
        found[cohort_id].marks = marks
    return found


def _half_days(cohort_ids: Collection[int]) -> list[tuple[HalfDay, Closing | None]]:
    statement = (
        select(HalfDay, Closing)
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .where(HalfDay.cohort_id.in_(cohort_ids))
        .order_by(HalfDay.starts_at, HalfDay.id)
    )
    return [(half_day, closing) for half_day, closing in db.session.execute(statement)]


def _enrolled(cohort_ids: Collection[int]) -> list[tuple[Enrolment, Trainee]]:
    statement = (
        select(Enrolment, Trainee)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(Enrolment.cohort_id.in_(cohort_ids))
        .order_by(func.lower(Trainee.last_name), func.lower(Trainee.first_name), Enrolment.id)
    )
    return [(enrolment, trainee) for enrolment, trainee in db.session.execute(statement)]


def _marks(cohort_ids: Collection[int]) -> dict[int, list[MarkFacts]]:
    """By columns, not by rows of the mapper: there may be many."""
    statement = (
        select(
            HalfDay.cohort_id,
            Mark.half_day_id,
            Mark.enrolment_id,
            Mark.state,
            Mark.minutes_late,
            Mark.minutes_early,
        )
        .join(HalfDay, HalfDay.id == Mark.half_day_id)
        .where(HalfDay.cohort_id.in_(cohort_ids))
    )
    found: dict[int, list[MarkFacts]] = defaultdict(list)
    for cohort_id, half_day_id, enrolment_id, state, late, early in db.session.execute(statement):
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
