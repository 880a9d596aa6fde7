"""Rows of continuous improvement: actions with their origin and effect, yearly reviews."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row
from admin_app.core.search import Searchable


class Improvement(Searchable, Row):
    """An action that improves or corrects. Days are those of the facts, `due_on` inclusive.

    Its origin is a reference to whatever showed the need: kind and key of a row, its words and
    its address as they were that day. It is closed once its effect was checked, never before.
    """

    __tablename__ = "improvement"
    searched = ("title", "reference", "owner_name")
    __table_args__ = (
        Index("ix_improvement_due_on", "due_on", "id"),
        Index("ix_improvement_origin", "origin_kind", "origin_id"),
    )

    reference: Mapped[str] = mapped_column(String(30), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))  # corrective, preventive, improvement
    origin_kind: Mapped[str] = mapped_column(String(30))
    origin_id: Mapped[int | None]
    origin_words: Mapped[str] = mapped_column(String(300))
    origin_url: Mapped[str] = mapped_column(String(300), default="")
    cause: Mapped[str] = mapped_column(Text, default="")
    action: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    owner_name: Mapped[str] = mapped_column(String(120))
    created_on: Mapped[date]
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    done_by: Mapped[str] = mapped_column(String(200), default="")
    done_words: Mapped[str] = mapped_column(Text, default="")
    effect_checked_on: Mapped[date | None]
    effect_checked_by: Mapped[str] = mapped_column(String(200), default="")
    effect_how: Mapped[str] = mapped_column(Text, default="")
    effect_result: Mapped[str] = mapped_column(Text, default="")
    is_effective: Mapped[bool | None]
    closed_on: Mapped[date | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    cancelled_on: Mapped[date | None]
    cancelled_by: Mapped[str] = mapped_column(String(200), default="")
    cancelled_why: Mapped[str] = mapped_column(Text, default="")
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("improvement.id"), index=True)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.closed_on is None and self.cancelled_on is None

    @property
    def state(self) -> str:
        """A key of `words.STATES`."""
        if self.cancelled_on is not None:
            return "cancelled"
        if self.closed_on is not None:
            return "closed"
        if self.done_on is None:
            return "to-do"
        return "to-check" if self.effect_checked_on is None else "to-close"


class QualityReview(Row):
    """A yearly look at the whole, with the figures as they were shown that day. Never changed.

    `kind` is `improvement-review` (the actions) or `feedback-analysis` (what everybody said).
    The period is inclusive of both days.
    """

    __tablename__ = "quality_review"
    __table_args__ = (Index("ix_quality_review_kind", "kind", "held_on"),)

    kind: Mapped[str] = mapped_column(String(30))
    held_on: Mapped[date]
    period_from: Mapped[date]
    period_to: Mapped[date]
    present: Mapped[str] = mapped_column(String(500))
    findings: Mapped[str] = mapped_column(Text)
    decisions: Mapped[str] = mapped_column(Text)
    figures: Mapped[list[dict[str, Any]]]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(300), default="")
