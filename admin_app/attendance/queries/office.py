"""What the office reads: the grid of a cohort, trainees by half-days; one half-day in detail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import defer

from admin_app.attendance.facts import (
    cohort_facts,
    enrolment_facts,
    half_day_facts,
)
from admin_app.attendance.models import Correction, Mark, Reopening, Signature
from admin_app.attendance.queries.ledger import Ledger, ledgers
from admin_app.attendance.queries.parts import Person, Scene
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.core.database import Rows, db
from compliance.attendance import CohortHours, TraineeHours, concerns

COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A trainee of the grid: one cell a half-day shown, None where they are not expected."""

    enrolment: Enrolment
    hours: TraineeHours
    cells: Sequence[Person | None]


@dataclass(frozen=True, slots=True)
class Grid:
    """The attendance of a cohort, some half-days at a time (`page` of `pages`, from 1)."""

    cohort: Cohort
    hours: CohortHours
    columns: Sequence[Scene]
    lines: Sequence[Line]
    page: int
    pages: int
    closed: int
    half_days: int
    is_remote: bool

    @property
    def unsigned(self) -> list[tuple[Scene, Person]]:
        """Who was present and has not signed, in the half-days shown."""
        return [(scene, person) for scene in self.columns for person in scene.unsigned]

    @property
    def unexplained(self) -> list[tuple[Scene, Person]]:
        """The absences shown whose reason is not known, nor asked for."""
        return [
            (scene, person)
            for scene in self.columns
            for person in scene.absent
            if person.mark is not None and not person.mark.reason and not person.mark.asked_at
        ]


@dataclass(frozen=True, slots=True)
class Traces:
    """What was changed afterwards in a half-day."""

    corrections: Sequence[Correction]
    reopenings: Sequence[Reopening]
    set_aside: Sequence[Signature]


def grid(cohort_id: int, page: int | None, today: date) -> Grid | None:
    """The grid of a cohort, None when there is none (five statements).

    Args:
        page: which half-days to show; None for those around today.
    """
    ledger = ledgers([cohort_id]).get(cohort_id)
    if ledger is None:
        return None
    held = [one for one in ledger.half_days if one.cancelled_at is None]
    pages = max(1, -(-len(held) // COLUMNS))
    number = min(max(1, page if page is not None else _page_of(held, today)), pages)
    columns = _columns(ledger, held, held[(number - 1) * COLUMNS : number * COLUMNS])
    hours = ledger.hours()
    return Grid(
        cohort=ledger.cohort,
        hours=hours,
        columns=columns,
        lines=_lines(hours, columns, ledger),
        page=number,
        pages=pages,
        closed=sum(one.id in ledger.closings for one in held),
        half_days=len(held),
        is_remote=any(one.is_remote for one in held),
    )


def traces(half_day_id: int) -> Traces:
    """What was corrected, reopened or set aside in a half-day (three statements)."""
    aside = Signature.set_aside_at.is_not(None)
    corrections = select(Correction).where(Correction.half_day_id == half_day_id)
    reopenings = select(Reopening).where(Reopening.half_day_id == half_day_id)
    signatures = select(Signature).where(Signature.half_day_id == half_day_id, aside)
    return Traces(
        db.session.scalars(corrections.order_by(Correction.id)).all(),
        db.session.scalars(reopenings.order_by(Reopening.id)).all(),
        db.session.scalars(signatures.order_by(Signature.id)).all(),
    )


def _page_of(held: Sequence[HalfDay], today: date) -> int:
    """The page that holds today, else the last day that was held."""
    begun = sum(one.day <= today for one in held)
    return max(0, begun - 1) // COLUMNS + 1


def _columns(ledger: Ledger, held: list[HalfDay], shown: list[HalfDay]) -> list[Scene]:
    days = sorted({one.day for one in held})
    written = _written([one.id for one in shown])
    enrolled = [(*one, enrolment_facts(*one)) for one in ledger.enrolled]
    columns = []
    for half_day in shown:
        scene = Scene(
            half_day,
            ledger.cohort,
            ledger.closings.get(half_day.id),
            rank=days.index(half_day.day) + 1,
        )
        facts = half_day_facts(half_day)
        outline = cohort_facts(ledger.cohort, [facts], [])
        scene.everyone = [
            Person(
                enrolment,
                trainee,
                *written.get((half_day.id, enrolment.id), (None, None)),
                expected=concerns(outline, known, facts),
            )
            for enrolment, trainee, known in enrolled
        ]
        columns.append(scene)
    return columns


def _written(
    half_day_ids: list[int],
) -> dict[tuple[int, int], tuple[Mark | None, Signature | None]]:
    """Marks and signatures of these half-days, by half-day and enrolment (one statement)."""
    rows = db.session.execute(_marks_and_signatures(), {"half_days": half_day_ids})
    return {(half_day, enrolment): (mark, sign) for half_day, enrolment, mark, sign in rows}


@cache
def _marks_and_signatures() -> Rows:
    signed = and_(
        Signature.half_day_id == HalfDay.id,
        Signature.enrolment_id == Enrolment.id,
        Signature.set_aside_at.is_(None),
    )
    return (
        select(HalfDay.id, Enrolment.id, Mark, Signature)
        .join(Enrolment, Enrolment.cohort_id == HalfDay.cohort_id)
        .outerjoin(Mark, and_(Mark.half_day_id == HalfDay.id, Mark.enrolment_id == Enrolment.id))
        .outerjoin(Signature, signed)
        .where(HalfDay.id.in_(bindparam("half_days", expanding=True)))
        .options(defer(Signature.strokes))  # the grid says who signed, and draws nothing
    )


def _lines(hours: CohortHours, columns: list[Scene], ledger: Ledger) -> list[Line]:
    enrolments = {enrolment.id: enrolment for enrolment, _ in ledger.enrolled}
    shown = [{person.id: person for person in scene.people} for scene in columns]
    return [
        Line(
            enrolments[one.enrolment_key],
            one,
            [people.get(one.enrolment_key) for people in shown],
        )
        for one in hours.trainees
        if one.half_days
    ]
