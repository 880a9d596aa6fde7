"""The base of every factory."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from factory.alchemy import SQLAlchemyModelFactory

from admin_app.core.database import db
from admin_app.core.transaction import transaction

A_DAY = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)


class Factory(SQLAlchemyModelFactory):
    """Writes the row within a transaction of ours, so that the next request sees it."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):  # type: ignore[no-untyped-def]
        with transaction():
            row = model_class(*args, **kwargs)
            db.session.add(row)
            db.session.flush()
        return row


@contextmanager
def committed() -> Iterator[None]:
    """Change rows directly, and have it written."""
    with transaction():
        yield
