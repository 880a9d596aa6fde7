"""What the office can choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from admin_app.cohorts.models import Assignment, Cohort, CohortClient
from admin_app.core.database import db
from admin_app.core.search import matching
from admin_app.organisation.models import Place
from admin_app.people.matching import lacking
from admin_app.people.models import Client, ClientContact, Trainee, Trainer

MOST_FOUND = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trainer who could teach a cohort, and the required skills that nothing shows."""

    trainer: Trainer
    lacking: list[str]


def place_choices(*kept: int | None) -> list[tuple[int, str]]:
    """The places in use, by name, and those that are chosen already."""
    rows = db.session.scalars(
        select(Place)
        .where(or_(Place.archived_at.is_(None), Place.id.in_([key for key in kept if key])))
        .order_by(Place.search, Place.id)
    )
    return [(place.id, place.name) for place in rows]


def candidates(cohort: Cohort, required: Sequence[str]) -> list[Candidate]:
    """Trainers in activity who do not teach the cohort yet, the qualified ones first."""
    teaching = select(Assignment.trainer_id).where(
        Assignment.cohort_id == cohort.id, Assignment.ended_at.is_(None)
    )
    rows = db.session.scalars(
        select(Trainer)
        .where(Trainer.archived_at.is_(None), Trainer.id.not_in(teaching))
        .options(selectinload(Trainer.skills))
        .order_by(Trainer.search, Trainer.id)
    )
    found = [Candidate(one, _lacking(cohort, required, one)) for one in rows]
    return sorted(found, key=lambda one: bool(one.lacking))


def clients_named(text: str, cohort_id: int) -> Sequence[Client]:
    """Clients in activity whose name, city or SIRET holds these words; none of the cohort's."""
    words = text.strip()
    if not words:
        return []
    there = select(CohortClient.client_id).where(CohortClient.cohort_id == cohort_id)
    statement = select(Client).where(Client.archived_at.is_(None), Client.id.not_in(there))
    ordered = statement.order_by(Client.search, Client.id).limit(MOST_FOUND)
    return db.session.scalars(matching(ordered, words, Client.search)).all()


def contact_choices(client_id: int) -> list[tuple[int, str]]:
    """The contacts of a client."""
    rows = db.session.scalars(
        select(ClientContact)
        .where(ClientContact.client_id == client_id)
        .order_by(ClientContact.name)
    )
    return [(one.id, f"{one.name}, {one.quality}" if one.quality else one.name) for one in rows]


def trainees_found(text: str) -> Sequence[Trainee]:
    """Known trainees whose name or e-mail address holds these words."""
    words = text.strip()
    if not words:
        return []
    ordered = select(Trainee).order_by(Trainee.search, Trainee.id).limit(MOST_FOUND)
    return db.session.scalars(matching(ordered, words, Trainee.search)).all()


def _lacking(cohort: Cohort, required: Sequence[str], trainer: Trainer) -> list[str]:
    days: tuple[date, date] = (cohort.starts_on, cohort.ends_on)
    return lacking(required, trainer.skills, *days)
