"""Rows of subcontracting: who works under contract, contracts, clauses, proofs, evaluations."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core import clock
from admin_app.core.database import Row
from admin_app.core.search import Searchable
from admin_app.people.kept import Filed, Kept


class Subcontractor(Searchable, Row):
    """A subcontractor, or a portage company. `kind` is a key of `subcontracting.words.KINDS`."""

    __tablename__ = "subcontractor"
    searched = ("name", "contact", "siret")

    name: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(20))
    siret: Mapped[str] = mapped_column(String(14), default="")
    activity_number: Mapped[str] = mapped_column(String(11), default="")
    contact: Mapped[str] = mapped_column(String(200), default="")
    added_on: Mapped[date]
    archived_at: Mapped[datetime | None]

    @property
    def archived_on(self) -> date | None:
        """The day on which it was archived, for the organisation."""
        return clock.day_of(self.archived_at) if self.archived_at else None


class Subcontract(Kept, Filed, Row):
    """A signed contract with its scan. `ends_on` is its last day, None when it has none."""

    __tablename__ = "subcontract"

    subcontractor_id: Mapped[int] = mapped_column(ForeignKey("subcontractor.id"), index=True)
    signed_on: Mapped[date]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    missions: Mapped[str] = mapped_column(Text)


class ClauseCheck(Kept, Row):
    """The clauses of a contract looked at one by one.

    `answers` has for each key of a clause its `state` (a key of `words.STATES`) and `where` it is
    written, or why it is beside the point. `is_complete`: none was missing.
    """

    __tablename__ = "clause_check"

    subcontract_id: Mapped[int] = mapped_column(ForeignKey("subcontract.id"), index=True)
    checked_on: Mapped[date]
    answers: Mapped[dict[str, Any]]
    is_complete: Mapped[bool]


class SubcontractorProof(Kept, Filed, Row):
    """Something that shows that it is in order. `kind` is a key of `words.PROOFS`.

    `beside_why` is written instead of a proof when this one is not asked of it.
    """

    __tablename__ = "subcontractor_proof"

    subcontractor_id: Mapped[int] = mapped_column(ForeignKey("subcontractor.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    obtained_on: Mapped[date]
    valid_until: Mapped[date | None]
    beside_why: Mapped[str] = mapped_column(String(300), default="")


class SubcontractorEvaluation(Kept, Row):
    """The evaluation of a year. `verdict` is a key of `words.VERDICTS`."""

    __tablename__ = "subcontractor_evaluation"

    subcontractor_id: Mapped[int] = mapped_column(ForeignKey("subcontractor.id"), index=True)
    held_on: Mapped[date]
    held_by: Mapped[str] = mapped_column(String(120))
    observations: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(20))
    follow_up: Mapped[str] = mapped_column(Text, default="")
