"""Rows of adaptations: a client's request; a trainee's accommodation (closed room)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row
from admin_app.core.search import Searchable


class AdaptationRequest(Searchable, Row):
    """A client asks for a custom version of a programme; what was decided, and why.

    `state`: received, acknowledged, analysed, accepted, declined, withdrawn. `answer_due_on` is
    the last day for the decision, as it was promised to whoever asked.
    """

    __tablename__ = "adaptation_request"
    searched = ("organisation", "reference", "contact_name")
    __table_args__ = (UniqueConstraint("reference"),)

    reference: Mapped[str] = mapped_column(String(30))
    version_id: Mapped[int] = mapped_column(ForeignKey("programme_version.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    organisation: Mapped[str] = mapped_column(String(200))
    contact_name: Mapped[str] = mapped_column(String(120))
    contact_quality: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(30), default="")
    context: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    headcount: Mapped[int | None]
    wished_dates: Mapped[str] = mapped_column(Text, default="")
    wished_place: Mapped[str] = mapped_column(Text, default="")
    wished_changes: Mapped[str] = mapped_column(Text)
    # only that someone asked to be called by the disability officer; never what about
    particular_needs: Mapped[bool] = mapped_column(default=False)
    called_at: Mapped[datetime | None]
    called_by: Mapped[str] = mapped_column(String(200), default="")
    state: Mapped[str] = mapped_column(String(20), index=True)
    received_at: Mapped[datetime] = mapped_column(index=True)
    answer_due_on: Mapped[date | None] = mapped_column(index=True)
    acknowledged_at: Mapped[datetime | None]
    analysed_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    # False when only a date or a place changes: no adapted programme is then expected
    changes_programme: Mapped[bool] = mapped_column(default=True)
    adapted_version_id: Mapped[int | None] = mapped_column(
        ForeignKey("programme_version.id"), index=True
    )
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[str] = mapped_column(Text, default="")


class Adaptation(Row):
    """One change that was promised, and the half-day where it was applied."""

    __tablename__ = "adaptation"

    request_id: Mapped[int] = mapped_column(ForeignKey("adaptation_request.id"), index=True)
    label: Mapped[str] = mapped_column(String(300))
    half_day_id: Mapped[int | None] = mapped_column(ForeignKey("half_day.id"))
    applied_at: Mapped[datetime | None]
    applied_by: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(500), default="")


class Accommodation(Row):
    """A trainee's request linked to a disability: read by the disability officer alone.

    `need` is in the person's words: no list loads it, and reading it is written in the journal
    first (`operations.accommodations.read_need`). `measures` are what the trainers read, and only
    that. After `erase_after` the texts go; that a request was answered stays.
    """

    __tablename__ = "accommodation"

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), index=True)
    received_at: Mapped[datetime]
    need: Mapped[str] = mapped_column(Text, deferred=True, deferred_raiseload=True)
    contact: Mapped[str] = mapped_column(String(200), default="")
    consent: Mapped[bool]
    state: Mapped[str] = mapped_column(String(20))  # received, decided, closed
    measures: Mapped[str] = mapped_column(Text, default="")
    refused_why: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str] = mapped_column(String(200), default="")
    trainers_told_at: Mapped[datetime | None]
    follow_up: Mapped[list[dict[str, Any]]]
    erase_after: Mapped[date | None] = mapped_column(index=True)
    erased_at: Mapped[datetime | None]
