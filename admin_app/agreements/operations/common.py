"""What every act on an agreement begins and ends with."""

from collections.abc import Collection
from datetime import datetime

from admin_app.agreements import queries
from admin_app.agreements.models import Agreement, State
from admin_app.agreements.words import THE, agreed, sentence
from admin_app.core import links
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.errors import Refused
from admin_app.core.transaction import locked, transaction
from admin_app.journal import operations as journal

WAYS_BACK = {
    State.DRAFT: "est encore un projet",
    State.ISSUED: "est établie mais n’a pas été envoyée",
    State.SENT: "attend la signature du client",
    State.SIGNED: "attend la contresignature de l’organisme",
    State.CONCLUDED: "est déjà signée des deux parties",
    State.REFUSED: "a été refusée",
    State.CANCELLED: "est annulée",
    State.REPLACED: "a été remplacée",
}


def in_state(agreement: Agreement, states: Collection[State]) -> None:
    """Read the agreement again, under lock, and make sure that it stands where the act wants it.

    Raises:
        Refused: it has moved on meanwhile; the message says where it stands.
    """
    with transaction():  # asked before the act too, while its paper is made
        locked(agreement)
    if agreement.status not in states:
        where = WAYS_BACK[agreement.status]
        if not agreement.is_convention:
            for word in ("établie", "envoyée", "signée", "refusée", "annulée", "remplacée"):
                where = where.replace(word, agreed(agreement.kind, word))
        raise Refused(f"{sentence(agreement.kind)} {agreement.reference} {where}.")


def refuse_if_cohort_is_cancelled(agreement: Agreement) -> None:
    """Nothing is agreed any more about a session that will not take place.

    Raises:
        Refused: the session is cancelled.
    """
    found = queries.listed(agreement.id)
    if found is not None and found.cohort.cancelled_at is not None:
        raise Refused(f"La session {found.cohort.reference} est annulée.")


def the(agreement: Agreement) -> str:
    """« la convention CONV-2026-0001 »."""
    return f"{THE[agreement.kind]} {agreement.reference}"


def party_kind(agreement: Agreement) -> ActorKind:
    """Who the other side is: a client, or a trainee who pays."""
    return ActorKind.CLIENT if agreement.is_convention else ActorKind.TRAINEE


def told(
    agreement: Agreement,
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
        f"agreements.{action}",
        by=by,
        at=at,
        summary=summary,
        subject=("agreement", agreement.id),
        cohort_id=agreement.cohort_id,
        details={"reference": agreement.reference, **details},
        origin=origin,
    )


def close_links(agreement: Agreement, at: datetime) -> None:
    """From now on the links that were sent open nothing more."""
    links.revoke_all(("agreement", agreement.id), at)
