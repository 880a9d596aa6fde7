"""Writing millions of rows: values already in the form the database keeps, many at a time.

A sheet names the columns that its maker fills, in order; the others take the default of the model.
A column without default that nobody fills is refused at once: the models grow, the maker follows.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from itertools import count
from typing import Any, Protocol

import psycopg
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import Column, Engine, Index, MetaData, Table
from sqlalchemy.schema import CreateIndex

Values = tuple[Any, ...]
_NEXT_KEY = SQL(
    "SELECT setval(pg_get_serial_sequence({}, 'id'), (SELECT coalesce(max(id), 1) FROM {}))"
)


LOADING = (
    "journal_mode=OFF",
    "synchronous=OFF",
    "locking_mode=EXCLUSIVE",
    "foreign_keys=OFF",
    "cache_size=-400000",
    "temp_store=MEMORY",
    "threads=2",
)


class Sheet:
    """The rows of one table on their way to the database."""

    def __init__(self, table: Table, columns: str, key: Callable[[], int]) -> None:
        self.name = table.name
        self.columns = tuple(columns.split())
        self.constants = _defaults(table, self.columns)
        self.rows: list[Values] = []
        self.add = self.rows.append
        self.key = key  # the next key, when the maker needs to know it
        self.written = 0


def _defaults(table: Table, filled: tuple[str, ...]) -> dict[str, Any]:
    unknown = set(filled) - set(table.columns.keys())
    if unknown:
        raise ValueError(f"{table.name} has no {', '.join(sorted(unknown))}")
    found = {}
    for column in table.columns:
        if column.name in filled:
            continue
        if column.default is not None and column.default.is_scalar:
            found[column.name] = _kept(column)
        elif not (column.nullable or column.primary_key or column.server_default):
            raise ValueError(f"benchmarks: {table.name}.{column.name} must be filled")
    return found


def _kept(column: Column[Any]) -> Any:
    value = column.default.arg  # type: ignore[union-attr]
    return value.value if isinstance(value, Enum) else value


class Writer(Protocol):
    """What writes sheets."""

    def write(self, sheet: Sheet) -> None:
        """Write the rows of a sheet."""

    def run(self, statement: str) -> None:
        """Run one statement."""


class SqliteWriter:
    """One connection alone on the file, without journal: a crash only costs making it again."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def write(self, sheet: Sheet) -> None:
        """Write the rows of a sheet."""
        names = ", ".join(f'"{name}"' for name in (*sheet.columns, *sheet.constants))
        marks = ", ".join(
            ["?"] * len(sheet.columns) + [_quoted(one) for one in sheet.constants.values()]
        )
        self._connection.executemany(
            f'INSERT INTO "{sheet.name}" ({names}) VALUES ({marks})',
            sheet.rows,
        )

    def run(self, statement: str) -> None:
        """Run one statement."""
        self._connection.execute(statement)


def _quoted(value: Any) -> str:
    if isinstance(value, (bool, int)):
        return str(int(value))
    return "'" + str(value).replace("'", "''") + "'"


class PostgresWriter:
    """COPY, with foreign keys and triggers set aside."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def write(self, sheet: Sheet) -> None:
        """Write the rows of a sheet."""
        columns = SQL(", ").join(map(Identifier, (*sheet.columns, *sheet.constants)))
        constants = tuple(sheet.constants.values())
        statement = SQL("COPY {} ({}) FROM STDIN").format(Identifier(sheet.name), columns)
        with self._connection.cursor() as cursor, cursor.copy(statement) as copy:
            for row in sheet.rows:
                copy.write_row(row + constants)

    def run(self, statement: str) -> None:
        """Run one statement."""
        self._connection.execute(statement)


class Book:
    """Every sheet of an organisation, written whenever enough rows wait."""

    def __init__(self, metadata: MetaData, writer: Writer) -> None:
        self._tables, self._writer = metadata.tables, writer
        self._sheets: list[Sheet] = []
        self._keys: dict[str, Callable[[], int]] = {}

    def sheet(self, table: str, columns: str) -> Sheet:
        """A sheet for that table, whose rows hold these columns in this order."""
        made = Sheet(self._tables[table], columns, self.keys_of(table))
        self._sheets.append(made)
        return made

    def keys_of(self, table: str) -> Callable[[], int]:
        """What gives the next key of that table, whatever the sheet."""
        return self._keys.setdefault(table, count(1).__next__)

    def flush(self) -> None:
        """Write what waits."""
        for sheet in self._sheets:
            if sheet.rows:
                self._writer.write(sheet)
                sheet.written += len(sheet.rows)
                sheet.rows.clear()

    def counts(self) -> dict[str, int]:
        """How many rows each table has got."""
        found: dict[str, int] = {}
        for sheet in self._sheets:
            found[sheet.name] = found.get(sheet.name, 0) + sheet.written
        return dict(sorted(found.items()))


@contextmanager
def loading(engine: Engine, metadata: MetaData) -> Iterator[Writer]:
    """A writer on an empty database whose indexes are made afterwards, which is far faster."""
    indexes = [index for table in metadata.sorted_tables for index in table.indexes]
    for index in indexes:
        index.drop(engine)
    engine.dispose()
    opened = _on_sqlite if engine.dialect.name == "sqlite" else _on_postgres
    with opened(engine, metadata, indexes) as writer:
        yield writer


@contextmanager
def _on_sqlite(engine: Engine, _metadata: MetaData, indexes: list[Index]) -> Iterator[Writer]:
    connection = sqlite3.connect(str(engine.url.database), isolation_level=None)
    for pragma in LOADING:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    yield SqliteWriter(connection)
    for index in indexes:
        connection.execute(str(CreateIndex(index).compile(dialect=engine.dialect)))
    connection.execute("COMMIT")
    connection.execute("PRAGMA locking_mode=NORMAL")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.close()


@contextmanager
def _on_postgres(engine: Engine, metadata: MetaData, indexes: list[Index]) -> Iterator[Writer]:
    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url) as connection:
        for setting in ("session_replication_role = replica", "TIME ZONE 'UTC'",
                        "maintenance_work_mem = '512MB'", "synchronous_commit = off"):  # fmt: skip
            connection.execute(f"SET {setting}")
        yield PostgresWriter(connection)
        for index in indexes:
            connection.execute(str(CreateIndex(index).compile(dialect=engine.dialect)))
        for table in metadata.sorted_tables:
            if "id" in table.columns:
                connection.execute(
                    _NEXT_KEY.format(Literal(f'"{table.name}"'), Identifier(table.name))
                )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")  # what autovacuum does within minutes


def instant(at: datetime) -> str:
    """An aware instant as databases keep it: UTC, to the microsecond."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


@lru_cache(maxsize=20_000)
def moment(day: date, hour: str = "16:00") -> str:
    """That hour (UTC) of that day, as databases keep it."""
    return f"{day.isoformat()} {hour}:00.000000"


def as_json(value: Any) -> str:
    """A value of a JSON column."""
    return json.dumps(value, ensure_ascii=False)
