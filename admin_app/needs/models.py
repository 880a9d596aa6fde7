"""Rows of needs: the client's, and each trainee's with the starting point."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class NeedsAnalysis(Row):
    """The need analysed with the client before agreeing: for a cohort, or for a request."""

    __tablename__ = "needs_analysis"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(ForeignKey("adaptation_request.id"), index=True)
    held_on: Mapped[date]
    with_whom: Mapped[str] = mapped_column(String(200))
    led_by: Mapped[str] = mapped_column(String(120))
    context: Mapped[str] = mapped_column(Text)
    sponsor_expectations: Mapped[str] = mapped_column(Text)
    trainee_expectations: Mapped[str] = mapped_column(Text)
    constraints: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(Text)
    conclusions: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    superseded_at: Mapped[datetime | None]


class Positioning(Row):
    """A trainee's needs and starting point, told by personal link before the first day.

    `answers` maps a question's key to what was answered; `levels` an objective's rank to 0-3.
    Nothing here is about health: that goes to the disability officer alone.
    """

    __tablename__ = "positioning"
    __table_args__ = (UniqueConstraint("enrolment_id"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    sent_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    read_by_trainer_at: Mapped[datetime | None]
