"""A client asks for a custom version; the office says that it has heard, and finds the client."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import func, select

from admin_app.adaptations import notices
from admin_app.adaptations.models import AdaptationRequest
from admin_app.adaptations.operations.common import needed, refuse_unless, told
from admin_app.adaptations.operations.following import follow_client
from admin_app.adaptations.words import OPEN
from admin_app.core import clock
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from admin_app.documents.numbering import next_number
from admin_app.journal.models import JournalEntry
from admin_app.people.models import Client
from admin_app.people.operations import ClientDetails, ContactDetails
from admin_app.people.operations import create_client as add_client
from admin_app.people.operations.checks import gathered
from admin_app.practices.queries import value_on
from admin_app.programmes.models import ProgrammeVersion

ANSWER_DAYS = "adaptation-answer-days"
MOST_AN_HOUR = 5
ASK = "adaptations.ask"
LONG = 5_000
_ASKED = {
    "organisation": (200, "Indiquez votre organisation."),
    "contact_name": (120, "Indiquez votre nom."),
    "context": (LONG, "Décrivez en quelques phrases votre contexte."),
    "audience": (LONG, "Dites qui serait formé."),
    "wished_changes": (LONG, "Dites ce que vous souhaitez adapter."),
}
_OPTIONAL = {"contact_quality": 120, "wished_dates": 1_000, "wished_place": 1_000}


class TooMany(Refused):
    """Too many requests came from one network address in an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a client asks. `particular_needs` is yes or no: what about is for the phone alone."""

    organisation: str
    contact_name: str
    email: str
    context: str
    audience: str
    wished_changes: str
    contact_quality: str = ""
    phone: str = ""
    headcount: int | None = None
    wished_dates: str = ""
    wished_place: str = ""
    particular_needs: bool = False


@act
def request_adaptation(
    version: ProgrammeVersion,
    asked: Asked,
    *,
    client_id: int | None = None,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> AdaptationRequest:
    """Receive a request: it is numbered, an answer is promised for a day, a link to follow it sent.

    Args:
        version: the published version that it is about.
        client_id: the client, when it asks from its own space.
        at: UTC instant of reception.

    Raises:
        TooMany: too many requests came from that address in an hour.
        Problems: something needed is missing or wrong.
    """
    if by.kind is ActorKind.PUBLIC:
        _check_flood(origin, at)
    if version.published_at is None:
        raise Refused("Cette formation n’est pas publiée.")
    clean = _checked(asked)
    day = clock.day_of(at)
    request = AdaptationRequest(
        reference=next_number("ADA", day.year),
        version_id=version.id,
        client_id=client_id,
        state="received",
        received_at=at,
        answer_due_on=day + timedelta(days=value_on(ANSWER_DAYS, day)),
        **{name: getattr(clean, name) for name in Asked.__dataclass_fields__},
    )
    db.session.add(request)
    db.session.flush()
    words = f"Demande d’adaptation {request.reference} reçue de {request.organisation}."
    if by.kind is ActorKind.PUBLIC:  # the journal keeps the name that was given
        by = Actor(ActorKind.PUBLIC, f"{clean.contact_name} (site public)")
    told(request, ASK, words, by=by, at=at, origin=origin)
    notices.received(request, version, at)
    return request


@act
def acknowledge(
    request: AdaptationRequest, *, message: str = "", by: Actor, at: datetime
) -> AdaptationRequest:
    """Tell whoever asked that someone has read the request and what comes next.

    Args:
        message: words of one's own, added to the mail.

    Raises:
        Refused: it was acknowledged, decided or withdrawn already.
    """
    refuse_unless(request, ("received",), "L’accusé de réception est déjà parti.")
    request.state, request.acknowledged_at = "acknowledged", at
    words = f"Demande {request.reference} : accusé de réception envoyé à {request.contact_name}."
    told(request, "adaptations.acknowledge", words, by=by, at=at)
    notices.acknowledged(request, message.strip()[:LONG], by, at)
    return request


@act
def attach_client(
    request: AdaptationRequest, client_id: int, *, by: Actor, at: datetime
) -> AdaptationRequest:
    """Say which client asked, or correct it as long as no cohort depends on it.

    Raises:
        Refused: there is no such client, or the request is already in a cohort.
    """
    client = db.session.get(Client, client_id)
    if client is None:
        raise Refused("Ce client n’existe plus.", "client_id")
    if request.cohort_id is not None and request.client_id not in {None, client_id}:
        raise Refused("La demande est rattachée à une session : son client ne change plus.")
    request.client_id = client.id
    words = f"Demande {request.reference} rattachée au client {client.name}."
    told(request, "adaptations.attach-client", words, by=by, at=at)
    follow_client(request, by=by, at=at)
    return request


@act
def create_client(
    request: AdaptationRequest, details: ClientDetails, *, by: Actor, at: datetime
) -> Client:
    """Make a client of whoever asked, with the contact that the request names.

    Raises:
        Problems: the name or the SIRET cannot be used.
    """
    contact = ContactDetails(
        name=request.contact_name,
        email=request.email,
        quality=request.contact_quality,
        phone=request.phone,
    )
    client = add_client(details, contact=contact, by=by, at=at)
    attach_client(request, client.id, by=by, at=at)
    return client


@act
def note_called(request: AdaptationRequest, *, by: Actor, at: datetime) -> AdaptationRequest:
    """The disability officer has called whoever asked; nothing of what was said is kept.

    Raises:
        Refused: no call was asked for, or it was made already.
    """
    if not request.particular_needs or request.called_at is not None:
        raise Refused("Aucun appel n’est attendu pour cette demande.")
    request.called_at, request.called_by = at, by.label
    words = f"Demande {request.reference} : le référent handicap a appelé le demandeur."
    told(request, "adaptations.called", words, by=by, at=at)
    return request


@act
def withdraw_request(
    request: AdaptationRequest,
    *,
    why: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> AdaptationRequest:
    """Whoever asked gives the request up; it stays readable.

    Raises:
        Refused: it was decided or withdrawn already, or nobody said why.
    """
    refuse_unless(request, OPEN, "Cette demande a déjà reçu sa réponse.")
    request.withdrawn_why = needed(why, "Dites-nous pourquoi, en une phrase.", "why", LONG)
    request.state, request.withdrawn_at = "withdrawn", at
    words = f"Demande {request.reference} retirée par {request.organisation}."
    told(request, "adaptations.withdraw", words, by=by, at=at, origin=origin)
    return request


def _checked(asked: Asked) -> Asked:
    refuse_if_any(_problems(asked))
    with gathered() as attempt:
        email = attempt(lambda: clean_email(asked.email))
        phone = attempt(lambda: clean_phone(asked.phone))
    tidy = {name: getattr(asked, name).strip() for name in (*_ASKED, *_OPTIONAL)}
    return replace(asked, email=email, phone=phone, **tidy)


def _problems(asked: Asked) -> Iterator[Refused]:
    for name, (most, message) in _ASKED.items():
        value = getattr(asked, name).strip()
        if not value:
            yield Refused(message, name)
        elif len(value) > most:
            yield Refused(f"{most} caractères au plus ; ce texte en compte {len(value)}.", name)
    for name, most in _OPTIONAL.items():
        if len(getattr(asked, name).strip()) > most:
            yield Refused(f"{most} caractères au plus.", name)
    if asked.headcount is not None and not 1 <= asked.headcount <= 10_000:
        yield Refused("Indiquez un nombre de personnes, à partir de 1.", "headcount")


def _check_flood(origin: Origin | None, at: datetime) -> None:
    if origin is None or not origin.ip:
        return
    recent = db.session.scalar(
        select(func.count())
        .select_from(JournalEntry)
        .where(
            JournalEntry.action == ASK,
            JournalEntry.ip == origin.ip,
            JournalEntry.at > at - timedelta(hours=1),
        )
    )
    if (recent or 0) >= MOST_AN_HOUR:
        raise TooMany(
            "Plusieurs demandes viennent d’être envoyées de votre connexion. Ce que vous avez "
            "saisi est gardé : réessayez dans une heure, ou écrivez-nous."
        )
