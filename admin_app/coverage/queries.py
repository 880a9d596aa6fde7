"""Reading coverage: of a cohort, of a past day, and every gap of the house in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    or_,
    select,
)
from sqlalchemy.orm import defer

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.database import Rows, db
from admin_app.core.pages.listing import Page, Prepared, counted, paginate, prepared
from admin_app.core.search import ESCAPE, like
from admin_app.coverage.facts import (
    REGISTERED,
    among,
    around,
    bound,
    cohort_facts,
    evidence_about,
    evidence_of,
    outline,
    provider_facts,
    records,
)
from admin_app.coverage.models import Expectation
from admin_app.evidence.models import Evidence
from admin_app.organisation.queries import provider
from admin_app.practices.queries import book, switched_off
from compliance import expectations as rules
from compliance.coverage import Coverage, cover
from compliance.facts import ProviderFacts
from compliance.referentiel import Edition, load
from compliance.vocabulary import Owner, PieceStatus, ScopeKind

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
    Expectation.needed_until,
)


@dataclass(frozen=True, slots=True)
class GapRow:
    """A gap as lists show it."""

    expectation: Expectation
    reference: str
    cohort_title: str
    status: PieceStatus


def audit_day(shown: date | None = None) -> date:
    """The day whose edition is read: of today's file, the next audit when it is known and to come,
    else today; the file of another day is read under the edition of that day."""
    known = provider()
    today = clock.today()
    if shown is not None and shown != today:
        return shown
    if known is not None and known.next_audit_on is not None and known.next_audit_on > today:
        return known.next_audit_on
    return today


def edition_in_use(shown: date | None = None) -> Edition:
    """The edition under which the file of today, or of another day, is read."""
    return load().edition_on(audit_day(shown))


def coverage_of(
    cohort: Cohort, *, as_of: date | None = None, audit_date: date | None = None
) -> Coverage:
    """The coverage of a cohort, from its rows (five statements), or as it was on a past day.

    It holds the cohort's own pieces, the organisation's, and those about what it shares: its
    trainers, its programme, its place, its subcontractors, its funders, its complaints.
    """
    day = as_of or clock.today()
    judged_on = audit_date or audit_day(day)
    edition = load().edition_on(judged_on)
    if day < clock.today():
        return _recomputed(cohort, day, judged_on, edition)
    scene = around(cohort)
    facts = outline(cohort, scene.programme, half_days=scene.half_days, trainers=scene.trainers)
    rows = db.session.execute(_expected_of(), {"cohort": cohort.id, **bound(scene.shared)})
    return cover(
        facts,
        [expected(row) for row in sorted(rows, key=_catalogue_order)],
        evidence_of(cohort.id, scene.shared),
        edition=edition,
        as_of=day,
        audit_date=judged_on,
        zone=clock.zone(),
        catalogue=book(),
    )


def organisation_coverage(
    *, as_of: date | None = None, audit_date: date | None = None
) -> Coverage | None:
    """The coverage of the organisation and of all its registers, from their rows (six
    statements), or as it was on a past day; `None` before the organisation has a name."""
    house = provider()
    if house is None:
        return None
    day = as_of or clock.today()
    judged_on = audit_date or audit_day(day)
    past = day if day < clock.today() else None
    facts = provider_facts(house, past)
    if past is None:
        rows = db.session.execute(_expected_of_house())
        expectations = [expected(row) for row in sorted(rows, key=_catalogue_order)]
    else:
        expectations = _house_expectations(facts, dict.fromkeys(REGISTERED), past)
    return cover(
        facts,
        expectations,
        evidence_about(_subjects(expectations), past),
        edition=load().edition_on(judged_on),
        as_of=day,
        audit_date=judged_on,
        zone=clock.zone(),
        catalogue=book(past),
    )


def _subjects(expectations: Iterable[rules.Expectation]) -> dict[ScopeKind, set[int]]:
    found: dict[ScopeKind, set[int]] = {}
    for one in expectations:
        found.setdefault(one.scope_kind, set()).add(one.scope_key)
    return found


def _house_expectations(
    facts: ProviderFacts, subjects: Mapping[ScopeKind, Sequence[int] | None], day: date
) -> list[rules.Expectation]:
    """What was expected of the organisation and of these subjects, in the order of the rows."""
    catalogue, off = book(day), switched_off(day)
    found = rules.provider_expectations(facts, catalogue, switched_off=off)
    found += rules.register_expectations(records(subjects, day), catalogue, switched_off=off)
    return sorted(found, key=lambda one: (_ranks()[one.piece], one.scope_key))


def _recomputed(cohort: Cohort, day: date, judged_on: date, edition: Edition) -> Coverage:
    facts = cohort_facts(cohort, day)
    house = provider()
    shared = {
        **around(cohort).shared,
        ScopeKind.TRAINER: [one.key for one in facts.trainers],
    }
    catalogue, off = book(day), switched_off(day)
    expectations = list(rules.expectations_of(facts, catalogue, switched_off=off))
    if house is not None:
        registered = {kind: keys for kind, keys in shared.items() if kind in REGISTERED}
        expectations += _house_expectations(provider_facts(house, day), registered, day)
    return cover(
        facts,
        expectations,
        evidence_of(cohort.id, shared, day),
        edition=edition,
        as_of=day,
        audit_date=judged_on,
        zone=clock.zone(),
        catalogue=catalogue,
    )


@cache
def _expected_of() -> Rows:
    """Columns, not rows: a hundred pieces are read each time, and never changed here."""
    cohort = Expectation.cohort_id
    shared = [
        Expectation.scope_kind == ScopeKind.PROVIDER.value,
        *among(Expectation.scope_kind, Expectation.scope_id),
    ]
    return select(*EXPECTED_COLUMNS).where(
        or_(cohort == bindparam("cohort"), *(and_(cohort.is_(None), which) for which in shared))
    )


@cache
def _expected_of_house() -> Rows:
    return select(*EXPECTED_COLUMNS).where(Expectation.cohort_id.is_(None))


def _catalogue_order(row: Any) -> tuple[bool, int, int]:
    """The order of the engine: the cohort's pieces, then the organisation's and those shared."""
    is_shared = row.cohort_id is None
    return is_shared, _ranks()[row.piece], row.scope_id if is_shared else row.id


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
        needed_until=row.needed_until,
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
    values = _edition(edition) | {"day": until or day, "owner": owner, "text": like(text)}
    return paginate(wanted, number, **values).map(lambda row: _gap(row, day))


def all_gaps(day: date, edition: str) -> list[GapRow]:
    """Everything that is missing, due or to be looked at, for the command line."""
    statement = _open_gaps().where(is_status("", _DAY))
    rows = db.session.execute(statement, _edition(edition) | {"day": day})
    return [_gap(row, day) for row in rows]


@cache
def _gaps_of(status: str, is_owner_asked: bool, is_text_asked: bool) -> Prepared:
    statement = _open_gaps().where(is_status(status, _DAY))
    if is_owner_asked:
        statement = statement.where(Expectation.owed_by == bindparam("owner"))
    if is_text_asked:
        searched = (
            Cohort.reference,
            Expectation.for_name,
            Expectation.owed_name,
            Expectation.title,
        )
        statement = statement.where(
            or_(*(one.ilike(bindparam("text"), escape=ESCAPE) for one in searched))
        )
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
    """The open rows of that status on a day, in SQL: the same rule as
    `compliance.coverage.status_of`; without a status, all those with something to do.

    What expires is a row like another: once its last fresh day is past, it is as if nothing were
    there, and its due day is that one or a later one.
    """
    lasts = or_(Expectation.fresh_until.is_(None), Expectation.fresh_until >= day)
    odd = and_(Expectation.is_odd, lasts)
    settled = and_(Expectation.fresh_until.is_not(None), lasts)
    if status == PieceStatus.REVIEW.value:
        return odd
    if status == PieceStatus.LATE.value:
        return and_(Expectation.due_on < day, ~odd)
    if status == PieceStatus.UPCOMING.value:
        return and_(Expectation.due_on >= day, ~odd, ~settled)
    return or_(odd, ~settled)


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
