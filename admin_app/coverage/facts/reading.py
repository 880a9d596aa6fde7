"""What the readers of facts share: as known on a day, of these cohorts, and the chosen ones."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_

from admin_app.cohorts.models import Assignment, Cohort
from admin_app.core import clock
from admin_app.core.database import Rows, UtcDateTime, db

Ids = Sequence[int]
Chosen = Ids | None
FIRST, LAST = func.min(Cohort.starts_on), func.max(Cohort.ends_on)
# Statements are built once: a cohort is read after every act that touches it.
IDS: Any = bindparam("ids", expanding=True)
UNTIL: Any = bindparam("until", type_=UtcDateTime)


def end_of(as_of: date | None) -> datetime | None:
    """The instant from which nothing was known yet on that day."""
    return None if as_of is None else clock.at(as_of + timedelta(days=1), time())


def was_before(at: datetime | None, until: datetime | None) -> bool:
    """It had happened by then (`until` is None: by now)."""
    return at is not None and (until is None or at < until)


def read(statement: Callable[[bool], Rows], ids: Ids, until: datetime | None) -> Iterable[Any]:
    """The rows of these cohorts, as they stood before `until`."""
    return db.session.execute(statement(until is not None), {"ids": list(ids), "until": until})


def chosen(statement: Any, column: Any, ids: Chosen) -> Any:
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
