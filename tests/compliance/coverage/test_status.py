from dataclasses import dataclass
from datetime import date

import pytest

from compliance.coverage import SEVERITY, indicator_status, piece_status, status_of, worst
from compliance.vocabulary import CoverageStatus, PieceStatus

DUE = date(2026, 11, 30)
LATER = date(2026, 12, 1)
P = PieceStatus


@pytest.mark.parametrize(
    ("outcome", "is_odd", "tried_counts", "as_of", "status"),
    [
        (None, False, True, DUE, P.UPCOMING),
        (None, False, True, LATER, P.LATE),
        ("obtained", False, False, LATER, P.COVERED),
        ("obtained", True, False, DUE, P.REVIEW),
        ("tried", False, True, LATER, P.TRIED),
        ("tried", False, False, LATER, P.LATE),
        ("tried", False, False, DUE, P.UPCOMING),
        ("", False, False, LATER, P.LATE),
    ],
)
def test_one_expectation(
    outcome: str | None, is_odd: bool, tried_counts: bool, as_of: date, status: PieceStatus
) -> None:
    @dataclass
    class Row:
        due_on: date
        outcome: str | None
        is_odd: bool
        tried_counts: bool
        fresh_until: date | None = None

    assert status_of(Row(DUE, outcome, is_odd, tried_counts), as_of) is status
    assert (
        piece_status(
            due_on=DUE, outcome=outcome, is_odd=is_odd, tried_counts=tried_counts, as_of=as_of
        )
        is status
    )


@pytest.mark.parametrize(
    ("fresh_until", "as_of", "status"),
    [
        (LATER, LATER, P.COVERED),
        (DUE, DUE, P.COVERED),
        (DUE, LATER, P.LATE),
        (date(2026, 11, 1), date(2026, 11, 1), P.COVERED),
        (date(2026, 11, 1), date(2026, 11, 2), P.UPCOMING),
        (date(2026, 11, 1), DUE, P.UPCOMING),
        (None, date(2036, 11, 1), P.COVERED),
    ],
)
def test_what_expires_counts_to_its_last_day(
    fresh_until: date | None, as_of: date, status: PieceStatus
) -> None:
    found = piece_status(
        due_on=DUE,
        outcome="obtained",
        is_odd=False,
        tried_counts=False,
        as_of=as_of,
        fresh_until=fresh_until,
    )
    assert found is status


@pytest.mark.parametrize(
    ("groups", "is_awaited", "status"),
    [
        ([(True, [P.COVERED])], False, CoverageStatus.COVERED),
        ([(True, [P.COVERED])], True, CoverageStatus.AWAITED),
        ([(True, [P.COVERED, P.TRIED])], False, CoverageStatus.COVERED),
        ([(True, [P.LATE, P.LATE])], False, CoverageStatus.LATE),
        ([(True, [P.LATE, P.COVERED])], False, CoverageStatus.PARTIAL),
        ([(True, [P.LATE, P.TRIED])], False, CoverageStatus.PARTIAL),
        ([(True, [P.LATE, P.REVIEW])], False, CoverageStatus.PARTIAL),
        ([(True, [P.LATE, P.UPCOMING])], False, CoverageStatus.LATE),
        ([(False, [P.LATE, P.COVERED])], False, CoverageStatus.LATE),
        ([(True, [P.LATE, P.COVERED]), (True, [P.LATE])], False, CoverageStatus.LATE),
        ([(True, [P.REVIEW, P.UPCOMING])], True, CoverageStatus.REVIEW),
        ([(True, [P.UPCOMING, P.COVERED])], True, CoverageStatus.UPCOMING),
        ([(True, [P.COVERED]), (True, [P.UPCOMING])], False, CoverageStatus.UPCOMING),
    ],
)
def test_one_indicator(
    groups: list[tuple[bool, list[PieceStatus]]], is_awaited: bool, status: CoverageStatus
) -> None:
    assert indicator_status(groups, is_awaited=is_awaited) is status


def test_the_worst_calls_first() -> None:
    assert set(SEVERITY) == set(CoverageStatus)
    assert worst([CoverageStatus.COVERED, CoverageStatus.LATE]) is CoverageStatus.LATE
    assert worst([]) is None
