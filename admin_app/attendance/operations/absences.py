"""Why someone was absent: noted when it is known, even after the half-day is closed."""

from datetime import datetime

from admin_app.attendance.models import Mark
from admin_app.attendance.operations.common import (
    follow_absence,
    limited,
    locked_scene,
    record_absence,
    told,
)
from admin_app.attendance.operations.marking import values_of
from admin_app.attendance.queries.parts import Person
from admin_app.cohorts.models import HalfDay
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act, locked


@act
def record_absence_reason(
    half_day: HalfDay,
    enrolment_id: int,
    *,
    reason: str = "",
    is_unanswered: bool = False,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Mark:
    """Note why a trainee was absent, or that they were asked and did not answer.

    The mark itself does not change. The reason is never a medical detail; neither the journal
    nor the evidence holds it.

    Raises:
        Refused: the trainee is not noted absent, or there is neither a reason nor « sans réponse ».
    """
    scene = locked_scene(half_day.id)
    person = scene.person(enrolment_id)
    if person is None or person.mark is None or not person.is_absent:
        raise Refused("Cette personne n’est pas notée absente.")
    reason = limited(reason, "reason")
    if not reason and not is_unanswered:
        raise Refused("Indiquez le motif, ou cochez « sollicitation sans réponse ».", "reason")
    mark, before = locked(person.mark), values_of(person.mark)
    if reason:
        mark.reason, mark.asked_at = reason, None
        db.session.flush()
        follow_absence(scene, mark, before, name=person.name, by=by, at=at)
    elif not _note_unanswered(person, at):
        return mark
    else:
        record_absence(scene, mark, name=person.name, outcome="tried", by=by, at=at)
    words = "consigné" if reason else "demandé, sans réponse"
    told(
        scene,
        "absence-reason",
        f"motif d’absence de {person.name} {words}.",
        by=by,
        at=at,
        origin=origin,
        enrolment=person.id,
        is_known=bool(reason),
    )
    return mark


def _note_unanswered(person: Person, at: datetime) -> bool:
    """Note that they were asked in vain; nothing when a reason or that is noted already."""
    assert person.mark is not None
    if person.mark.reason or person.mark.asked_at is not None:
        return False
    person.mark.asked_at = at
    db.session.flush()
    return True
