"""Rows of results: what was published, what is known of a certification, what was planned."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class PublishedResults(Row):
    """Figures frozen on the day they were published, for a programme or for the whole house.

    `figures` are `results.figures.Figure` as data; a figure under the threshold has no value. The
    latest that is not withdrawn is the one that the public reads.
    """

    __tablename__ = "published_results"
    __table_args__ = (Index("ix_published_results_programme", "programme_id", "published_at"),)

    # none: the whole house
    programme_id: Mapped[int | None] = mapped_column(ForeignKey("programme.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    threshold: Mapped[int]
    figures: Mapped[list[dict[str, Any]]]
    comment: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime]
    published_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(String(200), default="")
    withdrawn_why: Mapped[str] = mapped_column(String(300), default="")


class CertificationSheet(Row):
    """What the public must know of a certification for a period, and its figures.

    Counts are people; the latest row of a programme is the one that the public reads.
    """

    __tablename__ = "certification_sheet"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    title: Mapped[str] = mapped_column(String(250))
    code: Mapped[str] = mapped_column(String(20))
    certifier: Mapped[str] = mapped_column(String(200))
    registered_until: Mapped[date | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    entered: Mapped[int]
    presented: Mapped[int]
    obtained: Mapped[int]
    source: Mapped[str] = mapped_column(String(300))
    blocks: Mapped[str] = mapped_column(Text)
    equivalences: Mapped[str] = mapped_column(Text)
    bridges: Mapped[str] = mapped_column(Text)
    further: Mapped[str] = mapped_column(Text)
    outlets: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class CertificationMatch(Row):
    """How the contents of a programme match what the certification demands."""

    __tablename__ = "certification_match"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"))
    checked_on: Mapped[date]
    checked_by: Mapped[str] = mapped_column(String(150))
    # one row an objective: {"objective", "demand"}
    rows: Mapped[list[dict[str, Any]]]
    conclusion: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class CertificationAuthorisation(Row):
    """What allows the house to prepare for, or to deliver, a certification."""

    __tablename__ = "certification_authorisation"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    granted_by: Mapped[str] = mapped_column(String(200))
    reference: Mapped[str] = mapped_column(String(200), default="")
    granted_on: Mapped[date]
    valid_until: Mapped[date | None]
    file_sha256: Mapped[str] = mapped_column(String(64), default="")
    file_name: Mapped[str] = mapped_column(String(150), default="")
    file_kind: Mapped[str] = mapped_column(String(10), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str] = mapped_column(String(200), default="")
    removed_why: Mapped[str] = mapped_column(String(300), default="")


class PlannedResults(Row):
    """The measures that a new organisation chose before it had any result."""

    __tablename__ = "planned_results"

    chosen_on: Mapped[date]
    measures: Mapped[list[str]]
    method: Mapped[str] = mapped_column(Text)
    first_publication_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
