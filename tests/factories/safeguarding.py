"""Reports, contacts and readers, made by the operations."""

from datetime import date, datetime
from typing import Any

from admin_app.accounts.models import User
from admin_app.core.access import Role
from admin_app.core.actor import Actor, ActorKind
from admin_app.safeguarding import operations
from admin_app.safeguarding.models import Report, SafeguardingContact
from admin_app.safeguarding.operations import Told
from admin_app.safeguarding.operations.people import ContactDetails
from tests.factories.base import A_DAY
from tests.factories.house import HouseDocumentFactory, UserFactory

ADMIN = Actor(ActorKind.USER, "Hélène Marchand", 9_001)
SECRET = "Il m’a suivie jusqu’au parking et a bloqué la portière"
WHO, WHERE = "Élodie Vannier", "le soir au 06 11 22 33 44"
PROCEDURE = """# 1. Prévenir
Chacun la reçoit.
# 6. Aides extérieures
- Une association locale : 01 23 45 67 89
- Un numéro national : 0 800 00 00 00
# 7. Registre
Il est tenu à part."""


def reader(name: str = "Inès Calvet", *roles: Role, at: datetime = A_DAY) -> User:
    """Someone named to keep the register."""
    user = UserFactory(roles=roles or (Role.QUALITY_MANAGER,), name=name)
    operations.name_reader(user.id, by=ADMIN, at=at)
    return user


def as_actor(user: User) -> Actor:
    """The user as the author of an act."""
    return Actor(ActorKind.USER, user.name, user.id)


def told(**changes: Any) -> Told:
    """What a trainee tells, in words that must never leave the room."""
    values: dict[str, Any] = {
        "text": SECRET,
        "category": "sexual-harassment",
        "channel": "link",
        "author_kind": "trainee",
        "author": WHO,
        "contact": WHERE,
        "received_on": A_DAY.date(),
    }
    return Told(**(values | changes))


def report(*, at: datetime = A_DAY, **changes: Any) -> Report:
    """A report that has just come."""
    by = Actor(ActorKind.TRAINEE, WHO, 12)
    return operations.report(told(**changes), by=by, at=at)


def contact(**changes: Any) -> SafeguardingContact:
    """Whom to talk to."""
    values: dict[str, Any] = {
        "name": "Inès Calvet",
        "quality": "responsable qualité",
        "email": "ecoute@atelier.example.org",
        "phone": "0556000001",
        "since": date(2026, 5, 1),
    }
    return operations.name_contact(ContactDetails(**(values | changes)), by=ADMIN, at=A_DAY)


def procedure(**changes: Any) -> Any:
    """The procedure in force."""
    values: dict[str, Any] = {
        "kind": "safeguarding-procedure",
        "title": "Procédure de prévention et de traitement des violences",
        "text": PROCEDURE,
    }
    return HouseDocumentFactory(**(values | changes))
