"""Who attends a cohort."""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from sqlalchemy import bindparam, select

from admin_app.cohorts.models import Enrolment
from admin_app.core.database import Rows, db
from admin_app.core.pages.listing import Page, Prepared, paginate, prepared
from admin_app.core.search import matching
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
_BY_NAME = (Trainee.search, Enrolment.id)


def roster(cohort_id: int, *, active_only: bool = False) -> list[Enrolled]:
    """The trainees of a cohort by name, in one statement; those who left too unless told not to."""
    rows = db.session.execute(_of_cohort(active_only), {"cohort": cohort_id})
    return [Enrolled(*row) for row in rows]


@cache
def _of_cohort(active_only: bool) -> Rows:
    statement: Rows = _ROSTER.where(Enrolment.cohort_id == bindparam("cohort"))
    if active_only:
        statement = statement.where(Enrolment.departure == "")
    return statement.order_by(*_BY_NAME)


@cache
def _whole_roster() -> Prepared:
    return prepared(_of_cohort(active_only=False))


def enrolled(enrolment_id: int) -> Enrolled | None:
    """One enrolment with its trainee and its client."""
    row = db.session.execute(_ROSTER.where(Enrolment.id == enrolment_id)).first()
    return None if row is None else Enrolled(*row)


def roster_page(cohort_id: int, text: str, number: int) -> Page[Enrolled]:
    """One page of the trainees of a cohort by name, whoever left included."""
    found = matching(_of_cohort(active_only=False), text, Trainee.search)
    page = paginate(found if text else _whole_roster(), number, cohort=cohort_id)
    return page.map(lambda row: Enrolled(*row))


def replacements(cohort_id: int) -> dict[int, str]:
    """Who came instead: the name, by the key of the enrolment that was replaced."""
    statement = (
        select(Enrolment.replaces_id, Trainee)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.replaces_id.is_not(None))
    )
    return {key: trainee.name for key, trainee in db.session.execute(statement) if key}


def enrolled_among(cohort_id: int, trainee_ids: Collection[int]) -> dict[int, Enrolment]:
    """The enrolments of these trainees in a cohort, by trainee."""
    statement = select(Enrolment).where(
        Enrolment.cohort_id == cohort_id, Enrolment.trainee_id.in_(trainee_ids)
    )
    return {one.trainee_id: one for one in db.session.scalars(statement)}
