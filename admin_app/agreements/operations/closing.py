"""Cancelling, with the reason; nothing is removed."""

from datetime import datetime
from typing import Any

from flask import current_app

from admin_app.agreements import queries
from admin_app.agreements.models import LIVE, Agreement, AgreementSignature, State
from admin_app.agreements.operations.common import close_links, in_state, the, told
from admin_app.core import mail
from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.core.transaction import act, touch_cohort
from admin_app.evidence import operations as evidence
from admin_app.organisation.queries import the_provider


@act
def cancel_agreement(agreement: Agreement, *, why: str, by: Actor, at: datetime) -> None:
    """Take an agreement back, whatever its state: its links open nothing more, its proof is marked.

    Raises:
        Refused: no reason is given, or it is closed already.
    """
    if not why.strip():
        raise Refused("Dites pourquoi.", "why")
    if len(why.strip()) > 500:
        raise Refused("500 caractères au plus.", "why")
    in_state(agreement, LIVE)
    if agreement.status is State.CONCLUDED:
        _withdraw_proof(agreement, why.strip(), by=by, at=at)
    agreement.state, agreement.closed_why = State.CANCELLED.value, why.strip()
    touch_cohort(agreement.cohort_id)
    close_links(agreement, at)
    told(agreement, "cancel", f"Annulation de {the(agreement)}.", by=by, at=at)


def refusal_mail(agreement: Agreement, *, who: str, at: datetime) -> None:
    """Tell the office that a client has refused, and why."""
    _tell_office("agreement_refused", "Signature refusée", agreement, at, who=who)


def signed_mail(agreement: Agreement, signature: AgreementSignature, *, at: datetime) -> None:
    """Tell the office that the other side has signed: its own signature is awaited."""
    said = {"signature": signature, "url": _page_of(agreement)}
    _tell_office("agreement_signed", "À contresigner", agreement, at, **said)


def _tell_office(template: str, what: str, agreement: Agreement, at: datetime, **said: Any) -> None:
    found = queries.listed(agreement.id)
    assert found is not None
    provider = the_provider()
    mail.post(
        template,
        to=(provider.name, provider.email),
        subject=f"{what} : {the(agreement)}, {found.party}",
        about=("agreement", agreement.id),
        at=at,
        cohort_id=agreement.cohort_id,
        agreement=agreement,
        cohort=found.cohort,
        party=found.party,
        **said,
    )


def _page_of(agreement: Agreement) -> str:
    return f"{str(current_app.config['PUBLIC_URL']).rstrip('/')}/conventions/{agreement.id}"


def _withdraw_proof(agreement: Agreement, why: str, *, by: Actor, at: datetime) -> None:
    for piece in queries.proofs(agreement.id):
        evidence.withdraw(piece, why=f"Annulation de {the(agreement)} : {why}"[:500], by=by, at=at)
