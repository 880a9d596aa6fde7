"""Complaints and incidents, made by the operations."""

from datetime import date, datetime, timedelta
from typing import Any

from admin_app.core.actor import Actor, ActorKind
from admin_app.quality.complaints import operations
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.complaints.operations import Received
from tests.factories.base import A_DAY

QUALITY = Actor(ActorKind.USER, "Inès Calvet", 7)
VISITOR = Actor(ActorKind.PUBLIC, "visiteur")
WORDS = "La salle n’était pas chauffée et personne ne nous a répondu."
THE_DAY = A_DAY.date()


def received_values(**changes: Any) -> Received:
    """What Sophie Delorme complains of, on the first of June."""
    values: dict[str, Any] = {
        "words": WORDS,
        "kind": "complaint",
        "topic": "premises",
        "channel": "mail",
        "author_kind": "client",
        "received_on": THE_DAY,
        "label_short": "Salle non chauffée",
        "author_name": "Sophie Delorme",
        "author_email": "sophie.delorme@caf.example.org",
        "wished": "Un geste sur la facture.",
    }
    return Received(**(values | changes))


def complaint(*, at: datetime = A_DAY, by: Actor = QUALITY, **changes: Any) -> Complaint:
    """A complaint that has just come."""
    return operations.receive(received_values(**changes), by=by, at=at)


def incident(*, at: datetime = A_DAY, **changes: Any) -> Complaint:
    """An incident that has just been entered."""
    values: dict[str, Any] = {
        "kind": "incident",
        "label_short": "Vidéoprojecteur en panne",
        "author_kind": "trainer",
        "author_name": "",
        "author_email": "",
    }
    return complaint(at=at, **(values | changes))


def answered(*, at: datetime = A_DAY, **changes: Any) -> Complaint:
    """A complaint that was acknowledged two days later and answered after ten."""
    row = complaint(at=at, **changes)
    operations.acknowledge(row, how="mail", by=QUALITY, at=at + timedelta(days=2))
    later = at + timedelta(days=10)
    return operations.answer(row, "La salle est changée.", how="mail", by=QUALITY, at=later)


def closed(*, at: datetime = A_DAY, **changes: Any) -> Complaint:
    """A complaint that went its whole way."""
    row = answered(at=at, **changes)
    day: date = at.date() + timedelta(days=12)
    return operations.close(
        row,
        "Une remise est accordée.",
        satisfied="yes",
        on=day,
        by=QUALITY,
        at=at + timedelta(days=12),
    )
