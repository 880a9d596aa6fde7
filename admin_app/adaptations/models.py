"""Rows of adaptations: a client's request; a trainee's accommodation (closed room); the network of
partners for disability, and what the officer learns."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row
from admin_app.core.search import Searchable
from admin_app.organisation.models import Removable


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


class NetworkPartner(Searchable, Row):
    """A partner who can be called upon for a disability: who, whom to ask there, what for."""

    __tablename__ = "network_partner"
    searched = ("name", "contact_name")

    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))  # a key of network_words.KINDS
    contact_name: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(30), default="")
    website: Mapped[str] = mapped_column(String(200), default="")
    purpose: Mapped[str] = mapped_column(Text)
    added_on: Mapped[date]
    archived_at: Mapped[datetime | None]


class NetworkCheck(Removable, Row):
    """The list of partners was gone through: what stood in it then, and what was changed."""

    __tablename__ = "network_check"

    checked_on: Mapped[date] = mapped_column(index=True)
    checked_by: Mapped[str] = mapped_column(String(120))
    words: Mapped[str] = mapped_column(Text, default="")
    partners: Mapped[list[str]]  # the names that day
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class NetworkContact(Removable, Row):
    """A contact really made with a partner. Nobody who is accompanied is named in it.

    `words` stays in this room: neither the journal nor the evidence repeats it.
    """

    __tablename__ = "network_contact"
    __table_args__ = (Index("ix_network_contact_partner", "partner_id", "made_on", "id"),)

    partner_id: Mapped[int] = mapped_column(ForeignKey("network_partner.id"))
    made_on: Mapped[date] = mapped_column(index=True)
    made_by: Mapped[str] = mapped_column(String(120))
    with_whom: Mapped[str] = mapped_column(String(120), default="")
    how: Mapped[str] = mapped_column(String(20))
    topic: Mapped[str] = mapped_column(String(20))
    answered: Mapped[bool]
    words: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class OfficerTraining(Removable, Row):
    """How the disability officer learnt, or brought knowledge up to date."""

    __tablename__ = "officer_training"

    ended_on: Mapped[date] = mapped_column(index=True)
    officer: Mapped[str] = mapped_column(String(120))
    title: Mapped[str] = mapped_column(String(200))
    organiser: Mapped[str] = mapped_column(String(200))
    proof: Mapped[str] = mapped_column(String(300), default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
