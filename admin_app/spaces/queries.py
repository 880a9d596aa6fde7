"""What the front doors show."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    ScalarSelect,
    and_,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.orm import aliased

from admin_app.adaptations.models import AdaptationRequest
from admin_app.adaptations.queries.requests import awaiting
from admin_app.agreements.queries import Listed, to_countersign
from admin_app.attendance.models import Mark, Signature
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.core.database import Rows, db
from admin_app.core.jobs import Job
from admin_app.coverage.queries import (
    counts_and_late,
    edition_in_use,
    gaps_page,
)
from admin_app.coverage.views import row_views
from admin_app.organisation.queries import provider
from compliance.vocabulary import MarkState, Owner

SHOWN = 8
HORIZON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Room:
    """A half-day of today, and how many have signed."""

    half_day: HalfDay
    cohort: Cohort
    trainees: int
    signed: int
    absent: int


@dataclass(frozen=True, slots=True)
class TheDay:
    """The office's day. `owed` pairs words with how many late pieces they owe."""

    day: date
    gaps: list[dict[str, Any]]
    total: int
    counts: dict[str, int]
    owed: list[tuple[str, int, str]]
    rooms: list[Room]
    requests: list[AdaptationRequest]
    to_countersign: list[Listed]
    coming: list[Cohort]
    running: int
    edition_title: str
    days_to_audit: int | None
    audit_on: date | None


OWED_WORDS = {
    Owner.TRAINEE: "Stagiaires",
    Owner.CLIENT: "Clients",
    Owner.TRAINER: "Formateurs",
    Owner.FUNDER: "Financeurs",
    Owner.QUALITY_MANAGER: "Qualité",
    Owner.DISABILITY_OFFICER: "Référent handicap",
    Owner.OFFICE: "Nous",
}


def the_day(day: date) -> TheDay:
    """Everything the office looks at first (a fixed number of statements)."""
    edition = edition_in_use()
    coming, running = coming_and_running(day, day + HORIZON)
    page = gaps_page(day, edition=edition.key, until=day + HORIZON, status="late")
    counts, late = counts_and_late(day, edition.key)
    house = provider()
    audit_on = house.next_audit_on if house is not None else None
    return TheDay(
        day=day,
        gaps=row_views(page.items)[:SHOWN],
        total=page.total,
        counts=counts,
        owed=[
            (words, late.get(owner.value, 0), owner.value) for owner, words in OWED_WORDS.items()
        ],
        rooms=rooms_of(day),
        requests=awaiting(SHOWN),
        to_countersign=to_countersign(SHOWN),
        coming=coming,
        running=running,
        edition_title=edition.title,
        days_to_audit=(audit_on - day).days if audit_on and audit_on >= day else None,
        audit_on=audit_on if audit_on and audit_on >= day else None,
    )


def rooms_of(day: date) -> list[Room]:
    """The half-days of that day, with how many are expected, absent, and have signed."""
    return [Room(*row) for row in db.session.execute(_rooms(), {"day": day})]


@cache
def _rooms() -> Rows:
    trainees = _number(
        Enrolment.id, Enrolment.cohort_id == HalfDay.cohort_id, Enrolment.departure == ""
    )
    signed = _number(
        Signature.id,
        Signature.half_day_id == HalfDay.id,
        Signature.enrolment_id.is_not(None),
        Signature.set_aside_at.is_(None),
    )
    absent = _number(Mark.id, Mark.half_day_id == HalfDay.id, Mark.state == MarkState.ABSENT.value)
    return (
        select(HalfDay, Cohort, trainees, signed, absent)
        .join(Cohort, Cohort.id == HalfDay.cohort_id)
        .where(
            HalfDay.day == bindparam("day"),
            HalfDay.cancelled_at.is_(None),
            Cohort.cancelled_at.is_(None),
        )
        .order_by(HalfDay.starts_at, HalfDay.id)
        .limit(50)
    )


def _number(key: Any, *which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count(key)).where(*which).correlate(HalfDay).scalar_subquery()


def coming_and_running(day: date, last: date) -> tuple[list[Cohort], int]:
    """The cohorts that start after a day, until another included (the first twenty), and how many
    have begun and not ended on that day (one statement)."""
    rows = db.session.execute(_coming_and_running(), {"day": day, "last": last}).all()
    return [coming for coming, _ in rows if coming is not None], rows[0][1]


@cache
def _coming_and_running() -> Any:
    day: BindParameter[date] = bindparam("day")
    running = aliased(Cohort)
    number = (
        select(func.count(running.id))
        .where(running.starts_on <= day, running.ends_on >= day, running.cancelled_at.is_(None))
        .scalar_subquery()
    )
    always = select(literal(1).label("one")).subquery()  # the number is told when nothing comes
    starts = and_(
        Cohort.starts_on > day,
        Cohort.starts_on <= bindparam("last"),
        Cohort.cancelled_at.is_(None),
    )
    return (
        select(Cohort, number)
        .select_from(always)
        .outerjoin(Cohort, starts)
        .order_by(Cohort.starts_on, Cohort.id)
        .limit(20)
    )


def job(job_id: int) -> Job | None:
    """The piece of long work of that key, as the worker last wrote it."""
    return db.session.get(Job, job_id, populate_existing=True)
