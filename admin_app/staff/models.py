"""Rows of the team: who is in the house, who does what, meetings, plans, reviews, development."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row
from admin_app.core.search import Searchable
from admin_app.people.kept import Filed, Kept


class StaffMember(Searchable, Row):
    """Someone of the team. `left_on` is the first day no longer in the house."""

    __tablename__ = "staff_member"
    searched = ("name", "role")

    name: Mapped[str] = mapped_column(String(120))
    role: Mapped[str] = mapped_column(String(150))
    since: Mapped[date]
    left_on: Mapped[date | None]
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("trainer.id"), index=True)


class ChartRole(Kept, Row):
    """A role of the functional chart, who holds it, who stands in. Set aside once it has ended.

    `kind` is a key of `staff.words.ROLES`. The holder is one of the team, or a name.
    """

    __tablename__ = "chart_role"

    kind: Mapped[str] = mapped_column(String(30))
    title: Mapped[str] = mapped_column(String(150))
    missions: Mapped[str] = mapped_column(Text)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("staff_member.id"), index=True)
    holder: Mapped[str] = mapped_column(String(120))
    stand_in: Mapped[str] = mapped_column(String(120), default="")
    since: Mapped[date]


class ChartApproval(Kept, Row):
    """The functional chart as it was approved on a day: its roles are kept as they were."""

    __tablename__ = "chart_approval"

    approved_on: Mapped[date]
    approved_by: Mapped[str] = mapped_column(String(120))
    note: Mapped[str] = mapped_column(Text, default="")
    roles: Mapped[list[dict[str, Any]]]


class TeamMeeting(Kept, Row):
    """A meeting of the team, outside trainers included."""

    __tablename__ = "team_meeting"
    __table_args__ = (Index("ix_team_meeting_held_on", "held_on", "id"),)

    held_on: Mapped[date]
    present: Mapped[str] = mapped_column(String(500))
    points: Mapped[str] = mapped_column(Text)
    decisions: Mapped[str] = mapped_column(Text)


class DevelopmentPlan(Kept, Row):
    """What is planned in a year to keep everybody's skills up."""

    __tablename__ = "development_plan"

    year: Mapped[int]
    decided_on: Mapped[date]
    needs: Mapped[str] = mapped_column(Text)
    actions: Mapped[str] = mapped_column(Text)


class StaffReview(Kept, Row):
    """A professional review of someone of the team."""

    __tablename__ = "staff_review"

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    held_on: Mapped[date]
    held_by: Mapped[str] = mapped_column(String(120))
    exchanged: Mapped[str] = mapped_column(Text)
    decisions: Mapped[str] = mapped_column(Text)


class StaffDevelopment(Kept, Filed, Row):
    """Something done to keep the skills of someone of the team up.

    `kind` is a key of `people.words.DEVELOPMENT_KINDS`; `minutes` how long it took, if known.
    """

    __tablename__ = "staff_development"

    member_id: Mapped[int] = mapped_column(ForeignKey("staff_member.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    done_on: Mapped[date]
    minutes: Mapped[int | None]
    effect: Mapped[str] = mapped_column(Text)
