"""The single rule for one expectation, and the rule for an indicator.

The rows of the database and the engine both go through ``piece_status``, so that they can
never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Protocol

from compliance.vocabulary import CoverageStatus, Outcome, PieceStatus


class ExpectationLike(Protocol):
    """What a row must offer to have a status: see ``piece_status`` for the meanings."""

    @property
    def due_on(self) -> date: ...
    @property
    def outcome(self) -> str | None: ...
    @property
    def is_odd(self) -> bool: ...
    @property
    def tried_counts(self) -> bool: ...
    @property
    def fresh_until(self) -> date | None: ...


def piece_status(
    *,
    due_on: date,
    outcome: str | None,
    is_odd: bool,
    tried_counts: bool,
    as_of: date,
    fresh_until: date | None = None,
) -> PieceStatus:
    """The status of one expectation on the day ``as_of``.

    ``outcome`` is that of its best evidence (``None``: none); ``is_odd``: every piece
    obtained has an unexplained date; ``tried_counts``: having asked in vain is enough.
    ``due_on`` is the last day in time: late begins on the next one. ``fresh_until`` is the last
    day on which that evidence counts (``None``: for ever).
    """
    if fresh_until is not None and as_of > fresh_until:
        outcome = None
    if outcome == Outcome.OBTAINED:
        return PieceStatus.REVIEW if is_odd else PieceStatus.COVERED
    if outcome == Outcome.TRIED and tried_counts:
        return PieceStatus.TRIED
    return PieceStatus.LATE if as_of > due_on else PieceStatus.UPCOMING


def status_of(row: ExpectationLike, as_of: date) -> PieceStatus:
    """The status of a row on the day ``as_of``, by the same rule as the engine."""
    return piece_status(
        due_on=row.due_on,
        outcome=row.outcome,
        is_odd=row.is_odd,
        tried_counts=row.tried_counts,
        as_of=as_of,
        fresh_until=row.fresh_until,
    )


# From the worst to the best, for strips and summaries.
SEVERITY: Mapping[CoverageStatus, int] = MappingProxyType(
    {
        CoverageStatus.LATE: 0,
        CoverageStatus.PARTIAL: 1,
        CoverageStatus.REVIEW: 2,
        CoverageStatus.UPCOMING: 3,
        CoverageStatus.AWAITED: 4,
        CoverageStatus.COVERED: 5,
        CoverageStatus.NOT_APPLICABLE: 6,
    }
)


def worst(statuses: Iterable[CoverageStatus]) -> CoverageStatus | None:
    """The status that calls for attention first; ``None`` when there is none."""
    return min(statuses, key=SEVERITY.__getitem__, default=None)


def indicator_status(
    groups: Iterable[tuple[bool, Sequence[PieceStatus]]], *, is_awaited: bool
) -> CoverageStatus:
    """The status of an indicator from its pieces.

    ``groups`` holds, for each kind of piece, whether one missing among several is « partiel »
    (``each``) and the statuses of its expectations. ``is_awaited``: an announced text that
    matters here is not published. In order: a piece wholly missing and past due is late; a
    part of one is partial; then an unexplained date is to be reviewed; then something not due
    yet is upcoming; then a text is awaited; else it is covered.
    """
    found = {
        status for each, statuses in groups for status in (_group_status(each, statuses),) if status
    }
    if found:
        return min(found, key=SEVERITY.__getitem__)
    return CoverageStatus.AWAITED if is_awaited else CoverageStatus.COVERED


def _group_status(each: bool, statuses: Sequence[PieceStatus]) -> CoverageStatus | None:
    """What one kind of piece does to its indicator; ``None`` when it is settled."""
    if PieceStatus.LATE in statuses:
        is_settled_for_some = any(
            status in (PieceStatus.COVERED, PieceStatus.TRIED, PieceStatus.REVIEW)
            for status in statuses
        )
        return CoverageStatus.PARTIAL if each and is_settled_for_some else CoverageStatus.LATE
    if PieceStatus.REVIEW in statuses:
        return CoverageStatus.REVIEW
    return CoverageStatus.UPCOMING if PieceStatus.UPCOMING in statuses else None
