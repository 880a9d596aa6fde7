"""The two databases that every test can run on."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, event, text

from admin_app.core.database import Base


@dataclass(frozen=True, slots=True)
class Database:
    """Where it is, and how to empty it between two tests."""

    url: str

    def empty(self, engine: Engine) -> None:
        """Remove every row, and start again from the first key."""
        if engine.dialect.name == "postgresql":
            _empty_postgresql(engine)
        else:
            _empty_sqlite(engine)


def trust_the_machine(engine: Engine) -> None:
    """Let SQLite not wait for the disk: no test database outlives a power cut."""
    if engine.dialect.name == "sqlite":
        engine.dispose()  # what is open already waits
        event.listen(engine, "connect", _never_wait)


def _never_wait(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")


def _empty_postgresql(engine: Engine) -> None:
    """As TRUNCATE leaves the tables, thirty times faster: it makes every file of every table anew.

    A table that was written since it was last emptied has pages, be its rows committed or not.
    Vacuuming takes them back, so that rows are found in the order in which a test adds them.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        written = [f'"{name}"' for name in connection.scalars(text(WRITTEN))]
        if written:
            emptying = "; ".join(f"DELETE FROM {name}" for name in written)
            connection.exec_driver_sql(
                f"BEGIN; SET LOCAL session_replication_role = replica; {emptying}; COMMIT"
            )
            connection.exec_driver_sql(f"{VACUUM} {', '.join(written)}")
        connection.exec_driver_sql(RESTART)


WRITTEN = """SELECT relname FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0"""
VACUUM = "VACUUM (INDEX_CLEANUP ON, TRUNCATE ON, PARALLEL 0)"
RESTART = """SELECT setval(seqrelid, seqstart, false) FROM pg_sequence
    WHERE pg_sequence_last_value(seqrelid) IS NOT NULL"""


def _empty_sqlite(engine: Engine) -> None:
    raw = engine.raw_connection()  # foreign keys can be set aside outside a transaction only
    try:
        cursor = raw.cursor()
        names = [f'"{table.name}"' for table in Base.metadata.tables.values()]
        held = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names
        )
        written = [name for (name,) in cursor.execute(held).fetchall()]
        if written:
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("BEGIN")
            for name in written:
                cursor.execute(f"DELETE FROM {name}")
            cursor.execute("COMMIT")
            cursor.execute("PRAGMA foreign_keys=ON")
    finally:
        raw.close()


@contextmanager
def open_database(kind: str, folder: Path, name: str = "test") -> Iterator[Database]:
    """A database for this test process alone."""
    if kind == "sqlite":
        yield Database(f"sqlite:///{folder / name}.sqlite")
        return
    from tests.support.postgres import running_server

    with running_server(folder) as server:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        with server.database(f"liasse_{name}_{worker}") as url:
            yield Database(url)
