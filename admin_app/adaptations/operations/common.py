"""What the acts on a request have in common."""

from collections.abc import Sequence
from datetime import datetime

from admin_app.adaptations.models import AdaptationRequest
from admin_app.core.actor import Actor, Origin
from admin_app.core.errors import Refused
from admin_app.core.transaction import touch_cohort
from admin_app.journal.operations import record


def told(
    request: AdaptationRequest,
    action: str,
    summary: str,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> None:
    """Write the act in the journal, and have the cohort's expectations follow."""
    record(
        action,
        by=by,
        at=at,
        subject=("adaptation", request.id),
        cohort_id=request.cohort_id,
        summary=summary,
        details={"reference": request.reference, "state": request.state},
        origin=origin,
    )
    touch_cohort(request.cohort_id)


def refuse_unless(request: AdaptationRequest, states: Sequence[str], message: str) -> None:
    """Go on only from one of these states.

    Raises:
        Refused: the request is in another one.
    """
    if request.state == "withdrawn":
        raise Refused("Cette demande a été retirée.")
    if request.state not in states:
        raise Refused(message)


def needed(text: str, message: str, field: str, most: int) -> str:
    """The trimmed text, which must say something within its limit.

    Raises:
        Refused: it is empty, or longer than `most` characters.
    """
    text = text.strip()
    if not text:
        raise Refused(message, field)
    if len(text) > most:
        raise Refused(f"{most} caractères au plus ; ce texte en compte {len(text)}.", field)
    return text
