"""Rows of evidence."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Evidence(Row):
    """That a piece exists: the day it happened, the instant it was recorded, its hash.

    `piece` is a key of the catalogue; the scope says for whom (`enrolment` 12, `half-day` 7…); the
    source is the business row that it came from. A withdrawn piece stays, marked.
    """

    __tablename__ = "evidence"
    __table_args__ = (
        Index("ix_evidence_scope", "scope_kind", "scope_id", "piece"),
        # how many of each piece stand: read from the index alone
        Index(
            "ix_evidence_standing",
            "piece",
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    piece: Mapped[str] = mapped_column(String(60))
    scope_kind: Mapped[str] = mapped_column(String(40))
    scope_id: Mapped[int]
    cohort_id: Mapped[int | None] = mapped_column(index=True)
    source_kind: Mapped[str] = mapped_column(String(40))
    source_id: Mapped[int]
    label: Mapped[str] = mapped_column(String(300))
    occurred_on: Mapped[date]
    # an expiry written on the piece itself (a diploma, an insurance): its last good day
    valid_until: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    outcome: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    facts: Mapped[dict[str, Any]]
    flags: Mapped[list[str]]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(String(200), default="")
    withdrawn_why: Mapped[str] = mapped_column(String(500), default="")
    # the last decision of a person, and the hash that they saw: it holds for that hash alone
    review: Mapped[str] = mapped_column(String(12), default="")
    review_sha256: Mapped[str] = mapped_column(String(64), default="")


class EvidenceReview(Row):
    """What a person decided after looking at a piece; decisions add up and are never changed.

    `decision` is a `compliance.vocabulary.ReviewDecision`; `sha256` the hash of what was seen.
    """

    __tablename__ = "evidence_review"
    __table_args__ = (Index("ix_evidence_review_evidence", "evidence_id", "id"),)

    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    decision: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(String(500), default="")
    sha256: Mapped[str] = mapped_column(String(64))
    decided_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(200))
