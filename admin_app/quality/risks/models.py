"""Rows of quality risks: what may go wrong, how it was rated, what is done, what showed it."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core.database import Row
from admin_app.core.search import Searchable


class Risk(Searchable, Row):
    """Something that may spoil the quality of training.

    `likelihood` and `impact` go from 1 to 4: ours, for the text imposes no scale. They repeat the
    last rating, so that lists need not look for it; ratings themselves are only ever added.
    """

    __tablename__ = "quality_risk"
    searched = ("title", "reference", "owner_name")
    __table_args__ = (Index("ix_quality_risk_rank", "closed_on", "likelihood", "impact"),)

    reference: Mapped[str] = mapped_column(String(30), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    domain: Mapped[str] = mapped_column(String(30))
    causes: Mapped[str] = mapped_column(Text, default="")
    effects: Mapped[str] = mapped_column(Text, default="")
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    owner_name: Mapped[str] = mapped_column(String(120))
    likelihood: Mapped[int]
    impact: Mapped[int]
    created_on: Mapped[date]
    reviewed_on: Mapped[date | None] = mapped_column(index=True)
    closed_on: Mapped[date | None]
    closed_by: Mapped[str] = mapped_column(String(200), default="")
    closed_why: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class RiskRating(Row):
    """How a risk was rated on a day, and why. Only ever added."""

    __tablename__ = "risk_rating"

    risk_id: Mapped[int] = mapped_column(ForeignKey("quality_risk.id"), index=True)
    rated_on: Mapped[date]
    rated_by: Mapped[str] = mapped_column(String(200))
    likelihood: Mapped[int]
    impact: Mapped[int]
    why: Mapped[str] = mapped_column(Text)
    recorded_at: Mapped[datetime]


class RiskMeasure(Row):
    """What is done against a risk: by whom, by when. One given up keeps its trace."""

    __tablename__ = "risk_measure"

    risk_id: Mapped[int] = mapped_column(ForeignKey("quality_risk.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    owner_name: Mapped[str] = mapped_column(String(120))
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    done_words: Mapped[str] = mapped_column(Text, default="")
    dropped_on: Mapped[date | None]
    dropped_why: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class RiskFact(Row):
    """A fact that shows a risk: a complaint, an incident, a departure. It names nobody."""

    __tablename__ = "risk_fact"

    risk_id: Mapped[int] = mapped_column(ForeignKey("quality_risk.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    reference_id: Mapped[int | None]
    words: Mapped[str] = mapped_column(String(300))
    url: Mapped[str] = mapped_column(String(300), default="")
    happened_on: Mapped[date]
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))


class RiskAnalysis(Row):
    """The analysis as a whole, approved on a day, with the risks as they stood. Never changed."""

    __tablename__ = "risk_analysis"

    approved_on: Mapped[date]
    approved_by: Mapped[str] = mapped_column(String(200))
    present: Mapped[str] = mapped_column(String(500))
    method: Mapped[str] = mapped_column(Text)
    conclusions: Mapped[str] = mapped_column(Text)
    risks: Mapped[list[dict[str, Any]]]
    sha256: Mapped[str] = mapped_column(String(64))
    recorded_at: Mapped[datetime]
    recorded_by: Mapped[str] = mapped_column(String(200))
