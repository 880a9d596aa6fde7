"""Rows of cohorts: dates, half-days, who teaches, who buys, who attends."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admin_app.core.database import Row
from admin_app.core.search import Searchable


class Cohort(Searchable, Row):
    """A group that follows a programme on given days (session)."""

    __tablename__ = "cohort"
    searched = ("reference", "title")
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_cohort_starts_on", "starts_on", "id"),
        Index("ix_cohort_ends_on", "ends_on", "starts_on", "cancelled_at"),  # those under way
    )

    reference: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(200))
    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"), index=True)
    standard_version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    modality: Mapped[str] = mapped_column(String(20))
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    remote_url: Mapped[str] = mapped_column(String(300), default="")
    is_certifying: Mapped[bool] = mapped_column(default=False)
    is_alternance: Mapped[bool] = mapped_column(default=False)
    has_work_placement: Mapped[bool] = mapped_column(default=False)
    has_subcontracting: Mapped[bool] = mapped_column(default=False)
    practical_info: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str] = mapped_column(String(200))
    cancelled_at: Mapped[datetime | None]
    cancelled_why: Mapped[str] = mapped_column(String(500), default="")

    half_days: Mapped[list["HalfDay"]] = relationship(order_by="HalfDay.starts_at")
    assignments: Mapped[list["Assignment"]] = relationship(order_by="Assignment.id")
    clients: Mapped[list["CohortClient"]] = relationship(order_by="CohortClient.id")
    enrolments: Mapped[list["Enrolment"]] = relationship(order_by="Enrolment.id")


class HalfDay(Row):
    """A half-day of a cohort. `minutes` are planned teaching minutes, breaks included as taught."""

    __tablename__ = "half_day"
    __table_args__ = (UniqueConstraint("cohort_id", "day", "period"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    day: Mapped[date] = mapped_column(index=True)
    period: Mapped[str] = mapped_column(String(10))  # morning, afternoon
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    minutes: Mapped[int]
    is_remote: Mapped[bool] = mapped_column(default=False)
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id"), index=True)
    theme: Mapped[str] = mapped_column(String(300), default="")
    cancelled_at: Mapped[datetime | None]
    cancelled_why: Mapped[str] = mapped_column(String(300), default="")


class Assignment(Row):
    """A trainer who teaches a cohort. `reason` is written when a required skill is not shown."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("cohort_id", "trainer_id"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    trainer_id: Mapped[int] = mapped_column(ForeignKey("trainer.id"), index=True)
    reason: Mapped[str] = mapped_column(String(500), default="")
    assigned_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_why: Mapped[str] = mapped_column(String(300), default="")


class CohortClient(Row):
    """A client that sends trainees to a cohort, or buys it whole."""

    __tablename__ = "cohort_client"
    __table_args__ = (UniqueConstraint("cohort_id", "client_id"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    price: Mapped[Decimal | None]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("client_contact.id"))
    added_at: Mapped[datetime]


class CohortFunder(Row):
    """A funder (a client of that kind) that pays for a part of a cohort."""

    __tablename__ = "cohort_funder"
    __table_args__ = (UniqueConstraint("cohort_id", "client_id"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    added_at: Mapped[datetime]


class Enrolment(Row):
    """A trainee in a cohort. A departure keeps its trace; a replacement names who came instead."""

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("cohort_id", "trainee_id"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"), index=True)
    trainee_id: Mapped[int] = mapped_column(ForeignKey("trainee.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    employer: Mapped[str] = mapped_column(String(200), default="")
    pays_personally: Mapped[bool] = mapped_column(default=False)
    enrolled_at: Mapped[datetime]  # when it was written, even after the first day
    takes_part_from: Mapped[date | None]  # when not from the first day of the cohort
    left_on: Mapped[date | None]
    left_recorded_at: Mapped[datetime | None]
    departure: Mapped[str] = mapped_column(String(20), default="")  # withdrawn, replaced, dropout
    departure_reason: Mapped[str] = mapped_column(String(500), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"))

    @property
    def is_active(self) -> bool:
        """Whether the trainee still takes part."""
        return not self.departure


class ParticularNote(Row):
    """What the special follow-up of a cohort keeps, when its facts call for it.

    `kind` is a key of `cohorts.particulars.KINDS` (the piece that it makes); `enrolment_id` is
    set when it is about one trainee. `who` is the tutor, partner, certifier or referent.
    """

    __tablename__ = "particular_note"
    __table_args__ = (Index("ix_particular_note_cohort", "cohort_id", "kind"),)

    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolment.id"), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    happened_on: Mapped[date]
    who: Mapped[str] = mapped_column(String(200))
    detail: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str] = mapped_column(String(200), default="")
    withdrawn_why: Mapped[str] = mapped_column(String(300), default="")
