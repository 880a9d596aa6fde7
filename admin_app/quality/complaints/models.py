"""Rows of complaints and incidents: what was said, what was answered, what was decided."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row
from admin_app.core.search import Searchable


class Complaint(Searchable, Row):
    """Something that went wrong: a complaint that someone makes, or an incident of a training.

    `label_short` names the matter without naming anybody: it is what the journal and evidence say.
    `words` are kept as they were received or noted, and never change. Days are those of the facts.
    """

    __tablename__ = "complaint"
    searched = ("reference", "label_short", "author_name")
    __table_args__ = (
        Index("ix_complaint_kind", "kind", "closed_on", "received_on"),
        Index("ix_complaint_received_on", "received_on", "id"),
    )

    reference: Mapped[str] = mapped_column(String(30), unique=True)
    kind: Mapped[str] = mapped_column(String(20))  # complaint, incident
    topic: Mapped[str] = mapped_column(String(30))
    label_short: Mapped[str] = mapped_column(String(120))
    received_on: Mapped[date]
    channel: Mapped[str] = mapped_column(String(20))
    author_kind: Mapped[str] = mapped_column(String(20))
    author_name: Mapped[str] = mapped_column(String(150), default="")
    author_email: Mapped[str] = mapped_column(String(254), default="")
    author_phone: Mapped[str] = mapped_column(String(30), default="")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    training: Mapped[str] = mapped_column(String(200), default="")  # as a visitor names it
    words: Mapped[str] = mapped_column(Text)
    wished: Mapped[str] = mapped_column(Text, default="")
    assigned_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    assigned_name: Mapped[str] = mapped_column(String(120), default="")
    acknowledged_on: Mapped[date | None]
    acknowledged_by: Mapped[str] = mapped_column(String(200), default="")
    acknowledged_how: Mapped[str] = mapped_column(String(20), default="")
    answered_on: Mapped[date | None]
    answered_by: Mapped[str] = mapped_column(String(200), default="")
    answered_how: Mapped[str] = mapped_column(String(20), default="")
    answer: Mapped[str] = mapped_column(Text, default="")
    # an incident: what was done about it, and what it did to the half-days
    solved_on: Mapped[date | None]
    solution: Mapped[str] = mapped_column(Text, default="")
    effect: Mapped[str] = mapped_column(Text, default="")
    closed_on: Mapped[date | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    decision: Mapped[str] = mapped_column(Text, default="")
    satisfied: Mapped[str] = mapped_column(String(20), default="")  # yes, no, partly, unknown
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))

    @property
    def is_incident(self) -> bool:
        """Whether it is an incident, rather than someone's complaint."""
        return self.kind == "incident"

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done about it."""
        return self.closed_on is None


class ComplaintExchange(Row):
    """One exchange about a complaint: who said what, when. Never changed, never removed."""

    __tablename__ = "complaint_exchange"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    happened_on: Mapped[date]
    direction: Mapped[str] = mapped_column(String(10))  # in, out, inside
    channel: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class IncidentHalfDay(Row):
    """A half-day that an incident touched. It merely points at it: the half-day may still move."""

    __tablename__ = "incident_half_day"

    complaint_id: Mapped[int] = mapped_column(ForeignKey("complaint.id"), index=True)
    half_day_id: Mapped[int | None] = mapped_column(ForeignKey("half_day.id"), index=True)
