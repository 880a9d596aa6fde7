"""Rows of teaching resources."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class ResourceFile(Row):
    """A file for the trainees of a cohort: added, then shared; withdrawn, it stays, marked."""

    __tablename__ = "resource_file"

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(150))
    mime: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    added_at: Mapped[datetime]
    added_by: Mapped[str] = mapped_column(String(200))
    shared_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(String(200), default="")
    withdrawn_why: Mapped[str] = mapped_column(String(300), default="")

    @property
    def is_waiting(self) -> bool:
        """Whether it was added and remains to be shared."""
        return self.shared_at is None and self.withdrawn_at is None

    @property
    def is_open(self) -> bool:
        """Whether trainees can fetch it."""
        return self.shared_at is not None and self.withdrawn_at is None


class ResourceFetch(Row):
    """Who fetched which file, and when (the first time)."""

    __tablename__ = "resource_fetch"
    __table_args__ = (UniqueConstraint("resource_id", "enrolment_id"),)

    resource_id: Mapped[int] = mapped_column(ForeignKey("resource_file.id"), index=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    fetched_at: Mapped[datetime]
