"""When each yearly or quarterly duty of the organisation was last done, and when it is next due."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select

from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from admin_app.practices.queries import value_on
from compliance.errors import UnknownError

SHIPPED = {"watch-rhythm-days": 92, "effect-check-days": 90}
YEAR = 365


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A duty that comes back: its last day (None: never done) and its next, both inclusive."""

    last_on: date | None
    next_on: date | None
    is_late: bool


def days_of(key: str, day: date) -> int:
    """The number of days of that key on that day: a dated value that can be changed."""
    try:
        return value_on(key, day)
    except UnknownError:
        return SHIPPED[key]


def last_days(pieces: Collection[str]) -> dict[str, date]:
    """The last day on which each of these pieces of the organisation was made (one statement).

    What was withdrawn, or tried without being obtained, does not count.
    """
    rows = db.session.execute(
        select(Evidence.piece, func.max(Evidence.occurred_on))
        .where(
            Evidence.scope_kind == "provider",
            Evidence.piece.in_(pieces),
            Evidence.withdrawn_at.is_(None),
            Evidence.outcome == "obtained",
        )
        .group_by(Evidence.piece)
    )
    return {row[0]: row[1] for row in rows}


def rhythm(last_on: date | None, every: int, today: date) -> Rhythm:
    """When a duty is next due, that must be done at least every so many days.

    One that was never done is not dated here: the coverage knows since when it is owed.
    """
    if last_on is None:
        return Rhythm(None, None, False)
    next_on = last_on + timedelta(days=every)
    return Rhythm(last_on, next_on, next_on < today)
