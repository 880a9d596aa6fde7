"""Rows of expectations: what is owed, by whom, by when, and whether it is there."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


def _of_open(name: str, *columns: str) -> Index:
    """An index of what is still open, a small part; it holds all that counting looks at."""
    return Index(name, *columns, sqlite_where=text("is_open = 1"), postgresql_where=text("is_open"))


class Expectation(Row):
    """One piece expected of a cohort (or of the organisation: `cohort_id` is then null).

    The status of a day is a function of the row, the same as the engine's
    (`compliance.coverage.status_of`). `editions` holds the keys of the editions under which the
    piece serves an applicable indicator, each between bars (« |2019|2026| »).
    """

    __tablename__ = "expectation"
    __table_args__ = (
        UniqueConstraint("cohort_id", "piece", "scope_kind", "scope_id"),
        _of_open("ix_expectation_open", "is_open", "due_on", "id", "editions", "is_odd"),
        _of_open("ix_expectation_owner", "is_open", "owed_by", "due_on", "editions", "is_odd"),
        _of_open("ix_expectation_status", "is_open", "is_odd", "due_on", "editions"),
    )

    cohort_id: Mapped[int | None] = mapped_column(
        ForeignKey("cohort.id", ondelete="CASCADE"), index=True
    )
    piece: Mapped[str] = mapped_column(String(60))
    scope_kind: Mapped[str] = mapped_column(String(40))
    scope_id: Mapped[int]
    for_name: Mapped[str] = mapped_column(String(300))
    owed_by: Mapped[str] = mapped_column(String(30))
    owed_name: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date]
    must_occur_by: Mapped[date | None]
    must_not_occur_before: Mapped[date | None]
    chronology_day: Mapped[date | None]
    title: Mapped[str] = mapped_column(String(300))
    sentence: Mapped[str] = mapped_column(String(900))
    act: Mapped[str] = mapped_column(String(60))
    editions: Mapped[str] = mapped_column(String(100))
    outcome: Mapped[str | None] = mapped_column(String(20))
    is_odd: Mapped[bool]
    tried_counts: Mapped[bool]
    is_open: Mapped[bool]
    oddity: Mapped[str] = mapped_column(String(900), default="")
    refreshed_at: Mapped[datetime]
