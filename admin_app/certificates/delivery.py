"""What becomes of the proof when certificates never left, or leave after all."""

from datetime import datetime

from sqlalchemy import select

from admin_app.certificates.models import Certificate
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.mail import MailMessage
from admin_app.core.transaction import act
from admin_app.documents.models import Document
from admin_app.evidence import operations as evidence
from admin_app.journal import operations as journal

TEMPLATE = "certificates"


@act
def follow(message: MailMessage, *, left: bool, at: datetime) -> None:
    """Take the proof back when the message is given up; give it back when it leaves after all.

    What was given up is to be sent again, with the others of the cohort. What the trainee fetched
    by their personal link was handed over, whatever became of the message.
    """
    changed = 0
    for row in _enclosed(message):
        if row.fetched_at is None and row.superseded_at is None:
            row.sent_at = at if left else None
            source = ("certificate", row.id)
            change = evidence.note_delivered if left else evidence.note_undelivered
            changed += change(source, by=SYSTEM, at=at)
    if not changed:
        return
    what = "remis après un nouvel envoi" if left else "non remis : à renvoyer"
    journal.record(
        "certificates.delivered" if left else "certificates.undelivered",
        by=SYSTEM,
        at=at,
        summary=f"Certificat et attestation de {message.to_name} {what}.",
        subject=(message.about_kind, message.about_id),
        cohort_id=message.cohort_id,
        details={"message": message.id},
    )


def _enclosed(message: MailMessage) -> list[Certificate]:
    """The certificates that left with it: the message names its files by their hash."""
    hashes = [one["sha256"] for one in message.attachments]
    statement = (
        select(Certificate)
        .join(Document, Document.id == Certificate.document_id)
        .where(Certificate.enrolment_id == message.about_id, Document.sha256.in_(hashes))
    )
    return list(db.session.scalars(statement.order_by(Certificate.id)))
