"""How migrations run: on the database of the application, one transaction for all."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import JSON, Connection

from admin_app.core.database import Base, Euros, UtcDateTime, db

USER_TYPES = {UtcDateTime: "sa.DateTime(timezone=True)", Euros: "sa.BigInteger()"}


def render_item(kind, item, autogen_context):  # type: ignore[no-untyped-def]
    """Write our column types as what the database knows, so that migrations never change."""
    if kind == "type" and isinstance(item, JSON):
        autogen_context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if kind == "type":
        for ours, theirs in USER_TYPES.items():
            if isinstance(item, ours):
                return theirs
    return False


@contextmanager
def references_apart(connection: Connection) -> Iterator[Callable[[], None]]:
    """SQLite changes a table by making another and dropping the first, to which rows refer: it
    must not look at references meanwhile. Gives what looks at all of them, before it is written.
    """
    if connection.dialect.name != "sqlite":
        yield lambda: None
        return
    bare: Any = connection.connection.dbapi_connection

    def check() -> None:
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if lost:
            raise RuntimeError(f"références perdues par la migration : {lost[:5]}")

    bare.execute("PRAGMA foreign_keys=OFF")
    try:
        yield check
    finally:
        connection.rollback()  # what was done is written; a PRAGMA has no effect within
        bare.execute("PRAGMA foreign_keys=ON")


def run() -> None:
    """Run the migrations asked for."""
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection, references_apart(connection) as check:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            transactional_ddl=True,  # SQLite too: a migration that fails leaves nothing behind
            **options | {"render_item": render_item, "compare_type": False},
        )
        with context.begin_transaction():
            context.run_migrations()
            check()


run()
