"""The measures measure: a tiny organisation is what the rules say it is, and the report has its
shape. No time is asserted: a test machine may be slow."""

import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text

from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations import refresh_cohort
from benchmarks import coverage, load, statements
from benchmarks.__main__ import main
from benchmarks.figures import Figure, as_json, as_table
from benchmarks.instance import Instance, instance
from benchmarks.pages import addresses
from benchmarks.sizes import Size
from benchmarks.speed import Effort, measure

pytestmark = pytest.mark.slow
PAGES = ("cohorts.list", "trainer.day", "auditor.cohort", "public.sign_in")


@pytest.fixture(scope="module")
def made() -> Iterator[Instance]:
    """An organisation of thirty cohorts, in a folder of its own."""
    with instance(Size("tiny", 30), "sqlite") as tiny:
        yield tiny


def test_the_data_hold_together(made: Instance) -> None:
    with made.application().app_context():
        assert db.session.execute(text("PRAGMA foreign_key_check")).all() == []
        assert db.session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        indexes = {row[1] for row in db.session.execute(text("SELECT * FROM sqlite_master"))}
        wanted = {index.name for table in db.metadata.sorted_tables for index in table.indexes}
        assert wanted <= indexes
        db.session.remove()
        db.engine.dispose()


def test_what_is_expected_is_what_the_rules_expect(made: Instance) -> None:
    """Bringing every cohort up to date, as an act would, changes nothing."""
    everything = select(Expectation.__table__).order_by(Expectation.id)
    with made.application().app_context():
        before = db.session.execute(everything).all()
        for cohort in db.session.scalars(select(Cohort)).all():
            refresh_cohort(cohort)
        assert db.session.execute(everything).all() == before
        kinds = {row.is_open for row in before}, {row.outcome for row in before}
        assert kinds == ({True, False}, {None, "obtained", "tried"})
        db.session.remove()
        db.engine.dispose()


def test_the_report_has_the_promised_shape(made: Instance) -> None:
    pages = addresses(made.application(), made.targets, PAGES)
    figures = [
        *statements.figures(statements.statements(made, pages), {}),
        *measure(made, pages, Effort(rounds=1, times=2, seconds=1, rush_seconds=0.1, visitors=2)),
        *coverage.measure(made, series=1),
    ]
    report = json.loads(as_json("tiny", figures))
    assert set(report) >= {"machine", "size", "figures"}
    for one in report["figures"]:
        assert set(one) >= {"name", "value", "unit", "floor", "ratio"}
        assert (one["floor"] is None) == (one["ratio"] is None)
    names = {one["name"] for one in report["figures"]}
    endings = ("statements", "p50_ms", "p95_ms", "per_second")
    assert names >= {f"{page}.{ending}" for page in PAGES for ending in endings}
    assert names >= {"coverage.cohort_ms", "worker.memory_mb"}
    assert "cohorts.list.p95_ms" in as_table("tiny", figures)


def test_pages_of_the_tiny_organisation_answer(made: Instance) -> None:
    pages = addresses(made.application(), made.targets)
    counts = statements.statements(made, pages)
    assert {one.page.name for one in pages} == set(counts)


def test_a_bar_that_is_missed_is_said() -> None:
    figure = Figure("worker.memory_mb", 180.0, "MB", 60.0, "≤ 150", False)
    assert figure.shown()["ratio"] == 3.0
    assert "SEUIL MANQUÉ (≤ 150)" in as_table("small", [figure])


@pytest.mark.parametrize("part", ["documents", "signing", "pack", "bpf"])
def test_what_is_not_built_is_refused(part: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([part, "--json"]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "ne se mesure pas encore" in said.err


def test_a_rush_on_a_busy_machine_has_an_answer_from_each_visitor(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answer = SimpleNamespace(seconds=0.2)
    monkeypatch.setattr(load, "Visitor", lambda *_: SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(load, "_page", lambda *_: answer)
    found = load.rush(("127.0.0.1", 1), "", "/", visitors=3, during=0)
    assert found.seconds == [0.2, 0.2, 0.2]
