"""Reading issued documents."""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import defer

from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.pages.listing import Page, Prepared, paginate, prepared
from admin_app.core.storage import store
from admin_app.documents.models import Document
from admin_app.documents.packing import unpack


def by_id(document_id: int) -> Document | None:
    """The document of that key."""
    return db.session.get(Document, document_id)


def latest(kind: str, subject: tuple[str, int]) -> Document | None:
    """The version in force of a document, if one was issued and not withdrawn."""
    of_whom = {"kind": kind, "subject_kind": subject[0], "subject": subject[1]}
    return db.session.scalars(_latest(), of_whom).first()


@cache
def _latest() -> Select[Document]:
    return (
        select(Document)
        .where(
            Document.kind == bindparam("kind"),
            Document.subject_kind == bindparam("subject_kind"),
            Document.subject_id == bindparam("subject"),
            Document.superseded_at.is_(None),
            Document.withdrawn_at.is_(None),
        )
        .order_by(Document.version.desc())
        .limit(1)
    )


def latest_of(kind: str, subject_kind: str, subject_ids: Iterable[int]) -> dict[int, Document]:
    """The version in force for each of these subjects that has one, in one statement."""
    found = db.session.scalars(
        select(Document)
        .where(
            Document.kind == kind,
            Document.subject_kind == subject_kind,
            Document.subject_id.in_(list(subject_ids)),
            Document.superseded_at.is_(None),
            Document.withdrawn_at.is_(None),
        )
        .order_by(Document.version)
    )
    return {document.subject_id: document for document in found}


def versions(kind: str, subject: tuple[str, int]) -> list[Document]:
    """Every version of a document, the newest first."""
    return list(
        db.session.scalars(
            select(Document)
            .where(
                Document.kind == kind,
                Document.subject_kind == subject[0],
                Document.subject_id == subject[1],
            )
            .order_by(Document.version.desc())
        )
    )


def last_version(kind: str, subject: tuple[str, int]) -> int:
    """The highest version ever issued, withdrawn ones included; 0 when there is none."""
    highest = db.session.scalar(
        select(func.max(Document.version)).where(
            Document.kind == kind,
            Document.subject_kind == subject[0],
            Document.subject_id == subject[1],
        )
    )
    return highest or 0


def of_cohort(cohort_id: int, page: int = 1) -> Page[Document]:
    """The documents of a cohort, the newest first, superseded ones included."""
    return paginate(_of_cohort(), page, cohort=cohort_id)


@cache
def _of_cohort() -> Prepared:
    return prepared(
        select(Document)
        .options(defer(Document.data))  # all that each says: a list shows none of it
        .where(Document.cohort_id == bindparam("cohort"))
        .order_by(Document.issued_at.desc(), Document.id.desc())
    )


def read(document: Document) -> bytes:
    """The bytes of a document, the very ones that were issued.

    Raises:
        Refused: the stored file is gone or was changed since.
    """
    try:
        data = store.get(document.sha256)
    except FileNotFoundError:
        raise Refused(
            f"Le fichier du document {document.number} a disparu de l’espace de stockage. "
            "Restaurez-le depuis une sauvegarde."
        ) from None
    if hashlib.sha256(data).hexdigest() != document.sha256:
        raise Refused(
            f"Le fichier du document {document.number} a été modifié depuis qu’il a été établi : "
            "il ne fait plus foi. Restaurez-le depuis une sauvegarde."
        )
    return data


def data(document: Document) -> dict[str, Any]:
    """What the document says, with days, instants and amounts as such (for a page in HTML)."""
    shown: dict[str, Any] = unpack(document.data)
    return shown
