"""What to do next: the shortest list of acts that settles the most indicators (« et si… »).

Pure arithmetic on a coverage: each kind of piece that is late or to be looked at is one thing to
do; an indicator is settled when all of those that hold it back are done. The list is made greedily,
the best gain for the least work first; it is a piece of advice of ours, not of a text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from compliance.coverage.model import Coverage, Gap, IndicatorCoverage, PieceCoverage
from compliance.coverage.status import indicator_status
from compliance.expectations import Catalogue
from compliance.expectations import catalogue as shipped_catalogue
from compliance.vocabulary import CoverageStatus, PieceStatus, ScopeKind

PRESSING = (PieceStatus.LATE, PieceStatus.REVIEW)


@dataclass(frozen=True, slots=True)
class Turn:
    """An indicator that a step settles: its status before, and after it."""

    indicator: IndicatorCoverage
    after: CoverageStatus


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: every gap of one kind of piece. ``turns`` are the indicators settled once
    this step and those before it are done; none when another step must follow."""

    piece: str
    gaps: tuple[Gap, ...]
    turns: tuple[Turn, ...]


def next_steps(
    coverage: Coverage,
    *,
    most: int = 5,
    scopes: Collection[ScopeKind] | None = None,
    catalogue: Catalogue | None = None,
) -> tuple[Step, ...]:
    """The next things to do, at most ``most``, the most useful first.

    With ``scopes``, only the pieces about such subjects are looked at, and an indicator is
    settled when those are: the cohort's own, say, whatever the organisation still owes.

    What is not due yet on the day of the coverage is no step: cover a day to come to see it.
    A step never leaves an indicator half way at the end of the list: a group of steps that does
    not fit whole is left out, unless it comes first.
    """
    coverage = _kept(coverage, scopes)
    blocking = _blocking(coverage)
    gaps = _by_piece(coverage)
    ordered: list[str] = []
    while blocking:
        chosen = _best(blocking, gaps)
        if ordered and len(ordered) + len(chosen) > most:
            break
        ordered += sorted(chosen, key=lambda piece: (_first_due(gaps[piece]), piece))
        blocking = {key: rest for key, pieces in blocking.items() if (rest := pieces - chosen)}
    return _told(coverage, ordered[:most], gaps, catalogue or shipped_catalogue())


def _kept(coverage: Coverage, scopes: Collection[ScopeKind] | None) -> Coverage:
    """The same coverage, with what is about other subjects left out."""
    if scopes is None:
        return coverage
    indicators = tuple(
        replace(one, gaps=tuple(gap for gap in one.gaps if gap.scope_kind in scopes))
        for one in coverage.indicators
    )
    pieces = tuple(one for one in coverage.pieces if one.expectation.scope_kind in scopes)
    return replace(coverage, indicators=indicators, pieces=pieces)


def _blocking(coverage: Coverage) -> dict[str, frozenset[str]]:
    """For each indicator held back, the kinds of piece that hold it back."""
    found = {
        one.key: frozenset(gap.piece for gap in one.gaps if gap.status in PRESSING)
        for one in coverage.indicators
    }
    return {key: pieces for key, pieces in found.items() if pieces}


def _by_piece(coverage: Coverage) -> dict[str, tuple[Gap, ...]]:
    found: dict[str, list[Gap]] = {}
    for gap in coverage.gaps:
        if gap.status in PRESSING:
            found.setdefault(gap.piece, []).append(gap)
    return {piece: tuple(gaps) for piece, gaps in found.items()}


def _best(
    blocking: Mapping[str, frozenset[str]], gaps: Mapping[str, Sequence[Gap]]
) -> frozenset[str]:
    """The kinds of piece that settle the most indicators for the least work."""

    def worth(pieces: frozenset[str]) -> tuple[Fraction, int, date, list[str]]:
        work = sum(len(gaps[piece]) for piece in pieces)
        gain = sum(1 for other in blocking.values() if other <= pieces)
        due = min(_first_due(gaps[piece]) for piece in pieces)
        return (-Fraction(gain, work), work, due, sorted(pieces))

    return min(blocking.values(), key=worth)


def _first_due(gaps: Iterable[Gap]) -> date:
    return min(gap.due_on for gap in gaps)


def _told(
    coverage: Coverage,
    ordered: Sequence[str],
    gaps: Mapping[str, tuple[Gap, ...]],
    catalogue: Catalogue,
) -> tuple[Step, ...]:
    left = _blocking(coverage)
    done: set[str] = set()
    steps: list[Step] = []
    for piece in ordered:
        done.add(piece)
        settled = [key for key, pieces in left.items() if pieces <= done]
        turns = [
            Turn(one, _after(one, coverage, done, catalogue))
            for one in coverage.indicators
            if one.key in settled
        ]
        left = {key: pieces for key, pieces in left.items() if key not in settled}
        steps.append(Step(piece, gaps[piece], tuple(turns)))
    return tuple(steps)


def _after(
    indicator: IndicatorCoverage, coverage: Coverage, done: set[str], catalogue: Catalogue
) -> CoverageStatus:
    """The status of an indicator once every pressing gap of these kinds of piece is settled."""
    groups: dict[str, list[PieceStatus]] = {}
    for one in coverage.pieces:
        key = one.expectation.piece
        if catalogue.piece(key).serves(indicator.key, coverage.edition):
            groups.setdefault(key, []).append(_once_done(one, done))
    return indicator_status(
        ((catalogue.piece(key).each, statuses) for key, statuses in groups.items()),
        is_awaited=indicator.is_awaited,
    )


def _once_done(one: PieceCoverage, done: set[str]) -> PieceStatus:
    if one.expectation.piece in done and one.status in PRESSING:
        return PieceStatus.COVERED
    return one.status
