"""The trainer notes who is there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from admin_app.attendance.facts import half_day_facts
from admin_app.attendance.models import Mark, Signature
from admin_app.attendance.operations.common import (
    follow_absence,
    limited,
    locked_scene,
    refusals,
    told,
)
from admin_app.attendance.queries.parts import Person, Scene
from admin_app.cohorts.models import HalfDay
from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import clock_time, day_long, plural
from admin_app.core.transaction import act, locked
from compliance.attendance import MarkFacts, mark_problems
from compliance.vocabulary import MarkState

LATE = frozenset({MarkState.LATE, MarkState.LATE_AND_LEFT_EARLY})
EARLY = frozenset({MarkState.LEFT_EARLY, MarkState.LATE_AND_LEFT_EARLY})


@dataclass(frozen=True, slots=True)
class MarkInput:
    """What is noted of one trainee. Minutes are those missed at either end.

    `reason` says why absent, late or gone early, never a medical detail. `sets_aside`: the person
    is noted absent although a signature of theirs is there; it no longer counts, and stays.
    """

    state: MarkState
    minutes_late: int = 0
    minutes_early: int = 0
    reason: str = ""
    sets_aside: bool = False

    def as_values(self) -> dict[str, Any]:
        """The same as a mark keeps it: minutes and reason only where the state has them."""
        return {
            "state": self.state.value,
            "minutes_late": self.minutes_late if self.state in LATE else 0,
            "minutes_early": self.minutes_early if self.state in EARLY else 0,
            "reason": "" if self.state is MarkState.PRESENT else limited(self.reason, "reason"),
        }


@act
def mark(
    half_day: HalfDay,
    marks: Mapping[int, MarkInput],
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> int:
    """Note trainees present, late, gone early or absent, with the reason or without.

    From the day of the half-day on; an absence announced before, at any time. What is noted
    already is changed; the same again changes nothing.

    Args:
        marks: by key of enrolment.
        at: UTC instant.

    Returns:
        How many marks changed.

    Raises:
        Problems: the half-day is closed or cancelled, the trainee is not expected, minutes are
            missing or cover it all, or the person noted absent has signed.
    """
    scene = locked_scene(half_day.id)
    _refuse_frozen(scene)
    people = {key: _expected(scene, key) for key in marks}
    names = {key: one.name for key, one in people.items()} if len(marks) > 1 else {}
    refuse_if_any(
        problem
        for key, wanted in marks.items()
        for problem in _problems(scene, people[key], wanted, names, at)
    )
    changed = [
        people[key] for key, wanted in marks.items() if _write(scene, people[key], wanted, by, at)
    ]
    if changed:
        told(
            scene,
            "mark",
            f"pointage de {plural(len(changed), 'stagiaire')}.",
            by=by,
            at=at,
            origin=origin,
            marks={str(one.id): one.mark.state for one in changed if one.mark},
        )
    return len(changed)


@act
def mark_quickly(
    half_day: HalfDay,
    enrolment_id: int,
    is_there: bool,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> int:
    """One tap: there, or not. Who is noted late is there already, and stays late.

    Returns:
        1 when the mark changed, else 0.

    Raises:
        Problems: as `mark`.
    """
    person = locked_scene(half_day.id).person(enrolment_id)
    if person is not None and person.mark is not None and person.attends == is_there:
        return 0
    wanted = MarkInput(MarkState.PRESENT if is_there else MarkState.ABSENT)
    return mark(half_day, {enrolment_id: wanted}, by=by, at=at, origin=origin)


@act
def mark_rest_present(
    half_day: HalfDay, *, by: Actor, at: datetime, origin: Origin | None = None
) -> int:
    """Note present all those who are not marked yet.

    Returns:
        How many they were.

    Raises:
        Problems: as `mark`.
    """
    scene = locked_scene(half_day.id)
    marks = {one.id: MarkInput(MarkState.PRESENT) for one in scene.unmarked}
    return mark(half_day, marks, by=by, at=at, origin=origin)


def set_aside(signature: Signature, *, why: str, by: Actor, at: datetime) -> None:
    """From now on this signature no longer counts; it stays, with who said so and why."""
    locked(signature)
    signature.set_aside_at, signature.set_aside_by = at, by.label
    signature.set_aside_why = why[:500]
    db.session.flush()


def write_mark(
    scene: Scene, person: Person, values: dict[str, Any], by: Actor, at: datetime
) -> Mark:
    """Write those values in the person's mark, new or not."""
    found = person.mark
    if found is None:
        found = Mark(
            half_day_id=scene.half_day.id,
            enrolment_id=person.id,
            marked_at=at,
            marked_by=by.label,
            **values,
        )
        db.session.add(found)
    else:
        locked(found)
        for name, value in values.items():
            setattr(found, name, value)
    if found.state != MarkState.ABSENT or found.reason:
        found.asked_at = None
    db.session.flush()
    person.mark = found
    return found


def values_of(found: Mark | None) -> dict[str, Any]:
    """What a mark says; empty when there is none."""
    if found is None:
        return {}
    return {
        "state": found.state,
        "minutes_late": found.minutes_late,
        "minutes_early": found.minutes_early,
        "reason": found.reason,
    }


def input_problems(scene: Scene, person: Person, wanted: MarkInput) -> list[Refused]:
    """What is wrong in what is noted, whoever notes it and whenever."""
    facts = MarkFacts(
        half_day_key=scene.half_day.id,
        enrolment_key=person.id,
        state=wanted.state,
        minutes_late=wanted.minutes_late,
        minutes_early=wanted.minutes_early,
    )
    found = refusals(mark_problems(half_day_facts(scene.half_day), facts))
    if wanted.state is MarkState.ABSENT and person.signature and not wanted.sets_aside:
        hour = clock_time(person.signature.signed_at)
        found.append(
            Refused(
                f"{person.name} a signé à {hour}. Pour noter une absence, confirmez que cette "
                "signature est écartée.",
                "sets_aside",
            )
        )
    return found


def _refuse_frozen(scene: Scene) -> None:
    if scene.is_cancelled:
        raise Refused("Cette demi-journée est annulée.")
    if scene.closing is not None:
        raise Refused(
            "Cette demi-journée est close : seule la personne responsable de la qualité peut "
            "corriger le pointage."
        )


def _expected(scene: Scene, enrolment_id: int) -> Person:
    person = scene.person(enrolment_id)
    if person is None or not (person.expected or person.mark):
        raise Refused("Cette personne n’est pas attendue à cette demi-journée.")
    return person


def _problems(
    scene: Scene, person: Person, wanted: MarkInput, names: dict[int, str], at: datetime
) -> list[Refused]:
    found = input_problems(scene, person, wanted)
    if wanted.state.attends and clock.day_of(at) < scene.half_day.day:
        found.append(
            Refused(f"Le pointage ouvre le jour même, {day_long(scene.half_day.day)}.", "state")
        )
    name = names.get(person.id)
    return [Refused(f"{name} : {one.message}", one.field) for one in found] if name else found


def _write(scene: Scene, person: Person, wanted: MarkInput, by: Actor, at: datetime) -> bool:
    values, before = wanted.as_values(), values_of(person.mark)
    if values == before:
        return False
    if wanted.state is MarkState.ABSENT and person.signature:
        set_aside(person.signature, why=f"Absence notée par {by.label}.", by=by, at=at)
        person.signature = None
    written = write_mark(scene, person, values, by, at)
    written.marked_at, written.marked_by = at, by.label
    follow_absence(scene, written, before, name=person.name, by=by, at=at)
    return True
