"""The trainer signs last and closes the half-day: from then on it is frozen."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from admin_app.attendance.models import Closing, Signature
from admin_app.attendance.operations.common import (
    insert_once,
    limited,
    locked_scene,
    refusals,
    told,
)
from admin_app.attendance.operations.settling import settle
from admin_app.attendance.operations.signing import signature_values
from admin_app.attendance.queries.parts import Contributor, Scene
from admin_app.cohorts.models import Assignment, HalfDay
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.drawing import ink_of
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import plural
from admin_app.core.transaction import act
from compliance.attendance import Signer, closing_problems, may_sign
from compliance.wording import some_names


@act
def sign_as_trainer_and_close(
    half_day: HalfDay,
    assignment: Assignment,
    *,
    way: str,
    strokes: Sequence[Any] = (),
    typed_name: str = "",
    incident: str = "",
    left_unsigned: Collection[int] = (),
    late_reason: str = "",
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Closing:
    """The trainer signs and closes. Closing twice gives the first closing again.

    Everyone expected is marked, and whoever was there has signed or is named in `left_unsigned`
    (keys of enrolments): they may still sign by their link, with the reason. The evidence of the
    half-day is recorded when nothing is missing, else with the last signature.

    Args:
        way, strokes, typed_name: the trainer's signature, as for a trainee.
        incident: what happened that the office must know, if anything; no medical detail.
        late_reason: needed after the window.
        at: UTC instant, the server's.

    Raises:
        Problems: before the start, closed, not theirs, someone is not marked, someone present has
            not signed and is not named, someone absent has signed.
    """
    scene = locked_scene(half_day.id)
    trainer = scene.assigned(assignment.id)
    if scene.closing is not None and trainer is not None and trainer.signature is not None:
        return scene.closing
    leaves = _leaves_unsigned(scene, left_unsigned)
    _sign(
        scene,
        _trainer(trainer),
        way=way,
        strokes=strokes,
        typed_name=typed_name,
        late_reason=late_reason,
        leaves=leaves,
        at=at,
        origin=origin,
    )
    refuse_if_any(refusals(closing_problems(scene.state(), at, leaves_unsigned=leaves)))
    scene.closing = _close(scene, limited(incident, "incident", 500), by, at)
    _tell(scene, by, at, origin)
    settle(scene, by=by, at=at)
    return scene.closing


@act
def sign_as_second_trainer(
    half_day: HalfDay,
    assignment: Assignment,
    *,
    way: str,
    strokes: Sequence[Any] = (),
    typed_name: str = "",
    left_unsigned: Collection[int] = (),
    late_reason: str = "",
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Signature:
    """A trainer who teaches together with another signs, and leaves the closing to the other.

    Raises:
        Problems: as `sign_as_trainer_and_close`.
    """
    scene = locked_scene(half_day.id)
    trainer = _trainer(scene.assigned(assignment.id))
    if trainer.signature is not None:
        return trainer.signature
    written = _sign(
        scene,
        trainer,
        way=way,
        strokes=strokes,
        typed_name=typed_name,
        late_reason=late_reason,
        leaves=_leaves_unsigned(scene, left_unsigned),
        at=at,
        origin=origin,
    )
    words = f"{trainer.trainer.name} a signé ; la demi-journée reste ouverte."
    told(scene, "trainer-sign", words, by=by, at=at, origin=origin, assignment=assignment.id)
    return written


def _trainer(found: Contributor | None) -> Contributor:
    if found is None or found.assignment.ended_at is not None:
        raise Refused("Cette demi-journée n’est pas de vos sessions.")
    return found


def _leaves_unsigned(scene: Scene, named: Collection[int]) -> bool:
    """Whether someone is knowingly left to sign later; each must be named."""
    forgotten = [one for one in scene.unsigned if one.id not in set(named)]
    if forgotten and scene.closing is None:
        names = some_names([one.name for one in forgotten])
        raise Refused(
            f"Il manque la signature de : {names}. Faites signer, corrigez le pointage, ou cochez "
            "chaque nom pour clore sans sa signature.",
            "left_unsigned",
        )
    return bool(scene.unsigned)


def _sign(
    scene: Scene,
    trainer: Contributor,
    *,
    way: str,
    strokes: Sequence[Any],
    typed_name: str,
    late_reason: str,
    leaves: bool,
    at: datetime,
    origin: Origin | None,
) -> Signature:
    if trainer.signature is not None:
        return trainer.signature
    if scene.is_cancelled:
        raise Refused("Cette demi-journée est annulée.")
    who = Signer("trainer", trainer.trainer.id)
    problems = may_sign(scene.state(), who, at, reason=late_reason, leaves_unsigned=leaves)
    refuse_if_any(refusals(problems))
    ink = ink_of(way=way, strokes=strokes, typed_name=typed_name, name=trainer.trainer.name)
    late = scene.is_late(at)
    values = signature_values(ink, "account", late_reason if late else "", late, at, origin)
    written = insert_once(
        Signature, half_day_id=scene.half_day.id, assignment_id=trainer.assignment.id, **values
    )
    assert written is not None  # the half-day is locked
    trainer.signature = written
    return written


def _close(scene: Scene, incident: str, by: Actor, at: datetime) -> Closing:
    closing = Closing(
        half_day_id=scene.half_day.id,
        closed_at=at,
        closed_by=by.label,
        incident=incident,
        present=len(scene.present),
        absent=len(scene.absent),
        unsigned=len(scene.unsigned),
    )
    db.session.add(closing)
    db.session.flush()
    return closing


def _tell(scene: Scene, by: Actor, at: datetime, origin: Origin | None) -> None:
    counts = f"{plural(len(scene.present), 'présence')}, {plural(len(scene.absent), 'absence')}"
    missing = scene.unsigned
    words = f" ; {plural(len(missing), 'signature')} à régulariser" if missing else ""
    told(
        scene,
        "close",
        f"close, {counts}{words}.",
        by=by,
        at=at,
        origin=origin,
        present=[one.id for one in scene.present],
        absent=[one.id for one in scene.absent],
        unsigned=[one.id for one in missing],
        has_incident=bool(scene.closing and scene.closing.incident),
    )
