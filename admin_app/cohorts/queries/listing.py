"""The office's list of cohorts: cut into pages first, counted after, for the rows shown only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, bindparam, func, select

from admin_app.cohorts.models import Assignment, Cohort, CohortClient, Enrolment, HalfDay
from admin_app.cohorts.state import CohortState, in_state, state_of
from admin_app.core.database import Rows, db
from admin_app.core.pages.listing import Page, Prepared, paginate, prepared
from admin_app.core.search import matching
from admin_app.people.models import Client, Trainer

# built once: each page of the list runs it
_FIRST_AND_LAST = select(func.min(Cohort.starts_on), func.max(Cohort.starts_on))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to; each field comes from the address, empty when not asked.

    `client` and `trainer` are words of a name, or a key in figures (links from their own pages).
    """

    state: str = ""
    q: str = ""
    year: str = ""
    client: str = ""
    trainer: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether anything was asked for."""
        return any((self.state, self.q, self.year, self.client, self.trainer))


@dataclass(frozen=True, slots=True)
class Line:
    """A cohort as the list shows it."""

    cohort: Cohort
    trainees: int
    half_days: int
    state: CohortState


def lines(wanted: Wanted, *, today: date, number: int) -> Page[Line]:
    """That page of the cohorts, latest first day first (three statements whatever the rows)."""
    order = (Cohort.starts_on.desc(), Cohort.id.desc())
    if wanted.state in {CohortState.UPCOMING, CohortState.RUNNING}:
        order = (Cohort.starts_on.asc(), Cohort.id.asc())
    found = _found(wanted, today).order_by(*order) if wanted.is_narrow else _all()
    page: Page[Cohort] = paginate(found, number)
    counts = _counts([cohort.id for cohort in page.items])
    return page.map(
        lambda cohort: Line(cohort, *counts.get(cohort.id, (0, 0)), state_of(cohort, today))
    )


@cache
def _all() -> Prepared:
    return prepared(select(Cohort).order_by(Cohort.starts_on.desc(), Cohort.id.desc()))


def all_lines(today: date) -> list[Line]:
    """Every cohort with its counts, first day first (two statements)."""
    cohorts = db.session.scalars(select(Cohort).order_by(Cohort.starts_on, Cohort.id)).all()
    counts = _counts(None)
    return [Line(one, *counts.get(one.id, (0, 0)), state_of(one, today)) for one in cohorts]


def years() -> list[int]:
    """The years in which cohorts start, latest first."""
    first, last = db.session.execute(_FIRST_AND_LAST).one()
    return [] if first is None else list(range(last.year, first.year - 1, -1))


def _found(wanted: Wanted, today: date) -> Select[Any]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.state in set(CohortState):
        conditions.append(in_state(CohortState(wanted.state), today))
    if len(wanted.year) == 4 and wanted.year.isdecimal() and 1900 < int(wanted.year) < 2200:
        year = int(wanted.year)
        conditions.append(Cohort.starts_on.between(date(year, 1, 1), date(year, 12, 31)))
    if wanted.client.strip():
        conditions.append(Cohort.id.in_(_of_client(wanted.client.strip())))
    if wanted.trainer.strip():
        conditions.append(Cohort.id.in_(_of_trainer(wanted.trainer.strip())))
    return matching(select(Cohort).where(*conditions), wanted.q, Cohort.search)


def _of_client(text: str) -> Select[Any]:
    found = select(CohortClient.cohort_id)
    if text.isdecimal() and len(text) < 10:
        return found.where(CohortClient.client_id == int(text))
    named = found.join(Client, Client.id == CohortClient.client_id)
    return matching(named, text, Client.search)


def _of_trainer(text: str) -> Select[Any]:
    found = select(Assignment.cohort_id).where(Assignment.ended_at.is_(None))
    if text.isdecimal() and len(text) < 10:
        return found.where(Assignment.trainer_id == int(text))
    named = found.join(Trainer, Trainer.id == Assignment.trainer_id)
    return matching(named, text, Trainer.search)


def _counts(cohort_ids: Sequence[int] | None) -> dict[int, tuple[int, int]]:
    """Trainees who take part, and half-days to be held, of these cohorts (None: of all)."""
    if cohort_ids is not None and not cohort_ids:
        return {}
    if cohort_ids is None:
        rows = db.session.execute(_numbers())
    else:
        rows = db.session.execute(_numbers_of_some(), {"cohorts": cohort_ids})
    return {key: (people, halves) for key, people, halves in rows}


@cache
def _numbers() -> Rows:
    trainees = _number(Enrolment, Enrolment.departure == "")
    held = _number(HalfDay, HalfDay.cancelled_at.is_(None))
    return select(Cohort.id, trainees, held)


@cache
def _numbers_of_some() -> Rows:
    return _numbers().where(Cohort.id.in_(bindparam("cohorts", expanding=True)))


def _number(row: Any, condition: ColumnElement[bool]) -> ScalarSelect[int]:
    counted = select(func.count()).where(row.cohort_id == Cohort.id, condition)
    return counted.correlate(Cohort).scalar_subquery()
