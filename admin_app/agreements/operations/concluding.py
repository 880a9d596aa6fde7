"""What follows once both have signed, on screen or on paper: evidence, copies, replacement."""

from datetime import date, datetime, timedelta

from flask import current_app

from admin_app.agreements import queries
from admin_app.agreements.models import CLIENT_SIDE, PROVIDER_SIDE, Agreement, State
from admin_app.agreements.operations.common import close_links, party_kind, the
from admin_app.agreements.words import agreed
from admin_app.core import links, mail
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.links import PersonalLink, Purpose
from admin_app.core.mail import Attachment
from admin_app.core.transaction import locked
from admin_app.documents import queries as issued
from admin_app.documents.models import Document
from admin_app.documents.replies import file_name
from admin_app.evidence import operations as evidence
from admin_app.organisation.queries import the_provider

TO_KEEP = timedelta(days=365)  # how long the copy stays at hand by its link


def conclude(
    agreement: Agreement, document: Document, *, signed_on: date, by: Actor, at: datetime
) -> None:
    """Within the act of the last signature: conclude, prove, send the copies.

    Args:
        document: the signed copy, or the scan of the paper.
        signed_on: the day when the last of both signed; it is shown as it is, even after the start.
    """
    agreement.state = State.CONCLUDED.value
    agreement.signed_on, agreement.concluded_at = signed_on, at
    former = db.session.get(Agreement, agreement.supersedes_id or 0)
    if former is not None and locked(former).status in (State.SIGNED, State.CONCLUDED):
        former.state = State.REPLACED.value
        former.closed_why = f"Remplacée par {agreement.reference}."
    db.session.flush()
    _prove(agreement, document, by=by, at=at)
    _send_copies(agreement, document, at=at)


def _prove(agreement: Agreement, document: Document, *, by: Actor, at: datetime) -> None:
    proved = _proved(agreement)
    if proved is None:  # the client left the session: what was signed stays, nothing expects it
        return
    piece, scope = proved
    found = queries.listed(agreement.id)
    assert found is not None
    assert agreement.signed_on is not None
    signers = {one.side: one.name for one in agreement.signatures}
    evidence.record(
        piece,
        scope=scope,
        label=f"{agreement.reference}, {found.party}, "
        f"{agreed(agreement.kind, 'signée')} des deux parties",
        occurred_on=agreement.signed_on,
        by=by,
        at=at,
        source=("agreement", agreement.id),
        cohort_id=agreement.cohort_id,
        facts={
            "reference": agreement.reference,
            "client": signers.get(CLIENT_SIDE, ""),
            "provider": signers.get(PROVIDER_SIDE, ""),
            "way": next((one.way for one in agreement.signatures), ""),
        },
        content=issued.read(document),
        document_id=document.id,
    )


def _proved(agreement: Agreement) -> tuple[str, tuple[str, int]] | None:
    """The piece that it makes true, and for whom."""
    if not agreement.is_convention:
        assert agreement.enrolment_id is not None
        return "individual-contract", ("enrolment", agreement.enrolment_id)
    row = queries.sponsor_row(agreement.cohort_id, agreement.client_id)
    return None if row is None else ("agreement", ("client", row.id))


def _send_copies(agreement: Agreement, document: Document, *, at: datetime) -> None:
    close_links(agreement, at)
    if agreement.signatory_email:
        _post(
            agreement,
            document,
            to=(agreement.signatory_name, agreement.signatory_email),
            subject=f"Votre exemplaire signé : {the(agreement)}",
            url=links.url(_link_to_keep(agreement, at), "/accord"),
            is_office=False,
            at=at,
        )
    provider = the_provider()
    root = current_app.config["PUBLIC_URL"].rstrip("/")
    _post(
        agreement,
        document,
        to=(provider.name, provider.email),
        subject=f"Exemplaire signé : {the(agreement)}",
        url=f"{root}/conventions/{agreement.id}",
        is_office=True,
        at=at,
    )


def _link_to_keep(agreement: Agreement, at: datetime) -> PersonalLink:
    return links.create(
        Purpose.AGREEMENT,
        actor_kind=party_kind(agreement),
        subject=("agreement", agreement.id),
        label=agreement.signatory_name,
        email=agreement.signatory_email,
        at=at,
        expires_at=at + TO_KEEP,
    )


def _post(
    agreement: Agreement,
    document: Document,
    *,
    to: tuple[str, str],
    subject: str,
    url: str,
    is_office: bool,
    at: datetime,
) -> None:
    found = queries.listed(agreement.id)
    assert found is not None
    mail.post(
        "agreement_copy",
        to=to,
        subject=subject,
        about=("agreement", agreement.id),
        at=at,
        cohort_id=agreement.cohort_id,
        attachments=(Attachment(file_name(document), document.sha256, document.mime),),
        agreement=agreement,
        cohort=found.cohort,
        party=found.party,
        url=url,
        is_office=is_office,
    )
