"""Whom to talk to, and who may read: named openly, and kept when they no longer are."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.core import clock
from admin_app.core.access import Permission
from admin_app.core.actor import Actor, Origin
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.checks import limited
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.evidence.models import Evidence
from admin_app.journal.operations import record
from admin_app.organisation.queries import the_provider
from admin_app.people.operations.checks import gathered, tidy_name
from admin_app.safeguarding import notices, queries
from admin_app.safeguarding.models import SafeguardingContact, SafeguardingReader

PIECE, SOURCE = "safeguarding-contact", "safeguarding-contact"


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """A contact as named: `since` is the first day (inclusive, never to come)."""

    name: str
    email: str
    since: date
    quality: str = ""
    phone: str = ""


@act
def name_contact(
    details: ContactDetails, *, by: Actor, at: datetime, origin: Origin | None = None
) -> SafeguardingContact:
    """Name whom to talk to in the house; it is shown to trainees, trainers and the public.

    Raises:
        Problems: the name, an address or the day is wrong.
    """
    with gathered() as attempt:
        name = attempt(lambda: tidy_name(details.name, "name", "le nom", 120))
        email = attempt(lambda: clean_email(details.email))
        phone = attempt(lambda: clean_phone(details.phone))
        quality = attempt(lambda: limited(details.quality, "quality", 120))
        since = attempt(lambda: _begun(details.since, at))
    row = SafeguardingContact(
        name=name,
        email=email,
        phone=phone,
        quality=quality,
        since=since,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    words = f"{name} : contact en cas de violence, de harcèlement ou de discrimination."
    _told("contact", words, ("safeguarding-contact", row.id), by, at, origin)
    evidence.record(
        PIECE,
        scope=("provider", the_provider().id),
        label=f"Contact nommé : {name}{', ' + quality if quality else ''}",
        occurred_on=since,
        by=by,
        at=at,
        source=(SOURCE, row.id),
        facts={"since": since.isoformat()},
    )
    return row


@act
def end_contact(
    row: SafeguardingContact, *, by: Actor, at: datetime, origin: Origin | None = None
) -> SafeguardingContact:
    """Say that someone is no longer the contact; that they were stays.

    Raises:
        Refused: it is said already.
    """
    if row.ended_on is not None:
        raise Refused("Cette personne n’est déjà plus le contact.")
    row.ended_on = clock.day_of(at)
    words = f"{row.name} n’est plus contact en cas de violence."
    _told("end-contact", words, ("safeguarding-contact", row.id), by, at, origin)
    for piece in db.session.scalars(
        select(Evidence).where(
            Evidence.piece == PIECE,
            Evidence.source_kind == SOURCE,
            Evidence.source_id == row.id,
            Evidence.withdrawn_at.is_(None),
        )
    ):
        evidence.withdraw(piece, why="Cette personne n’est plus le contact.", by=by, at=at)
    return row


@act
def name_reader(
    user_id: int, *, by: Actor, at: datetime, origin: Origin | None = None
) -> SafeguardingReader:
    """Let someone keep the register and open what was told; everyone named is told of it.

    Raises:
        Refused: that person cannot be, or is already.
    """
    user = db.session.get(User, user_id)
    if user is None or not _may_read(user, at):
        raise Refused("Choisissez une personne de l’équipe.", "user_id")
    if db.session.scalar(
        select(SafeguardingReader.id).where(SafeguardingReader.user_id == user_id)
    ):
        raise Refused(f"{user.name} est déjà dans la liste.", "user_id")
    row = SafeguardingReader(user_id=user_id, named_at=at, named_by=by.label)
    db.session.add(row)
    db.session.flush()
    words = f"{user.name} peut tenir le registre des signalements."
    _told("name-reader", words, ("user", user.id), by, at, origin)
    for reader in queries.readers(at):
        notices.readers_changed(reader.user, words, by, at)
    return row


@act
def unname_reader(
    row: SafeguardingReader, *, by: Actor, at: datetime, origin: Origin | None = None
) -> None:
    """End someone's access to the register; the journal keeps that they had it."""
    user = db.session.get_one(User, row.user_id)
    words = f"{user.name} ne tient plus le registre des signalements."
    readers = queries.readers(at)
    db.session.delete(row)
    _told("unname-reader", words, ("user", user.id), by, at, origin)
    for reader in readers:
        notices.readers_changed(reader.user, words, by, at)


def _may_read(user: User, at: datetime) -> bool:
    return user.is_open_at(at) and Permission.SAFEGUARDING_READ in user.permissions


def _begun(since: date, at: datetime) -> date:
    if since > clock.day_of(at):
        raise Refused("Ce jour n’est pas encore venu.", "since")
    return since


def _told(
    action: str,
    words: str,
    subject: tuple[str, int],
    by: Actor,
    at: datetime,
    origin: Origin | None,
) -> None:
    record(f"safeguarding.{action}", by=by, at=at, subject=subject, summary=words, origin=origin)
