"""Reading reviews: what waits for a look, what was decided, the history of a piece."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import current_app
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import aliased

from admin_app.cohorts.models import Cohort
from admin_app.core.database import Rows, db
from admin_app.core.pages.listing import Page, paginate
from admin_app.core.search import holding
from admin_app.coverage.models import Expectation
from admin_app.coverage.queries import is_status
from admin_app.evidence.models import Evidence, EvidenceReview
from admin_app.practices.queries import book
from compliance.referentiel import Edition, Indicator
from compliance.vocabulary import PieceStatus, ReviewDecision

CLOSED = "accommodation"


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision as lists and pages show it; `holds` says whether it is about the present piece."""

    review: EvidenceReview
    evidence: Evidence
    reference: str = ""

    @property
    def decision(self) -> ReviewDecision:
        """What was decided."""
        return ReviewDecision(self.review.decision)

    @property
    def is_closed(self) -> bool:
        """Whether why is only for those who may read requests linked to a disability."""
        return self.evidence.piece == CLOSED

    @property
    def holds(self) -> bool:
        """Whether what was seen is what is there now."""
        return self.review.sha256 == self.evidence.sha256


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece that calls for a look, and why."""

    evidence: Evidence
    reference: str
    title: str
    why: str


def waiting(edition: Edition, day: date, text: str, number: int) -> Page[Waiting]:
    """The pieces whose dates call for a look or that someone marked so, oldest first."""
    latest = aliased(Evidence)
    last = (
        select(func.max(latest.id))
        .where(
            latest.piece == Expectation.piece,
            latest.scope_kind == Expectation.scope_kind,
            latest.scope_id == Expectation.scope_id,
            or_(
                latest.cohort_id == Expectation.cohort_id,
                latest.cohort_id.is_(None),
                Expectation.cohort_id.is_(None),
            ),
            latest.withdrawn_at.is_(None),
        )
        .correlate(Expectation)
        .scalar_subquery()
    )
    statement: Rows = (
        select(Expectation, Evidence, Cohort.reference)
        .select_from(Expectation)
        .join(Evidence, Evidence.id == last)
        .outerjoin(Cohort, Cohort.id == Expectation.cohort_id)
        .where(
            Expectation.is_open,
            is_status(PieceStatus.REVIEW.value, day),
            Expectation.editions.contains(f"|{edition.key}|"),
        )
        .order_by(Expectation.due_on, Expectation.id)
    )
    return paginate(_named(statement, text, Expectation.for_name), number).map(
        lambda row: Waiting(row[1], row[2] or "", row[0].title, row[0].oddity)
    )


def decided(text: str, decision: str, number: int) -> Page[Decided]:
    """Every decision, latest first."""
    statement: Rows = (
        select(EvidenceReview, Evidence, Cohort.reference)
        .select_from(EvidenceReview)
        .join(Evidence, Evidence.id == EvidenceReview.evidence_id)
        .outerjoin(Cohort, Cohort.id == Evidence.cohort_id)
        .order_by(EvidenceReview.id.desc())
    )
    if decision in set(ReviewDecision):
        statement = statement.where(EvidenceReview.decision == decision)
    return paginate(_named(statement, text, EvidenceReview.decided_by), number).map(
        lambda row: Decided(row[0], row[1], row[2] or "")
    )


def history(evidence: Evidence) -> list[Decided]:
    """The decisions about a piece and those that it replaced, latest first (one statement)."""
    rows = db.session.execute(
        select(EvidenceReview, Evidence)
        .join(Evidence, Evidence.id == EvidenceReview.evidence_id)
        .where(
            or_(
                Evidence.id == evidence.id,
                and_(
                    Evidence.piece == evidence.piece,
                    Evidence.scope_kind == evidence.scope_kind,
                    Evidence.scope_id == evidence.scope_id,
                    Evidence.withdrawn_at.is_not(None),
                ),
            )
        )
        .order_by(EvidenceReview.id.desc())
        .limit(50)
    )
    return [Decided(review, piece) for review, piece in rows]


def expected_for(evidence: Evidence) -> Expectation | None:
    """The expectation that a piece answers, in its cohort or for the organisation."""
    statement = select(Expectation).where(
        Expectation.piece == evidence.piece,
        Expectation.scope_kind == evidence.scope_kind,
        Expectation.scope_id == evidence.scope_id,
    )
    if evidence.cohort_id is not None:
        statement = statement.where(Expectation.cohort_id == evidence.cohort_id)
    return db.session.scalars(statement.order_by(Expectation.id).limit(1)).first()


def indicators_served(piece: str, edition: Edition) -> list[Indicator]:
    """The indicators of an edition that a kind of piece serves."""
    if piece not in book():
        return []
    entry = book().piece(piece)
    return [one for one in edition.indicators if entry.serves(one.key, edition.key)]


def piece_content(piece: Evidence) -> tuple[str, dict[str, object]] | None:
    """How the room that made a piece shows it: a template and its context, or nothing.

    Rooms register in `liasse.piece_views`, by the kind of their source row.
    """
    views = current_app.extensions.get("liasse.piece_views", {})
    view = views.get(piece.source_kind)
    return view(piece.source_id) if view is not None else None


def _named(statement: Rows, text: str, other: Any) -> Rows:
    if not text.strip():
        return statement
    return statement.where(holding(text, Evidence.label, Cohort.reference, other))
