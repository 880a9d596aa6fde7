"""Who attends a cohort."""

from typing import NamedTuple

from sqlalchemy import func, select

from admin_app.cohorts.models import Enrolment
from admin_app.core.database import db
from admin_app.people.models import Client, Trainee


class Enrolled(NamedTuple):
    """An enrolment, its trainee, and the client who pays (None: the trainee, or not known yet)."""

    enrolment: Enrolment
    trainee: Trainee
    client: Client | None


_ROSTER = (
    select(Enrolment, Trainee, Client)
    .join(Trainee, Trainee.id == Enrolment.trainee_id)
    .outerjoin(Client, Client.id == Enrolment.client_id)
)


def roster(cohort_id: int, *, active_only: bool = False) -> list[Enrolled]:
    """The trainees of a cohort by name, in one statement; those who left too unless told not to."""
    statement = _ROSTER.where(Enrolment.cohort_id == cohort_id)
    if active_only:
        statement = statement.where(Enrolment.departure == "")
    ordered = statement.order_by(
        func.lower(Trainee.last_name), func.lower(Trainee.first_name), Enrolment.id
    )
    return [Enrolled(*row) for row in db.session.execute(ordered)]


def enrolled(enrolment_id: int) -> Enrolled | None:
    """One enrolment with its trainee and its client."""
    row = db.session.execute(_ROSTER.where(Enrolment.id == enrolment_id)).first()
    return None if row is None else Enrolled(*row)
