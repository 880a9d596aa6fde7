"""Which cohorts the portfolio shows, from the address, as one statement cut into pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import aliased

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.state import CohortState, in_state
from admin_app.core.database import Rows
from admin_app.core.received import key_of
from admin_app.core.search import matching
from admin_app.coverage.models import Expectation
from admin_app.coverage.queries import is_status
from admin_app.practices.queries import book
from admin_app.programmes.models import Programme, ProgrammeVersion
from compliance.referentiel import Edition
from compliance.vocabulary import PieceStatus

NOTHING_OPEN = "none"
STATUSES = (
    (PieceStatus.LATE.value, "au moins une pièce en retard"),
    (PieceStatus.REVIEW.value, "au moins une pièce à examiner"),
    (PieceStatus.UPCOMING.value, "au moins une pièce à venir"),
    (NOTHING_OPEN, "rien en attente"),
)
LATEST_FIRST, MOST_LATE_FIRST = "", "retards"
ORDERS = ((MOST_LATE_FIRST, "les plus en retard d’abord"),)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address narrows the portfolio to; empty when not asked.

    `since` and `until` bound the days of the cohort, inclusive: those under way in between.
    `programme` holds words of a title, or a key in figures; `criterion` is a number.
    """

    since: date | None = None
    until: date | None = None
    state: str = ""
    programme: str = ""
    criterion: int | None = None
    status: str = ""
    text: str = ""
    order: str = LATEST_FIRST

    @property
    def is_narrow(self) -> bool:
        """Whether some cohorts are left out."""
        asked = (self.since, self.until, self.state, self.programme, self.status, self.text)
        return any(asked)


def wanted_from(address: Mapping[str, str]) -> Wanted:
    """Read the address; what makes no sense asks for nothing."""
    state, status = address.get("state", ""), address.get("status", "")
    criterion = address.get("critere", "")
    return Wanted(
        since=_day(address.get("du", "")),
        until=_day(address.get("au", "")),
        state=state if state in set(CohortState) else "",
        programme=address.get("formation", "").strip(),
        criterion=int(criterion) if criterion in set("1234567") else None,
        status=status if status in dict(STATUSES) else "",
        text=address.get("q", ""),
        order=address.get("tri", "") if address.get("tri") in dict(ORDERS) else LATEST_FIRST,
    )


def selection(wanted: Wanted, edition: Edition, *, today: date, day: date) -> Select[Any]:
    """The cohorts asked for, in order.

    Args:
        today: it tells where a cohort stands (to come, running, ended).
        day: the day whose lateness is shown; it may be to come.
    """
    conditions: list[ColumnElement[bool]] = []
    if wanted.since:
        conditions.append(Cohort.ends_on >= wanted.since)
    if wanted.until:
        conditions.append(Cohort.starts_on <= wanted.until)
    if wanted.state:
        conditions.append(in_state(CohortState(wanted.state), today))
    if wanted.programme:
        conditions.append(Cohort.standard_version_id.in_(_of_programme(wanted.programme)))
    if wanted.status:
        conditions.append(_in_status(wanted, edition, day))
    found = matching(select(Cohort).where(*conditions), wanted.text, Cohort.search)
    if wanted.order == MOST_LATE_FIRST:
        late = _late(edition, day, wanted.criterion).cte("late")
        # in the order alone, so that counting the rows of the list does not count these too
        number = select(late.c.number).where(late.c.cohort_id == Cohort.id).scalar_subquery()
        found = found.order_by(func.coalesce(number, 0).desc())
    return found.order_by(Cohort.starts_on.desc(), Cohort.id.desc())


def pieces_of(edition: Edition, criterion: int | None) -> frozenset[str] | None:
    """The keys of the pieces that serve a criterion; None for all."""
    if criterion is None:
        return None
    wanted = {one.key for one in edition.indicators if one.criterion == criterion}
    return frozenset(
        piece.key
        for piece in book().pieces
        if any(link.requirement in wanted and link.holds_in(edition.key) for link in piece.links)
    )


def _of_programme(text: str) -> Select[Any]:
    """The versions of a programme, adapted ones included: they name the one they come from."""
    found = select(ProgrammeVersion.id).join(
        Programme, Programme.id == ProgrammeVersion.programme_id
    )
    key = key_of(text)
    if key is not None:
        standard = aliased(ProgrammeVersion)
        adapted = select(standard.id).where(standard.programme_id == key)
        return found.where(or_(Programme.id == key, Programme.adapted_from_id.in_(adapted)))
    return matching(found, text, Programme.search)


def _expected(edition: Edition, criterion: int | None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        and_(Expectation.is_open),
        Expectation.editions.contains(f"|{edition.key}|"),
    ]
    pieces = pieces_of(edition, criterion)
    if pieces is not None:
        conditions.append(Expectation.piece.in_(sorted(pieces)))
    return conditions


def _in_status(wanted: Wanted, edition: Edition, day: date) -> ColumnElement[bool]:
    status = "" if wanted.status == NOTHING_OPEN else wanted.status
    conditions = [
        Expectation.cohort_id == Cohort.id,
        *_expected(edition, wanted.criterion),
        is_status(status, day),
    ]
    found = select(Expectation.id).where(*conditions).correlate(Cohort).exists()
    return ~found if wanted.status == NOTHING_OPEN else found


def _late(edition: Edition, day: date, criterion: int | None) -> Rows:
    """How many late pieces each cohort has."""
    return (
        select(Expectation.cohort_id, func.count().label("number"))
        .where(
            Expectation.cohort_id.is_not(None),
            *_expected(edition, criterion),
            is_status(PieceStatus.LATE.value, day),
        )
        .group_by(Expectation.cohort_id)
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
