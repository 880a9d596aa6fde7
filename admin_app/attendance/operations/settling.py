"""What follows once a half-day is closed and everyone who was there has signed: its evidence."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from admin_app.attendance.facts import half_day_facts, mark_facts
from admin_app.attendance.models import Closing, Correction
from admin_app.attendance.operations.common import lock_closing
from admin_app.attendance.operations.sheets import ask_for_sheet
from admin_app.attendance.queries.parts import Scene
from admin_app.attendance.queries.scenes import scene
from admin_app.cohorts.models import HalfDay
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.transaction import act, touch_cohort
from admin_app.evidence import operations as evidence
from admin_app.evidence.models import Evidence
from compliance.attendance import attended_minutes
from compliance.vocabulary import EvidenceFlag, MarkState, Outcome

PIECE = "attendance-half-day"


@act
def settle(found: Scene, *, by: Actor, at: datetime, is_correction: bool = False) -> None:
    """Record the evidence of a half-day that has just changed, once it is complete.

    What no longer stands is withdrawn, with the reason. When no half-day of that day is left to
    close, the sheet is made; after a correction, a sheet that exists is made again.
    """
    _withdraw_former(found, by, at)
    if found.is_complete:
        _record(found, by, at)
    touch_cohort(found.cohort.id)
    if _day_is_over(found):
        ask_for_sheet(found.cohort, by=by, at=at)
    elif is_correction:
        ask_for_sheet(found.cohort, by=by, at=at, only_again=True)


def settle_late_signature(half_day_id: int, *, by: Actor, at: datetime) -> None:
    """The same after a late signature, when it is the last one that was missing."""
    lock_closing(half_day_id)
    found = scene(half_day_id, fresh=True)
    if found is not None and found.is_complete:
        settle(found, by=by, at=at)


def _withdraw_former(found: Scene, by: Actor, at: datetime) -> None:
    """Take back what was recorded as complete; what was asked for in vain stays true."""
    former = select(Evidence).where(
        Evidence.piece == PIECE,
        Evidence.scope_kind == "half-day",
        Evidence.scope_id == found.half_day.id,
        Evidence.outcome == Outcome.OBTAINED.value,
        Evidence.withdrawn_at.is_(None),
    )
    for one in db.session.scalars(former):
        evidence.withdraw(one, why="Émargement modifié.", by=by, at=at)


def _record(found: Scene, by: Actor, at: datetime) -> None:
    late = _late_signatures(found)
    evidence.record(
        PIECE,
        scope=("half-day", found.half_day.id),
        label=f"Émargement, {found.label}",
        occurred_on=found.half_day.day,
        by=by,
        at=at,
        source=("half-day", found.half_day.id),
        facts=_facts(found, late),
        cohort_id=found.cohort.id,
        flags=(EvidenceFlag.REGULARISED.value,) if late else (),
    )


def _late_signatures(found: Scene) -> int:
    signatures = [one.signature for one in found.present]
    signatures += [one.signature for one in found.signed_by]
    return sum(1 for one in signatures if one is not None and one.is_late)


def _facts(found: Scene, late: int) -> dict[str, Any]:
    assert found.closing is not None
    half_day = half_day_facts(found.half_day)
    marks = [mark_facts(one.mark) for one in found.people if one.mark]
    states = [one.state for one in marks]
    corrections = select(func.count()).where(Correction.half_day_id == found.half_day.id)
    return {
        "planned_minutes": found.half_day.minutes,
        "trainee_minutes": sum(attended_minutes(half_day, one) or 0 for one in marks),
        "present": len(found.present),
        "absent": len(found.absent),
        "late": sum(one in (MarkState.LATE, MarkState.LATE_AND_LEFT_EARLY) for one in states),
        "left_early": sum(
            one in (MarkState.LEFT_EARLY, MarkState.LATE_AND_LEFT_EARLY) for one in states
        ),
        "signatures": sum(one.signature is not None for one in found.present),
        "late_signatures": late,
        "trainer_signatures": len(found.signed_by),
        "corrections": db.session.scalar(corrections) or 0,
        "starts_at": found.half_day.starts_at.isoformat(),
        "ends_at": found.half_day.ends_at.isoformat(),
        "closed_at": found.closing.closed_at.isoformat(),
    }


def _day_is_over(found: Scene) -> bool:
    """Whether no half-day of that day is left to close."""
    left = (
        select(HalfDay.id)
        .outerjoin(Closing, Closing.half_day_id == HalfDay.id)
        .where(
            HalfDay.cohort_id == found.cohort.id,
            HalfDay.day == found.half_day.day,
            HalfDay.cancelled_at.is_(None),
            Closing.id.is_(None),
        )
        .limit(1)
    )
    return db.session.scalar(left) is None
