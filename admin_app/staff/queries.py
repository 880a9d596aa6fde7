"""Reading the team: its members, the chart, meetings, plans, reviews, development."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from admin_app.core.database import db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.core.storage import store
from admin_app.people.models import Trainer
from admin_app.staff.models import (
    ChartApproval,
    ChartRole,
    DevelopmentPlan,
    StaffDevelopment,
    StaffMember,
    StaffReview,
    TeamMeeting,
)
from admin_app.staff.operations.chart import current_roles
from admin_app.staff.operations.removal import MODELS, Removed
from admin_app.staff.words import TWO_YEARS, YEARLY

__all__ = ["current_roles"]
OFFERED = 200


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty that comes back: its last day (None: never done) and its next one, inclusive."""

    last_on: date | None
    next_on: date | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Someone of the team: where their reviews and their development stand."""

    member: StaffMember
    review: Duty
    development: Duty


@dataclass(frozen=True, slots=True)
class House:
    """Where the duties of the whole team stand."""

    chart: Duty
    meeting: Duty
    plan: Duty


def member(key: int) -> StaffMember | None:
    """Someone of the team."""
    return db.session.get(StaffMember, key)


def members(number: int, today: date, *, text: str = "", state: str = "") -> Page[Line]:
    """A page of the team by name (three statements).

    Args:
        state: empty for those in the house on that day, `left` for the others, `all`, or `due`
            for those whose review or development is late.
    """
    statement = select(StaffMember).order_by(StaffMember.search, StaffMember.id)
    here = or_(StaffMember.left_on.is_(None), StaffMember.left_on > today)
    if state == "left":
        statement = statement.where(~here)
    elif state != "all":
        statement = statement.where(here)
    if state == "due":
        statement = statement.where(_is_due(today))
    page = paginate(matching(statement, text, StaffMember.search), number)
    keys = [one.id for one in page.items]
    reviews = _last(StaffReview.member_id, StaffReview.held_on, keys)
    developed = _last(StaffDevelopment.member_id, StaffDevelopment.done_on, keys)
    return page.map(
        lambda one: Line(
            one,
            _of_member(reviews.get(one.id), one, today),
            _of_member(developed.get(one.id), one, today),
        )
    )


def has_any() -> bool:
    """Whether anybody was ever entered."""
    return db.session.scalar(select(StaffMember.id).limit(1)) is not None


def choices() -> list[tuple[int, str]]:
    """Those of the team who are still there, by name."""
    rows = db.session.execute(
        select(StaffMember.id, StaffMember.name)
        .where(StaffMember.left_on.is_(None))
        .order_by(StaffMember.search)
        .limit(OFFERED)
    )
    return [(row.id, row.name) for row in rows]


def trainer_choices() -> list[tuple[int, str]]:
    """The trainers in use, by name."""
    rows = db.session.scalars(
        select(Trainer).where(Trainer.archived_at.is_(None)).order_by(Trainer.search).limit(OFFERED)
    )
    return [(one.id, one.name) for one in rows]


def line_of(row: StaffMember, today: date) -> Line:
    """Where one person stands (two statements)."""
    reviews = _last(StaffReview.member_id, StaffReview.held_on, [row.id])
    developed = _last(StaffDevelopment.member_id, StaffDevelopment.done_on, [row.id])
    return Line(
        row,
        _of_member(reviews.get(row.id), row, today),
        _of_member(developed.get(row.id), row, today),
    )


def reviews_of(key: int) -> Sequence[StaffReview]:
    """Someone's reviews, latest first, those set aside too."""
    return db.session.scalars(
        select(StaffReview)
        .where(StaffReview.member_id == key)
        .order_by(StaffReview.held_on.desc(), StaffReview.id.desc())
    ).all()


def developments_of(key: int) -> Sequence[StaffDevelopment]:
    """What kept someone's skills up, latest first, those set aside too."""
    return db.session.scalars(
        select(StaffDevelopment)
        .where(StaffDevelopment.member_id == key)
        .order_by(StaffDevelopment.done_on.desc(), StaffDevelopment.id.desc())
    ).all()


def roles_of(key: int) -> Sequence[ChartRole]:
    """The roles that someone holds now."""
    return db.session.scalars(
        select(ChartRole)
        .where(ChartRole.member_id == key, ChartRole.removed_at.is_(None))
        .order_by(ChartRole.id)
    ).all()


def role(key: int) -> ChartRole | None:
    """A role of the chart that has not ended."""
    found = db.session.get(ChartRole, key)
    return None if found is None or found.removed_at is not None else found


def approvals(number: int) -> Page[ChartApproval]:
    """The approved charts, latest first."""
    order = (ChartApproval.approved_on.desc(), ChartApproval.id.desc())
    return paginate(select(ChartApproval).order_by(*order), number)


def meetings(number: int) -> Page[TeamMeeting]:
    """The meetings, latest first."""
    order = (TeamMeeting.held_on.desc(), TeamMeeting.id.desc())
    return paginate(select(TeamMeeting).order_by(*order), number)


def plans(number: int) -> Page[DevelopmentPlan]:
    """The plans, latest first."""
    order = (DevelopmentPlan.year.desc(), DevelopmentPlan.id.desc())
    return paginate(select(DevelopmentPlan).order_by(*order), number)


def kept(kind: str, key: int) -> Removed | None:
    """What may be set aside, by its word and its key."""
    model = MODELS.get(kind)
    if model is None:
        return None
    found: Removed | None = db.session.get(model, key)
    return found


def development(member_id: int, key: int) -> StaffDevelopment | None:
    """That development of that person."""
    found = db.session.get(StaffDevelopment, key)
    return found if found is not None and found.member_id == member_id else None


def file_of(row: StaffDevelopment) -> bytes | None:
    """What shows it, if there is something."""
    return store.get(row.file_sha256) if row.file_sha256 else None


def house(today: date) -> House:
    """Where the chart, the meetings and the plan stand (one statement)."""
    row = db.session.execute(
        select(
            *(
                select(func.max(column)).where(removed.is_(None)).scalar_subquery()
                for column, removed in (
                    (ChartApproval.approved_on, ChartApproval.removed_at),
                    (TeamMeeting.held_on, TeamMeeting.removed_at),
                    (DevelopmentPlan.decided_on, DevelopmentPlan.removed_at),
                )
            )
        )
    ).one()
    chart, meeting, plan = (_duty(last, None, YEARLY, today) for last in row)
    return House(chart, meeting, plan)


def _last(key: Any, on: Any, keys: Sequence[int]) -> dict[int, date]:
    removed = key.class_.removed_at
    rows = db.session.execute(
        select(key, func.max(on)).where(key.in_(keys), removed.is_(None)).group_by(key)
    )
    return {row[0]: row[1] for row in rows}


def _of_member(last: date | None, row: StaffMember, today: date) -> Duty:
    if row.left_on is not None and row.left_on <= today:
        return Duty(last, None, False)
    return _duty(last, row.since, TWO_YEARS, today)


def _duty(last: date | None, since: date | None, every: int, today: date) -> Duty:
    start = last or since
    if start is None:
        return Duty(None, None, False)
    next_on = start + timedelta(days=every)
    return Duty(last, next_on, next_on < today)


def _is_due(today: date) -> ColumnElement[bool]:
    limit = today - timedelta(days=TWO_YEARS)

    def recent(model: Any, on: Any) -> ColumnElement[bool]:
        conditions = and_(
            model.member_id == StaffMember.id, model.removed_at.is_(None), on >= limit
        )
        return select(model.id).where(conditions).exists()

    both = and_(
        recent(StaffReview, StaffReview.held_on),
        recent(StaffDevelopment, StaffDevelopment.done_on),
    )
    return and_(StaffMember.since < limit, ~both)
