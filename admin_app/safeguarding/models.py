"""Rows of safeguarding: contacts, readers, the closed register, and apart from it what was told.

What a person tells of violence, harassment or discrimination is an allegation of offences (GDPR,
article 10) and may be health data (article 9): it stands in tables of its own (`Narrative`,
`NarrativeNote`, `NarrativeOpening`), never in the register's, so that it can be erased alone.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class SafeguardingContact(Row):
    """Whom to talk to in the house. A contact who no longer is one keeps its trace."""

    __tablename__ = "safeguarding_contact"

    name: Mapped[str] = mapped_column(String(120))
    quality: Mapped[str] = mapped_column(String(120), default="")
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(30), default="")
    since: Mapped[date]
    ended_on: Mapped[date | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class SafeguardingReader(Row):
    """Someone named to keep the register and, reason given, open what was told."""

    __tablename__ = "safeguarding_reader"
    __table_args__ = (UniqueConstraint("user_id"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    named_at: Mapped[datetime]
    named_by: Mapped[str] = mapped_column(String(200))


class Report(Row):
    """One entry of the register: when, what kind, what was done, closed when. Never what was told.

    `closed_how` is a key of `words.OUTCOMES`; `narrative_erased_at` says when what was told went.
    """

    __tablename__ = "safeguarding_report"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_safeguarding_report_open", "closed_on", "received_on"),
    )

    reference: Mapped[str] = mapped_column(String(30))
    received_on: Mapped[date]
    recorded_at: Mapped[datetime]
    category: Mapped[str] = mapped_column(String(30))
    author_kind: Mapped[str] = mapped_column(String(20))
    channel: Mapped[str] = mapped_column(String(20))
    is_anonymous: Mapped[bool] = mapped_column(default=False)
    cohort_id: Mapped[int | None] = mapped_column(ForeignKey("cohort.id"), index=True)
    closed_on: Mapped[date | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    closed_how: Mapped[str] = mapped_column(String(30), default="")
    erase_after: Mapped[date | None] = mapped_column(index=True)
    narrative_erased_at: Mapped[datetime | None]
    narrative_erased_why: Mapped[str] = mapped_column(String(30), default="")

    @property
    def is_open(self) -> bool:
        """Whether it is still being handled."""
        return self.closed_on is None


class ReportAction(Row):
    """One thing done about a report, by its kind and its day; a sanction names the house rules."""

    __tablename__ = "safeguarding_action"

    report_id: Mapped[int] = mapped_column(ForeignKey("safeguarding_report.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    done_on: Mapped[date]
    house_rules_version: Mapped[int | None]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class Narrative(Row):
    """What was told, and by whom. No list loads it; opening it is written in the journal first."""

    __tablename__ = "safeguarding_narrative"
    __table_args__ = (UniqueConstraint("report_id"),)

    report_id: Mapped[int] = mapped_column(ForeignKey("safeguarding_report.id"))
    text: Mapped[str] = mapped_column(Text, deferred=True, deferred_raiseload=True)
    author: Mapped[str] = mapped_column(String(200), deferred=True, deferred_raiseload=True)
    contact: Mapped[str] = mapped_column(String(300), deferred=True, deferred_raiseload=True)


class NarrativeNote(Row):
    """What was said since, by those who handle the report; erased with the narrative."""

    __tablename__ = "safeguarding_note"

    report_id: Mapped[int] = mapped_column(ForeignKey("safeguarding_report.id"), index=True)
    written_at: Mapped[datetime]
    written_by: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text, deferred=True, deferred_raiseload=True)


class NarrativeOpening(Row):
    """That someone opened what was told, and why. `detail` stays in the closed room."""

    __tablename__ = "safeguarding_opening"

    report_id: Mapped[int] = mapped_column(ForeignKey("safeguarding_report.id"), index=True)
    opened_at: Mapped[datetime]
    user_id: Mapped[int | None]
    opened_by: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(String(30))
    detail: Mapped[str] = mapped_column(String(500), default="")
