"""What was published, for each programme and for the house."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.programmes.models import Programme
from admin_app.results.models import PlannedResults, PublishedResults

FRESH_DAYS = 365  # as the piece `published-results`
STATES = {
    "due": "à publier ou à renouveler",
    "fresh": "publiés depuis moins d’un an",
    "never": "jamais publiés",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A programme of the catalogue, and its last publication."""

    programme: Programme
    published: PublishedResults | None
    due_on: date

    @property
    def is_late(self) -> bool:
        """Whether they should have been published by now."""
        return self.due_on < clock.today()


def lines(*, today: date, number: int = 1, q: str = "", state: str = "") -> Page[Line]:
    """The programmes of the catalogue by title, with what was last published of each.

    Args:
        state: a key of `STATES`.
    """
    last = aliased(PublishedResults)
    statement: Any = (
        select(Programme, last)
        .outerjoin(last, last.id == _last_id())
        .where(
            Programme.archived_at.is_(None),
            Programme.adapted_from_id.is_(None),
            Programme.first_published_on.is_not(None),
        )
        .order_by(Programme.search, Programme.id)
    )
    for condition in _in_state(last, state, today):
        statement = statement.where(condition)
    return paginate(matching(statement, q, Programme.search), number).map(_line)


def _in_state(last: Any, state: str, today: date) -> list[Any]:
    edge = today - timedelta(days=FRESH_DAYS)
    since = clock.at(edge, time.min)
    if state == "fresh":
        return [last.published_at >= since]
    if state == "never":
        return [last.id.is_(None)]
    if state == "due":
        first = and_(last.id.is_(None), Programme.first_published_on < edge)
        return [or_(last.published_at < since, first)]
    return []


def _line(row: Any) -> Line:
    programme, published = row
    begins: date = (
        clock.day_of(published.published_at) if published else programme.first_published_on
    )
    return Line(programme, published, begins + timedelta(days=FRESH_DAYS))


def _last_id() -> Any:
    one = PublishedResults.__table__.alias("one").c
    return (
        select(func.max(one.id))
        .where(one.programme_id == Programme.id, one.withdrawn_at.is_(None))
        .correlate(Programme)
        .scalar_subquery()
    )


def publications_of(programme_id: int | None) -> Sequence[PublishedResults]:
    """Every publication of a programme, or of the house (None), latest first."""
    about = PublishedResults.programme_id
    return db.session.scalars(
        select(PublishedResults)
        .where(about.is_(None) if programme_id is None else about == programme_id)
        .order_by(PublishedResults.id.desc())
    ).all()


def publication(key: int) -> PublishedResults | None:
    """That publication."""
    return db.session.get(PublishedResults, key)


def shown_to_public(programme_id: int | None) -> PublishedResults | None:
    """The latest publication that was not withdrawn."""
    about = PublishedResults.programme_id
    return db.session.scalars(
        select(PublishedResults)
        .where(
            about.is_(None) if programme_id is None else about == programme_id,
            PublishedResults.withdrawn_at.is_(None),
        )
        .order_by(PublishedResults.id.desc())
        .limit(1)
    ).first()


def planned() -> Sequence[PlannedResults]:
    """The measures chosen in advance, latest first."""
    return db.session.scalars(select(PlannedResults).order_by(PlannedResults.id.desc())).all()
