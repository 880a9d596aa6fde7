"""What a trainer reads: half-days of their own cohorts, today's, those left open, the next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select

from admin_app.attendance.facts import half_day_label
from admin_app.attendance.models import Closing, Mark, RemoteFollowUp, Signature
from admin_app.attendance.queries.scenes import rank_of_day
from admin_app.attendance.wording import title_of
from admin_app.cohorts.models import Assignment, Cohort, Enrolment, HalfDay
from admin_app.core.database import Rows, db
from admin_app.organisation.models import Place
from admin_app.people.models import Trainee

SHOWN = 12
AFTERWARDS = timedelta(days=60)  # how long a session that is over stays at hand


@dataclass(frozen=True, slots=True)
class Slot:
    """A half-day in a trainer's list."""

    half_day: HalfDay
    cohort: Cohort
    place: Place | None
    is_closed: bool
    rank: int
    trainees: int
    marked: int
    signed: int

    @property
    def title(self) -> str:
        """« Jour 1, matin »."""
        return title_of(self.rank, self.half_day)

    @property
    def label(self) -> str:
        """« mardi 1er décembre 2026, matin »."""
        return half_day_label(self.half_day)

    @property
    def where(self) -> str:
        """The room, or « à distance »."""
        if self.half_day.is_remote:
            return "à distance"
        return self.place.name if self.place else ""


@dataclass(frozen=True, slots=True)
class Day:
    """A trainer's day: three lists, in the order of what must be done."""

    today: list[Slot]
    left_open: list[Slot]
    coming: list[Slot]
    open_count: int
    cohorts: list[Cohort]


@dataclass(frozen=True, slots=True)
class FollowedUp:
    """A trainee of a remote cohort, and how they followed when it is written."""

    enrolment: Enrolment
    trainee: Trainee
    follow_up: RemoteFollowUp | None


def day_of_trainer(trainer_id: int, today: date, now: datetime) -> Day:
    """The half-days of a trainer's own cohorts, cancelled ones left out (five statements).

    Those of today, those that started and are not closed (oldest first), the next ones; and the
    cohorts themselves, until some time after their end.
    """
    todays = _slots(trainer_id, HalfDay.day == today)
    coming = _slots(trainer_id, HalfDay.day > today)
    open_ones = (HalfDay.day < today, HalfDay.starts_at <= now, Closing.id.is_(None))
    left_open = _slots(trainer_id, *open_ones)
    count = select(func.count()).select_from(_own(trainer_id, *open_ones).subquery())
    return Day(
        today=todays,
        left_open=left_open,
        coming=coming,
        open_count=db.session.scalar(count) if len(left_open) == SHOWN else len(left_open),  # type: ignore[arg-type]
        cohorts=_cohorts(trainer_id, today),
    )


def half_days_of(trainer_id: int, cohort_id: int) -> list[Slot]:
    """All the half-days of a cohort, for its trainer (one statement)."""
    return _slots(trainer_id, HalfDay.cohort_id == cohort_id, most=None)


def _cohorts(trainer_id: int, today: date) -> list[Cohort]:
    statement = (
        select(Cohort)
        .join(Assignment, Assignment.cohort_id == Cohort.id)
        .where(
            Assignment.trainer_id == trainer_id,
            Assignment.ended_at.is_(None),
            Cohort.cancelled_at.is_(None),
            Cohort.ends_on >= today - AFTERWARDS,
        )
        .order_by(Cohort.starts_on, Cohort.id)
    )
    return list(db.session.scalars(statement.limit(SHOWN)))


def follow_ups(cohort_id: int) -> list[FollowedUp]:
    """The trainees of a cohort who did not leave, and what is written of their remote work."""
    rows = db.session.execute(
        select(Enrolment, Trainee, RemoteFollowUp)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .outerjoin(RemoteFollowUp, RemoteFollowUp.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.departure == "")
        .order_by(func.lower(Trainee.last_name), func.lower(Trainee.first_name), Enrolment.id)
    )
    return [FollowedUp(*row) for row in rows]


def follow_up(cohort_id: int, enrolment_id: int) -> FollowedUp | None:
    """One of them."""
    return next((one for one in follow_ups(cohort_id) if one.enrolment.id == enrolment_id), None)


def follow_up_by_id(follow_up_id: int) -> FollowedUp | None:
    """What is written of someone's remote work, by its own key."""
    row = db.session.execute(
        select(Enrolment, Trainee, RemoteFollowUp)
        .join(RemoteFollowUp, RemoteFollowUp.enrolment_id == Enrolment.id)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(RemoteFollowUp.id == follow_up_id)
    ).first()
    return None if row is None else FollowedUp(*row)


def has_remote(cohort_id: int) -> bool:
    """Whether a half-day of the cohort is remote."""
    statement = select(HalfDay.id).where(
        HalfDay.cohort_id == cohort_id, HalfDay.is_remote, HalfDay.cancelled_at.is_(None)
    )
    return db.session.scalar(statement.limit(1)) is not None


def _own(trainer_id: int, *which: ColumnElement[bool]) -> Select[Any]:
    return _taught().where(Assignment.trainer_id == trainer_id, *which)


@cache
def _taught() -> Select[Any]:
    return (
        select(HalfDay.id)
        .join(Cohort, Cohort.id == HalfDay.cohort_id)
        .join(Assignment, Assignment.cohort_id == HalfDay.cohort_id)
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .where(
            Assignment.ended_at.is_(None),
            HalfDay.cancelled_at.is_(None),
            Cohort.cancelled_at.is_(None),
        )
    )


def _slots(trainer_id: int, *which: ColumnElement[bool], most: int | None = SHOWN) -> list[Slot]:
    chosen = _own(trainer_id, *which).order_by(HalfDay.starts_at, HalfDay.id).limit(most)
    rows = db.session.execute(_all_slots().where(HalfDay.id.in_(chosen)))
    return [
        Slot(half_day, cohort, place, closing is not None, rank, trainees, marked, signed)
        for half_day, cohort, place, closing, rank, trainees, marked, signed in rows
    ]


@cache
def _all_slots() -> Rows:
    trainees = (Enrolment.cohort_id == HalfDay.cohort_id, Enrolment.departure == "")
    signed = (
        Signature.half_day_id == HalfDay.id,
        Signature.enrolment_id.is_not(None),
        Signature.set_aside_at.is_(None),
    )
    return (
        select(
            HalfDay,
            Cohort,
            Place,
            Closing.id,
            rank_of_day(),
            _number(Enrolment.id, *trainees),
            _number(Mark.id, Mark.half_day_id == HalfDay.id),
            _number(Signature.id, *signed),
        )
        .join(Cohort, Cohort.id == HalfDay.cohort_id)
        .outerjoin(Place, Place.id == func.coalesce(HalfDay.place_id, Cohort.place_id))
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .order_by(HalfDay.starts_at, HalfDay.id)
    )


def _number(key: Any, *which: ColumnElement[bool]) -> ScalarSelect[int]:
    statement = select(func.count(key)).where(*which)
    return statement.correlate(HalfDay, Cohort).scalar_subquery()
