"""Signing a half-day: never before its start, once, at the server's own instant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from admin_app.attendance.models import Signature
from admin_app.attendance.operations.common import (
    insert_once,
    limited,
    refusals,
    shared_scene,
    told,
)
from admin_app.attendance.operations.settling import settle_late_signature
from admin_app.attendance.queries.parts import Person, Scene
from admin_app.attendance.queries.scenes import signing_scene
from admin_app.cohorts.models import Enrolment, HalfDay
from admin_app.core.actor import Actor, Origin
from admin_app.core.drawing import Ink, ink_of
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act_beside
from compliance.attendance import Signer, may_sign

CHANNELS = {
    "link": "par son lien personnel",
    "handed": "sur l’appareil de la formatrice ou du formateur",
    "account": "depuis son compte",
}


@act_beside
def sign_as_trainee(
    half_day: HalfDay,
    enrolment: Enrolment,
    *,
    way: str,
    strokes: Sequence[Any] = (),
    typed_name: str = "",
    channel: str,
    late_reason: str = "",
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Signature:
    """A trainee signs a half-day. Signing twice gives the first signature again.

    After the window, or once the half-day is closed, it is a regularisation: it needs a reason
    and keeps its true instant for ever. It touches nothing else, unless it completes a half-day
    that is closed: its evidence is then recorded.

    Args:
        way: drawn (`strokes`, lines of points) or typed (`typed_name`).
        channel: link (their own phone), handed (the trainer's device), account.
        at: UTC instant, the server's.

    Raises:
        Problems: before the start, not theirs, noted absent, closed without a mark, cancelled,
            on the trainer's device when the half-day is remote;
            the reason of a late signature is missing; the signature itself cannot be read.
    """
    scene = shared_scene(half_day.id, enrolment.id)
    person = scene.everyone[0]
    if person.signature is not None:
        return person.signature
    who = Signer("trainee", person.id)
    problems = refusals(may_sign(scene.state(), who, at, reason=late_reason))
    refuse_if_any(_cancelled(scene) or _apart(scene, channel) or problems)
    ink = ink_of(way=way, strokes=strokes, typed_name=typed_name, name=person.name)
    late = scene.is_late(at)
    values = signature_values(ink, channel, late_reason if late else "", late, at, origin)
    written = insert_once(
        Signature, half_day_id=scene.half_day.id, enrolment_id=person.id, **values
    )
    if written is None:
        return _the_other_one(scene, person)
    words = f"{person.name} a signé {CHANNELS[channel]}{', après coup' if late else ''}."
    told(scene, "sign", words, by=by, at=at, origin=origin, enrolment=person.id, late=late)
    if scene.closing is not None:
        settle_late_signature(scene.half_day.id, by=by, at=at)
    return written


def signature_values(
    ink: Ink, channel: str, late_reason: str, late: bool, at: datetime, origin: Origin | None
) -> dict[str, Any]:
    """What a signature keeps, whoever signs."""
    origin = origin or Origin()
    return {
        "way": ink.way,
        "channel": channel,
        "typed_name": ink.typed_name,
        "strokes": ink.strokes,
        "signed_at": at,
        "is_late": late,
        "late_reason": limited(late_reason, "late_reason"),
        "ip": origin.ip,
        "user_agent": origin.user_agent,
    }


def _cancelled(scene: Scene) -> list[Refused]:
    return [Refused("Cette demi-journée est annulée.")] if scene.is_cancelled else []


def _apart(scene: Scene, channel: str) -> list[Refused]:
    """A device is not handed round to people who are elsewhere."""
    if channel != "handed" or not scene.half_day.is_remote:
        return []
    return [Refused("Cette demi-journée est à distance : chacun signe par son lien personnel.")]


def _the_other_one(scene: Scene, person: Person) -> Signature:
    """The signature that another request has just written."""
    again = signing_scene(scene.half_day.id, person.id)
    assert again is not None
    found = again.everyone[0].signature
    assert found is not None
    return found
