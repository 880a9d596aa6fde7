"""What is read of people."""

from collections.abc import Sequence
from datetime import date
from functools import cache

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, or_, select
from sqlalchemy.orm import selectinload

from admin_app.core.database import db
from admin_app.core.pages.listing import Page, Prepared, paginate, prepared
from admin_app.core.search import matching, plain
from admin_app.core.storage import store
from admin_app.people.models import Client, ClientContact, Trainee, Trainer, TrainerSkill

OFFERED = 200


def trainer(key: int) -> Trainer | None:
    """The trainer of that key."""
    return db.session.get(Trainer, key)


def trainer_of_email(email: str) -> Trainer | None:
    """The trainer of that address."""
    return db.session.scalar(select(Trainer).where(Trainer.email == email.strip().lower()))


def trainers(
    number: int, day: date, *, text: str = "", state: str = "", status: str = ""
) -> Page[Trainer]:
    """A page of trainers by name, with their skills.

    Args:
        day: the day on which skills are looked at.
        state: empty for all in use, `archived`, or `to-check` (no skill holds on that day).
    """
    if not (text or state or status):
        return paginate(_trainers_in_use(), number)
    statement = matching(_trainers(), text, Trainer.search)
    archived = Trainer.archived_at.is_not(None)
    statement = statement.where(archived if state == "archived" else ~archived)
    if state == "to-check":
        statement = statement.where(~_holds_a_skill(day))
    if status:
        statement = statement.where(Trainer.status == status)
    return paginate(statement, number)


@cache
def _trainers() -> Select[Trainer]:
    return (
        select(Trainer).options(selectinload(Trainer.skills)).order_by(Trainer.search, Trainer.id)
    )


@cache
def _trainers_in_use() -> Prepared:
    return prepared(_trainers().where(~Trainer.archived_at.is_not(None)))


def active_trainers(limit: int = OFFERED) -> Sequence[Trainer]:
    """Trainers in use, by name, for a choice."""
    return db.session.scalars(
        select(Trainer)
        .where(Trainer.archived_at.is_(None))
        .order_by(Trainer.search, Trainer.id)
        .limit(limit)
    ).all()


def trainers_named(name: str) -> list[int]:
    """The keys of the trainers of that very name."""
    wanted = plain(name)
    statement = matching(select(Trainer), name, Trainer.search)
    return [row.id for row in db.session.scalars(statement) if plain(row.name) == wanted]


def skill(trainer_id: int, key: int) -> TrainerSkill | None:
    """That skill, when it is that trainer's."""
    return db.session.scalar(
        select(TrainerSkill).where(TrainerSkill.id == key, TrainerSkill.trainer_id == trainer_id)
    )


def skills_known(limit: int = OFFERED) -> Sequence[str]:
    """The names of skills already written, for the same to be said in the same words."""
    return db.session.scalars(
        select(TrainerSkill.skill).distinct().order_by(TrainerSkill.skill).limit(limit)
    ).all()


def client(key: int) -> Client | None:
    """The client of that key."""
    return db.session.get(Client, key)


def client_of_siret(siret: str) -> Client | None:
    """The client in use that has that SIRET."""
    return db.session.scalars(
        select(Client).where(Client.siret == siret, Client.archived_at.is_(None)).limit(1)
    ).first()


def clients(number: int, *, text: str = "", kind: str = "", archived: bool = False) -> Page[Client]:
    """A page of clients by name, with their contacts."""
    statement = matching(_clients(bool(kind), archived), text, Client.search)
    found = statement if text else _all_clients(bool(kind), archived)
    return paginate(found, number, kind=kind)


@cache
def _clients(is_kind_asked: bool, archived: bool) -> Select[Client]:
    gone = Client.archived_at.is_not(None)
    statement = (
        select(Client)
        .options(selectinload(Client.contacts))
        .where(gone if archived else ~gone)
        .order_by(Client.search, Client.id)
    )
    return statement.where(Client.kind == bindparam("kind")) if is_kind_asked else statement


@cache
def _all_clients(is_kind_asked: bool, archived: bool) -> Prepared:
    return prepared(_clients(is_kind_asked, archived))


def active_clients(limit: int = OFFERED) -> Sequence[Client]:
    """Clients in use, by name, for a choice."""
    return db.session.scalars(
        select(Client)
        .where(Client.archived_at.is_(None))
        .order_by(Client.search, Client.id)
        .limit(limit)
    ).all()


def clients_named(name: str) -> list[int]:
    """The keys of the clients of that very name."""
    wanted = plain(name)
    statement = matching(select(Client), name, Client.search)
    return [row.id for row in db.session.scalars(statement) if plain(row.name) == wanted]


def clients_of_email(email: str) -> list[int]:
    """The keys of the clients that have a contact of that address."""
    statement = select(ClientContact.client_id).where(ClientContact.email == email).distinct()
    return list(db.session.scalars(statement))


def contact(client_id: int, key: int) -> ClientContact | None:
    """That contact, when it is that client's."""
    return db.session.scalar(
        select(ClientContact).where(ClientContact.id == key, ClientContact.client_id == client_id)
    )


def trainee(key: int) -> Trainee | None:
    """The trainee of that key."""
    return db.session.get(Trainee, key)


def trainees_of_email(email: str) -> Sequence[Trainee]:
    """The trainees of that address: several people may share one."""
    return db.session.scalars(
        select(Trainee).where(Trainee.email == email.strip().lower()).order_by(Trainee.id)
    ).all()


def trainees(number: int, *, text: str = "") -> Page[Trainee]:
    """A page of trainees by name."""
    found = matching(_trainees(), text, Trainee.search) if text else _all_trainees()
    return paginate(found, number)


@cache
def _trainees() -> Select[Trainee]:
    return select(Trainee).order_by(Trainee.search, Trainee.id)


@cache
def _all_trainees() -> Prepared:
    return prepared(_trainees())


def _holds_a_skill(day: date) -> ColumnElement[bool]:
    return exists().where(
        and_(
            TrainerSkill.trainer_id == Trainer.id,
            TrainerSkill.checked_on <= day,
            or_(TrainerSkill.valid_until.is_(None), TrainerSkill.valid_until >= day),
        )
    )


def cv(trainer: Trainer) -> bytes | None:
    """A trainer's CV, if there is one."""
    return store.get(trainer.cv_sha256) if trainer.cv_sha256 else None
