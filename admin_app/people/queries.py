"""What is read of people."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import selectinload

from admin_app.core.database import Rows, db
from admin_app.core.pages.listing import Page, Prepared, paginate, prepared
from admin_app.core.search import matching, plain
from admin_app.core.storage import store
from admin_app.people.models import (
    Client,
    ClientContact,
    FunderFeedback,
    Trainee,
    Trainer,
    TrainerDevelopment,
    TrainerDiploma,
    TrainerReview,
    TrainerSkill,
)
from admin_app.people.words import FUNDER

OFFERED = 200
EARLIEST = date(1900, 1, 1)


def trainer(key: int) -> Trainer | None:
    """The trainer of that key."""
    return db.session.get(Trainer, key)


def trainer_of_email(email: str) -> Trainer | None:
    """The trainer of that address."""
    return db.session.scalar(select(Trainer).where(Trainer.email == email.strip().lower()))


def trainers(
    number: int,
    day: date,
    *,
    text: str = "",
    state: str = "",
    status: str = "",
    soon: date | None = None,
    review_since: date | None = None,
) -> Page[Trainer]:
    """A page of trainers by name, with their skills and diplomas.

    Args:
        day: the day on which skills are looked at.
        state: empty for all in use, `archived`, `to-check` (no skill holds on that day),
            `expired` (a skill or a diploma is), `expiring` (one expires by `soon`, inclusive), or
            `review-due` (no yearly review since `review_since`, inclusive).
    """
    if not (text or state or status):
        return paginate(_trainers_in_use(), number)
    statement = matching(_trainers(), text, Trainer.search)
    archived = Trainer.archived_at.is_not(None)
    statement = statement.where(archived if state == "archived" else ~archived)
    if state == "to-check":
        statement = statement.where(~_holds_a_skill(day))
    if state == "expired":
        statement = statement.where(_ends_between(EARLIEST, day - timedelta(days=1)))
    if state == "expiring" and soon is not None:
        statement = statement.where(_ends_between(day, soon))
    if state == "review-due" and review_since is not None:
        statement = statement.where(~_reviewed_since(review_since))
    if status:
        statement = statement.where(Trainer.status == status)
    return paginate(statement, number)


@cache
def _trainers() -> Select[Trainer]:
    return (
        select(Trainer)
        .options(selectinload(Trainer.skills), selectinload(Trainer.diplomas))
        .order_by(Trainer.search, Trainer.id)
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


def _ends_between(first: date, last: date) -> ColumnElement[bool]:
    def _ends(kind: type[TrainerSkill] | type[TrainerDiploma]) -> ColumnElement[bool]:
        found = kind.valid_until.between(first, last)
        return and_(kind.trainer_id == Trainer.id, found)

    diploma = and_(_ends(TrainerDiploma), TrainerDiploma.removed_at.is_(None))
    return or_(exists().where(_ends(TrainerSkill)), exists().where(diploma))


def _reviewed_since(day: date) -> ColumnElement[bool]:
    return exists().where(
        TrainerReview.trainer_id == Trainer.id,
        TrainerReview.removed_at.is_(None),
        TrainerReview.held_on >= day,
    )


def last_reviews(trainer_ids: Collection[int]) -> dict[int, date]:
    """The day of the last yearly review of each of these trainers that had one."""
    rows = db.session.execute(
        select(TrainerReview.trainer_id, func.max(TrainerReview.held_on))
        .where(TrainerReview.trainer_id.in_(trainer_ids), TrainerReview.removed_at.is_(None))
        .group_by(TrainerReview.trainer_id)
    )
    return {row[0]: row[1] for row in rows}


def diplomas_of(trainer_id: int) -> Sequence[TrainerDiploma]:
    """Every diploma of a trainer, latest obtained first, those taken away too."""
    return db.session.scalars(
        select(TrainerDiploma)
        .where(TrainerDiploma.trainer_id == trainer_id)
        .order_by(TrainerDiploma.checked_on.desc(), TrainerDiploma.id.desc())
    ).all()


def diploma(trainer_id: int, key: int) -> TrainerDiploma | None:
    """That diploma, when it is that trainer's."""
    found = db.session.get(TrainerDiploma, key)
    return found if found is not None and found.trainer_id == trainer_id else None


def reviews_of(trainer_id: int) -> Sequence[TrainerReview]:
    """Every review of a trainer, latest first, those set aside too."""
    return db.session.scalars(
        select(TrainerReview)
        .where(TrainerReview.trainer_id == trainer_id)
        .order_by(TrainerReview.held_on.desc(), TrainerReview.id.desc())
    ).all()


def review(trainer_id: int, key: int) -> TrainerReview | None:
    """That review, when it is that trainer's."""
    found = db.session.get(TrainerReview, key)
    return found if found is not None and found.trainer_id == trainer_id else None


def developments_of(trainer_id: int) -> Sequence[TrainerDevelopment]:
    """All that a trainer did to keep their skills up, latest first, what was set aside too."""
    return db.session.scalars(
        select(TrainerDevelopment)
        .where(TrainerDevelopment.trainer_id == trainer_id)
        .order_by(TrainerDevelopment.done_on.desc(), TrainerDevelopment.id.desc())
    ).all()


def development(trainer_id: int, key: int) -> TrainerDevelopment | None:
    """That one, when it is that trainer's."""
    found = db.session.get(TrainerDevelopment, key)
    return found if found is not None and found.trainer_id == trainer_id else None


def file_of(row: TrainerDiploma | TrainerDevelopment) -> bytes | None:
    """The copy kept with a diploma or a development, if there is one."""
    return store.get(row.file_sha256) if row.file_sha256 else None


def cv(trainer: Trainer) -> bytes | None:
    """A trainer's CV, if there is one."""
    return store.get(trainer.cv_sha256) if trainer.cv_sha256 else None


def funder(key: int) -> Client | None:
    """The funder of that key."""
    found = db.session.get(Client, key)
    return found if found is not None and found.kind == FUNDER else None


def funders(number: int, today: date, *, text: str = "", late: bool = False) -> Page[Any]:
    """A page of funders in use by name, each with the last day of what it said or left unsaid.

    Args:
        late: only those of which nothing was kept in the last 365 days.
    """
    last = (
        select(func.max(FunderFeedback.happened_on))
        .where(
            FunderFeedback.client_id == Client.id,
            FunderFeedback.outcome != "asked",
            FunderFeedback.removed_at.is_(None),
        )
        .scalar_subquery()
    )
    statement: Rows = select(Client, last.label("last_on")).where(
        Client.kind == FUNDER, Client.archived_at.is_(None)
    )
    if late:
        limit = today - timedelta(days=365)
        statement = statement.where(or_(last.is_(None), last < limit))
    ordered = statement.order_by(Client.search, Client.id)
    return paginate(matching(ordered, text, Client.search), number)


def feedback_of(client_id: int) -> Sequence[FunderFeedback]:
    """What a funder was asked and said, latest first, what was set aside too."""
    return db.session.scalars(
        select(FunderFeedback)
        .where(FunderFeedback.client_id == client_id)
        .order_by(FunderFeedback.happened_on.desc(), FunderFeedback.id.desc())
    ).all()


def feedback(client_id: int, key: int) -> FunderFeedback | None:
    """That note about that funder."""
    found = db.session.get(FunderFeedback, key)
    return found if found is not None and found.client_id == client_id else None
