"""Rows of the journal."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class JournalEntry(Row):
    """One thing that someone did. Never changed, never removed.

    `summary` is a French sentence without health data; `details` holds keys and figures.
    """

    __tablename__ = "journal_entry"

    at: Mapped[datetime] = mapped_column(index=True)
    recorded_at: Mapped[datetime]
    actor_kind: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None]
    actor_label: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(80), index=True)
    subject_kind: Mapped[str | None] = mapped_column(String(40))
    subject_id: Mapped[int | None]
    cohort_id: Mapped[int | None] = mapped_column(index=True)
    summary: Mapped[str] = mapped_column(String(500))
    details: Mapped[dict[str, Any]]
    ip: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")
