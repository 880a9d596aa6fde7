"""Paper signed by hand comes in by the same door: the scan, who signed, and when."""

from dataclasses import dataclass
from datetime import date, datetime

from admin_app.agreements import queries
from admin_app.agreements.models import (
    CLIENT_SIDE,
    PROVIDER_SIDE,
    Agreement,
    AgreementSignature,
    State,
)
from admin_app.agreements.operations.common import in_state, the, told
from admin_app.agreements.operations.concluding import conclude
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.documents import operations as documents
from admin_app.documents.models import Document

SCAN = "signed-scan"
TO_SCAN = (State.DRAFT, State.ISSUED, State.SENT)


@dataclass(frozen=True, slots=True)
class Hand:
    """Who signed the paper, in what quality, and the day written on it."""

    name: str
    quality: str
    signed_on: date


@act
def record_paper(
    agreement: Agreement,
    upload: Upload,
    *,
    client: Hand,
    provider: Hand,
    by: Actor,
    at: datetime,
) -> Document:
    """Keep the scan of a paper signed by both, and conclude at the date of the last signature.

    The paper may be our document, printed, or the client's own (D. 6353-1, II: an approved quote or
    a purchase order will do if it carries the same mentions): what it says is for people to check.

    Args:
        upload: a PDF or a picture, kept byte for byte.
        client, provider: who signed for each side, and when, as the paper says.

    Raises:
        Problems: a name is missing, or a date is in the future.
        Refused: it was signed on screen already, or it is closed.
    """
    in_state(agreement, TO_SCAN)
    refuse_if_any([*_wrong(client, "client", at), *_wrong(provider, "provider", at)])
    found = queries.listed(agreement.id)
    assert found is not None
    scan = documents.deposit(
        SCAN,
        upload,
        subject=("agreement", agreement.id),
        cohort_id=agreement.cohort_id,
        label=found.party,
        by=by,
        at=at,
    )
    for side, hand in ((CLIENT_SIDE, client), (PROVIDER_SIDE, provider)):
        db.session.add(_signature(agreement, side, hand, scan, by=by, at=at))
    db.session.flush()
    db.session.refresh(agreement, ["signatures"])
    agreement.signed_document_id = scan.id
    last = max(client.signed_on, provider.signed_on)
    conclude(agreement, scan, signed_on=last, by=by, at=at)
    told(
        agreement,
        "paper",
        f"Exemplaire papier de {the(agreement)}, signé des deux parties, numérisé.",
        by=by,
        at=at,
        sha256=scan.sha256,
        signed_on=last.isoformat(),
    )
    return scan


def _signature(
    agreement: Agreement, side: str, hand: Hand, scan: Document, *, by: Actor, at: datetime
) -> AgreementSignature:
    return AgreementSignature(
        agreement_id=agreement.id,
        side=side,
        name=hand.name.strip(),
        quality=hand.quality.strip(),
        way="paper",
        consent="",
        strokes=[],
        document_sha256=scan.sha256,
        signed_at=at,
        signed_on=hand.signed_on,
        signed_by=by.label,
        ip="",
        user_agent="",
    )


def _wrong(hand: Hand, side: str, at: datetime) -> list[Refused]:
    found = []
    if not hand.name.strip():
        found.append(Refused("Indiquez qui a signé.", f"{side}_name"))
    if len(hand.name.strip()) > 120:
        found.append(Refused("120 caractères au plus.", f"{side}_name"))
    if len(hand.quality.strip()) > 120:
        found.append(Refused("120 caractères au plus.", f"{side}_quality"))
    if hand.signed_on > clock.day_of(at):
        found.append(Refused("Ce jour n’est pas encore venu.", f"{side}_signed_on"))
    return found
