"""Enrolling trainees one by one."""

from datetime import datetime

from sqlalchemy import select

from admin_app.cohorts.models import Cohort, CohortClient, Enrolment
from admin_app.cohorts.operations.common import limited, refuse_if_cancelled, told
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.people.models import Trainee


@act
def enrol(
    cohort: Cohort,
    *,
    trainee_id: int,
    client_id: int | None = None,
    employer: str = "",
    pays_personally: bool = False,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Enrol a trainee.

    Args:
        client_id: the client of the cohort who pays; None when the trainee pays personally, or
            when it is not known yet (the cohort's page then says that it remains to be told).
        employer: as documents will print it; may be empty.

    Raises:
        Refused: the cohort is cancelled; the trainee is unknown, enrolled already, or has left
            (reinstate instead); the client is not one of the cohort, or both ways of paying are
            given.
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
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Change who pays, or the employer.

    Raises:
        Refused: the client is not one of the cohort, or both ways of paying are given.
    """
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    refuse_if_cancelled(cohort)
    check_payer(cohort, client_id, pays_personally)
    enrolment.client_id, enrolment.pays_personally = client_id, pays_personally
    enrolment.employer = limited(employer, "employer", 200)
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    summary = f"Session {cohort.reference} : inscription de {trainee.name} modifiée."
    told(cohort, "change-enrolment", summary, by=by, at=at, subject=("enrolment", enrolment.id))
    return enrolment


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
