"""What the acts on a complaint or an incident have in common."""

from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.errors import Refused
from admin_app.core.formatting import day as day_words
from admin_app.core.transaction import touch_scope
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.complaints.words import KINDS

SUBJECT = "complaint"
LONG = 5_000


def told(
    row: Complaint,
    action: str,
    summary: str,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> None:
    """Write the act in the journal, without the words of anybody, and have coverage follow."""
    record(
        f"complaints.{action}",
        by=by,
        at=at,
        subject=(SUBJECT, row.id),
        cohort_id=row.cohort_id,
        summary=summary,
        details={"reference": row.reference, "kind": row.kind},
        origin=origin,
    )
    touch_scope(SUBJECT, row.id)


def prove(row: Complaint, piece: str, words: str, on: date, *, by: Actor, at: datetime) -> None:
    """Leave the evidence that a step was done on that day; it says nothing of what was written."""
    evidence.record(
        piece,
        scope=(SUBJECT, row.id),
        label=f"{KINDS[row.kind].capitalize()} {row.reference} : {words}",
        occurred_on=on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={"received_on": row.received_on.isoformat(), "done_on": on.isoformat()},
    )


def checked_day(on: date | None, row: Complaint, at: datetime, field: str) -> date:
    """The day of something that happened since the complaint was received.

    Raises:
        Refused: no day, one to come, or one before the reception.
    """
    if on is None:
        raise Refused("Indiquez le jour.", field)
    if on > clock.day_of(at):
        raise Refused("Ce jour n’est pas encore venu.", field)
    if on < row.received_on:
        words = f"C’est avant la réception, le {day_words(row.received_on)}."
        raise Refused(words, field)
    return on


def needed(text: str, message: str, field: str, most: int = LONG) -> str:
    """The trimmed text, which must say something within its limit.

    Raises:
        Refused: it is empty, or longer than `most` characters.
    """
    text = text.strip()
    if not text:
        raise Refused(message, field)
    return limited(text, field, most)


def limited(text: str, field: str, most: int = LONG) -> str:
    """The trimmed text, within its limit.

    Raises:
        Refused: it is longer than `most` characters.
    """
    text = text.strip()
    if len(text) > most:
        raise Refused(f"{most} caractères au plus ; ce texte en compte {len(text)}.", field)
    return text


def refuse_if_closed(row: Complaint) -> None:
    """Nothing more is written about what is closed.

    Raises:
        Refused: it is closed.
    """
    if row.closed_on is not None:
        raise Refused("Ce dossier est clos : rouvrez-le pour le compléter.")
