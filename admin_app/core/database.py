"""The database: one typed declarative base, two engines (SQLite in WAL mode, PostgreSQL)."""

import json
import sqlite3
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    Executable,
    MetaData,
    Result,
    Select,
    event,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLITE_BUSY_MS = 30_000


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Refuses one without time zone; always gives back aware UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else _aware(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """The same in fewer calls, and nothing in none: pages read thousands of instants."""
        read = self.impl_instance.result_processor(dialect, coltype)

        def process(value: Any) -> datetime | None:
            if value is None:
                return None
            instant: Any = read(value) if read else value
            return _aware(instant)

        return process


def _aware(value: datetime) -> datetime:
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Euros(TypeDecorator[Decimal]):
    """An amount in euros, to the cent: Decimal in Python, whole cents in the database."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        cents = value * 100
        if cents != cents.to_integral_value():
            raise ValueError("an amount has at most two decimals")
        return int(cents)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else (Decimal(value) / 100).quantize(Decimal("0.01"))


# a selection of any columns, for what pages and filters lists
Rows = Select[*tuple[Any, ...]]
JSON_COLUMN = JSON().with_variant(JSONB(), "postgresql")


TYPES: dict[Any, Any] = {
    datetime: UtcDateTime,
    Decimal: Euros,
    dict[str, Any]: JSON_COLUMN,
    list[Any]: JSON_COLUMN,
    list[str]: JSON_COLUMN,
    list[dict[str, Any]]: JSON_COLUMN,
}


class Base(DeclarativeBase):
    """The base of every row."""

    registry = registry(metadata=MetaData(naming_convention=NAMING), type_annotation_map=TYPES)


db = SQLAlchemy(
    model_class=Base,
    disable_autonaming=True,
    # a row stays readable after its act: what was committed is what it shows
    session_options={"expire_on_commit": False},
)

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


class Row(Model):
    """A row with the usual whole-number key."""

    __abstract__ = True
    id: Mapped[int] = mapped_column(primary_key=True)


# True while what is done will write: SQLite then takes its write lock at once, instead of
# failing later on a snapshot that has grown old.
writing: ContextVar[bool] = ContextVar("writing", default=False)


def init_database(app: Flask) -> None:
    """Bind the database to the application."""
    db.init_app(app)
    with app.app_context():
        _prepare(db.engine)


def _prepare(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _sqlite_pragmas)
        event.listen(engine, "begin", _sqlite_begin)


def _sqlite_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={SQLITE_BUSY_MS}",
        "foreign_keys=ON",
        "cache_size=-4000",  # a connection a thread: what the system caches is not kept again
    ):
        connection.execute(f"PRAGMA {pragma}")


def _sqlite_begin(connection: Connection) -> None:
    driver: Any = connection.connection.dbapi_connection
    driver.execute("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def read(statement: Executable, values: Mapping[str, Any] | None = None) -> Result[Any]:
    """The columns that a statement selects, as they are: no row of the house is made of them.

    What pages show and no act changes; half the work of `db.session.execute`. A statement that
    selects a whole class gives its columns.
    """
    db.session.flush()
    return db.session.connection().execute(statement, values)


def dumps(value: object) -> str:
    """JSON as it is hashed and stored: sorted, compact, readable accents."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
