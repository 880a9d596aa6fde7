"""Enrolling someone by what is typed: the person who is known already, else a new one."""

from datetime import date, datetime

from sqlalchemy import func, select

from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.operations.departures import replace
from admin_app.cohorts.operations.enrolments import enrol
from admin_app.cohorts.persons import Person
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.journal import operations as journal
from admin_app.people.models import Trainee


@act
def enrol_person(
    cohort: Cohort,
    person: Person,
    *,
    client_id: int | None = None,
    employer: str = "",
    pays_personally: bool = False,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Enrol someone, creating them unless a trainee of that address and name exists.

    Raises:
        Refused: the address is another person's (field `email`), or as `enrol`.
    """
    trainee = known_or_new(person, by=by, at=at)
    return enrol(
        cohort,
        trainee_id=trainee.id,
        client_id=client_id,
        employer=employer,
        pays_personally=pays_personally,
        by=by,
        at=at,
    )


@act
def replace_by_person(
    enrolment: Enrolment, person: Person, *, on: date, reason: str, by: Actor, at: datetime
) -> Enrolment:
    """Have someone come instead, creating them unless a trainee of that address and name exists.

    Raises:
        Refused: the address is another person's (field `email`), or as `replace`.
    """
    trainee = known_or_new(person, by=by, at=at)
    return replace(enrolment, trainee_id=trainee.id, on=on, reason=reason, by=by, at=at)


@act
def known_or_new(person: Person, *, by: Actor, at: datetime) -> Trainee:
    """The trainee of that address and that name, else a new one.

    Raises:
        Refused: the address belongs to people of other names only (field `email`).
    """
    holders = db.session.scalars(
        select(Trainee).where(func.lower(Trainee.email) == person.address).order_by(Trainee.id)
    ).all()
    for known in holders:
        if person.is_same(known):
            return known
    if holders:
        raise Refused(f"Cette adresse est déjà celle de {holders[0].name}.", "email")
    trainee = person.as_trainee()
    trainee.created_at = at
    db.session.add(trainee)
    db.session.flush()
    journal.record(
        "people.create-trainee",
        by=by,
        at=at,
        summary=f"Stagiaire {trainee.name} enregistré.",
        subject=("trainee", trainee.id),
    )
    return trainee
