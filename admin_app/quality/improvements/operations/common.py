"""What the acts on improvements have in common."""

from datetime import datetime

from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.core.transaction import touch_scope
from admin_app.journal.operations import record
from admin_app.quality.improvements.models import Improvement

SUBJECT = "improvement"
DONE, EFFECT = "improvement-done", "improvement-effect"


def told(row: Improvement, action: str, words: str, *, by: Actor, at: datetime) -> None:
    """Write the act in the journal, and have coverage follow."""
    record(
        f"improvements.{action}",
        by=by,
        at=at,
        subject=(SUBJECT, row.id),
        summary=f"Action {row.reference}, « {row.title} » : {words}.",
        details={"reference": row.reference, "origin": row.origin_kind},
    )
    touch_scope(SUBJECT, row.id)


def refuse_if_over(row: Improvement) -> None:
    """Nothing more is done about what is closed or given up.

    Raises:
        Refused: it is.
    """
    if row.closed_on is not None:
        raise Refused("Cette action est close : rouvrez-la d’abord.")
    if row.cancelled_on is not None:
        raise Refused("Cette action est abandonnée : reprenez-la d’abord.")
