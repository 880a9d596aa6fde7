"""Issuing and sending: the document is fixed, then put before the other side's signatory."""

from datetime import datetime, timedelta

from admin_app.agreements import queries
from admin_app.agreements.models import Agreement, State
from admin_app.agreements.operations.common import (
    in_state,
    party_kind,
    refuse_if_cohort_is_cancelled,
    the,
    told,
)
from admin_app.agreements.words import sentence
from admin_app.core import links, mail
from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.core.links import PersonalLink, Purpose
from admin_app.core.transaction import act
from admin_app.documents import operations as documents
from admin_app.documents.models import Document
from admin_app.documents.operations import Prepared

DOCUMENT = {"convention": "convention", "contract": "individual-contract"}
TO_ANSWER = timedelta(days=30)


def missing(agreement: Agreement, *, at: datetime) -> list[Refused]:
    """What the document still lacks before it may be issued; `field` is the mention's key.

    Articles: D. 6353-1 for a convention, L. 6353-4 for a contract.
    """
    data = queries.document_data(agreement)
    return documents.missing_mentions(DOCUMENT[agreement.kind], data, at=at)


def issue_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> Document:
    """Fix the document: from now on its bytes are what is signed.

    The PDF is made before the act begins, so that nobody waits for it.

    Raises:
        Problems: mentions are missing, one each with its article; nothing is issued.
        Refused: it is not a draft.
    """
    in_state(agreement, (State.DRAFT,))
    refuse_if_cohort_is_cancelled(agreement)
    prepared = documents.prepare(
        DOCUMENT[agreement.kind],
        subject=("agreement", agreement.id),
        cohort_id=agreement.cohort_id,
        data=queries.document_data(agreement),
        at=at,
        number=agreement.reference,
    )
    return _issue(agreement, prepared, by=by, at=at)


@act
def _issue(agreement: Agreement, prepared: Prepared, *, by: Actor, at: datetime) -> Document:
    in_state(agreement, (State.DRAFT,))
    document = kept(prepared, by=by)
    agreement.document_id = document.id
    agreement.issued_at = at
    agreement.state = State.ISSUED.value
    told(
        agreement,
        "issue",
        f"{sentence(agreement.kind)} {agreement.reference} : document fixé, à envoyer.",
        by=by,
        at=at,
        sha256=document.sha256,
    )
    return document


@act
def send_agreement(
    agreement: Agreement, *, by: Actor, at: datetime, answer_by: datetime | None = None
) -> PersonalLink:
    """Send the signatory a personal link to read and sign; again, it is a reminder.

    Args:
        answer_by: UTC instant after which the link opens nothing; thirty days by default.

    Raises:
        Refused: it is not issued, or no address is known.
    """
    in_state(agreement, (State.ISSUED, State.SENT))
    refuse_if_cohort_is_cancelled(agreement)
    if not agreement.signatory_email or not agreement.signatory_name:
        raise Refused(
            "Indiquez le nom et l’adresse e-mail de qui signe : modifiez le projet, puis "
            "établissez-le de nouveau.",
            "signatory_email",
        )
    is_reminder = agreement.status is State.SENT
    link = _link(agreement, at, answer_by or at + TO_ANSWER)
    if is_reminder:
        agreement.reminded_at = at
    else:
        agreement.sent_at, agreement.state = at, State.SENT.value
    agreement.answer_by = link.expires_at
    _post(agreement, link, is_reminder=is_reminder, at=at)
    told(
        agreement,
        "remind" if is_reminder else "send",
        f"{sentence(agreement.kind)} {agreement.reference} : "
        f"{'relance envoyée' if is_reminder else 'lien de signature envoyé'} "
        f"à {agreement.signatory_name}.",
        by=by,
        at=at,
    )
    return link


def _link(agreement: Agreement, at: datetime, expires_at: datetime) -> PersonalLink:
    return links.current_or_create(
        Purpose.AGREEMENT,
        actor_kind=party_kind(agreement),
        subject=("agreement", agreement.id),
        label=agreement.signatory_name,
        email=agreement.signatory_email,
        at=at,
        expires_at=expires_at,
    )


def kept(prepared: Prepared, *, by: Actor) -> Document:
    """Write a prepared document down, or say that somebody was faster.

    Raises:
        Refused: another version was written meanwhile.
    """
    document = documents.keep(prepared, by=by)
    if document is None:
        raise Refused("Ce document vient d’être établi par quelqu’un d’autre. Rechargez la page.")
    return document


def _post(agreement: Agreement, link: PersonalLink, *, is_reminder: bool, at: datetime) -> None:
    found = queries.listed(agreement.id)
    assert found is not None
    what = f"{the(agreement)} pour la formation « {found.cohort.title} »"
    mail.post(
        "agreement_to_sign",
        to=(agreement.signatory_name, agreement.signatory_email),
        subject=f"{'Rappel : à signer' if is_reminder else 'À signer'}, {what}",
        about=("agreement", agreement.id),
        at=at,
        cohort_id=agreement.cohort_id,
        agreement=agreement,
        cohort=found.cohort,
        party=found.party,
        url=links.url(link, "/accord"),
        is_reminder=is_reminder,
    )
