"""The special follow-up of a cohort: its notes, and what they still lack."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from admin_app.cohorts.models import Assignment, Cohort, Enrolment, ParticularNote
from admin_app.cohorts.particulars import Particular, applicable, is_threshold_awaited
from admin_app.core.database import db
from admin_app.people.models import Trainee


class Noted(NamedTuple):
    """A note, and the trainee it is about, if it is about one."""

    note: ParticularNote
    trainee: Trainee | None


@dataclass(frozen=True, slots=True)
class ParticularLine:
    """A kind that applies, and how many are noted of how many expected."""

    kind: Particular
    done: int
    expected: int

    @property
    def is_whole(self) -> bool:
        """Whether each one expected is noted."""
        return self.done >= self.expected > 0


def particular_lines(cohort: Cohort, day: date) -> list[ParticularLine]:
    """Where the special follow-up of a cohort stands that day; empty when nothing applies.

    Three statements; none when no fact can call for it.
    """
    if not applicable(cohort, 0, day) and is_threshold_awaited(day):
        return []
    kinds = applicable(cohort, trainers_now(cohort.id), day)
    trainees, done = active_trainees(cohort.id), _done(cohort.id)
    return [ParticularLine(one, done.get(one.key, 0), trainees if one.each else 1) for one in kinds]


def trainers_now(cohort_id: int) -> int:
    """How many people teach it today."""
    statement = select(func.count()).where(
        Assignment.cohort_id == cohort_id, Assignment.ended_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def active_trainees(cohort_id: int) -> int:
    """How many people take part."""
    statement = select(func.count()).where(
        Enrolment.cohort_id == cohort_id, Enrolment.departure == ""
    )
    return db.session.scalar(statement) or 0


def _done(cohort_id: int) -> dict[str, int]:
    """For each kind, how many trainees (or one, for the cohort) have a note that counts."""
    about = func.coalesce(ParticularNote.enrolment_id, 0)
    rows = db.session.execute(
        select(ParticularNote.kind, func.count(about.distinct()))
        .outerjoin(Enrolment, Enrolment.id == ParticularNote.enrolment_id)
        .where(
            ParticularNote.cohort_id == cohort_id,
            ParticularNote.withdrawn_at.is_(None),
            func.coalesce(Enrolment.departure, "") == "",
        )
        .group_by(ParticularNote.kind)
    )
    return {row[0]: row[1] for row in rows}


def particular_notes(cohort_id: int) -> list[Noted]:
    """Every note of a cohort, latest first, those withdrawn too (one statement)."""
    rows = db.session.execute(
        select(ParticularNote, Trainee)
        .outerjoin(Enrolment, Enrolment.id == ParticularNote.enrolment_id)
        .outerjoin(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(ParticularNote.cohort_id == cohort_id)
        .order_by(ParticularNote.happened_on.desc(), ParticularNote.id.desc())
    )
    return [Noted(*row) for row in rows]


def particular(note_id: int) -> Noted | None:
    """One note."""
    row = db.session.execute(
        select(ParticularNote, Trainee)
        .outerjoin(Enrolment, Enrolment.id == ParticularNote.enrolment_id)
        .outerjoin(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(ParticularNote.id == note_id)
    ).first()
    return None if row is None else Noted(*row)


def enrolments_of(cohort_id: int, keys: Sequence[int]) -> list[Enrolment]:
    """Those of these enrolments that are this cohort's."""
    statement = select(Enrolment).where(
        Enrolment.cohort_id == cohort_id, Enrolment.id.in_(list(keys))
    )
    return list(db.session.scalars(statement))
