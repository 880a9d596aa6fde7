"""Clients and their contacts."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime

from admin_app.core import links
from admin_app.core.actor import Actor, Origin
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import of_name
from admin_app.core.transaction import act
from admin_app.journal.operations import record
from admin_app.organisation.identifiers import clean_postcode, clean_siret
from admin_app.people.models import Client, ClientContact
from admin_app.people.operations.checks import gathered, tidy_name
from admin_app.people.queries import client_of_siret
from admin_app.people.words import CLIENT_KINDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDetails:
    """Who buys. `kind` is a key of `people.words.CLIENT_KINDS`; a private person has no SIRET."""

    name: str
    kind: str
    siret: str = ""
    address: str = ""
    postcode: str = ""
    city: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactDetails:
    """Someone at a client's. `signs`: whether this person signs agreements for the client."""

    name: str
    email: str
    quality: str = ""
    phone: str = ""
    signs: bool = False


@act
def create_client(
    details: ClientDetails,
    *,
    by: Actor,
    at: datetime,
    contact: ContactDetails | None = None,
    origin: Origin | None = None,
) -> Client:
    """Add a client, with its first contact when one is given.

    Raises:
        Problems: a name is missing, the SIRET is false or another client's, the contact is wrong.
    """
    clean = _checked(details, None)
    client = Client(**asdict(clean), created_at=at)
    db.session.add(client)
    db.session.flush()
    _note("people.client-created", f"Client créé : {client.name}.", client, by, at, origin)
    if contact is not None:
        add_contact(client, contact, by=by, at=at, origin=origin)
    return client


@act
def change_client(
    client: Client,
    details: ClientDetails,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Client:
    """Change a client. Documents issued before keep what they said.

    Raises:
        Problems: as for `create_client`.
    """
    for name, value in asdict(_checked(details, client)).items():
        setattr(client, name, value)
    _note("people.client-changed", f"Client modifié : {client.name}.", client, by, at, origin)
    return client


@act
def archive_client(
    client: Client, *, by: Actor, at: datetime, origin: Origin | None = None
) -> None:
    """Offer a client no more; its cohorts and documents stay.

    Raises:
        Refused: it is archived already.
    """
    if client.archived_at is not None:
        raise Refused("Ce client est déjà archivé.")
    client.archived_at = at
    _note("people.client-archived", f"Client archivé : {client.name}.", client, by, at, origin)


@act
def restore_client(
    client: Client, *, by: Actor, at: datetime, origin: Origin | None = None
) -> None:
    """Offer an archived client again.

    Raises:
        Refused: it is not archived, or another client has taken its SIRET in the meantime.
    """
    if client.archived_at is None:
        raise Refused("Ce client n’est pas archivé.")
    _check_free(client.siret, client)
    client.archived_at = None
    _note("people.client-restored", f"Client repris : {client.name}.", client, by, at, origin)


@act
def add_contact(
    client: Client,
    details: ContactDetails,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> ClientContact:
    """Add someone at a client's.

    Raises:
        Problems: a name or an address is missing or wrong.
    """
    contact = ClientContact(client_id=client.id, **asdict(_checked_contact(details)))
    client.contacts.append(contact)
    db.session.flush()
    words = f"{client.name} – contact ajouté : {contact.name}."
    _note("people.contact-added", words, client, by, at, origin)
    return contact


@act
def change_contact(
    client: Client,
    contact: ClientContact,
    details: ContactDetails,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> ClientContact:
    """Change someone at a client's.

    Raises:
        Problems: as for `add_contact`.
    """
    clean = _checked_contact(details)
    if clean.email != contact.email:
        links.revoke_address(contact.email, contact.name, at)
    for name, value in asdict(clean).items():
        setattr(contact, name, value)
    words = f"{client.name} – contact modifié : {contact.name}."
    _note("people.contact-changed", words, client, by, at, origin)
    return contact


@act
def remove_contact(
    client: Client,
    contact: ClientContact,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> None:
    """Take a contact away; what they signed or asked keeps their name, their links are closed."""
    links.revoke_address(contact.email, contact.name, at)
    client.contacts.remove(contact)
    db.session.delete(contact)
    db.session.flush()
    words = f"{client.name} – contact retiré : {contact.name}."
    _note("people.contact-removed", words, client, by, at, origin)


def _checked(details: ClientDetails, client: Client | None) -> ClientDetails:
    private = details.kind == "individual"
    siret, postcode = details.siret.strip(), details.postcode.strip()
    with gathered() as attempt:
        name = attempt(lambda: tidy_name(details.name, "name", "le nom", 200))
        attempt(lambda: _check_kind(details.kind))
        if siret and not private:
            siret = attempt(lambda: clean_siret(siret))
            attempt(lambda: _check_free(siret, client))
        if postcode:
            postcode = attempt(lambda: clean_postcode(postcode))
    return replace(
        details,
        name=name,
        siret="" if private else siret,
        address=details.address.strip(),
        postcode=postcode,
        city=" ".join(details.city.split()),
    )


def _checked_contact(details: ContactDetails) -> ContactDetails:
    with gathered() as attempt:
        name = attempt(lambda: tidy_name(details.name, "name", "le nom", 120))
        email = attempt(lambda: clean_email(details.email))
        phone = attempt(lambda: clean_phone(details.phone))
    quality = " ".join(details.quality.split())
    return replace(details, name=name, email=email, phone=phone, quality=quality)


def _check_kind(kind: str) -> None:
    if kind not in CLIENT_KINDS:
        raise Refused("Choisissez de quelle sorte de client il s’agit.", "kind")


def _check_free(siret: str | None, client: Client | None) -> None:
    other = client_of_siret(siret) if siret else None
    if other is not None and (client is None or other.id != client.id):
        raise Refused(f"Ce SIRET est déjà celui {of_name(other.name)}.", "siret")


def _note(
    action: str, summary: str, client: Client, by: Actor, at: datetime, origin: Origin | None
) -> None:
    subject = ("client", client.id)
    record(action, by=by, at=at, summary=summary, subject=subject, origin=origin)
