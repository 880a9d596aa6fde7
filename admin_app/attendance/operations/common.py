"""What every act of attendance begins and ends with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from admin_app.attendance.models import Closing, Mark
from admin_app.attendance.queries.parts import Scene
from admin_app.attendance.queries.scenes import scene, signing_scene
from admin_app.cohorts.models import HalfDay
from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import Row, db
from admin_app.core.errors import Refused
from admin_app.core.transaction import touch_cohort
from admin_app.evidence import operations as evidence
from admin_app.journal import operations as journal
from compliance.attendance import Problem
from compliance.vocabulary import MarkState

R = TypeVar("R", bound=Row)
ABSENCE = "absence-reason"
FIELDS = {
    "late-minutes": "minutes_late",
    "early-minutes": "minutes_early",
    "nothing-left": "minutes_late",
    "reason-needed": "late_reason",
    "unsigned": "left_unsigned",
    "trainer-signs-last": "left_unsigned",
}


def locked_scene(half_day_id: int) -> Scene:
    """The half-day as it is written now; nobody else marks, signs or closes it meanwhile.

    Raises:
        Refused: it is gone.
    """
    _lock(half_day_id, shared=False)
    return _there(scene(half_day_id, fresh=True))


def shared_scene(half_day_id: int, enrolment_id: int) -> Scene:
    """The half-day for one trainee who signs; others sign at the same time, nobody closes it.

    Raises:
        Refused: it is gone, or is no half-day of that trainee's cohort.
    """
    _lock(half_day_id, shared=True)
    return _there(signing_scene(half_day_id, enrolment_id))


def _lock(half_day_id: int, *, shared: bool) -> None:
    if db.engine.dialect.name == "sqlite":
        return  # an act holds the one write lock from its first statement
    statement = select(HalfDay.id).where(HalfDay.id == half_day_id)
    db.session.execute(statement.with_for_update(read=shared))


def _there(found: Scene | None) -> Scene:
    if found is None:
        raise Refused("Cette demi-journée n’existe plus.")
    return found


def insert_once(model: type[R], **values: Any) -> R | None:
    """Write a row unless its like is there already (two requests at once, a double click).

    Returns:
        The row; None when it was there.
    """
    insert: Any = postgresql.insert if db.engine.dialect.name == "postgresql" else sqlite.insert
    statement = insert(model).values(**values).on_conflict_do_nothing().returning(model)
    found: R | None = db.session.scalars(statement).first()
    return found


def refusals(problems: Iterable[Problem], names: dict[int, str] | None = None) -> list[Refused]:
    """What the rules refuse, next to the fields; each with the name when several are marked."""
    found = []
    for one in problems:
        name = (names or {}).get(one.enrolment_key or 0)
        words = f"{name} : {one.message}" if name else one.message
        found.append(Refused(words, FIELDS.get(one.code)))
    return found


def needed(text: str, message: str, field: str, most: int = 500) -> str:
    """The trimmed text, which must say something within its limit.

    Raises:
        Refused: it is empty, or longer than `most` characters.
    """
    if not text.strip():
        raise Refused(message, field)
    return limited(text, field, most)


def limited(text: str, field: str, most: int = 300) -> str:
    """The trimmed text, within its limit.

    Raises:
        Refused: it is longer than `most` characters.
    """
    text = text.strip()
    if len(text) > most:
        raise Refused(f"{most} caractères au plus ; ce texte en compte {len(text)}.", field)
    return text


def told(
    found: Scene,
    action: str,
    summary: str,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
    **details: object,
) -> None:
    """Write the act in the journal."""
    journal.record(
        f"attendance.{action}",
        by=by,
        at=at,
        summary=f"Session {found.cohort.reference}, {found.label} : {summary}",
        subject=("half-day", found.half_day.id),
        cohort_id=found.cohort.id,
        details=dict(details),
        origin=origin,
    )


def lock_closing(half_day_id: int) -> None:
    """Of two late signatures at once, the second waits: it will see the first one."""
    if db.engine.dialect.name != "sqlite":
        statement = select(Closing.id).where(Closing.half_day_id == half_day_id)
        db.session.execute(statement.with_for_update())


def follow_absence(
    found: Scene, mark: Mark, before: dict[str, Any], *, name: str, by: Actor, at: datetime
) -> None:
    """Bring the evidence of an absence's reason in step with its mark.

    Args:
        before: what the mark said (`values_of`), empty when it is new.
    """
    is_absent, was_absent = mark.state == MarkState.ABSENT, before.get("state") == MarkState.ABSENT
    had_reason = was_absent and bool(before["reason"])
    if was_absent and not (is_absent and mark.reason):
        if had_reason or not is_absent:
            scope = ("mark", mark.id)
            evidence.withdraw_all(ABSENCE, scope=scope, why="Pointage corrigé.", by=by, at=at)
    elif is_absent and mark.reason and not had_reason:
        record_absence(found, mark, name=name, outcome="obtained", by=by, at=at)
    if is_absent != was_absent:
        touch_cohort(found.cohort.id)


def record_absence(
    found: Scene, mark: Mark, *, name: str, outcome: str, by: Actor, at: datetime
) -> None:
    """Record that the reason of an absence is known, or was asked for in vain. Not the reason."""
    words = "Motif d’absence" if outcome == "obtained" else "Motif d’absence demandé, sans réponse"
    evidence.record(
        ABSENCE,
        scope=("mark", mark.id),
        label=f"{words} : {name}, {found.label}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("half-day", found.half_day.id),
        facts={"half_day": found.half_day.id, "enrolment": mark.enrolment_id},
        cohort_id=found.cohort.id,
        outcome=outcome,
    )
