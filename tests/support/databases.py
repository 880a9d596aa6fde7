"""The two databases that every test can run on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine, text

from admin_app.core.database import Base


@dataclass(frozen=True, slots=True)
class Database:
    """Where it is, and how to empty it between two tests."""

    url: str

    def empty(self, engine: Engine) -> None:
        """Remove every row."""
        if engine.dialect.name == "postgresql":
            names = ", ".join(f'"{table.name}"' for table in Base.metadata.tables.values())
            with engine.begin() as connection:
                connection.execute(text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            return
        raw = engine.raw_connection()  # foreign keys can be set aside outside a transaction only
        try:
            cursor = raw.cursor()
            cursor.execute("PRAGMA foreign_keys=OFF")
            cursor.execute("BEGIN")
            for table in Base.metadata.tables.values():
                cursor.execute(f'DELETE FROM "{table.name}"')
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
