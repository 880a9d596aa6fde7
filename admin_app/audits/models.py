"""Rows of audits."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Audit(Row):
    """An audit to come or under way: its kind, its day, and who reads."""

    __tablename__ = "audit"

    kind: Mapped[str] = mapped_column(String(20))  # initial, surveillance, renewal
    audit_on: Mapped[date]
    body: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    opened_by: Mapped[str] = mapped_column(String(200))


class AuditReader(Row):
    """An auditor's account for one audit."""

    __tablename__ = "audit_reader"
    __table_args__ = (UniqueConstraint("audit_id", "user_id"),)

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)


class AuditCohort(Row):
    """A cohort that an audit looks at."""

    __tablename__ = "audit_cohort"
    __table_args__ = (UniqueConstraint("audit_id", "cohort_id"),)

    audit_id: Mapped[int] = mapped_column(ForeignKey("audit.id"), index=True)
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
