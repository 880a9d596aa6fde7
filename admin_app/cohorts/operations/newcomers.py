"""Enrolling someone by what is typed: the person who is known already, else a new one."""

from datetime import date, datetime

from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.operations.departures import replace
from admin_app.cohorts.operations.enrolments import enrol
from admin_app.core.actor import Actor
from admin_app.core.transaction import act
from admin_app.people.operations import TraineeDetails, find_or_create_trainee


@act
def enrol_person(
    cohort: Cohort,
    person: TraineeDetails,
    *,
    client_id: int | None = None,
    employer: str = "",
    pays_personally: bool = False,
    takes_part_from: date | None = None,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Enrol someone, creating them unless a trainee of that address and name exists.

    Raises:
        Refused: something of the person is missing or wrong, or as `enrol`.
    """
    trainee = find_or_create_trainee(person, by=by, at=at)
    return enrol(
        cohort,
        trainee_id=trainee.id,
        client_id=client_id,
        employer=employer,
        pays_personally=pays_personally,
        takes_part_from=takes_part_from,
        by=by,
        at=at,
    )


@act
def replace_by_person(
    enrolment: Enrolment,
    person: TraineeDetails,
    *,
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Have someone come instead, creating them unless a trainee of that address and name exists.

    Raises:
        Refused: something of the person is missing or wrong, or as `replace`.
    """
    trainee = find_or_create_trainee(person, by=by, at=at)
    return replace(enrolment, trainee_id=trainee.id, on=on, reason=reason, by=by, at=at)
