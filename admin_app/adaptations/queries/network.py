"""Reading the network of partners for disability."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select

from admin_app.adaptations.models import (
    Accommodation,
    NetworkCheck,
    NetworkContact,
    NetworkPartner,
    OfficerTraining,
)
from admin_app.cohorts.models import Enrolment
from admin_app.core.database import db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.people.models import Trainee
from compliance.expectations import catalogue

Event = NetworkCheck | NetworkContact | OfficerTraining


class Line(NamedTuple):
    """A partner, and the last day on which it answered."""

    partner: NetworkPartner
    last_on: date | None


class ContactLine(NamedTuple):
    """A contact, and with whom."""

    contact: NetworkContact
    partner: NetworkPartner


@dataclass(frozen=True, slots=True)
class Duty:
    """What comes back: its last day, and the last day by which it is to be done again."""

    last_on: date | None
    next_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether it is past."""
        return self.next_on is not None and self.next_on < today


def lines(number: int, *, text: str = "", kind: str = "", archived: bool = False) -> Page[Line]:
    """A page of partners by name: those on the list, or those archived."""
    last = (
        select(NetworkContact.partner_id, func.max(NetworkContact.made_on).label("last_on"))
        .where(NetworkContact.removed_at.is_(None), NetworkContact.answered.is_(True))
        .group_by(NetworkContact.partner_id)
        .subquery()
    )
    there = NetworkPartner.archived_at
    statement: Any = (
        select(NetworkPartner, last.c.last_on)
        .outerjoin(last, last.c.partner_id == NetworkPartner.id)
        .where(there.is_not(None) if archived else there.is_(None))
        .order_by(NetworkPartner.search, NetworkPartner.id)
    )
    if kind:
        statement = statement.where(NetworkPartner.kind == kind)
    found = paginate(matching(statement, text, NetworkPartner.search), number)
    return found.map(lambda row: Line(*row))


def partner(key: int) -> NetworkPartner | None:
    """The partner of that key."""
    return db.session.get(NetworkPartner, key)


def partner_of_name(name: str) -> NetworkPartner | None:
    """The partner that is on the list under that very name."""
    statement = select(NetworkPartner).where(
        NetworkPartner.name == name, NetworkPartner.archived_at.is_(None)
    )
    return db.session.scalars(statement.limit(1)).first()


def choices() -> list[tuple[int, str]]:
    """Key and name of the partners on the list."""
    statement = (
        select(NetworkPartner.id, NetworkPartner.name)
        .where(NetworkPartner.archived_at.is_(None))
        .order_by(NetworkPartner.search, NetworkPartner.id)
    )
    return [(key, name) for key, name in db.session.execute(statement)]


def names() -> list[str]:
    """The names of the partners on the list."""
    return [name for _, name in choices()]


def duties() -> dict[str, Duty]:
    """When each duty was last done and is next due, by piece (one statement)."""
    last: dict[str, Any] = {
        "disability-network": _last(NetworkCheck.checked_on, NetworkCheck.removed_at.is_(None)),
        "disability-contact": _last(
            NetworkContact.made_on,
            NetworkContact.removed_at.is_(None),
            NetworkContact.answered.is_(True),
        ),
        "disability-officer-training": _last(
            OfficerTraining.ended_on, OfficerTraining.removed_at.is_(None)
        ),
    }
    found = db.session.execute(select(*last.values())).one()
    return {piece: _duty(piece, day) for piece, day in zip(last, found, strict=True)}


def _last(column: Any, *conditions: Any) -> Any:
    return select(func.max(column)).where(*conditions).scalar_subquery()


def _duty(piece: str, last_on: date | None) -> Duty:
    days = catalogue().piece(piece).fresh_days or 0
    return Duty(last_on, last_on + timedelta(days=days) if last_on else None)


def contacts(number: int, partner_id: int | None = None) -> Page[ContactLine]:
    """A page of contacts, the last first; of one partner or of all."""
    statement: Any = (
        select(NetworkContact, NetworkPartner)
        .join(NetworkPartner, NetworkPartner.id == NetworkContact.partner_id)
        .order_by(NetworkContact.made_on.desc(), NetworkContact.id.desc())
    )
    if partner_id is not None:
        statement = statement.where(NetworkContact.partner_id == partner_id)
    return paginate(statement, number).map(lambda row: ContactLine(*row))


def checks(number: int) -> Page[NetworkCheck]:
    """A page of the checks of the list, the last first."""
    return paginate(
        select(NetworkCheck).order_by(NetworkCheck.checked_on.desc(), NetworkCheck.id.desc()),
        number,
    )


def trainings(number: int) -> Page[OfficerTraining]:
    """A page of what the officer followed, the last first."""
    return paginate(
        select(OfficerTraining).order_by(
            OfficerTraining.ended_on.desc(), OfficerTraining.id.desc()
        ),
        number,
    )


def event(kind: str, key: int) -> Event | None:
    """What happened, by its kind (`network_words.EVENTS`) and key."""
    if kind == "verifications":
        return db.session.get(NetworkCheck, key)
    if kind == "contacts":
        return db.session.get(NetworkContact, key)
    return db.session.get(OfficerTraining, key) if kind == "formations" else None


def accompanied_names() -> list[str]:
    """The last names of those who asked for an accommodation: never to be written here."""
    statement = (
        select(Trainee.last_name)
        .join(Enrolment, Enrolment.trainee_id == Trainee.id)
        .join(Accommodation, Accommodation.enrolment_id == Enrolment.id)
        .distinct()
    )
    return [name for name in db.session.scalars(statement) if len(name) > 1]
