"""Writing the journal: each act calls `record` within its own transaction."""

from datetime import datetime
from typing import Any

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.transaction import act
from admin_app.journal.models import JournalEntry


@act
def record(
    action: str,
    *,
    by: Actor,
    at: datetime,
    summary: str,
    subject: tuple[str, int] | None = None,
    cohort_id: int | None = None,
    details: dict[str, Any] | None = None,
    origin: Origin | None = None,
) -> JournalEntry:
    """Add an entry.

    Args:
        action: stable name of the act, « room.act ».
        at: UTC instant when it happened, for whoever did it.
        summary: French sentence for people; never any health data.
        subject: kind and key of the row it is about.
        details: keys and figures, never personal texts.
    """
    origin = origin or Origin()
    entry = JournalEntry(
        at=at,
        recorded_at=clock.now(),
        actor_kind=by.kind.value,
        actor_id=by.id,
        actor_label=by.label,
        action=action,
        subject_kind=subject[0] if subject else None,
        subject_id=subject[1] if subject else None,
        cohort_id=cohort_id,
        summary=summary[:500],
        details=details or {},
        ip=origin.ip,
        user_agent=origin.user_agent,
    )
    db.session.add(entry)
    return entry
