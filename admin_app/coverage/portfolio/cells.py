"""What the portfolio says of each cohort and indicator: the engine's rule on counted rows.

A few statements whatever the cohorts: the rows of `Expectation` counted by cohort, piece and status
for the page alone, and the shapes of its cohorts, which applicability looks at. Nothing is stored
that the passing of days would make wrong.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select

from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.coverage.facts import provider_facts
from admin_app.coverage.models import Expectation
from admin_app.coverage.portfolio.shapes import actions_of
from admin_app.coverage.queries import is_status
from admin_app.organisation.models import Provider
from admin_app.practices.queries import book
from compliance.coverage import indicator_status
from compliance.facts import ActionFacts, action_of
from compliance.referentiel import Edition, Indicator, applicable
from compliance.vocabulary import CoverageStatus, PieceStatus
from compliance.wording import counted

Counts = Mapping[str, Mapping[PieceStatus, int]]  # by piece
_WORDS = {
    PieceStatus.LATE: ("en retard", "en retard"),
    PieceStatus.REVIEW: ("à examiner", "à examiner"),
    PieceStatus.UPCOMING: ("à venir", "à venir"),
    PieceStatus.COVERED: ("obtenue", "obtenues"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One indicator of one line. `status` is None when nothing is expected there."""

    number: int
    title: str
    criterion: int
    status: CoverageStatus | None
    why: str


@dataclass(frozen=True, slots=True)
class Line:
    """One cohort (None: the organisation), its cells, and how many of its pieces are late."""

    cohort: Cohort | None
    cells: tuple[Cell, ...]
    late: int

    def in_status(self, status: str) -> list[Cell]:
        """Its cells in that status."""
        return [cell for cell in self.cells if cell.status == status]


def columns(edition: Edition, house: ActionFacts, criterion: int | None) -> list[Indicator]:
    """The indicators that can touch what the organisation does, of one criterion if asked."""
    found = applicable(edition, ActionFacts(categories=house.categories)).applicable
    return [one for one in found if criterion in (None, one.criterion)]


def lines(
    cohorts: Sequence[Cohort],
    house: Provider | None,
    edition: Edition,
    *,
    day: date,
    wanted: int | None,
) -> tuple[list[Indicator], list[Line]]:
    """The columns, then a line for the organisation and one for each cohort."""
    counts = _counts([one.id for one in cohorts], edition, day)
    own = action_of(provider_facts(house)) if house is not None else None
    shown = columns(edition, own, wanted) if own is not None else list(edition.indicators)
    found = [] if own is None else [_line(None, own, counts.get(None, {}), edition, shown)]
    actions = actions_of(cohorts)
    found += [
        _line(one, actions[one.id], counts.get(one.id, {}), edition, shown) for one in cohorts
    ]
    return shown, found


def _line(
    cohort: Cohort | None,
    action: ActionFacts,
    counts: Counts,
    edition: Edition,
    shown: Iterable[Indicator],
) -> Line:
    scope = applicable(edition, action)
    reasons = {one.indicator.key: one.reason for one in scope.not_applicable}
    awaited = {one.requirement: one.sentence for one in scope.awaited}
    served = _by_requirement(counts, edition)
    cells = tuple(
        Cell(
            one.number,
            one.title,
            one.criterion,
            *_judged(served.get(one.key, ()), reasons.get(one.key), awaited.get(one.key)),
        )
        for one in shown
    )
    seen = {
        piece for one in shown for piece, _ in served.get(one.key, ()) if one.key not in reasons
    }
    late = sum(counts[piece].get(PieceStatus.LATE, 0) for piece in seen)
    return Line(cohort, cells, late)


_Served = Sequence[tuple[str, Mapping[PieceStatus, int]]]


def _by_requirement(counts: Counts, edition: Edition) -> dict[str, _Served]:
    served: dict[str, list[tuple[str, Mapping[PieceStatus, int]]]] = defaultdict(list)
    for key, numbers in counts.items():
        for link in book().piece(key).links:
            if link.holds_in(edition.key):
                served[link.requirement].append((key, numbers))
    return dict(served)


def _judged(
    served: _Served, not_applicable: str | None, awaited: str | None
) -> tuple[CoverageStatus | None, str]:
    if not_applicable is not None:
        return CoverageStatus.NOT_APPLICABLE, not_applicable
    if not served:
        return None, ""
    status = indicator_status(
        ((book().piece(key).each, tuple(numbers)) for key, numbers in served),
        is_awaited=awaited is not None,
    )
    said = [_said(key, numbers) for key, numbers in served]
    why = " ; ".join(one for one in said if one)
    return status, why or awaited or "Rien ne manque."


def _said(key: str, numbers: Mapping[PieceStatus, int]) -> str:
    """« Convocation : 2 en retard, 1 à venir »; nothing of what is settled."""
    parts = [
        counted(numbers[status], *_WORDS[status])
        for status in (PieceStatus.LATE, PieceStatus.REVIEW, PieceStatus.UPCOMING)
        if numbers.get(status)
    ]
    return f"{book().piece(key).title} : {', '.join(parts)}" if parts else ""


def _counts(
    cohort_ids: Sequence[int], edition: Edition, day: date
) -> dict[int | None, dict[str, dict[PieceStatus, int]]]:
    """How many rows of each piece are in each status, the organisation's under None."""
    status = _status(day).label("status")
    rows = db.session.execute(
        select(Expectation.cohort_id, Expectation.piece, status, func.count())
        .where(
            or_(Expectation.cohort_id.in_(cohort_ids), Expectation.cohort_id.is_(None)),
        )
        .group_by(Expectation.cohort_id, Expectation.piece, "status")
    )
    found: dict[int | None, dict[str, dict[PieceStatus, int]]] = defaultdict(dict)
    for cohort_id, piece, code, number in rows:
        if piece in book():
            found[cohort_id].setdefault(piece, {})[PieceStatus(code)] = number
    return dict(found)


def _status(day: date) -> ColumnElement[str]:
    """The status of a row on that day; what is settled, whatever the way, is « obtenu » here."""
    pressing = (PieceStatus.LATE, PieceStatus.REVIEW, PieceStatus.UPCOMING)
    whens = [
        (and_(Expectation.is_open, is_status(one.value, day)), literal(one.value))
        for one in pressing
    ]
    return case(*whens, else_=literal(PieceStatus.COVERED.value))
