"""Rows of attendance."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Mark(Row):
    """What the trainer noted of one trainee on one half-day. Minutes are those missed."""

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("half_day_id", "enrolment_id"),)

    half_day_id: Mapped[int] = mapped_column(ForeignKey("half_day.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))  # compliance.vocabulary.MarkState
    minutes_late: Mapped[int] = mapped_column(default=0)
    minutes_early: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(300), default="")
    marked_at: Mapped[datetime]
    marked_by: Mapped[str] = mapped_column(String(200))


class Signature(Row):
    """A trainee's signature of one half-day, or the trainer's (then `assignment_id` is set).

    `signed_at` is the server's instant; a signature after the window says so, with its reason.
    """

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("half_day_id", "enrolment_id"),
        UniqueConstraint("half_day_id", "assignment_id"),
    )

    half_day_id: Mapped[int] = mapped_column(ForeignKey("half_day.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))  # drawn, typed
    channel: Mapped[str] = mapped_column(String(20))  # link, handed, account, paper
    typed_name: Mapped[str] = mapped_column(String(120), default="")
    strokes: Mapped[list[Any]]
    signed_at: Mapped[datetime]
    is_late: Mapped[bool] = mapped_column(default=False)
    late_reason: Mapped[str] = mapped_column(String(300), default="")
    ip: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")


class Closing(Row):
    """The end of a half-day: the trainer has signed last; from now on it is frozen."""

    __tablename__ = "closing"
    __table_args__ = (UniqueConstraint("half_day_id"),)

    half_day_id: Mapped[int] = mapped_column(ForeignKey("half_day.id"))
    closed_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(String(200))
    incident: Mapped[str] = mapped_column(String(500), default="")
    present: Mapped[int]
    absent: Mapped[int]
    unsigned: Mapped[int] = mapped_column(default=0)


class RemoteFollowUp(Row):
    """What shows that a remote trainee really followed: work and exchanges, not connections."""

    __tablename__ = "remote_follow_up"
    __table_args__ = (UniqueConstraint("enrolment_id"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    activities: Mapped[str] = mapped_column(String(1000))
    exchanges: Mapped[str] = mapped_column(String(1000))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
