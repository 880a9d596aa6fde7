"""Where each promised change was applied: the half-day, said by whoever taught it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from admin_app.adaptations.models import Adaptation, AdaptationRequest
from admin_app.adaptations.operations.common import told
from admin_app.cohorts.models import HalfDay
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import clock_time, day
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.evidence.models import Evidence
from compliance.vocabulary import HalfDayPeriod

APPLIED = "adaptation-applied"
LONGEST_NOTE = 500


@act
def mark_applied(
    adaptation: Adaptation, half_day: HalfDay, *, note: str = "", by: Actor, at: datetime
) -> Adaptation:
    """Say in which half-day a promised change was applied.

    Once every change of the request is located, leaves the evidence `adaptation-applied`.

    Args:
        note: how it was done, for whoever reads the file.
        at: UTC instant; the half-day has begun.

    Raises:
        Refused: the half-day is not of that request's cohort, is cancelled, or has not begun.
    """
    request = db.session.get_one(AdaptationRequest, adaptation.request_id)
    _check(request, half_day, at)
    if len(note.strip()) > LONGEST_NOTE:
        raise Refused(f"{LONGEST_NOTE} caractères au plus.", "note")
    adaptation.half_day_id, adaptation.note = half_day.id, note.strip()
    adaptation.applied_at, adaptation.applied_by = at, by.label
    period = HalfDayPeriod(half_day.period).label
    words = f"Adaptation appliquée le {day(half_day.day)}, {period} : {adaptation.label}."
    told(request, "adaptations.applied", words, by=by, at=at)
    refresh_applied(request, by=by, at=at)
    return adaptation


@act
def unmark_applied(adaptation: Adaptation, *, by: Actor, at: datetime) -> Adaptation:
    """Take back a half-day that was said by mistake.

    Raises:
        Refused: the change is not located.
    """
    if adaptation.half_day_id is None:
        raise Refused("Cette adaptation n’est rattachée à aucune demi-journée.")
    request = db.session.get_one(AdaptationRequest, adaptation.request_id)
    adaptation.half_day_id, adaptation.note = None, ""
    adaptation.applied_at, adaptation.applied_by = None, ""
    words = f"Adaptation rattachée par erreur, reprise : {adaptation.label}."
    told(request, "adaptations.unapplied", words, by=by, at=at)
    refresh_applied(request, by=by, at=at)
    return adaptation


def refresh_applied(request: AdaptationRequest, *, by: Actor, at: datetime) -> None:
    """Make the evidence say what the half-days say now (within an act)."""
    rows = db.session.execute(
        select(Adaptation, HalfDay)
        .outerjoin(HalfDay, HalfDay.id == Adaptation.half_day_id)
        .where(Adaptation.request_id == request.id)
        .order_by(Adaptation.id)
    ).all()
    facts: dict[str, Any] = {
        "applied": [
            {"label": one.label, "half_day": half_day.id, "day": half_day.day.isoformat()}
            for one, half_day in rows
            if half_day is not None
        ]
    }
    is_whole = bool(rows) and len(facts["applied"]) == len(rows)
    standing = _standing(request)
    if standing is not None and is_whole and standing.facts == facts:
        return
    if standing is not None:
        evidence.withdraw(standing, why="adaptations précisées depuis", by=by, at=at)
    if is_whole:
        _leave_evidence(request, facts, max(half_day.day for _, half_day in rows), by, at)


def _leave_evidence(
    request: AdaptationRequest, facts: dict[str, Any], on: date, by: Actor, at: datetime
) -> None:
    evidence.record(
        APPLIED,
        scope=("adaptation", request.id),
        label=f"Adaptations de la demande {request.reference} situées dans le déroulé",
        occurred_on=on,
        by=by,
        at=at,
        source=("adaptation", request.id),
        facts=facts,
        cohort_id=request.cohort_id,
    )


def _standing(request: AdaptationRequest) -> Evidence | None:
    return db.session.scalars(
        select(Evidence).where(
            Evidence.piece == APPLIED,
            Evidence.scope_kind == "adaptation",
            Evidence.scope_id == request.id,
            Evidence.withdrawn_at.is_(None),
        )
    ).first()


def _check(request: AdaptationRequest, half_day: HalfDay, at: datetime) -> None:
    if request.state != "accepted" or half_day.cohort_id != request.cohort_id:
        raise Refused("Cette demi-journée n’est pas de la session de la demande.", "half_day_id")
    if half_day.cancelled_at is not None:
        raise Refused("Cette demi-journée est annulée.", "half_day_id")
    if half_day.starts_at > at:
        raise Refused(
            f"Cette demi-journée commence le {day(clock.day_of(half_day.starts_at))} à "
            f"{clock_time(half_day.starts_at)} : on dira alors que l’adaptation est appliquée.",
            "half_day_id",
        )
