"""What the quality manager may do to a half-day that is closed: correct a mark, open it again.

The old state is never lost: a row says what was, what became of it, and why.
"""

from datetime import datetime

from admin_app.attendance.models import Correction, Reopening
from admin_app.attendance.operations.common import follow_absence, locked_scene, needed, told
from admin_app.attendance.operations.marking import (
    MarkInput,
    input_problems,
    set_aside,
    values_of,
    write_mark,
)
from admin_app.attendance.operations.settling import settle
from admin_app.attendance.queries.parts import Scene
from admin_app.cohorts.models import Enrolment, HalfDay
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from compliance.vocabulary import MarkState


@act
def correct(
    half_day: HalfDay,
    enrolment: Enrolment,
    wanted: MarkInput,
    *,
    why: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Correction | None:
    """Correct what was noted of one trainee on a closed half-day.

    Who becomes present must still sign, as a regularisation; who becomes absent has their
    signature set aside. The evidence of the half-day is withdrawn and, when complete, recorded
    anew; the sheet is made again.

    Returns:
        The trace of the correction; None when nothing changed.

    Raises:
        Problems: the half-day is not closed, the person is not of the cohort, no reason is given,
            or the mark itself does not stand.
    """
    scene = _closed_scene(half_day)
    why = needed(why, "Dites pourquoi vous corrigez.", "why")
    person = scene.person(enrolment.id)
    if person is None or not (person.expected or person.mark):
        raise Refused("Cette personne n’était pas attendue à cette demi-journée.")
    before, after = values_of(person.mark), wanted.as_values()
    if before == after:
        return None
    refuse_if_any(input_problems(scene, person, wanted))
    if wanted.state is MarkState.ABSENT and person.signature:
        set_aside(person.signature, why=why, by=by, at=at)
        person.signature = None
    mark = write_mark(scene, person, after, by, at)
    scene.__dict__.pop("people", None)
    follow_absence(scene, mark, before, name=person.name, by=by, at=at)
    trace = Correction(
        half_day_id=scene.half_day.id,
        enrolment_id=person.id,
        before=before,
        after=after,
        why=why,
        corrected_at=at,
        corrected_by=by.label,
    )
    db.session.add(trace)
    db.session.flush()
    told(
        scene,
        "correct",
        f"pointage de {person.name} corrigé.",
        by=by,
        at=at,
        origin=origin,
        enrolment=person.id,
        before={name: value for name, value in before.items() if name != "reason"},
        after={name: value for name, value in after.items() if name != "reason"},
    )
    settle(scene, by=by, at=at, is_correction=True)
    return trace


@act
def reopen(
    half_day: HalfDay, *, why: str, by: Actor, at: datetime, origin: Origin | None = None
) -> Reopening:
    """Open again a half-day that was closed by mistake; the trainer will sign and close anew.

    The trainees' signatures stand; the trainers' are set aside, and stay readable.

    Raises:
        Refused: it is not closed, or no reason is given.
    """
    scene = _closed_scene(half_day)
    closing = scene.closing
    assert closing is not None
    why = needed(why, "Dites pourquoi vous rouvrez cette demi-journée.", "why")
    trace = Reopening(
        half_day_id=scene.half_day.id,
        closed_at=closing.closed_at,
        closed_by=closing.closed_by,
        incident=closing.incident,
        why=why,
        reopened_at=at,
        reopened_by=by.label,
    )
    db.session.add(trace)
    db.session.delete(closing)
    for one in scene.signed_by:
        if one.signature is not None:
            set_aside(one.signature, why=why, by=by, at=at)
            one.signature = None
    scene.closing = None
    told(
        scene,
        "reopen",
        "rouverte.",
        by=by,
        at=at,
        origin=origin,
        closed_at=trace.closed_at.isoformat(),
        closed_by=trace.closed_by,
    )
    settle(scene, by=by, at=at, is_correction=True)
    return trace


def _closed_scene(half_day: HalfDay) -> Scene:
    scene = locked_scene(half_day.id)
    if scene.closing is None:
        raise Refused("Cette demi-journée n’est pas close : le pointage se change directement.")
    return scene
