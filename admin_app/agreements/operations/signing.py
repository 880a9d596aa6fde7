"""Signing: by the other side from its link, then by the organisation; both on the same bytes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from admin_app.agreements import queries
from admin_app.agreements.models import (
    CLIENT_SIDE,
    PROVIDER_SIDE,
    Agreement,
    AgreementSignature,
    State,
)
from admin_app.agreements.operations.closing import refusal_mail, signed_mail
from admin_app.agreements.operations.common import (
    close_links,
    in_state,
    refuse_if_cohort_is_cancelled,
    told,
)
from admin_app.agreements.operations.concluding import conclude
from admin_app.agreements.operations.issuing import DOCUMENT
from admin_app.agreements.words import consent_of, sentence
from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.drawing import Ink, svg_uri
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import of_name
from admin_app.core.transaction import act, touch_cohort
from admin_app.documents import operations as documents
from admin_app.documents import queries as issued
from admin_app.documents.models import Document
from admin_app.documents.operations import Prepared
from admin_app.documents.replies import file_name

SIGNED = {kind: f"{document}-signed" for kind, document in DOCUMENT.items()}


@dataclass(frozen=True, slots=True)
class Signing:
    """What someone gives in signing. `consents` must be true: the box was ticked."""

    name: str
    quality: str
    ink: Ink
    consents: bool


@act
def sign_as_client(
    agreement: Agreement,
    signing: Signing,
    *,
    shown_sha256: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> AgreementSignature:
    """The other side signs the very document that it was shown; the office is told that its own
    signature is awaited.

    Args:
        shown_sha256: the hash of the document on the page; it must still be the one in force.
        origin: where the signature came from, kept as part of the proof.

    Raises:
        Problems: the name, the quality or the consent is missing.
        Refused: the document changed meanwhile, or there is nothing to sign any more.
    """
    in_state(agreement, (State.SENT,))
    refuse_if_cohort_is_cancelled(agreement)
    refuse_if_any(_incomplete(signing, agreement))
    document = document_of(agreement)
    if shown_sha256 != document.sha256:
        raise Refused("Le document a changé depuis que vous l’avez ouvert : relisez-le.")
    signature = _signature(agreement, signing, CLIENT_SIDE, document, by=by, at=at, origin=origin)
    db.session.add(signature)
    agreement.state = State.SIGNED.value
    touch_cohort(agreement.cohort_id)
    signed_mail(agreement, signature, at=at)
    told(
        agreement,
        "sign",
        f"{sentence(agreement.kind)} {agreement.reference} est signée par {signature.name}."
        if agreement.is_convention
        else f"Le contrat {agreement.reference} est signé par {signature.name}.",
        by=by,
        at=at,
        origin=origin,
        sha256=document.sha256,
    )
    return signature


@act
def refuse_as_client(
    agreement: Agreement, *, why: str, by: Actor, at: datetime, origin: Origin | None = None
) -> None:
    """The other side says no, with its reason; the office is told.

    Raises:
        Refused: no reason is given, or there is nothing to sign any more.
    """
    if not why.strip():
        raise Refused("Dites en quelques mots pourquoi vous ne signez pas.", "why")
    if len(why.strip()) > 500:
        raise Refused("500 caractères au plus.", "why")
    in_state(agreement, (State.SENT,))
    agreement.state, agreement.closed_why = State.REFUSED.value, why.strip()
    close_links(agreement, at)
    refusal_mail(agreement, who=by.label, at=at)
    told(
        agreement,
        "refuse",
        f"{sentence(agreement.kind)} {agreement.reference} : signature refusée par {by.label}.",
        by=by,
        at=at,
        origin=origin,
    )


def countersign(
    agreement: Agreement,
    signing: Signing,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Document:
    """The organisation signs last: the signed copy is issued, kept as evidence, and sent to both.

    `signing.name` is the representative in whose name it is signed; `by` is who holds the pen.

    Raises:
        Problems: the name, the quality or the consent is missing.
        Refused: the other side has not signed, or the document cannot be read any more.
    """
    in_state(agreement, (State.SIGNED,))
    refuse_if_any(_incomplete(signing, agreement))
    document = document_of(agreement)
    issued.read(document)  # refuses when the bytes that the client signed are no longer there
    signature = _signature(agreement, signing, PROVIDER_SIDE, document, by=by, at=at, origin=origin)
    prepared = documents.prepare(
        SIGNED[agreement.kind],
        subject=("agreement", agreement.id),
        cohort_id=agreement.cohort_id,
        data=signed_data(agreement, document, signature),
        at=at,
        number=f"{document.number}-S",
    )
    return _conclude(agreement, signature, prepared, by=by, at=at, origin=origin)


@act
def _conclude(
    agreement: Agreement,
    signature: AgreementSignature,
    prepared: Prepared,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None,
) -> Document:
    in_state(agreement, (State.SIGNED,))
    db.session.add(signature)
    document = documents.keep(prepared, by=by)
    if document is None:
        raise Refused("La copie signée vient d’être établie par quelqu’un d’autre.")
    first = agreement.signature_of(CLIENT_SIDE)
    assert first is not None
    agreement.signed_document_id = document.id
    told(
        agreement,
        "countersign",
        f"{sentence(agreement.kind)} {agreement.reference} : contresignature au nom "
        f"{of_name(signature.name)}.",
        by=by,
        at=at,
        origin=origin,
        sha256=document.sha256,
    )
    conclude(agreement, document, signed_on=max(first.signed_on, signature.signed_on), by=by, at=at)
    return document


def document_of(agreement: Agreement) -> Document:
    """The document in force of an agreement that was issued.

    Raises:
        Refused: none was issued.
    """
    document = issued.by_id(agreement.document_id or 0)
    if document is None:
        raise Refused(f"{sentence(agreement.kind)} {agreement.reference} n’a pas de document.")
    return document


def signed_data(
    agreement: Agreement, document: Document, last: AgreementSignature
) -> dict[str, Any]:
    """What the signed copy says: the document as it was, both signatures, and what proves them.

    The exact bytes that were signed travel within it.
    """
    first = agreement.signature_of(CLIENT_SIDE)
    assert first is not None
    return issued.data(document) | {
        "signatures": {CLIENT_SIDE: _shown(first), PROVIDER_SIDE: _shown(last)},
        "signed": {
            "number": document.number,
            "sha256": document.sha256,
            "issued_at": document.issued_at,
            "sent_at": agreement.sent_at,
            "sent_to": agreement.signatory_email,
        },
        "attached": [
            {
                "name": file_name(document),
                "sha256": document.sha256,
                "words": "Le document tel qu’il a été présenté et signé",
            }
        ],
    }


def _signature(
    agreement: Agreement,
    signing: Signing,
    side: str,
    document: Document,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None,
) -> AgreementSignature:
    origin = origin or Origin()
    return AgreementSignature(
        agreement_id=agreement.id,
        side=side,
        name=signing.name.strip(),
        quality=signing.quality.strip(),
        way=signing.ink.way,
        consent=consent_of(agreement.kind, agreement.reference, _party(agreement, side)),
        strokes=signing.ink.strokes,
        document_sha256=document.sha256,
        signed_at=at,
        signed_on=clock.day_of(at),
        signed_by=by.label,
        ip=origin.ip,
        user_agent=origin.user_agent,
    )


def _party(agreement: Agreement, side: str) -> str:
    found = queries.listed(agreement.id)
    if side == CLIENT_SIDE and found is not None:
        return found.party
    return "l’organisme de formation"


def _incomplete(signing: Signing, agreement: Agreement) -> list[Refused]:
    found = []
    if not signing.name.strip():
        found.append(Refused("Indiquez votre prénom et votre nom.", "name"))
    if len(signing.name.strip()) > 120:
        found.append(Refused("120 caractères au plus.", "name"))
    if agreement.is_convention and not signing.quality.strip():
        found.append(Refused("Indiquez en quelle qualité vous signez.", "quality"))
    if len(signing.quality.strip()) > 120:
        found.append(Refused("120 caractères au plus.", "quality"))
    if not signing.consents:
        found.append(Refused("Cochez cette case pour signer.", "consent"))
    return found


def _shown(signature: AgreementSignature) -> dict[str, Any]:
    return {
        "name": signature.name,
        "quality": signature.quality,
        "way": signature.way,
        "image": svg_uri(signature.strokes),
        "consent": signature.consent,
        "signed_at": signature.signed_at,
        "signed_by": signature.signed_by if signature.signed_by != signature.name else "",
        "sha256": signature.document_sha256,
        "ip": signature.ip,
        "user_agent": signature.user_agent,
    }
