"""Reading coverage: of a cohort, of a past day, and every gap of the house in one statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    func,
    inspect,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import defer

from admin_app.cohorts.models import Assignment, Cohort, HalfDay
from admin_app.core import clock
from admin_app.core.database import Rows, db
from admin_app.core.pages.listing import Page, Prepared, counted, paginate, prepared
from admin_app.coverage.facts import (
    cohort_facts,
    evidence_of,
    outline,
    provider_facts,
)
from admin_app.coverage.models import Expectation
from admin_app.evidence.models import Evidence
from admin_app.organisation.models import Provider
from admin_app.organisation.queries import provider
from compliance import expectations as rules
from compliance.coverage import Coverage, cover
from compliance.facts import HalfDayFacts, TrainerFacts
from compliance.referentiel import Edition, load
from compliance.vocabulary import HalfDayPeriod, Owner, PieceStatus, ScopeKind

# a hundred pieces a cohort: a table answers faster than the call of an enumeration
SCOPES = {one.value: one for one in ScopeKind}
OWNERS = {one.value: one for one in Owner}
_DAY = bindparam("day", type_=Date)
EXPECTED_COLUMNS = (
    Expectation.id,
    Expectation.cohort_id,
    Expectation.piece,
    Expectation.scope_kind,
    Expectation.scope_id,
    Expectation.for_name,
    Expectation.owed_by,
    Expectation.owed_name,
    Expectation.due_on,
    Expectation.must_occur_by,
    Expectation.title,
    Expectation.sentence,
    Expectation.act,
    Expectation.must_not_occur_before,
    Expectation.chronology_day,
)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap as lists show it."""

    expectation: Expectation
    reference: str
    cohort_title: str
    status: PieceStatus


def audit_day() -> date:
    """The day of the next audit when it is known and to come, else today."""
    known = provider()
    today = clock.today()
    if known is not None and known.next_audit_on is not None and known.next_audit_on > today:
        return known.next_audit_on
    return today


def edition_in_use() -> Edition:
    """The edition of the next audit."""
    return load().edition_on(audit_day())


def coverage_of(
    cohort: Cohort, *, as_of: date | None = None, audit_date: date | None = None
) -> Coverage:
    """The coverage of a cohort, from its rows (four statements), or as it was on a past day."""
    day = as_of or clock.today()
    judged_on = audit_date or audit_day()
    edition = load().edition_on(judged_on)
    zone = clock.zone()
    if day < clock.today():
        return _recomputed(cohort, day, judged_on, edition)
    half_days, trainers = _shape(cohort)
    facts = outline(cohort, half_days=half_days, trainers=trainers)
    rows = db.session.execute(_expected_of(), {"cohort": cohort.id})
    return cover(
        facts,
        [expected(row) for row in sorted(rows, key=_catalogue_order)],
        evidence_of(cohort, [one.key for one in trainers]),
        edition=edition,
        as_of=day,
        audit_date=judged_on,
        zone=zone,
    )


def _recomputed(cohort: Cohort, day: date, judged_on: date, edition: Edition) -> Coverage:
    facts = cohort_facts(cohort, day)
    house = db.session.scalars(select(Provider)).first()
    expectations = rules.expectations_of(facts)
    if house is not None:
        expectations += rules.provider_expectations(provider_facts(house))
    return cover(
        facts,
        expectations,
        evidence_of(cohort, [one.key for one in facts.trainers]),
        edition=edition,
        as_of=day,
        audit_date=judged_on,
        zone=clock.zone(),
    )


@cache
def _expected_of() -> Rows:
    """Columns, not rows: a hundred pieces are read each time, and never changed here."""
    cohort = Expectation.cohort_id
    return select(*EXPECTED_COLUMNS).where(or_(cohort == bindparam("cohort"), cohort.is_(None)))


def _catalogue_order(row: Any) -> tuple[bool, int, int]:
    """The order of the engine: the cohort's pieces, then the organisation's."""
    return row.cohort_id is None, _ranks()[row.piece], row.id


@cache
def _ranks() -> dict[str, int]:
    return {piece.key: rank for rank, piece in enumerate(rules.catalogue().pieces)}


def expected(row: Any) -> rules.Expectation:
    """A row as the rules want it, from one that holds `EXPECTED_COLUMNS` at least."""
    return rules.Expectation(
        piece=row.piece,
        scope_kind=SCOPES[row.scope_kind],
        scope_key=row.scope_id,
        for_name=row.for_name,
        owed_by=OWNERS[row.owed_by],
        owed_name=row.owed_name,
        due_on=row.due_on,
        must_occur_by=row.must_occur_by,
        title=row.title,
        sentence=row.sentence,
        act=row.act,
        requirements=rules.catalogue().piece(row.piece).requirements,
        must_not_occur_before=row.must_not_occur_before,
        chronology_day=row.chronology_day,
    )


def row_status(row: Expectation, day: date) -> PieceStatus:
    """The status of a row on a day, by the rule of the engine."""
    from compliance.coverage import status_of

    return status_of(row, day)


def gaps_page(
    day: date,
    number: int = 1,
    *,
    edition: str,
    until: date | None = None,
    owner: str = "",
    status: str = "",
    text: str = "",
) -> Page[GapRow]:
    """A page of the open pieces of the house, oldest due first, filtered.

    Args:
        until: the day on which they have that status, when it is not the `day` they are told on.
        text: words of the cohort's reference, of the piece, of whom it is for or of who owes it.
    """
    wanted = _gaps_of(status if status in set(PieceStatus) else "", bool(owner), bool(text))
    values = _edition(edition) | {"day": until or day, "owner": owner, "text": f"%{text.strip()}%"}
    return paginate(wanted, number, **values).map(lambda row: _gap(row, day))


def all_gaps(day: date, edition: str) -> list[GapRow]:
    """Every open piece, for the command line."""
    return [_gap(row, day) for row in db.session.execute(_open_gaps(), _edition(edition))]


@cache
def _gaps_of(status: str, is_owner_asked: bool, is_text_asked: bool) -> Prepared:
    statement = _open_gaps()
    if is_owner_asked:
        statement = statement.where(Expectation.owed_by == bindparam("owner"))
    if status:
        statement = statement.where(is_status(status, _DAY))
    if is_text_asked:
        searched = (
            Cohort.reference,
            Expectation.for_name,
            Expectation.owed_name,
            Expectation.title,
        )
        statement = statement.where(or_(*(one.ilike(bindparam("text")) for one in searched)))
    return prepared(statement)


@cache
def _open_gaps() -> Rows:
    return (
        select(Expectation, Cohort.reference, Cohort.title)
        .outerjoin(Cohort, Cohort.id == Expectation.cohort_id)
        .where(Expectation.is_open, Expectation.editions.contains(bindparam("edition")))
        .order_by(Expectation.due_on, Expectation.id)
    )


def _edition(key: str) -> dict[str, Any]:
    return {"edition": f"|{key}|"}


def is_status(status: str, day: date | BindParameter[date]) -> ColumnElement[bool]:
    """The open rows of that status, in SQL: the same rule as `compliance.coverage.status_of`."""
    if status == PieceStatus.LATE.value:
        return and_(~Expectation.is_odd, Expectation.due_on < day)
    if status == PieceStatus.UPCOMING.value:
        return and_(~Expectation.is_odd, Expectation.due_on >= day)
    if status == PieceStatus.REVIEW.value:
        return and_(Expectation.is_odd)
    return and_(Expectation.is_open)


def counts_by_status(day: date, edition: str) -> dict[str, int]:
    """How many pieces are late, to be looked at, and upcoming; none of a status, no key.

    Each is counted up to `MOST_COUNTED`, as lists are.
    """
    return _numbers(_by_status(), day, edition)


def counts_and_late(day: date, edition: str) -> tuple[dict[str, int], dict[str, int]]:
    """The same, and how many late pieces each kind of person owes (one statement for both)."""
    found = _numbers(_by_status_and_owner(), day, edition)
    owners = {one.value for one in Owner}
    return (
        {name: number for name, number in found.items() if name not in owners},
        {name: number for name, number in found.items() if name in owners},
    )


def _numbers(statement: Select[Any], day: date, edition: str) -> dict[str, int]:
    row = db.session.execute(statement, _edition(edition) | {"day": day}).one()
    return {name: number for name, number in row._mapping.items() if number}


@cache
def _by_status() -> Select[Any]:
    gaps = (PieceStatus.LATE, PieceStatus.REVIEW, PieceStatus.UPCOMING)
    return select(*(_number(one.value, is_status(one.value, _DAY)) for one in gaps))


@cache
def _by_status_and_owner() -> Select[Any]:
    late = is_status(PieceStatus.LATE.value, _DAY)
    return _by_status().add_columns(
        *(_number(one.value, late, Expectation.owed_by == one.value) for one in Owner)
    )


def _number(name: str, *which: ColumnElement[bool]) -> Any:
    edition = Expectation.editions.contains(bindparam("edition"))
    open_ones = select(Expectation.id).where(Expectation.is_open, edition, *which)
    return counted(open_ones).scalar_subquery().label(name)


def late_by_cohort(cohort_ids: Iterable[int], day: date, edition: str) -> dict[int, int]:
    """How many late pieces each of these cohorts has (one statement)."""
    rows = db.session.execute(
        select(Expectation.cohort_id, func.count())
        .where(
            Expectation.cohort_id.in_(tuple(cohort_ids)),
            Expectation.is_open,
            Expectation.editions.contains(f"|{edition}|"),
            is_status(PieceStatus.LATE.value, day),
        )
        .group_by(Expectation.cohort_id)
    )
    return {key: count for key, count in rows if key is not None}


def cohorts_known_on(day: date) -> list[Cohort]:
    """The cohorts that had been entered by the end of that day."""
    end = clock.at(day + timedelta(days=1), time())
    return list(
        db.session.scalars(select(Cohort).where(Cohort.created_at < end).order_by(Cohort.id))
    )


def thread(cohort_id: int, number: int = 1, per_page: int = 50) -> Page[Evidence]:
    """The story of a cohort in dated facts, oldest first."""
    return paginate(_thread(), number, per_page, cohort=cohort_id)


@cache
def _thread() -> Prepared:
    return prepared(
        select(Evidence)
        .options(defer(Evidence.facts), defer(Evidence.flags))  # the story shows neither
        .where(Evidence.cohort_id == bindparam("cohort"))
        .order_by(Evidence.occurred_on, Evidence.id)
    )


def _gap(row: Any, day: date) -> GapRow:
    expectation, reference, title = row
    return GapRow(expectation, reference or "", title or "", row_status(expectation, day))


def _shape(cohort: Cohort) -> tuple[tuple[HalfDayFacts, ...], tuple[TrainerFacts, ...]]:
    """The half-days and the trainers of a cohort, in one statement: what applicability needs.

    None is needed when the page has read them already.
    """
    if inspect(cohort).unloaded.isdisjoint({"half_days", "assignments"}):
        return _shape_read(cohort)
    rows = db.session.execute(_outline(), {"cohort": cohort.id}).all()
    return (
        tuple(
            HalfDayFacts(
                key=key,
                day=day,
                period=HalfDayPeriod(period),
                starts_at=starts_at,
                ends_at=ends_at,
                minutes=minutes,
            )
            for key, day, period, starts_at, ends_at, minutes in rows
            if day is not None
        ),
        tuple(
            TrainerFacts(key=trainer_id, assignment_key=key, name="")
            for key, day, _period, _starts_at, _ends_at, trainer_id in rows
            if day is None
        ),
    )


@cache
def _outline() -> Any:
    half_days = select(
        HalfDay.id, HalfDay.day, HalfDay.period, HalfDay.starts_at, HalfDay.ends_at, HalfDay.minutes
    ).where(HalfDay.cohort_id == bindparam("cohort"), HalfDay.cancelled_at.is_(None))
    trainers = select(Assignment.id, null(), null(), null(), null(), Assignment.trainer_id).where(
        Assignment.cohort_id == bindparam("cohort"), Assignment.ended_at.is_(None)
    )
    return union_all(half_days, trainers)


def _shape_read(cohort: Cohort) -> tuple[tuple[HalfDayFacts, ...], tuple[TrainerFacts, ...]]:
    return (
        tuple(
            HalfDayFacts(
                key=one.id,
                day=one.day,
                period=HalfDayPeriod(one.period),
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                minutes=one.minutes,
            )
            for one in cohort.half_days
            if one.cancelled_at is None
        ),
        tuple(
            TrainerFacts(key=one.trainer_id, assignment_key=one.id, name="")
            for one in cohort.assignments
            if one.ended_at is None
        ),
    )
