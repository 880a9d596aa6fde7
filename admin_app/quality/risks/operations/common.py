"""What the acts on risks have in common."""

from datetime import datetime

from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.core.transaction import touch_scope
from admin_app.journal.operations import record
from admin_app.quality.risks.models import Risk

SUBJECT = "risk"


def told(row: Risk, action: str, words: str, *, by: Actor, at: datetime) -> None:
    """Write the act in the journal, and have coverage follow."""
    record(
        f"risks.{action}",
        by=by,
        at=at,
        subject=(SUBJECT, row.id),
        summary=f"Risque {row.reference}, « {row.title} » : {words}.",
        details={"reference": row.reference},
    )
    touch_scope(SUBJECT, row.id)


def refuse_if_closed(row: Risk) -> None:
    """Nothing more is written about a risk that is closed.

    Raises:
        Refused: it is.
    """
    if row.closed_on is not None:
        raise Refused("Ce risque est clos : rouvrez-le d’abord.")
