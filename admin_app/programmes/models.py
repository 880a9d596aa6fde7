"""Rows of programmes."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admin_app.core.database import Row
from admin_app.core.search import Searchable


class Programme(Searchable, Row):
    """A training of the catalogue, or the version of it adapted for one client."""

    __tablename__ = "programme"
    searched = ("title", "reference")
    __table_args__ = (UniqueConstraint("reference"), UniqueConstraint("slug"))

    reference: Mapped[str] = mapped_column(String(30))
    slug: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    category: Mapped[str] = mapped_column(String(5), default="AF")
    is_public: Mapped[bool] = mapped_column(default=True)
    # a version's key, without a foreign key: each table would need the other to exist first
    adapted_from_id: Mapped[int | None] = mapped_column(index=True)
    # what its cohorts are by default; some indicators apply only then
    is_alternance: Mapped[bool] = mapped_column(default=False)
    has_work_placement: Mapped[bool] = mapped_column(default=False)
    first_published_on: Mapped[date | None]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]

    versions: Mapped[list["ProgrammeVersion"]] = relationship(
        back_populates="programme",
        foreign_keys="ProgrammeVersion.programme_id",
        order_by="ProgrammeVersion.number",
    )


class ProgrammeVersion(Searchable, Row):
    """A dated version of a programme: a draft until published, then never changed.

    `objectives` is a list of texts; `contents` a list of `{"day", "title", "points": […]}`.
    `superseded_at` is the instant from which another version is in force (it may be to come).
    """

    __tablename__ = "programme_version"
    searched = ("title", "audience", "summary")
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(Text, default="")
    audience: Mapped[str] = mapped_column(Text, default="")
    prerequisites: Mapped[str] = mapped_column(Text, default="")
    objectives: Mapped[list[str]]
    contents: Mapped[list[dict[str, Any]]]
    duration_minutes: Mapped[int | None]
    days: Mapped[int | None]
    modality: Mapped[str] = mapped_column(String(20), default="in-person")
    methods: Mapped[str] = mapped_column(Text, default="")
    means: Mapped[str] = mapped_column(Text, default="")
    assessment: Mapped[str] = mapped_column(Text, default="")
    monitoring: Mapped[str] = mapped_column(Text, default="")
    recognition: Mapped[str] = mapped_column(String(40), default="")
    recognition_details: Mapped[str] = mapped_column(Text, default="")
    price: Mapped[Decimal | None]
    price_basis: Mapped[str] = mapped_column(String(20), default="group")  # group, trainee
    price_details: Mapped[str] = mapped_column(Text, default="")
    financing: Mapped[str] = mapped_column(Text, default="")
    access_delay: Mapped[str] = mapped_column(Text, default="")
    access_terms: Mapped[str] = mapped_column(Text, default="")
    accessibility: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(Text, default="")
    required_skills: Mapped[list[str]]
    is_certifying: Mapped[bool] = mapped_column(default=False)
    change_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    # who last saved the draft: two people writing at once do not erase one another
    saved_at: Mapped[datetime | None]
    saved_by: Mapped[str] = mapped_column(String(200), default="")
    published_at: Mapped[datetime | None]
    published_by: Mapped[str] = mapped_column(String(200), default="")
    in_force_from: Mapped[date | None]
    superseded_at: Mapped[datetime | None]

    programme: Mapped[Programme] = relationship(
        back_populates="versions", foreign_keys=[programme_id]
    )
    trainers: Mapped[list["ProgrammeTrainer"]] = relationship(
        order_by="ProgrammeTrainer.id", cascade="all, delete-orphan"
    )

    @property
    def is_draft(self) -> bool:
        """Whether it can still be written."""
        return self.published_at is None


class ProgrammeTrainer(Row):
    """A trainer named on a programme version."""

    __tablename__ = "programme_trainer"
    __table_args__ = (UniqueConstraint("version_id", "trainer_id"),)

    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"), index=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"), index=True)


class ResourcesReview(Row):
    """Someone looked at the teaching resources of a programme: what, and what changes."""

    __tablename__ = "resources_review"

    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"), index=True)
    reviewed_on: Mapped[date]
    reviewed_by: Mapped[str] = mapped_column(String(150))
    looked_at: Mapped[str] = mapped_column(Text)
    decisions: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
