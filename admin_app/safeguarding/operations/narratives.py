"""What was told: opened with a reason, in the journal first; erased, the entry staying."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select

from admin_app.core import clock
from admin_app.core.actor import SYSTEM, Actor, Origin
from admin_app.core.checks import limited
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act, all_locked
from admin_app.safeguarding.models import Narrative, NarrativeNote, NarrativeOpening, Report
from admin_app.safeguarding.operations.common import noted, refuse_unless_reader
from admin_app.safeguarding.words import ERASURES, REASONS


@dataclass(frozen=True, slots=True)
class Note:
    """What was said since. Do not write it anywhere."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What was told, by whom, how to reach them, and what was said since. Write it nowhere."""

    text: str
    author: str
    contact: str
    notes: tuple[Note, ...]


@act
def open_narrative(
    row: Report,
    *,
    reason: str,
    detail: str = "",
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Opened:
    """What was told: who opens it, when and why is written first, then it is read.

    Args:
        reason: a key of `words.REASONS`, written in the journal; `detail` stays in the room.

    Raises:
        Refused: that person is not named, gives no reason, or it was erased.
    """
    refuse_unless_reader(by, at)
    if row.narrative_erased_at is not None:
        raise Refused("Ce récit a été effacé.")
    if reason not in REASONS:
        raise Refused("Dites pourquoi vous l’ouvrez.", "reason")
    opening = NarrativeOpening(
        report_id=row.id,
        opened_at=at,
        user_id=by.id,
        opened_by=by.label,
        reason=reason,
        detail=limited(detail, "detail", 500),
    )
    db.session.add(opening)
    noted(row, "open", f"récit ouvert pour {REASONS[reason]}.", by=by, at=at, origin=origin)
    db.session.flush()
    return _read(row.id)


@act
def erase(row: Report, *, why: str, by: Actor, at: datetime) -> Report:
    """Erase what was told and all that was said since; the entry of the register stays.

    Args:
        why: a key of `words.ERASURES`.

    Raises:
        Refused: it was erased already, no reason is given, or that person is not named.
    """
    refuse_unless_reader(by, at)
    if why not in ERASURES:
        raise Refused("Dites pourquoi il est effacé.", "why")
    return _erase(row, why, by, at)


@act
def erase_due(on: date, *, by: Actor, at: datetime) -> int:
    """Erase what was told in reports kept long enough.

    Args:
        on: the day it is; those whose last day is before it are erased.

    Returns:
        How many were erased.
    """
    due = all_locked(
        select(Report)
        .where(Report.erase_after < on, Report.narrative_erased_at.is_(None))
        .order_by(Report.id)
    )
    for row in due:
        _erase(row, "kept", by, at)
    return len(due)


def erase_what_is_due() -> int:
    """What the worker's round does: erase, today, what was kept long enough."""
    return erase_due(clock.today(), by=SYSTEM, at=clock.now())


def _erase(row: Report, why: str, by: Actor, at: datetime) -> Report:
    if row.narrative_erased_at is not None:
        raise Refused("Ce récit est déjà effacé.")
    for table in (Narrative, NarrativeNote):
        db.session.execute(delete(table).where(table.report_id == row.id))
    opened = select(NarrativeOpening).where(NarrativeOpening.report_id == row.id)
    for opening in all_locked(opened.order_by(NarrativeOpening.id)):
        opening.detail = ""
    row.narrative_erased_at, row.narrative_erased_why = at, why
    noted(row, "erase", f"récit effacé – {ERASURES[why]}.", by=by, at=at)
    return row


def _read(report_id: int) -> Opened:
    told = db.session.execute(
        select(Narrative.text, Narrative.author, Narrative.contact).where(
            Narrative.report_id == report_id
        )
    ).one()
    notes = db.session.execute(
        select(NarrativeNote.written_at, NarrativeNote.written_by, NarrativeNote.text)
        .where(NarrativeNote.report_id == report_id)
        .order_by(NarrativeNote.id)
    )
    return Opened(*told, notes=tuple(Note(*one) for one in notes))
