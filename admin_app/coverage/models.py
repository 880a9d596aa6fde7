"""Rows of expectations: what is owed, by whom, by when, and whether it is there."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row

LOOKED_AT = ("editions", "is_odd", "fresh_until")


def _of_open(name: str, *columns: str) -> Index:
    """An index of what is still open, a small part; it holds all that counting looks at."""
    return Index(name, *columns, sqlite_where=text("is_open = 1"), postgresql_where=text("is_open"))


class Expectation(Row):
    """One piece expected of a cohort, of the organisation, or of something in its registers.

    `cohort_id` is null but for the pieces of a cohort. The status of a day is a function of the
    row, the same as the engine's (`compliance.coverage.status_of`). `fresh_until` is the last day
    on which what is there counts (none: it has no end); `due_on` is then no earlier, it is when it
    must be renewed. A row is open when it is a gap, or becomes one by time alone. `editions` holds
    the keys of the editions under which the piece serves an applicable indicator, each between
    bars (« |2019|2026| »).
    """

    __tablename__ = "expectation"
    __table_args__ = (
        UniqueConstraint("cohort_id", "piece", "scope_kind", "scope_id"),
        _of_open("ix_expectation_open", "is_open", "due_on", "id", *LOOKED_AT),
        _of_open("ix_expectation_owner", "is_open", "owed_by", "due_on", *LOOKED_AT),
        _of_open("ix_expectation_status", "is_open", "is_odd", "due_on", "editions", "fresh_until"),
        # what each cohort has open: the portfolio filters and sorts by it
        _of_open(
            "ix_expectation_cohort_open", "is_open", "cohort_id", "due_on", *LOOKED_AT, "piece"
        ),
        Index("ix_expectation_scope", "scope_kind", "scope_id"),
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
    needed_until: Mapped[date | None]
    title: Mapped[str] = mapped_column(String(300))
    sentence: Mapped[str] = mapped_column(String(900))
    act: Mapped[str] = mapped_column(String(60))
    editions: Mapped[str] = mapped_column(String(100))
    outcome: Mapped[str | None] = mapped_column(String(20))
    fresh_until: Mapped[date | None]
    is_odd: Mapped[bool]
    tried_counts: Mapped[bool]
    is_open: Mapped[bool]
    oddity: Mapped[str] = mapped_column(String(900), default="")
    refreshed_at: Mapped[datetime]


class Rebuild(Row):
    """A rebuilding of every expectation: how far it went, so that it goes on from there."""

    __tablename__ = "coverage_rebuild"

    started_at: Mapped[datetime]
    started_by: Mapped[str] = mapped_column(String(200))
    # what asked for it, and the last cohort done; those entered since are up to date by themselves
    why: Mapped[str] = mapped_column(String(300), default="")
    last_cohort_id: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    # the mark of the rules that it worked with (`operations.rules`), once it is finished
    rules: Mapped[str] = mapped_column(String(64), default="")
    finished_at: Mapped[datetime | None]
