"""The coverage of one cohort of twelve trainees: in memory, then through the database."""

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import event, select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.transaction import transaction
from admin_app.coverage.facts import around, cohort_facts, evidence_of
from admin_app.coverage.models import Rebuild
from admin_app.coverage.operations import refresh_cohort
from admin_app.coverage.operations.rebuild import rebuild
from admin_app.coverage.queries import coverage_of
from benchmarks.data.story import PARIS
from benchmarks.figures import Figure, at_most, median
from benchmarks.instance import Instance, today
from compliance.coverage import cover
from compliance.expectations import expectations_of
from compliance.referentiel import load

SERIES, TIMES = 15, 40


def measure(instance: Instance, series: int = SERIES) -> list[Figure]:
    """The engine alone, then bringing the rows up to date, then reading them."""
    app = instance.application()
    with app.app_context():
        cohort = db.session.get_one(Cohort, instance.targets.cohort)
        found = [*_in_memory(cohort, series), *_through_rows(cohort, series)]
        db.session.remove()
        db.engine.dispose()
    return found


def _in_memory(cohort: Cohort, series: int) -> list[Figure]:
    facts = cohort_facts(cohort)
    evidence = evidence_of(cohort.id, around(cohort).shared)
    day = today() + timedelta(days=45)
    edition = load().edition_on(day)

    def expect() -> Any:
        return expectations_of(facts)

    expected = expect()

    def judge() -> Any:
        return cover(facts, expected, evidence, edition=edition, as_of=today(), zone=PARIS)

    def whole() -> Any:
        return cover(facts, expect(), evidence, edition=edition, as_of=today(), zone=PARIS)

    return [
        at_most("coverage.cohort_ms", _ms(whole, series, TIMES), "ms", 2),
        Figure("coverage.expectations_ms", _ms(expect, series, TIMES), "ms"),
        Figure("coverage.cover_ms", _ms(judge, series, TIMES), "ms"),
        Figure("coverage.cohort_trainees", len(facts.enrolments), "trainees"),
    ]


def _through_rows(cohort: Cohort, series: int) -> list[Figure]:
    def again() -> Any:
        db.session.expire_all()
        refresh_cohort(db.session.get_one(Cohort, cohort.id))

    def read() -> Any:
        db.session.remove()
        return coverage_of(db.session.scalars(select(Cohort).where(Cohort.id == cohort.id)).one())

    return [
        at_most("coverage.refresh_ms", _ms(again, series), "ms", 20),
        Figure("coverage.refresh_statements", _counted(again), "statements"),
        Figure("coverage.read_ms", _ms(read, series), "ms"),
        Figure("coverage.read_statements", _counted(read), "statements"),
        at_most("coverage.rebuild_10000_s", _rebuild(), "s", 90),
    ]


class _Unseen:
    """Progress that nobody watches."""

    def start(self, total: int) -> None:
        self.total = total

    def advance(self, done: int, message: str = "") -> None:
        self.done = done


def _rebuild() -> float:
    """Every expectation worked out again, in seconds for ten thousand cohorts."""
    with transaction():
        row = Rebuild(started_at=clock.now(), started_by="mesure", last_cohort_id=0, done=0)
        db.session.add(row)
        row.changed = 0
    seen, start = _Unseen(), time.perf_counter()
    rebuild(seen, row.id)
    return 10_000 * (time.perf_counter() - start) / max(seen.total, 1)


def _ms(work: Callable[[], Any], series: int, times: int = 1) -> float:
    """The median of several series, in milliseconds for one."""
    work()
    found = []
    for _ in range(series):
        start = time.perf_counter()
        for _ in range(times):
            work()
        found.append(1000 * (time.perf_counter() - start) / times)
    return median(found)


def _counted(work: Callable[[], Any]) -> int:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    return len(seen)
