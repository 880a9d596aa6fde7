"""What a trainee finds behind their link: the half-day to sign now, else when, else what was."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import and_, func, select

from admin_app.attendance.facts import (
    cohort_facts,
    enrolment_facts,
    half_day_facts,
    half_day_label,
)
from admin_app.attendance.models import Closing, Mark, Signature
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.organisation.models import Place
from admin_app.people.models import Trainee
from compliance.attendance import concerns, is_regularisation
from compliance.vocabulary import MarkState


class Step(StrEnum):
    """Where a trainee stands with a half-day."""

    NOW = "now"
    LATE = "late"
    SIGNED = "signed"
    ABSENT = "absent"
    SHUT = "shut"  # closed without them
    EARLY = "early"


@dataclass(frozen=True, slots=True)
class Turn:
    """One half-day of a trainee, and what can be done of it."""

    half_day: HalfDay
    place: Place | None
    mark: Mark | None
    signature: Signature | None
    step: Step

    @property
    def label(self) -> str:
        """« mardi 1er décembre 2026, matin »."""
        return half_day_label(self.half_day)


@dataclass(frozen=True, slots=True)
class Signing:
    """All the half-days of one trainee in a cohort."""

    enrolment: Enrolment
    trainee: Trainee
    cohort: Cohort
    turns: Sequence[Turn]
    today: Sequence[Turn]

    @property
    def to_sign(self) -> Turn | None:
        """What to sign first: the half-day that is open, else the oldest that was left."""
        return next(
            (one for step in (Step.NOW, Step.LATE) for one in self.turns if one.step is step), None
        )

    @property
    def left(self) -> list[Turn]:
        """The half-days that ended without their signature."""
        return [one for one in self.turns if one.step is Step.LATE]

    @property
    def next(self) -> Turn | None:
        """The next half-day to come."""
        return next((one for one in self.turns if one.step is Step.EARLY), None)

    @property
    def current(self) -> Turn | None:
        """Today's half-day that is under way or was the last; else the first one to come today."""
        begun = [one for one in self.today if one.step is not Step.EARLY]
        return begun[-1] if begun else next(iter(self.today), None)

    @property
    def is_settled_today(self) -> bool:
        """Whether they have signed today: what was left before then comes second."""
        return any(one.step is Step.SIGNED for one in self.today)

    def turn(self, half_day_id: int) -> Turn | None:
        """Their half-day of that key."""
        return next((one for one in self.turns if one.half_day.id == half_day_id), None)


def signing(enrolment_id: int, now: datetime) -> Signing | None:
    """What that trainee may sign at that UTC instant (two statements)."""
    row = db.session.execute(
        select(Enrolment, Trainee, Cohort)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.id == enrolment_id)
    ).first()
    if row is None:
        return None
    enrolment, trainee, cohort = row
    turns = _turns(enrolment, trainee, cohort, now)
    today = [one for one in turns if one.half_day.day == clock.day_of(now)]
    return Signing(enrolment, trainee, cohort, turns, today)


def _turns(enrolment: Enrolment, trainee: Trainee, cohort: Cohort, now: datetime) -> list[Turn]:
    rows = db.session.execute(
        select(HalfDay, Place, Closing, Mark, Signature)
        .outerjoin(Place, Place.id == func.coalesce(HalfDay.place_id, cohort.place_id))
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .outerjoin(Mark, and_(Mark.half_day_id == HalfDay.id, Mark.enrolment_id == enrolment.id))
        .outerjoin(
            Signature,
            and_(
                Signature.half_day_id == HalfDay.id,
                Signature.enrolment_id == enrolment.id,
                Signature.set_aside_at.is_(None),
            ),
        )
        .where(HalfDay.cohort_id == cohort.id)
        .order_by(HalfDay.starts_at, HalfDay.id)
    )
    who, outline = enrolment_facts(enrolment, trainee), cohort_facts(cohort, [], [])
    if cohort.cancelled_at is not None:
        return []
    return [
        Turn(half_day, place, mark, signature, _step(half_day, closing, mark, signature, now))
        for half_day, place, closing, mark, signature in rows
        if concerns(outline, who, half_day_facts(half_day))
    ]


def _step(
    half_day: HalfDay,
    closing: Closing | None,
    mark: Mark | None,
    signature: Signature | None,
    now: datetime,
) -> Step:
    if signature is not None:
        return Step.SIGNED
    if mark is not None and mark.state == MarkState.ABSENT:
        return Step.ABSENT
    if now < half_day.starts_at:
        return Step.EARLY
    if closing is not None and mark is None:
        return Step.SHUT
    late = is_regularisation(half_day_facts(half_day), now, is_closed=closing is not None)
    return Step.LATE if late else Step.NOW
