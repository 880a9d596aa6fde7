"""Enrolling trainees one by one."""

from datetime import date, datetime

from sqlalchemy import select

from admin_app.cohorts.models import Cohort, CohortClient, Enrolment
from admin_app.cohorts.operations.common import limited, refuse_if_cancelled, told
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act, locked
from admin_app.people.models import Trainee


@act
def enrol(
    cohort: Cohort,
    *,
    trainee_id: int,
    client_id: int | None = None,
    employer: str = "",
    pays_personally: bool = False,
    takes_part_from: date | None = None,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Enrol a trainee.

    Args:
        client_id: the client of the cohort who pays; None when the trainee pays personally, or
            when it is not known yet (the cohort's page then says that it remains to be told).
        employer: as documents will print it; may be empty.
        takes_part_from: their first day, when it is not the cohort's; None: the whole cohort,
            even when the enrolment is written after its first day.

    Raises:
        Refused: the cohort is cancelled; the trainee is unknown, enrolled already, or has left
            (reinstate instead); the client is not one of the cohort, or both ways of paying are
            given; the first day is not one of the cohort's.
    """
    refuse_if_cancelled(cohort)
    trainee = db.session.get(Trainee, trainee_id)
    if trainee is None:
        raise Refused("Ce stagiaire n’existe pas.", "trainee_id")
    _refuse_if_enrolled(cohort, trainee)
    check_payer(cohort, client_id, pays_personally)
    enrolment = Enrolment(
        cohort_id=cohort.id,
        trainee_id=trainee.id,
        client_id=client_id,
        employer=limited(employer, "employer", 200),
        pays_personally=pays_personally,
        enrolled_at=at,
        takes_part_from=first_day(cohort, takes_part_from),
        departure="",
        departure_reason="",
    )
    db.session.add(enrolment)
    db.session.flush()
    summary = f"{trainee.name} : inscription à la session {cohort.reference}."
    told(cohort, "enrol", summary, by=by, at=at, subject=("enrolment", enrolment.id))
    return enrolment


@act
def change_enrolment(
    enrolment: Enrolment,
    *,
    client_id: int | None,
    employer: str,
    pays_personally: bool,
    takes_part_from: date | None = None,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Change who pays, the employer, or the first day of participation.

    Args:
        takes_part_from: as `enrol`.

    Raises:
        Refused: the client is not one of the cohort, or both ways of paying are given; the first
            day is not one of the cohort's, or not before they left.
    """
    cohort = locked(db.session.get_one(Cohort, enrolment.cohort_id))
    refuse_if_cancelled(cohort)
    check_payer(cohort, client_id, pays_personally)
    was = _payer_of(enrolment)
    enrolment.client_id, enrolment.pays_personally = client_id, pays_personally
    enrolment.employer = limited(employer, "employer", 200)
    enrolment.takes_part_from = first_day(cohort, takes_part_from, left_on=enrolment.left_on)
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    summary = f"Session {cohort.reference} : inscription de {trainee.name} modifiée."
    subject = ("enrolment", enrolment.id)
    told(cohort, "change-enrolment", summary, by=by, at=at, subject=subject, was=was)
    return enrolment


def _payer_of(enrolment: Enrolment) -> dict[str, object]:
    """Who pays and from when they take part, for the journal: a past day is told from it."""
    start = enrolment.takes_part_from
    return {
        "client_id": enrolment.client_id,
        "pays_personally": enrolment.pays_personally,
        "takes_part_from": start.isoformat() if start else None,
    }


def check_payer(cohort: Cohort, client_id: int | None, pays_personally: bool) -> None:
    """The payer is the trainee, or a client of this cohort, or nobody yet.

    Raises:
        Refused: both are given, or the client is not one of the cohort.
    """
    if client_id is None:
        return
    if pays_personally:
        raise Refused("Soit un client paie, soit le stagiaire lui-même : choisissez.", "payer")
    statement = select(CohortClient.id).where(
        CohortClient.cohort_id == cohort.id, CohortClient.client_id == client_id
    )
    if db.session.scalar(statement) is None:
        raise Refused("Ce client n’est pas client de la session : ajoutez-le d’abord.", "payer")


def first_day(cohort: Cohort, told_day: date | None, *, left_on: date | None = None) -> date | None:
    """The first day of participation as it is kept: None when it is the cohort's own.

    Raises:
        Refused: it is outside the cohort, or they had left by then.
    """
    if told_day is None or told_day == cohort.starts_on:
        return None
    if not cohort.starts_on < told_day <= cohort.ends_on:
        days = f"du {day(cohort.starts_on)} au {day(cohort.ends_on)}"
        raise Refused(f"Choisissez un jour de la session, {days}.", "takes_part_from")
    if left_on is not None and told_day >= left_on:
        raise Refused(f"Cette personne est partie le {day(left_on)}.", "takes_part_from")
    return told_day


def _refuse_if_enrolled(cohort: Cohort, trainee: Trainee) -> None:
    statement = select(Enrolment).where(
        Enrolment.cohort_id == cohort.id, Enrolment.trainee_id == trainee.id
    )
    there = db.session.scalar(statement)
    if there is None:
        return
    if there.is_active:
        raise Refused(f"{trainee.name} est déjà inscrit à cette session.", "email")
    raise Refused(f"{trainee.name} a quitté cette session : rétablissez son inscription.", "email")
