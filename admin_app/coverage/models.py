"""Rows of expectations: what is owed, by whom, by when, and whether it is there."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Expectation(Row):
    """One piece expected of a cohort (or of the organisation: `cohort_id` is then null).

    The status of a day is a function of the row: see `compliance.coverage.status_of`.
    """

    __tablename__ = "expectation"
    __table_args__ = (
        UniqueConstraint("cohort_id", "piece", "scope_kind", "scope_id"),
        Index("ix_expectation_open", "is_met", "due_on"),
        Index("ix_expectation_owner", "is_met", "owed_by", "due_on"),
    )

    cohort_id: Mapped[int | None] = mapped_column(
        ForeignKey("cohort.id", ondelete="CASCADE"), index=True
    )
    piece: Mapped[str] = mapped_column(String(60))
    scope_kind: Mapped[str] = mapped_column(String(40))
    scope_id: Mapped[int]
    for_name: Mapped[str] = mapped_column(String(200))
    owed_by: Mapped[str] = mapped_column(String(30))
    owed_name: Mapped[str] = mapped_column(String(200))
    due_on: Mapped[date]
    title: Mapped[str] = mapped_column(String(300))
    sentence: Mapped[str] = mapped_column(String(600))
    act: Mapped[str] = mapped_column(String(60))
    requirements: Mapped[list[str]]
    is_met: Mapped[bool]
    met_on: Mapped[date | None]
    evidence_id: Mapped[int | None]
    outcome: Mapped[str] = mapped_column(String(20), default="")
    oddities: Mapped[list[str]]
    refreshed_at: Mapped[datetime]
