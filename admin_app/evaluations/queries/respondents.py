"""Who is asked for an opinion, and what became of it."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, select

from admin_app.attendance.queries import hours
from admin_app.cohorts.models import Assignment, CohortClient, Enrolment
from admin_app.core.database import Rows, db
from admin_app.evaluations.kinds import CLIENT, TRAINER, SurveyKind
from admin_app.evaluations.models import Survey
from admin_app.people.models import Client, ClientContact, Trainee, Trainer


@dataclass(frozen=True, slots=True)
class Respondent:
    """Someone to ask. `scope_id` is the enrolment, the cohort's client or the assignment."""

    scope_id: int
    name: str
    email: str
    survey: Survey | None


def respondents(about: SurveyKind, cohort_id: int) -> list[Respondent]:
    """Those of a cohort that a survey concerns: trainees who attended, clients with a contact,
    trainers."""
    if about is CLIENT:
        return _clients(cohort_id)
    if about is TRAINER:
        return _trainers(cohort_id)
    attended = {one.enrolment_key for one in hours(cohort_id).trainees if one.attended}
    return [one for one in _trainees(about, cohort_id) if one.scope_id in attended]


def survey(survey_id: int) -> Survey | None:
    """The survey of that key."""
    return db.session.get(Survey, survey_id)


def survey_of(kind: str, scope_kind: str, scope_id: int) -> Survey | None:
    """The survey sent to that person, if any."""
    return db.session.scalar(
        select(Survey).where(
            Survey.kind == kind, Survey.scope_kind == scope_kind, Survey.scope_id == scope_id
        )
    )


def _with_survey(statement: Rows, kind: SurveyKind, key: Any) -> Rows:
    return statement.add_columns(Survey).outerjoin(
        Survey,
        and_(
            Survey.kind == kind.key,
            Survey.scope_kind == kind.scope.value,
            Survey.scope_id == key,
        ),
    )


def _trainees(about: SurveyKind, cohort_id: int) -> list[Respondent]:
    rows = db.session.execute(_trainees_and_surveys(about), {"cohort": cohort_id})
    return [Respondent(key, one.name, one.email, found) for key, one, found in rows]


@cache
def _trainees_and_surveys(about: SurveyKind) -> Rows:
    statement: Rows = (
        select(Enrolment.id, Trainee)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(Enrolment.cohort_id == bindparam("cohort"))
        .order_by(func.lower(Trainee.last_name), func.lower(Trainee.first_name))
    )
    return _with_survey(statement, about, Enrolment.id)


def _clients(cohort_id: int) -> list[Respondent]:
    """The contact of each client in this cohort: the one named for it, else the first."""
    first = (
        select(func.min(ClientContact.id))
        .where(ClientContact.client_id == Client.id)
        .correlate(Client)
        .scalar_subquery()
    )
    statement: Rows = (
        select(CohortClient.id, ClientContact)
        .join(Client, Client.id == CohortClient.client_id)
        .join(
            ClientContact,
            ClientContact.id == func.coalesce(CohortClient.contact_id, first),
        )
        .where(CohortClient.cohort_id == cohort_id, Client.kind != "individual")
        .order_by(CohortClient.id)
    )
    rows = db.session.execute(_with_survey(statement, CLIENT, CohortClient.id))
    return [Respondent(key, one.name, one.email, found) for key, one, found in rows]


def _trainers(cohort_id: int) -> list[Respondent]:
    statement: Rows = (
        select(Assignment.id, Trainer)
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .where(Assignment.cohort_id == cohort_id, Assignment.ended_at.is_(None))
        .order_by(Assignment.id)
    )
    rows = db.session.execute(_with_survey(statement, TRAINER, Assignment.id))
    return [Respondent(key, one.name, one.email, found) for key, one, found in rows]
