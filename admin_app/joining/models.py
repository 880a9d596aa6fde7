"""Rows of joining instructions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class JoiningInstructions(Row):
    """The joining instructions sent to a trainee, with the house documents in force that day."""

    __tablename__ = "joining_instructions"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    message_id: Mapped[int | None] = mapped_column(ForeignKey("mail_message.id"))
    enclosed: Mapped[list[dict[str, Any]]]
    sent_at: Mapped[datetime]
    opened_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]


class RemoteAssistance(Row):
    """Whom the trainees of a cohort taught remotely may turn to, and what they do at a distance
    (C. trav., D. 6313-3-1): told to them by the joining instructions."""

    __tablename__ = "remote_assistance"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), unique=True)
    technical: Mapped[str] = mapped_column(Text)
    teaching: Mapped[str] = mapped_column(Text)
    answer_within: Mapped[str] = mapped_column(String(120))
    activities: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime]
    changed_by: Mapped[str] = mapped_column(String(200))
