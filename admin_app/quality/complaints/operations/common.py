"""What the acts on a complaint or an incident have in common."""

from datetime import date, datetime

from admin_app.core.actor import Actor, Origin
from admin_app.core.checks import past_day
from admin_app.core.errors import Refused
from admin_app.core.formatting import day as day_words
from admin_app.core.transaction import touch_scope
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.complaints.words import KINDS

SUBJECT = "complaint"


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
    too_early = f"C’est avant la réception, le {day_words(row.received_on)}."
    return past_day(on, at, field, since=row.received_on, too_early=too_early)


def refuse_if_closed(row: Complaint) -> None:
    """Nothing more is written about what is closed.

    Raises:
        Refused: it is closed.
    """
    if row.closed_on is not None:
        raise Refused("Ce dossier est clos : rouvrez-le pour le compléter.")
