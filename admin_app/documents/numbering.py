"""Numbers of documents and of files: series by year, no number twice."""

from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite

from admin_app.core.database import db
from admin_app.core.transaction import transaction
from admin_app.documents.models import NumberSeries


def next_number(prefix: str, year: int) -> str:
    """The next number of a series, « CONV-2026-0012 »; never given twice, even to two at once."""
    series = f"{prefix}-{year}"
    with transaction():
        insert = _insert_of(db.engine.dialect)(NumberSeries).values(series=series, last=1)
        last = db.session.scalar(
            insert.on_conflict_do_update(
                index_elements=["series"], set_={"last": NumberSeries.last + 1}
            ).returning(NumberSeries.last)
        )
    return f"{series}-{last:04d}"


def _insert_of(dialect: Dialect) -> Any:
    return postgresql.insert if dialect.name == "postgresql" else sqlite.insert
