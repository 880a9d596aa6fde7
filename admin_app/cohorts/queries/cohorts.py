"""One cohort and who is around it."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from sqlalchemy import BindParameter, Select, bindparam, func, select

from admin_app.cohorts.models import Assignment, Cohort, CohortClient, HalfDay
from admin_app.core.database import Rows, db
from admin_app.people.models import Client, ClientContact, Trainer

_COHORT: BindParameter[int] = bindparam("cohort")


class Teaching(NamedTuple):
    """A trainer of a cohort and the row that says so."""

    assignment: Assignment
    trainer: Trainer


class Sponsor(NamedTuple):
    """A client of a cohort, the row that says so, and whom to write to there."""

    row: CohortClient
    client: Client
    contact: ClientContact | None


def cohort(cohort_id: int) -> Cohort | None:
    """The cohort of that key."""
    return db.session.get(Cohort, cohort_id)


def by_reference(reference: str) -> Cohort | None:
    """The cohort of that reference, whatever its case."""
    wanted = reference.strip().upper()
    return db.session.scalar(select(Cohort).where(func.upper(Cohort.reference) == wanted))


def half_days(cohort_id: int, *, with_cancelled: bool = False) -> Sequence[HalfDay]:
    """The half-days of a cohort in order of time; the cancelled ones only when asked for."""
    return db.session.scalars(_half_days(with_cancelled), {"cohort": cohort_id}).all()


@cache
def _half_days(with_cancelled: bool) -> Select[HalfDay]:
    statement = select(HalfDay).where(HalfDay.cohort_id == _COHORT)
    if not with_cancelled:
        statement = statement.where(HalfDay.cancelled_at.is_(None))
    return statement.order_by(HalfDay.starts_at, HalfDay.id)


def planned_minutes(cohort_id: int) -> int:
    """Teaching minutes planned, cancelled half-days left out."""
    statement = select(func.sum(HalfDay.minutes)).where(
        HalfDay.cohort_id == cohort_id, HalfDay.cancelled_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def trainers_of(cohort_id: int, *, with_ended: bool = False) -> list[Teaching]:
    """The trainers of a cohort, oldest assignment first; those who left only when asked for."""
    rows = db.session.execute(_trainers(with_ended), {"cohort": cohort_id})
    return [Teaching(*row) for row in rows]


@cache
def _trainers(with_ended: bool) -> Rows:
    statement: Rows = (
        select(Assignment, Trainer)
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .where(Assignment.cohort_id == _COHORT)
        .order_by(Assignment.assigned_at, Assignment.id)
    )
    return statement if with_ended else statement.where(Assignment.ended_at.is_(None))


def is_taught_by(cohort_id: int, trainer_id: int | None) -> bool:
    """Whether that trainer teaches that cohort today (an ended assignment opens nothing)."""
    statement = select(Assignment.id).where(
        Assignment.cohort_id == cohort_id,
        Assignment.trainer_id == trainer_id,
        Assignment.ended_at.is_(None),
    )
    return trainer_id is not None and db.session.scalar(statement) is not None


def clients_of(cohort_id: int) -> list[Sponsor]:
    """The clients of a cohort, oldest first, each with its contact for this cohort."""
    return [Sponsor(*row) for row in db.session.execute(_clients(), {"cohort": cohort_id})]


@cache
def _clients() -> Rows:
    return (
        select(CohortClient, Client, ClientContact)
        .join(Client, Client.id == CohortClient.client_id)
        .outerjoin(ClientContact, ClientContact.id == CohortClient.contact_id)
        .where(CohortClient.cohort_id == _COHORT)
        .order_by(CohortClient.id)
    )


def cohorts_of_trainer(trainer_id: int) -> Sequence[Cohort]:
    """The cohorts that a trainer teaches, cancelled ones left out, first day first."""
    statement = (
        select(Cohort)
        .join(Assignment, Assignment.cohort_id == Cohort.id)
        .where(
            Assignment.trainer_id == trainer_id,
            Assignment.ended_at.is_(None),
            Cohort.cancelled_at.is_(None),
        )
        .order_by(Cohort.starts_on, Cohort.id)
    )
    return db.session.scalars(statement).all()


def cohorts_of_client(client_id: int) -> Sequence[Cohort]:
    """The cohorts of a client, cancelled ones included, latest first."""
    statement = (
        select(Cohort)
        .join(CohortClient, CohortClient.cohort_id == Cohort.id)
        .where(CohortClient.client_id == client_id)
        .order_by(Cohort.starts_on.desc(), Cohort.id.desc())
    )
    return db.session.scalars(statement).all()
