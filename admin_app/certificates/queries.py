"""Reading certificates."""

from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.orm import defer

from admin_app.certificates.models import Certificate
from admin_app.core.database import Rows, db
from admin_app.documents.models import Document


def current(cohort_id: int) -> dict[tuple[str, int], tuple[Certificate, Document]]:
    """The certificates of a cohort that stand today, by kind and enrolment (one statement)."""
    rows = db.session.execute(_current(), {"cohort": cohort_id})
    return {(one.kind, one.enrolment_id): (one, document) for one, document in rows}


@cache
def _current() -> Rows:
    return (
        select(Certificate, Document)
        .join(Document, Document.id == Certificate.document_id)
        .options(defer(Document.data))  # all that each says: the page shows none of it
        .where(Certificate.cohort_id == bindparam("cohort"), Certificate.superseded_at.is_(None))
    )


def of_enrolment(enrolment_id: int) -> list[tuple[Certificate, Document]]:
    """The certificates of one trainee that stand today."""
    rows = db.session.execute(
        select(Certificate, Document)
        .join(Document, Document.id == Certificate.document_id)
        .where(Certificate.enrolment_id == enrolment_id, Certificate.superseded_at.is_(None))
        .order_by(Certificate.kind)
    )
    return [(one, document) for one, document in rows]


def for_document(document_id: int) -> Certificate | None:
    """The certificate that a document is."""
    return db.session.scalar(select(Certificate).where(Certificate.document_id == document_id))


def certificate(certificate_id: int) -> Certificate | None:
    """The certificate of that key."""
    return db.session.get(Certificate, certificate_id)
