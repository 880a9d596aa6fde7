"""Rows of joining instructions."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
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
