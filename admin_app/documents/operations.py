"""Issuing documents: checked, numbered, rendered once, stored, never changed.

Rendering takes about a third of a second and SQLite has one writer. `issue` called outside an act
renders between two short transactions. Within an act everything joins that act: where many people
wait, call `prepare` before it and `keep` within.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.storage import store
from admin_app.core.transaction import act, locked, transaction
from admin_app.core.uploads import Upload
from admin_app.documents import queries
from admin_app.documents.kinds import Kind, kind_of
from admin_app.documents.models import Document
from admin_app.documents.numbering import next_number
from admin_app.documents.packing import digest, pack
from admin_app.documents.rendering import Heading, to_html, to_pdf
from admin_app.journal.operations import record
from compliance.mentions import missing

TRIES = 3
Along = Callable[[Document], object]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that is ready: its bytes are stored, its row is not written yet.

    `existing` is the document that says the same already; nothing new is then kept.
    """

    kind: Kind
    subject: tuple[str, int]
    cohort_id: int | None
    data: dict[str, Any]
    data_sha256: str
    heading: Heading
    sha256: str
    size: int
    replaces_id: int | None
    existing: Document | None = None


def issue(
    kind: str,
    *,
    subject: tuple[str, int],
    cohort_id: int | None,
    data: dict[str, Any],
    by: Actor,
    at: datetime,
    number: str = "",
    along: Along | None = None,
) -> Document:
    """Issue a document: its mandatory mentions checked, rendered once, stored and numbered.

    The same subject and equal data give the document that exists; other data, a new version that
    supersedes it (both stay).

    Args:
        kind: the name of a folder of `templates/documents/`.
        subject: the row it is about: kind and key.
        data: all that it says: JSON values, days, UTC instants, Decimal euros. No « now » in it.
        at: UTC instant of issue; gives the date and the year of the number.
        number: the number of the first version, when the room has its own (a convention's).
        along: what the room writes of that document, in the very act that writes it.

    Raises:
        Problems: mandatory mentions are missing; one Refused each, with the article of law.
    """
    for _ in range(TRIES):
        prepared = prepare(
            kind, subject=subject, cohort_id=cohort_id, data=data, at=at, number=number
        )
        document = keep(prepared, by=by, along=along)
        if document is not None:
            return document
    raise Refused("Ce document est en train d’être établi par quelqu’un d’autre. Recommencez.")


def prepare(
    kind: str,
    *,
    subject: tuple[str, int],
    cohort_id: int | None,
    data: dict[str, Any],
    at: datetime,
    number: str = "",
) -> Prepared:
    """Do all the slow part of issuing, without holding the database.

    Raises:
        Problems: mandatory mentions are missing.
    """
    about = kind_of(kind)
    refuse_if_any(missing_mentions(kind, data, at=at))
    sha256 = digest(data)
    with transaction():  # all that needs the database, so that it is free while the PDF is made
        former = queries.latest(kind, subject)
        if former is not None and former.data_sha256 == sha256:
            return _same(about, former, data)
        heading = _heading(about, subject, former, at, number)
        html = to_html(kind, data, heading)
    pdf = to_pdf(html)
    return Prepared(
        kind=about,
        subject=subject,
        cohort_id=cohort_id,
        data=pack(data),
        data_sha256=sha256,
        heading=heading,
        sha256=store.put(pdf),
        size=len(pdf),
        replaces_id=former.id if former else None,
    )


@act
def keep(prepared: Prepared, *, by: Actor, along: Along | None = None) -> Document | None:
    """Write a prepared document down, and with it what the room writes of it (`along`).

    Returns:
        The document; None when another version was written in between: prepare again.
    """
    document = _kept(prepared, by)
    if document is not None and along is not None:
        along(document)
    return document


def _kept(prepared: Prepared, by: Actor) -> Document | None:
    former = queries.latest(prepared.kind.name, prepared.subject)
    if prepared.existing is not None:
        return former if former and former.id == prepared.existing.id else None
    if former is not None and former.data_sha256 == prepared.data_sha256:
        return former
    if (former.id if former else None) != prepared.replaces_id:
        return None
    try:
        with db.session.begin_nested():
            return _written(prepared, former, by)
    except IntegrityError as error:
        if not _is_taken(error):
            raise
        return None  # another process wrote its version between our look and our writing


def _is_taken(error: IntegrityError) -> bool:
    """Whether the number or the version was given to another in between."""
    said = str(error.orig)
    return "uq_document" in said or "UNIQUE constraint failed: document." in said


def _written(prepared: Prepared, former: Document | None, by: Actor) -> Document:
    document = _row(prepared, by)
    if former is not None:
        locked(former).superseded_at = prepared.heading.issued_at
    db.session.add(document)
    db.session.flush()
    record(
        "documents.issue",
        by=by,
        at=document.issued_at,
        subject=("document", document.id),
        cohort_id=document.cohort_id,
        summary=_said(document, former),
        details={"kind": document.kind, "number": document.number, "sha256": document.sha256},
    )
    return document


@act
def deposit(
    kind: str,
    upload: Upload,
    *,
    subject: tuple[str, int],
    cohort_id: int | None,
    label: str,
    by: Actor,
    at: datetime,
) -> Document:
    """Keep a file that came from outside (a paper signed by hand and scanned) as a document.

    Its bytes stay as they were received. A second one for the same subject supersedes the first.

    Args:
        kind: a kind whose folder holds a `meta.toml` alone.
        upload: what `core.uploads.read_upload` accepted: PDF, JPEG or PNG.
        label: for whom it is, as lists show it.
    """
    about = kind_of(kind)
    former = queries.latest(kind, subject)
    data = {"file": upload.name, "received": store.put(upload.data)}
    if former is not None and former.sha256 == data["received"]:
        return former
    prepared = Prepared(
        kind=about,
        subject=subject,
        cohort_id=cohort_id,
        data=data,
        data_sha256=digest(data),
        heading=_heading(about, subject, former, at, ""),
        sha256=data["received"],
        size=len(upload.data),
        replaces_id=former.id if former else None,
    )
    document = _written(prepared, former, by)
    document.label, document.mime = label[:200], upload.mime
    return document


@act
def withdraw(document: Document, *, why: str, by: Actor, at: datetime) -> None:
    """Take a document back: it stays readable, marked as withdrawn with the reason.

    Raises:
        Refused: no reason is given, or it was withdrawn already.
    """
    if not why.strip():
        raise Refused("Dites pourquoi ce document est retiré.", "why")
    if document.withdrawn_at is not None:
        raise Refused("Ce document est déjà retiré.")
    document.withdrawn_at, document.withdrawn_why = at, why.strip()[:500]
    record(
        "documents.withdraw",
        by=by,
        at=at,
        subject=("document", document.id),
        cohort_id=document.cohort_id,
        summary=f"{document.title} {document.number} : retiré.",
    )


def missing_mentions(kind: str, data: dict[str, Any], *, at: datetime) -> list[Refused]:
    """What a document still lacks before it may be issued: a French sentence with its article each.

    `field` of each is the mention's key. Empty when nothing lacks or the kind has no rule.
    """
    about = kind_of(kind)
    if not about.mentions:
        return []
    return [
        Refused(mention.sentence, mention.key)
        for mention in missing(about.mentions, data, on=clock.day_of(at))
    ]


def _heading(
    kind: Kind, subject: tuple[str, int], former: Document | None, at: datetime, number: str
) -> Heading:
    if former is None:
        version = queries.last_version(kind.name, subject) + 1
        if number:
            return Heading(number if version == 1 else f"{number}-v{version}", version, at)
        return Heading(next_number(kind.prefix, clock.day_of(at).year), version, at)
    version = former.version + 1
    base = former.number.removesuffix(f"-v{former.version}")
    return Heading(f"{base}-v{version}", version, at, former.number)


def _same(kind: Kind, former: Document, data: dict[str, Any]) -> Prepared:
    return Prepared(
        kind=kind,
        subject=(former.subject_kind, former.subject_id),
        cohort_id=former.cohort_id,
        data=data,
        data_sha256=former.data_sha256,
        heading=Heading(former.number, former.version, former.issued_at),
        sha256=former.sha256,
        size=former.size,
        replaces_id=former.supersedes_id,
        existing=former,
    )


def _row(prepared: Prepared, by: Actor) -> Document:
    heading = prepared.heading
    return Document(
        number=heading.number,
        kind=prepared.kind.name,
        version=heading.version,
        title=prepared.kind.title,
        label=_whom(prepared.data),
        subject_kind=prepared.subject[0],
        subject_id=prepared.subject[1],
        cohort_id=prepared.cohort_id,
        issued_at=heading.issued_at,
        issued_by=by.label,
        template_version=prepared.kind.version,
        data=prepared.data,
        data_sha256=prepared.data_sha256,
        sha256=prepared.sha256,
        size=prepared.size,
        supersedes_id=prepared.replaces_id,
        withdrawn_why="",
    )


def _said(document: Document, former: Document | None) -> str:
    replaced = f" ; remplace {former.number}" if former else ""
    return f"{document.title} {document.number} : document établi{replaced}."


def _whom(data: dict[str, Any]) -> str:
    """For whom a document is, as lists show it; empty when it is for nobody in particular."""
    for role in ("trainee", "client", "trainer"):
        person = data.get(role)
        if isinstance(person, dict) and isinstance(person.get("name"), str):
            return str(person["name"])[:200]
    return ""
