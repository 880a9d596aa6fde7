"""What is read of the organisation."""

from base64 import b64encode
from datetime import date
from pathlib import Path
from typing import Any

from flask import current_app, g
from sqlalchemy import and_, func, select

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.formatting import phone
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.core.smtp import SmtpServer
from admin_app.core.storage import store
from admin_app.organisation.house import BY_KEY
from admin_app.organisation.models import HouseDocument, Place, Provider
from admin_app.organisation.vat import vat_mention

SENTENCE = (
    "Déclaration d’activité enregistrée sous le numéro {number} auprès du préfet de région "
    "{region}. Cet enregistrement ne vaut pas agrément de l’État."
)
# built once: every request runs it
_PROVIDER = select(Provider).order_by(Provider.id).limit(1)


def provider() -> Provider | None:
    """The organisation, read once a request; None before the first run."""
    found: Provider | None = g.get("provider")
    if found is None:
        with db.session.no_autoflush:  # asked in the middle of acts, for the clock
            found = db.session.scalars(_PROVIDER).first()
        g.provider = found
    return found


def forget_provider() -> None:
    """Have the organisation read again (an act has just changed it)."""
    g.pop("provider", None)


def the_provider() -> Provider:
    """The organisation, where it must exist: everywhere after the first run.

    Raises:
        LookupError: the first run was not done.
    """
    found = provider()
    if found is None:
        raise LookupError("the organisation is not set up")
    return found


def identity() -> dict[str, Any]:
    """What every document prints of the organisation, ready to be stored as JSON.

    Raises:
        LookupError: the first run was not done.
    """
    row = the_provider()
    return {
        "name": row.name,
        "legal_form": row.legal_form,
        "siret": spaced_siret(row.siret),
        "activity_number": row.activity_number,
        "activity_region": row.activity_region,
        "activity_sentence": activity_sentence(row),
        "address": address_lines(row),
        "city": row.city,
        "email": row.email,
        "phone": phone(row.phone),
        "website": row.website,
        "representative": row.representative,
        "representative_quality": row.representative_quality,
        "vat_status": row.vat_status,
        "vat_mention": vat_mention(row.vat_status, clock.today()),
        "logo": logo_uri(row),
        "certificate": certificate(row),
        "disability": disability_officer(row),
    }


def activity_sentence(row: Provider) -> str:
    """The sentence that must follow any mention of the declaration (C. trav., L. 6352-12)."""
    return SENTENCE.format(number=row.activity_number, region=row.activity_region)


def address_lines(row: Provider) -> list[str]:
    """Street, then postcode and city."""
    return [row.address, f"{row.postcode} {row.city}"]


def spaced_siret(siret: str) -> str:
    """« 732 829 320 00074 »."""
    return " ".join((siret[:3], siret[3:6], siret[6:9], siret[9:])).strip()


def certificate(row: Provider) -> dict[str, str]:
    """The Qualiopi certificate: number, body and day (ISO); empty texts when there is none yet."""
    return {
        "number": row.certificate_number,
        "body": row.certificate_body,
        "certified_on": row.certified_on.isoformat() if row.certified_on else "",
    }


def disability_officer(row: Provider) -> dict[str, str]:
    """Whom to write to about a disability: name, e-mail, phone."""
    return {
        "name": row.disability_officer,
        "email": row.disability_email,
        "phone": phone(row.disability_phone),
    }


def logo_uri(row: Provider) -> str:
    """The logo as a data URI; empty when there is none."""
    if not row.logo_sha256:
        return ""
    return f"data:{row.logo_mime};base64,{b64encode(store.get(row.logo_sha256)).decode()}"


def starting_words() -> dict[str, str]:
    """The organisation's own words, for the starting texts of its house documents."""
    row = the_provider()
    officer = " – ".join(
        text
        for text in (row.disability_officer, row.disability_email, phone(row.disability_phone))
        if text
    )
    return {
        "name": row.name,
        "address": ", ".join(address_lines(row)),
        "email": row.email,
        "phone": phone(row.phone) or "[À adapter : téléphone]",
        "representative": row.representative,
        "representative_quality": row.representative_quality,
        "disability": officer or "[À adapter : référent handicap]",
    }


def logo() -> tuple[bytes, str] | None:
    """The logo and its media type, if there is one."""
    row = provider()
    if row is None or not row.logo_sha256:
        return None
    return store.get(row.logo_sha256), row.logo_mime


def smtp_password_file() -> Path:
    """Where the password of the mail server is kept, readable by its owner alone."""
    instance: Path = current_app.config["SETTINGS"].instance
    return instance / "smtp_password"


def mail_server() -> SmtpServer | None:
    """The mail server that was set from a page, if any."""
    row = provider()
    if row is None or not row.mail_settings.get("host"):
        return None
    chosen = row.mail_settings
    path = smtp_password_file()
    return SmtpServer(
        host=chosen["host"],
        port=chosen["port"],
        security=chosen["security"],
        username=chosen["username"],
        password=path.read_text(encoding="utf-8") if path.exists() else "",
    )


def place(key: int) -> Place | None:
    """The place of that key."""
    return db.session.get(Place, key)


def place_of_name(name: str) -> Place | None:
    """The place that is in use under that very name."""
    statement = select(Place).where(Place.name == name, Place.archived_at.is_(None)).limit(1)
    return db.session.scalars(statement).first()


def places(number: int, *, text: str = "", archived: bool = False, only: Any = None) -> Page[Place]:
    """A page of places by name: those in use, or those archived; `only` is one more condition."""
    statement = (
        select(Place)
        .where(Place.archived_at.is_not(None) if archived else Place.archived_at.is_(None))
        .order_by(Place.search, Place.id)
    )
    if only is not None:
        statement = statement.where(only)
    return paginate(matching(statement, text, Place.search), number)


def house_documents() -> dict[str, HouseDocument]:
    """The newest version of each house document, by kind."""
    newest = (
        select(HouseDocument.kind, func.max(HouseDocument.version).label("version"))
        .group_by(HouseDocument.kind)
        .subquery()
    )
    statement = select(HouseDocument).join(
        newest,
        and_(HouseDocument.kind == newest.c.kind, HouseDocument.version == newest.c.version),
    )
    return {row.kind: row for row in db.session.scalars(statement)}


def in_force(day: date) -> dict[str, HouseDocument]:
    """The version of each house document that is in force on a day, by kind (one statement)."""
    rank = func.row_number().over(
        partition_by=HouseDocument.kind,
        order_by=(HouseDocument.in_force_from.desc(), HouseDocument.version.desc()),
    )
    ranked = (
        select(HouseDocument.id, rank.label("rank"))
        .where(HouseDocument.in_force_from <= day)
        .subquery()
    )
    statement = select(HouseDocument).join(
        ranked, and_(ranked.c.id == HouseDocument.id, ranked.c.rank == 1)
    )
    return {row.kind: row for row in db.session.scalars(statement)}


def house_document_on(kind: str, day: date) -> HouseDocument | None:
    """The version of a house document that is in force on a day, if one is."""
    return db.session.scalars(
        select(HouseDocument)
        .where(HouseDocument.kind == kind, HouseDocument.in_force_from <= day)
        .order_by(HouseDocument.in_force_from.desc(), HouseDocument.version.desc())
        .limit(1)
    ).first()


def house_versions(kind: str, number: int) -> Page[HouseDocument]:
    """A page of the versions of a house document, newest first."""
    statement = (
        select(HouseDocument)
        .where(HouseDocument.kind == kind)
        .order_by(HouseDocument.version.desc())
    )
    return paginate(statement, number)


def house_document(kind: str, version: int) -> HouseDocument | None:
    """That version of a house document."""
    return db.session.scalar(
        select(HouseDocument).where(HouseDocument.kind == kind, HouseDocument.version == version)
    )


def last_version(kind: str) -> int:
    """The number of the newest version of a house document; 0 when there is none."""
    statement = select(func.max(HouseDocument.version)).where(HouseDocument.kind == kind)
    return db.session.scalar(statement) or 0


def text_to_start_from(kind: str) -> str:
    """The text of the newest version of a house document, else its starting text."""
    newest = house_document(kind, last_version(kind))
    return newest.text if newest else BY_KEY[kind].starting_text(starting_words())
