"""What the tests stand on: an empty database for each, and each test run where it must be."""

from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text

from admin_app.core.database import Base, db
from tests.factories import ClientFactory, cohort_with
from tests.support.databases import Database
from tests.support.order import group_of, pytest_collection_modifyitems


def rows() -> dict[str, int]:
    """How many rows each table holds, but those without any."""
    tables = Base.metadata.sorted_tables
    counts = {one.name: db.session.scalar(select(func.count()).select_from(one)) for one in tables}
    return {name: count for name, count in counts.items() if count}


def test_emptying_leaves_no_row_and_starts_again_from_the_first_key(
    app: Flask, database: Database
) -> None:
    cohort_with(2)
    first = ClientFactory().name
    assert rows()
    db.session.remove()
    database.empty(db.engine)
    assert rows() == {}
    assert ClientFactory().id == 1, first


def test_what_was_taken_back_leaves_no_page_behind(app: Flask, database: Database) -> None:
    """Else the rows of a test could be found in another order than that of their writing."""
    if db.engine.dialect.name != "postgresql":
        return
    row = {"name": "a", "kind": "company"}
    with db.engine.connect() as connection:
        connection.execute(text("CREATE TABLE taken_back (name text, kind text)"))
        connection.commit()
    try:
        with db.engine.connect() as connection:
            connection.execute(text("INSERT INTO taken_back VALUES (:name, :kind)"), row)
            connection.rollback()
        database.empty(db.engine)
        with db.engine.connect() as connection:
            assert connection.scalar(text("SELECT pg_relation_size('taken_back')")) == 0
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("DROP TABLE taken_back"))


def test_the_demonstration_is_loaded_by_one_process() -> None:
    assert group_of("tests/admin_app/demo/test_load.py::test_a") == "demonstration"
    assert group_of("tests/house/test_ways.py::test_a[b::c]") == "demonstration"
    assert group_of("tests/house/test_start.py::test_a[b::c]") == "tests/house/test_start.py"


@pytest.mark.parametrize(
    ("kind", "kept"), [("sqlite", ["rules", "rows"]), ("postgresql", ["rows"])]
)
def test_what_asks_for_the_database_runs_on_both(kind: str, kept: list[str]) -> None:
    rules: Any = SimpleNamespace(name="rules", fixturenames=("data_folder",))
    with_rows: Any = SimpleNamespace(name="rows", fixturenames=("app", "database_kind"))
    said: list[Any] = []
    config: Any = SimpleNamespace(
        getoption=lambda _: kind,
        hook=SimpleNamespace(pytest_deselected=lambda items: said.extend(items)),
    )
    for one in (rules, with_rows):
        one.nodeid = f"tests/house/test_start.py::{one.name}"
    items = [rules, with_rows]
    pytest_collection_modifyitems(config, items)
    assert [one.name for one in items] == kept
    assert [one.name for one in said] == (["rules"] if kind == "postgresql" else [])
