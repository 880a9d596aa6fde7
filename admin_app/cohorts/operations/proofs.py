"""The evidence that a cohort's own preparation leaves: its plan, its place and its trainers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from admin_app.cohorts.listeners import tell
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.queries import (
    Teaching,
    cohorts_of_trainer,
    half_days,
    lacking_of,
    trainers_of,
)
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.formatting import minutes_as_hours, plural
from admin_app.core.transaction import act, touch_cohort
from admin_app.evidence import operations as evidence
from admin_app.evidence.models import Evidence
from admin_app.organisation.models import Place
from compliance.vocabulary import EvidenceFlag

PLAN, STAFF = "session-plan", "room-and-trainer"


@act
def refresh_proofs(cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Record, renew or withdraw the pieces that say the cohort is planned, placed and staffed.

    Before the first day a change replaces the piece; from the first day on, what was shown in time
    stays beside what came later. A piece that no longer holds is withdrawn.
    """
    db.session.flush()
    held = half_days(cohort.id)
    _keep(cohort, PLAN, _plan(held), _plan_label(held), by=by, at=at)
    _refresh_staff(cohort, held, by=by, at=at)
    tell(cohort, by=by, at=at)
    touch_cohort(cohort.id)


@act
def follow_skills(trainer_id: int, *, by: Actor, at: datetime) -> None:
    """Look again at who teaches the cohorts of that trainer that are not over: skills changed."""
    for cohort in cohorts_of_trainer(trainer_id):
        if cohort.ends_on >= clock.day_of(at):
            _refresh_staff(cohort, half_days(cohort.id), by=by, at=at)


def _refresh_staff(cohort: Cohort, held: Sequence[HalfDay], *, by: Actor, at: datetime) -> None:
    places, trainers = _places(cohort, held), trainers_of(cohort.id)
    label, unshown = _staff_label(places, trainers), unshown_skills(cohort, trainers)
    staff = _staff(cohort, held, places, trainers, unshown)
    _keep(cohort, STAFF, staff, label, flags=_flags(trainers, unshown), by=by, at=at)


def unshown_skills(cohort: Cohort, trainers: Sequence[Teaching]) -> dict[int, list[str]]:
    """The required skills that nothing shows on its days, for each trainer who lacks some."""
    found = lacking_of(cohort, trainers)
    return {key: skills for key, skills in found.items() if skills}


def _flags(trainers: Sequence[Teaching], unshown: dict[int, list[str]]) -> tuple[str, ...]:
    """What is said of trainers without a required skill: a reason was written, or none was."""
    reasons = [bool(one.assignment.reason) for one in trainers if one.trainer.id in unshown]
    flags = (
        EvidenceFlag.REASONED if any(reasons) else None,
        None if all(reasons) else EvidenceFlag.UNSHOWN,
    )
    return tuple(flag.value for flag in flags if flag is not None)


def _keep(
    cohort: Cohort,
    piece: str,
    facts: dict[str, Any] | None,
    label: str,
    *,
    flags: tuple[str, ...] = (),
    by: Actor,
    at: datetime,
) -> None:
    valid = _valid(cohort.id, piece)
    if facts is not None and any((one.facts, tuple(one.flags)) == (facts, flags) for one in valid):
        return
    scope = ("cohort", cohort.id)
    if facts is None or clock.day_of(at) < cohort.starts_on:
        why = "La session a changé." if facts else "La session n’est plus complète sur ce point."
        evidence.withdraw_all(piece, scope=scope, why=why, by=by, at=at)
    if facts is not None:
        evidence.record(
            piece,
            scope=scope,
            label=label,
            occurred_on=clock.day_of(at),
            by=by,
            at=at,
            source=scope,
            facts=facts,
            flags=flags,
            cohort_id=cohort.id,
        )


def _valid(cohort_id: int, piece: str) -> list[Evidence]:
    statement = select(Evidence).where(
        Evidence.piece == piece,
        Evidence.scope_kind == "cohort",
        Evidence.scope_id == cohort_id,
        Evidence.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(statement))


def _plan(held: Sequence[HalfDay]) -> dict[str, Any] | None:
    """What the plan says, when every half-day has its hours and its theme."""
    if not held or not all(one.theme and one.minutes for one in held):
        return None
    return {
        "half_days": [
            {
                "starts_at": one.starts_at.isoformat(),
                "ends_at": one.ends_at.isoformat(),
                "minutes": one.minutes,
                "theme": one.theme,
            }
            for one in held
        ]
    }


def _plan_label(held: Sequence[HalfDay]) -> str:
    total = minutes_as_hours(sum(one.minutes for one in held))
    return f"Déroulé pédagogique, {plural(len(held), 'demi-journée')}, {total}"


def _places(cohort: Cohort, held: Sequence[HalfDay]) -> dict[int, str]:
    keys = {one.place_id or cohort.place_id for one in held if not one.is_remote}
    rows = db.session.scalars(select(Place).where(Place.id.in_(keys - {None})))
    return {place.id: place.name for place in rows}


def _staff(
    cohort: Cohort,
    held: Sequence[HalfDay],
    places: dict[int, str],
    trainers: list[Teaching],
    unshown: dict[int, list[str]],
) -> dict[str, Any] | None:
    """Where and by whom it is taught, when every half-day has a place or a link, and a trainer."""
    is_placed = all(
        cohort.remote_url if one.is_remote else (one.place_id or cohort.place_id) for one in held
    )
    if not held or not trainers or not is_placed:
        return None
    facts: dict[str, Any] = {
        "places": sorted(places),
        "remote": any(one.is_remote for one in held),
        "trainers": sorted(one.trainer.id for one in trainers),
    }
    if unshown:
        facts["unshown"] = {str(key): skills for key, skills in sorted(unshown.items())}
        facts["reasons"] = {
            str(one.trainer.id): one.assignment.reason
            for one in trainers
            if one.trainer.id in unshown
        }
    return facts


def _staff_label(places: dict[int, str], trainers: list[Teaching]) -> str:
    where = ", ".join(sorted(places.values())) or "à distance"
    who = ", ".join(one.trainer.name for one in trainers)
    return f"Lieu et formateurs affectés : {where} ; {who}"
