"""A complaint or an incident comes in: by anyone, by any way; what is known of it is completed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import func, select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.checks import LONG, limited, needed
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from admin_app.documents.numbering import next_number
from admin_app.journal.models import JournalEntry
from admin_app.people.models import Client
from admin_app.people.operations.checks import gathered
from admin_app.quality.complaints import notices
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.complaints.operations.common import told
from admin_app.quality.complaints.words import AUTHORS, CHANNELS, FROM, KINDS, TOPICS

RECEIVE = "receive"
MOST_AN_HOUR = 5
PREFIXES = {"complaint": "REC", "incident": "ALEA"}
OLDEST = timedelta(days=5 * 366)
_LIMITS = {"author_name": 150, "training": 200, "label_short": 120, "wished": LONG}


class TooMany(Refused):
    """Too many complaints came from one network address in an hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What came in. `label_short` names the matter without naming anybody (empty: the topic's).

    `received_on` is the day it reached the organisation (inclusive, never to come).
    """

    words: str
    kind: str = "complaint"
    topic: str = "other"
    channel: str = "form"
    author_kind: str = "other"
    received_on: date
    label_short: str = ""
    author_name: str = ""
    author_email: str = ""
    author_phone: str = ""
    client_id: int | None = None
    cohort_id: int | None = None
    training: str = ""
    wished: str = ""


@act
def receive(
    received: Received, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Complaint:
    """Enter a complaint or an incident; it is numbered, and whoever handles them is told.

    A person who complains by a page of ours is sent a receipt: what happens next, and by when.

    Args:
        at: UTC instant of the entry.

    Raises:
        TooMany: too many came from that address in an hour.
        Problems: something needed is missing or wrong.
    """
    if by.kind is ActorKind.PUBLIC:
        _check_flood(origin, at)
    clean = _checked(received, at)
    row = Complaint(
        reference=next_number(PREFIXES[clean.kind], clock.day_of(at).year),
        recorded_at=at,
        recorded_by=by.label,
        **_values(clean),
    )
    db.session.add(row)
    db.session.flush()
    if by.kind is ActorKind.PUBLIC and clean.author_name:  # the journal keeps the name given
        by = Actor(ActorKind.PUBLIC, f"{clean.author_name} (site public)")
    summary = f"{KINDS[row.kind].capitalize()} {row.reference} : reçu(e) {FROM[row.author_kind]}."
    told(row, RECEIVE, summary.replace("reçu(e)", _agreed(row)), by=by, at=at, origin=origin)
    if by.kind is not ActorKind.USER:
        notices.to_handle(row, at)
        notices.receipt(row, at)
    return row


@act
def correct(row: Complaint, known: Received, *, by: Actor, at: datetime) -> Complaint:
    """Complete what is known of it: matter, cohort, who. The words received never change.

    Raises:
        Problems: something needed is missing or wrong.
    """
    values = _values(_checked(replace(known, words=row.words, kind=row.kind), at))
    for name in ("words", "kind", "wished"):
        values.pop(name)
    first_done = min(
        (day for day in (row.acknowledged_on, row.answered_on, row.solved_on) if day), default=None
    )
    if first_done is not None and known.received_on > first_done:
        raise Refused("Une étape a été faite avant ce jour.", "received_on")
    for name, value in values.items():
        setattr(row, name, value)
    words = f"{KINDS[row.kind].capitalize()} {row.reference} : fiche complétée."
    told(row, "correct", words, by=by, at=at)
    return row


def _agreed(row: Complaint) -> str:
    return "reçu" if row.is_incident else "reçue"


def _values(clean: Received) -> dict[str, object]:
    names = Received.__dataclass_fields__
    return {name: getattr(clean, name) for name in names}


def _checked(received: Received, at: datetime) -> Received:
    refuse_if_any(_problems(received, at))
    with gathered() as attempt:
        words = attempt(lambda: needed(received.words, "Dites ce qui s’est passé.", "words"))
        texts: dict[str, Any] = {}
        for name, most in _LIMITS.items():
            typed = getattr(received, name)
            texts[name] = attempt(partial(limited, typed, name, most))
        email = attempt(lambda: _email(received))
        phone = attempt(lambda: clean_phone(received.author_phone, "author_phone"))
    texts["label_short"] = texts["label_short"] or TOPICS[received.topic].capitalize()
    return replace(received, words=words, author_email=email, author_phone=phone, **texts)


def _email(received: Received) -> str:
    typed = received.author_email.strip()
    return clean_email(typed, "author_email") if typed else ""


def _problems(received: Received, at: datetime) -> Iterator[Refused]:
    today = clock.day_of(at)
    if received.received_on > today:
        yield Refused("Ce jour n’est pas encore venu.", "received_on")
    elif received.received_on < today - OLDEST:
        yield Refused("Ce jour est trop ancien : cinq ans au plus.", "received_on")
    for name, known in (
        ("kind", KINDS),
        ("topic", TOPICS),
        ("channel", CHANNELS),
        ("author_kind", AUTHORS),
    ):
        if getattr(received, name) not in known:
            yield Refused("Choisissez dans la liste.", name)
    if received.cohort_id is not None and db.session.get(Cohort, received.cohort_id) is None:
        yield Refused("Cette session n’existe pas.", "cohort")
    if received.client_id is not None and db.session.get(Client, received.client_id) is None:
        yield Refused("Ce client n’existe pas.", "client_id")


def _check_flood(origin: Origin | None, at: datetime) -> None:
    if origin is None or not origin.ip:
        return
    recent = db.session.scalar(
        select(func.count())
        .select_from(JournalEntry)
        .where(
            JournalEntry.action == f"complaints.{RECEIVE}",
            JournalEntry.ip == origin.ip,
            JournalEntry.at > at - timedelta(hours=1),
        )
    )
    if (recent or 0) >= MOST_AN_HOUR:
        raise TooMany(
            "Plusieurs messages viennent d’être envoyés de votre connexion. Ce que vous avez "
            "saisi est gardé : réessayez dans une heure, ou écrivez-nous."
        )
