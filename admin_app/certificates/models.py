"""Rows of certificates."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Certificate(Row):
    """A completion certificate or a training attestation of one trainee, as issued and sent."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("kind", "enrolment_id", "document_id"),)

    kind: Mapped[str] = mapped_column(String(40))  # completion-certificate, training-attestation
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    attended_minutes: Mapped[int]
    planned_minutes: Mapped[int]
    issued_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    fetched_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]
