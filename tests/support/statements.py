"""Counting SQL statements: a page runs a fixed, small number of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from admin_app.core.database import db


@contextmanager
def counted() -> Iterator[list[str]]:
    """Within this block, the list fills with every statement sent to the database."""
    statements: list[str] = []

    def note(_connection, _cursor, statement, *_rest):  # type: ignore[no-untyped-def]
        if not statement.startswith(("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")):
            statements.append(statement)

    engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)
