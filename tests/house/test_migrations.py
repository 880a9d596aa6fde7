"""Migrations go up and down on both databases, and end where the models are."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask import Flask
from flask_migrate import downgrade, upgrade
from sqlalchemy import inspect

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
