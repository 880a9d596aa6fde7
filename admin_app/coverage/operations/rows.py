"""The rows of expectations, made to say what the engine says; only what changed is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, insert, select, update

from admin_app.core import clock
from admin_app.core.database import Rows, db
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations.editions import Editions
from compliance.coverage import PieceCoverage
from compliance.expectations import Catalogue
from compliance.facts import ActionFacts
from compliance.vocabulary import Outcome

# The columns that the engine decides, in the order of `row_values`; those of the key come first.
COLUMNS = (
    "cohort_id", "piece", "scope_kind", "scope_id", "for_name", "owed_by", "owed_name", "due_on",
    "must_occur_by", "must_not_occur_before", "chronology_day", "needed_until", "title",
    "sentence", "act", "editions", "outcome", "fresh_until", "is_odd", "tried_counts", "is_open",
    "oddity",
)  # fmt: skip
KEY = 4
DUE = COLUMNS.index("due_on")
_TABLE = Expectation.__table__
_STORED = (*(_TABLE.c[name] for name in COLUMNS), _TABLE.c.id)
Found = Iterable[tuple[int | None, ActionFacts, PieceCoverage]]


@dataclass(frozen=True, slots=True)
class Written:
    """What a writing changed: how many rows, and the cohorts of which something is now expected,
    or not, or on another day."""

    rows: int
    reshaped: frozenset[int]


def stored(*which: Any) -> Rows:
    """The rows that are there, as columns."""
    return select(*_STORED).where(*which)


def write(there: Iterable[Any], found: Found, book: Catalogue, editions: Editions) -> Written:
    """Make the rows `there` say what was `found`: nothing more, nothing less."""
    known = {tuple(row[:KEY]): row for row in there}
    now = clock.now()
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    reshaped: set[int] = set()
    for cohort_id, action, one in found:
        values = row_values(cohort_id, one, editions.of(action, one.expectation.piece), book)
        row = known.pop(values[:KEY], None)
        if row is not None and tuple(row[:-1]) == values:
            continue
        said = dict(zip(COLUMNS, values, strict=True)) | {"refreshed_at": now}
        if row is None:
            new.append(said)
        else:
            changed.append(said | {"id": row.id})
        if cohort_id is not None and (row is None or row.due_on != one.expectation.due_on):
            reshaped.add(cohort_id)
    gone = list(known.values())
    reshaped.update(row.cohort_id for row in gone if row.cohort_id is not None)
    _apply(new, changed, [row.id for row in gone])
    return Written(len(new) + len(changed) + len(gone), frozenset(reshaped))


def _apply(new: list[dict[str, Any]], changed: list[dict[str, Any]], gone: list[int]) -> None:
    if gone:
        db.session.execute(delete(Expectation).where(Expectation.id.in_(gone)))
    if changed:
        db.session.execute(update(Expectation), changed)
    if new:
        db.session.execute(insert(Expectation), new)


def row_values(
    cohort_id: int | None, one: PieceCoverage, editions: str, book: Catalogue
) -> tuple[Any, ...]:
    """What the row of an expectation says, in the order of `COLUMNS`."""
    expected = one.expectation
    outcome = outcome_of(one)
    return (
        cohort_id,
        expected.piece,
        expected.scope_kind.value,
        expected.scope_key,
        expected.for_name[:300],
        expected.owed_by.value,
        expected.owed_name[:300],
        expected.due_on,
        expected.must_occur_by,
        expected.must_not_occur_before,
        expected.chronology_day,
        expected.needed_until,
        expected.title,
        expected.sentence,
        expected.act,
        editions,
        outcome.value if outcome else None,
        one.fresh_until,
        bool(one.oddities),
        book.piece(expected.piece).tried_counts,
        one.is_gap or one.fresh_until is not None,
        " ".join(oddity.sentence for oddity in one.oddities)[:900],
    )


def outcome_of(one: PieceCoverage) -> Outcome | None:
    """The best outcome of what counts; of what no longer does when there is nothing else."""
    outcomes = {fact.outcome for fact in one.evidence or one.expired}
    return next((kind for kind in (Outcome.OBTAINED, Outcome.TRIED) if kind in outcomes), None)
