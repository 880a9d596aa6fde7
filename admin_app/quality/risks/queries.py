"""Reading risks: the list, the matrix, one risk whole, the analyses that were approved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from admin_app.core.database import Rows, db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.journal.models import JournalEntry
from admin_app.journal.queries import of_subject
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.pieces import YEAR
from admin_app.quality.risks.models import Risk, RiskAnalysis, RiskFact, RiskMeasure, RiskRating
from admin_app.quality.risks.words import IMPACTS, LIKELIHOODS

MOST_SHOWN = 200
_OPEN = Risk.closed_on.is_(None)
_WAITING = and_(RiskMeasure.done_on.is_(None), RiskMeasure.dropped_on.is_(None))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; an empty state keeps the open ones."""

    q: str = ""
    state: str = ""
    domain: str = ""
    likelihood: int = 0
    impact: int = 0

    @property
    def is_narrow(self) -> bool:
        """Whether anything was chosen."""
        return any((self.q, self.state, self.domain, self.likelihood, self.impact))


class Counts(NamedTuple):
    """How many risks are open, to be looked at again; how many measures have passed their day."""

    open: int
    to_review: int
    late_measures: int


class Row(NamedTuple):
    """A line of the matrix: a likelihood, its words, and how many risks for each impact."""

    likelihood: int
    words: str
    cells: list[tuple[int, int]]


def risks(wanted: Wanted, today: date, number: int) -> Page[Risk]:
    """The risks wanted: those rated highest first, then the oldest."""
    statement: Rows = select(Risk).where(*_conditions(wanted, today))
    statement = matching(statement, wanted.q, Risk.search)
    rank = (Risk.likelihood * Risk.impact).desc()
    return paginate(statement.order_by(rank, Risk.impact.desc(), Risk.id), number)


def counts(today: date) -> Counts:
    """What is open and what waits, in one statement."""
    late = (
        select(func.count())
        .select_from(RiskMeasure)
        .join(Risk, Risk.id == RiskMeasure.risk_id)
        .where(_OPEN, _WAITING, RiskMeasure.due_on < today)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(func.count(), func.count().filter(_to_review(today)), late)
        .select_from(Risk)
        .where(_OPEN)
    ).one()
    return Counts._make(row)


def matrix() -> list[Row]:
    """How many open risks stand at each place of the scale, the most likely first."""
    rows = db.session.execute(
        select(Risk.likelihood, Risk.impact, func.count())
        .where(_OPEN)
        .group_by(Risk.likelihood, Risk.impact)
    )
    held = {(row[0], row[1]): row[2] for row in rows}
    return [
        Row(likelihood, words, [(impact, held.get((likelihood, impact), 0)) for impact in IMPACTS])
        for likelihood, words in sorted(LIKELIHOODS.items(), reverse=True)
    ]


def has_any() -> bool:
    """Whether any risk was ever written down."""
    return db.session.scalar(select(Risk.id).limit(1)) is not None


def risk(key: int) -> Risk | None:
    """The risk of that key."""
    return db.session.get(Risk, key)


def ratings(key: int) -> Sequence[RiskRating]:
    """How a risk was rated, latest first."""
    return db.session.scalars(
        select(RiskRating)
        .where(RiskRating.risk_id == key)
        .order_by(RiskRating.rated_on.desc(), RiskRating.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def measures(key: int) -> Sequence[RiskMeasure]:
    """What is done against a risk, oldest first, what was given up too."""
    return db.session.scalars(
        select(RiskMeasure)
        .where(RiskMeasure.risk_id == key)
        .order_by(RiskMeasure.id)
        .limit(MOST_SHOWN)
    ).all()


def measure(risk_id: int, key: int) -> RiskMeasure | None:
    """That measure, when it is against that risk."""
    found = db.session.get(RiskMeasure, key)
    return found if found is not None and found.risk_id == risk_id else None


def facts(key: int) -> Sequence[RiskFact]:
    """The facts that show a risk, latest first."""
    return db.session.scalars(
        select(RiskFact)
        .where(RiskFact.risk_id == key)
        .order_by(RiskFact.happened_on.desc(), RiskFact.id.desc())
        .limit(MOST_SHOWN)
    ).all()


def story(key: int) -> Sequence[JournalEntry]:
    """What was done about a risk, oldest first."""
    newest = db.session.scalars(of_subject("risk", key).limit(50)).all()
    return list(reversed(newest))


def recent_facts(since: date, limit: int = 20) -> list[tuple[str, str]]:
    """Complaints and incidents since that day, latest first: reference and words, to be pointed at.

    Their words name nobody.
    """
    rows = db.session.execute(
        select(Complaint.reference, Complaint.label_short)
        .where(Complaint.received_on >= since)
        .order_by(Complaint.received_on.desc(), Complaint.id.desc())
        .limit(limit)
    )
    return [(row[0], row[1]) for row in rows]


def analyses(number: int) -> Page[RiskAnalysis]:
    """The analyses that were approved, latest first."""
    statement = select(RiskAnalysis)
    return paginate(
        statement.order_by(RiskAnalysis.approved_on.desc(), RiskAnalysis.id.desc()), number
    )


def analysis(key: int) -> RiskAnalysis | None:
    """The analysis of that key."""
    return db.session.get(RiskAnalysis, key)


def review_due(row: Risk) -> date | None:
    """The day (inclusive) by which a risk is to be looked at again; None when it is closed."""
    if row.closed_on is not None:
        return None
    return (row.reviewed_on or row.created_on) + timedelta(days=YEAR)


def _to_review(today: date) -> ColumnElement[bool]:
    return func.coalesce(Risk.reviewed_on, Risk.created_on) < today - timedelta(days=YEAR)


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    late = (
        select(RiskMeasure.id)
        .where(RiskMeasure.risk_id == Risk.id, _WAITING, RiskMeasure.due_on < today)
        .exists()
    )
    states: dict[str, ColumnElement[bool]] = {
        "to-review": and_(_OPEN, _to_review(today)),
        "late-measures": and_(_OPEN, late),
        "closed": Risk.closed_on.is_not(None),
        "all": or_(_OPEN, Risk.closed_on.is_not(None)),
    }
    found = [states.get(wanted.state, _OPEN)]
    if wanted.domain:
        found.append(Risk.domain == wanted.domain)
    if wanted.likelihood:
        found.append(Risk.likelihood == wanted.likelihood)
    if wanted.impact:
        found.append(Risk.impact == wanted.impact)
    return found
