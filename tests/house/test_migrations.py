"""Migrations go up and down on both databases, and end where the models are."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import MetaData, Table, func, inspect, select

from admin_app import create_app
from admin_app.core.config import Settings
from admin_app.core.database import Base, db
from tests.support.databases import open_database


@pytest.fixture
def fresh(database_kind: str, tmp_path: Path) -> Iterator[Flask]:
    """An application on a database without a single table."""
    with open_database(database_kind, tmp_path, name="fresh") as opened:
        settings = Settings(
            instance=tmp_path, secret_key="k" * 40, database_url=opened.url, log_level="ERROR"
        )
        app = create_app(settings, TESTING=True)
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def tables() -> set[str]:
    return set(inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_up_ends_where_the_models_are_and_down_leaves_nothing(fresh: Flask) -> None:
    upgrade()
    assert tables() == set(Base.metadata.tables)
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, Base.metadata) == []
    downgrade(revision="base")
    assert tables() == set()
    upgrade()
    assert tables() == set(Base.metadata.tables)


# Those that later revisions change, and rows that refer to them.
FILLED = ("provider", "programme", "programme_version", "trainer", "trainer_skill", "cohort")


def fill(table: Table, rank: int) -> dict[str, Any]:
    """A row as an earlier version would have written it: whatever each column must hold."""
    by_type = (
        (sa.Boolean, False),
        (sa.DateTime, datetime(2026, 6, 1, 8, tzinfo=UTC)),
        (sa.Date, date(2026, 6, 1)),
        (sa.Integer, 1),
        (sa.JSON, []),
        (sa.Numeric, 1),
        (sa.String, f"x{rank}"),
    )
    values: dict[str, Any] = {}
    for column in table.columns:
        if column.primary_key or column.nullable:
            continue
        known = (value for kind, value in by_type if isinstance(column.type, kind))
        values[column.name] = next(known, "[]")
    return values


def test_a_house_that_has_rows_goes_up_and_keeps_them(fresh: Flask) -> None:
    """SQLite changes a table by making another: rows that refer to it must not stand in the way."""
    upgrade(revision="0001")
    reflected = MetaData()
    reflected.reflect(db.engine, only=FILLED, resolve_fks=True)
    with db.engine.begin() as connection:
        for rank, name in enumerate(FILLED):
            table = reflected.tables[name]
            connection.execute(table.insert().values(fill(table, rank)))
    upgrade()
    with db.engine.connect() as connection:
        kept = {
            name: connection.scalar(select(func.count()).select_from(Base.metadata.tables[name]))
            for name in FILLED
        }
        assert kept == dict.fromkeys(FILLED, 1)
        if connection.dialect.name == "sqlite":
            assert connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall() == []
            assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    downgrade(revision="0001")
    upgrade()
