"""Rows of issued documents."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Document(Row):
    """An issued document: its bytes are in the store under `sha256` and never change.

    A correction is a new version that names the one it replaces; both stay.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("kind", "subject_kind", "subject_id", "version"),
        Index("ix_document_subject", "subject_kind", "subject_id"),
    )

    number: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(60))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    label: Mapped[str] = mapped_column(String(200), default="")  # for whom
    subject_kind: Mapped[str] = mapped_column(String(40))
    subject_id: Mapped[int]
    cohort_id: Mapped[int | None] = mapped_column(index=True)
    issued_at: Mapped[datetime]
    issued_by: Mapped[str] = mapped_column(String(200))
    template_version: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]
    data_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    mime: Mapped[str] = mapped_column(String(60), default="application/pdf")
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    superseded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str] = mapped_column(String(500), default="")


class NumberSeries(Row):
    """The last number used in a series (kind and year), so that none is used twice."""

    __tablename__ = "number_series"
    __table_args__ = (UniqueConstraint("series"),)

    series: Mapped[str] = mapped_column(String(60))
    last: Mapped[int] = mapped_column(default=0)
