"""Rows of evaluations: surveys (what people think) and assessments (what was learnt)."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row


class Survey(Row):
    """A questionnaire sent to someone by link, and what was answered.

    `kind`: exit-survey, follow-up-survey, client-feedback, trainer-feedback.
    """

    __tablename__ = "survey"
    __table_args__ = (
        UniqueConstraint("kind", "scope_kind", "scope_id"),
        Index("ix_survey_cohort", "cohort_id", "kind"),
    )

    kind: Mapped[str] = mapped_column(String(30))
    cohort_id: Mapped[int] = mapped_column(ForeignKey("cohort.id"))
    # enrolment, client-in-cohort (cohort_client) or trainer-in-cohort (assignment)
    scope_kind: Mapped[str] = mapped_column(String(30))
    scope_id: Mapped[int]
    respondent: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    sent_at: Mapped[datetime | None]
    due_on: Mapped[date | None]
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    refused_why: Mapped[str] = mapped_column(String(300), default="")


class Assessment(Row):
    """What one trainee learnt, objective by objective, as assessed by the trainer."""

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("enrolment_id"),)

    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"))
    method: Mapped[str] = mapped_column(String(200))
    comment: Mapped[str] = mapped_column(Text, default="")
    assessed_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class AssessmentResult(Row):
    """The result for one objective: reached, partly, not-reached, not-assessed."""

    __tablename__ = "assessment_result"
    __table_args__ = (UniqueConstraint("assessment_id", "rank"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    rank: Mapped[int]
    objective: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(String(20))
