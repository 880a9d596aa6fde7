"""Rows of audits."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Audit(Row):
    """An audit: its kind and day, the period whose cohorts it may draw from, when it closes."""

    __tablename__ = "audit"

    kind: Mapped[str] = mapped_column(String(20))  # initial, surveillance, renewal
    audit_on: Mapped[date]
    body: Mapped[str] = mapped_column(String(120))
    period_from: Mapped[date]
    period_to: Mapped[date]
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(String(200))
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")


class AuditReader(Row):
    """An auditor's account for one audit."""

    __tablename__ = "audit_reader"
    __table_args__ = (UniqueConstraint("audit_id", "user_id"),)

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
