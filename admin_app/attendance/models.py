"""Rows of attendance."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Mark(Row):
    """What the trainer noted of one trainee on one half-day. Minutes are those missed.

    `asked_at`: the absent trainee was asked why, in vain.
    """

    __tablename__ = "mark"
    __table_args__ = (UniqueConstraint("half_day_id", "enrolment_id"),)

    half_day_id: Mapped[int] = mapped_column(ForeignKey("half_day.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    state: Mapped[str] = mapped_column(String(20))  # compliance.vocabulary.MarkState
    minutes_late: Mapped[int] = mapped_column(default=0)
    minutes_early: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(300), default="")
    asked_at: Mapped[datetime | None]
    marked_at: Mapped[datetime]
    marked_by: Mapped[str] = mapped_column(String(200))


class Signature(Row):
    """A trainee's signature of one half-day, or the trainer's (then `assignment_id` is set).

    `signed_at` is the server's instant; a signature after the window says so, with its reason.
    One that is set aside (the person was not there, the half-day was reopened) stays, marked.
    """

    __tablename__ = "signature"
    __table_args__ = (
        # one that counts for each person: two requests at once cannot write it twice
        Index(
            "uq_signature_trainee",
            "half_day_id",
            "enrolment_id",
            unique=True,
            sqlite_where=text("set_aside_at IS NULL"),
            postgresql_where=text("set_aside_at IS NULL"),
        ),
        Index(
            "uq_signature_trainer",
            "half_day_id",
            "assignment_id",
            unique=True,
            sqlite_where=text("set_aside_at IS NULL"),
            postgresql_where=text("set_aside_at IS NULL"),
        ),
    )

    half_day_id: Mapped[int] = mapped_column(ForeignKey("half_day.id"), index=True)
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    assignment_id: Mapped[int | None] = mapped_column(ForeignKey("assignment.id"), index=True)
    way: Mapped[str] = mapped_column(String(20))  # drawn, typed
    channel: Mapped[str] = mapped_column(String(20))  # link, handed, account
    typed_name: Mapped[str] = mapped_column(String(120), default="")
    strokes: Mapped[list[Any]]  # within a box of core.drawing: WIDTH × HEIGHT
    signed_at: Mapped[datetime]
    is_late: Mapped[bool] = mapped_column(default=False)
    late_reason: Mapped[str] = mapped_column(String(300), default="")
    ip: Mapped[str] = mapped_column(String(45), default="")
    user_agent: Mapped[str] = mapped_column(String(300), default="")
    set_aside_at: Mapped[datetime | None]
    set_aside_by: Mapped[str] = mapped_column(String(200), default="")
    set_aside_why: Mapped[str] = mapped_column(String(500), default="")


class Closing(Row):
    """The end of a half-day: the trainer has signed last; from now on it is frozen.

    The row exists as long as the half-day is closed. The figures are those of that instant.
    """

    __tablename__ = "closing"
    __table_args__ = (UniqueConstraint("half_day_id"),)

    half_day_id: Mapped[int] = mapped_column(ForeignKey("half_day.id"))
    closed_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(String(200))
    incident: Mapped[str] = mapped_column(String(500), default="")
    present: Mapped[int]
    absent: Mapped[int]
    unsigned: Mapped[int] = mapped_column(default=0)


class Reopening(Row):
    """A half-day closed by mistake was opened again by the quality manager: the trace of it."""

    __tablename__ = "reopening"

    half_day_id: Mapped[int] = mapped_column(ForeignKey("half_day.id"), index=True)
    closed_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(String(200))
    incident: Mapped[str] = mapped_column(String(500), default="")
    why: Mapped[str] = mapped_column(String(500))
    reopened_at: Mapped[datetime]
    reopened_by: Mapped[str] = mapped_column(String(200))


class Correction(Row):
    """A mark of a closed half-day was corrected by the quality manager: before, after, why.

    `before` and `after` hold state, minutes_late, minutes_early and reason; `before` is empty
    when the trainee had not been marked.
    """

    __tablename__ = "attendance_correction"

    half_day_id: Mapped[int] = mapped_column(ForeignKey("half_day.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    why: Mapped[str] = mapped_column(String(500))
    corrected_at: Mapped[datetime]
    corrected_by: Mapped[str] = mapped_column(String(200))


class RemoteFollowUp(Row):
    """What shows that a remote trainee really followed: work and exchanges, not connections."""

    __tablename__ = "remote_follow_up"
    __table_args__ = (UniqueConstraint("enrolment_id"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    activities: Mapped[str] = mapped_column(String(1000))
    exchanges: Mapped[str] = mapped_column(String(1000))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
