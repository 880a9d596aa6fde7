"""Reading complaints and incidents: lists, counts, one whole file."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from admin_app.accounts.models import User, UserRole
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.core.access import GRANTS, Permission
from admin_app.core.database import Rows, db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.journal.models import JournalEntry
from admin_app.journal.queries import of_subject
from admin_app.quality.complaints.models import Complaint, ComplaintExchange, IncidentHalfDay
from admin_app.quality.complaints.standing import (
    ACKNOWLEDGE_DAYS,
    ANSWER_DAYS,
    CLOSE_DAYS,
    SOLVE_DAYS,
    days_of,
)

MOST_OF_COHORT = 20
_OPEN = Complaint.closed_on.is_(None)
_COMPLAINT, _INCIDENT = Complaint.kind == "complaint", Complaint.kind == "incident"
_STATES: dict[str, ColumnElement[bool]] = {
    "to-acknowledge": and_(_OPEN, _COMPLAINT, Complaint.acknowledged_on.is_(None)),
    "to-answer": and_(
        _OPEN, _COMPLAINT, Complaint.acknowledged_on.is_not(None), Complaint.answered_on.is_(None)
    ),
    "to-solve": and_(_OPEN, _INCIDENT, Complaint.solved_on.is_(None)),
    "to-close": and_(
        _OPEN, or_(Complaint.answered_on.is_not(None), Complaint.solved_on.is_not(None))
    ),
    "closed": Complaint.closed_on.is_not(None),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; empty texts narrow nothing but the state: open ones then."""

    q: str = ""
    kind: str = ""
    state: str = ""
    topic: str = ""
    author: str = ""
    mine: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything was chosen."""
        return any((self.q, self.kind, self.state, self.topic, self.author, self.mine))


class Line(NamedTuple):
    """A complaint or an incident in a list, with its cohort's reference."""

    complaint: Complaint
    cohort: str | None


class Counts(NamedTuple):
    """How many are open, and how many of those wait for each step or are late."""

    open: int
    late: int
    to_acknowledge: int
    to_answer: int
    to_solve: int
    to_close: int


def lines(wanted: Wanted, today: date, number: int) -> Page[Line]:
    """The complaints and incidents wanted: open ones, late first then oldest; else the newest."""
    statement: Rows = select(Complaint, Cohort.reference).outerjoin(
        Cohort, Cohort.id == Complaint.cohort_id
    )
    statement = statement.where(*_conditions(wanted, today))
    statement = matching(statement, wanted.q, Complaint.search)
    if wanted.state in {"all", "closed"}:
        statement = statement.order_by(Complaint.received_on.desc(), Complaint.id.desc())
    else:
        is_late = case((_late(today), 0), else_=1)
        statement = statement.order_by(is_late, Complaint.received_on, Complaint.id)
    return paginate(statement, number).map(lambda row: Line(*row))


def counts(today: date) -> Counts:
    """What waits, in one statement."""
    shown = (_late(today), *(_STATES[key] for key in list(_STATES)[:4]))
    row = db.session.execute(
        select(func.count(), *(func.count().filter(one) for one in shown))
        .select_from(Complaint)
        .where(_OPEN)
    ).one()
    return Counts._make(row)


def late_count(today: date) -> int:
    """How many have passed a delay, for the navigation."""
    statement = select(func.count()).select_from(Complaint).where(_late(today))
    return db.session.scalar(statement) or 0


def has_any() -> bool:
    """Whether anything was ever received."""
    return db.session.scalar(select(Complaint.id).limit(1)) is not None


def complaint(complaint_id: int) -> Complaint | None:
    """The complaint or incident of that key."""
    return db.session.get(Complaint, complaint_id)


def exchanges(complaint_id: int) -> Sequence[ComplaintExchange]:
    """What was said about it, oldest first."""
    return db.session.scalars(
        select(ComplaintExchange)
        .where(ComplaintExchange.complaint_id == complaint_id)
        .order_by(ComplaintExchange.happened_on, ComplaintExchange.id)
    ).all()


def touched_half_days(complaint_id: int) -> Sequence[HalfDay]:
    """The half-days that an incident touched, in order of time."""
    return db.session.scalars(
        select(HalfDay)
        .join(IncidentHalfDay, IncidentHalfDay.half_day_id == HalfDay.id)
        .where(IncidentHalfDay.complaint_id == complaint_id)
        .order_by(HalfDay.starts_at, HalfDay.id)
    ).all()


def story(complaint_id: int) -> Sequence[JournalEntry]:
    """What was done about it, oldest first."""
    newest = db.session.scalars(of_subject("complaint", complaint_id).limit(50)).all()
    return list(reversed(newest))


def handlers() -> list[tuple[int, str]]:
    """Those who may handle complaints: key and name."""
    roles = [role.value for role, held in GRANTS.items() if Permission.COMPLAINTS_MANAGE in held]
    holding = select(UserRole.user_id).where(UserRole.role.in_(roles))
    rows = db.session.execute(
        select(User.id, User.name)
        .where(User.id.in_(holding), User.disabled_at.is_(None))
        .order_by(User.search, User.id)
        .limit(100)
    )
    return [(key, name) for key, name in rows]


def of_cohort(cohort_id: int) -> Sequence[Complaint]:
    """The complaints and incidents of a cohort, newest first (one statement)."""
    return db.session.scalars(
        select(Complaint)
        .where(Complaint.cohort_id == cohort_id)
        .order_by(Complaint.received_on.desc(), Complaint.id.desc())
        .limit(MOST_OF_COHORT)
    ).all()


def of_client(client_id: int, number: int) -> Page[Complaint]:
    """A client's own complaints, newest first."""
    return paginate(
        select(Complaint)
        .where(Complaint.client_id == client_id, _COMPLAINT)
        .order_by(Complaint.received_on.desc(), Complaint.id.desc()),
        number,
    )


def one_of_client(complaint_id: int, client_id: int | None) -> Complaint | None:
    """That complaint, when it is that client's."""
    found = complaint(complaint_id)
    is_own = found is not None and client_id is not None and found.client_id == client_id
    return found if is_own else None


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state == "late":
        found.append(_late(today))
    elif wanted.state != "all":
        found.append(_STATES.get(wanted.state, _OPEN))
    for column, value in (
        (Complaint.kind, wanted.kind),
        (Complaint.topic, wanted.topic),
        (Complaint.author_kind, wanted.author),
    ):
        if value:
            found.append(column == value)
    if wanted.mine is not None:
        found.append(Complaint.assigned_id == wanted.mine)
    return found


def _late(today: date) -> ColumnElement[bool]:
    def before(days: int) -> Any:
        return Complaint.received_on < today - timedelta(days=days)

    acknowledge, answer = days_of(ACKNOWLEDGE_DAYS, today), days_of(ANSWER_DAYS, today)
    return and_(
        _OPEN,
        or_(
            and_(_COMPLAINT, Complaint.acknowledged_on.is_(None), before(acknowledge)),
            and_(_COMPLAINT, Complaint.answered_on.is_(None), before(answer)),
            and_(_INCIDENT, Complaint.solved_on.is_(None), before(SOLVE_DAYS)),
            before(CLOSE_DAYS),
        ),
    )
