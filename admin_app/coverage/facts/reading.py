"""What the readers of registers share: as known on a day, and chosen chosen ones."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_

from admin_app.cohorts.models import Assignment, Cohort
from admin_app.core.database import db
from admin_app.coverage.facts.cohorts import end_of

Ids = Sequence[int] | None
FIRST, LAST = func.min(Cohort.starts_on), func.max(Cohort.ends_on)


def chosen(statement: Any, column: Any, ids: Ids) -> Any:
    """The chosen ones; `None` stands for all."""
    return statement if ids is None else statement.where(column.in_(list(ids)))


def rows(statement: Any) -> Iterable[Any]:
    """The rows of a statement."""
    return db.session.execute(statement)


def held(as_of: date | None) -> Any:
    """Cohorts that take place, as far as was known on that day."""
    until = end_of(as_of)
    if until is None:
        return Cohort.cancelled_at.is_(None)
    return and_(
        Cohort.created_at < until, or_(Cohort.cancelled_at.is_(None), Cohort.cancelled_at >= until)
    )


def teaching(as_of: date | None) -> Any:
    """Assignments that stand, as far as was known on that day."""
    until = end_of(as_of)
    if until is None:
        return Assignment.ended_at.is_(None)
    return and_(
        Assignment.assigned_at < until,
        or_(Assignment.ended_at.is_(None), Assignment.ended_at >= until),
    )


def kept(column: Any, as_of: date | None) -> Any:
    """Not archived, as far as was known on that day."""
    until = end_of(as_of)
    return column.is_(None) if until is None else or_(column.is_(None), column >= until)


def past(day: date | None, as_of: date | None) -> date | None:
    """The day of a fact, unless it had not happened yet."""
    return None if day is None or (as_of is not None and day > as_of) else day
