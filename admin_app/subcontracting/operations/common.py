"""What the acts on subcontractors end with."""

from datetime import datetime

from admin_app.core.actor import Actor
from admin_app.core.transaction import touch_scope
from admin_app.journal.operations import record
from admin_app.subcontracting.models import Subcontractor

SUBJECT = "subcontractor"


def told(row: Subcontractor, action: str, words: str, *, by: Actor, at: datetime) -> None:
    """Write the act in the journal, and have coverage follow."""
    subject, summary = (SUBJECT, row.id), f"{row.name} – {words}."
    record(f"subcontracting.{action}", by=by, at=at, subject=subject, summary=summary)
    touch_scope(SUBJECT, row.id)
