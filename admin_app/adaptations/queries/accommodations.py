"""Reading accommodations: lists never load what was asked; see `operations.read_need`."""

from typing import Any, NamedTuple

from sqlalchemy import select

from admin_app.adaptations.models import Accommodation
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.core.database import db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.people.models import Trainee

MOST_FOUND = 20


class Line(NamedTuple):
    """A request for accommodation, whose, for which cohort; its text is not loaded."""

    accommodation: Accommodation
    trainee: Trainee
    cohort: Cohort


class Measures(NamedTuple):
    """What the trainers of a cohort must do for someone. Never why."""

    enrolment_id: int
    trainee: str
    measures: str


class Found(NamedTuple):
    """An enrolment that a request may be recorded for."""

    enrolment: Enrolment
    trainee: Trainee
    cohort: Cohort


_LINES: Any = (
    select(Accommodation, Trainee, Cohort)
    .join(Enrolment, Enrolment.id == Accommodation.enrolment_id)
    .join(Trainee, Trainee.id == Enrolment.trainee_id)
    .join(Cohort, Cohort.id == Enrolment.cohort_id)
)


def lines(*, number: int = 1, state: str = "") -> Page[Line]:
    """Requests for accommodation: those to answer first, then the newest."""
    statement = _LINES
    if state:
        statement = statement.where(Accommodation.state == state)
    statement = statement.order_by(
        (Accommodation.state != "received"), Accommodation.received_at.desc(), Accommodation.id
    )
    return paginate(statement, number).map(lambda row: Line(*row))


def line(accommodation_id: int) -> Line | None:
    """One request."""
    row = db.session.execute(_LINES.where(Accommodation.id == accommodation_id)).first()
    return None if row is None else Line(*row)


WAITING = select(Accommodation.id).where(Accommodation.state == "received")


def measures_for(cohort_id: int) -> list[Measures]:
    """The measures decided for the trainees of a cohort, for its trainers (one statement)."""
    rows = db.session.execute(
        select(Enrolment.id, Trainee, Accommodation.measures)
        .join(Enrolment, Enrolment.id == Accommodation.enrolment_id)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(
            Enrolment.cohort_id == cohort_id,
            Enrolment.departure == "",
            Accommodation.state == "decided",
            Accommodation.measures != "",
        )
        .order_by(Trainee.search, Accommodation.id)
    )
    return [Measures(key, trainee.name, measures) for key, trainee, measures in rows]


def enrolments_found(words: str) -> list[Found]:
    """Enrolments of trainees whose name or address holds these words, newest cohorts first."""
    if not words.strip():
        return []
    statement: Any = (
        select(Enrolment, Trainee, Cohort)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.departure == "", Cohort.cancelled_at.is_(None))
        .order_by(Cohort.starts_on.desc(), Trainee.search, Enrolment.id)
        .limit(MOST_FOUND)
    )
    rows = db.session.execute(matching(statement, words, Trainee.search))
    return [Found(*row) for row in rows]


def enrolment(enrolment_id: int) -> Found | None:
    """One enrolment."""
    row = db.session.execute(
        select(Enrolment, Trainee, Cohort)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .join(Cohort, Cohort.id == Enrolment.cohort_id)
        .where(Enrolment.id == enrolment_id)
    ).first()
    return None if row is None else Found(*row)
