"""The coverage finds the planted gaps, and nothing else, whatever the day."""

from datetime import date

import pytest
from flask import Flask

from admin_app.core import clock
from admin_app.demo.gaps import PLANTED, Gap, found, planted
from admin_app.demo.load import dawn_of
from tests.admin_app.demo.conftest import TODAY, Quick

# pieces whose acts the story does not play yet: nothing is said of them
AWAITED = frozenset({"disability-contact", "disability-network", "disability-officer-training"})


def told(gaps: frozenset[Gap]) -> frozenset[Gap]:
    """Those that are about pieces the story tells."""
    return frozenset(gap for gap in gaps if gap.piece not in AWAITED)


def test_no_gap_is_listed_twice() -> None:
    assert len(planted()) == len(PLANTED)


def test_coverage_finds_exactly_what_was_planted(today: Flask) -> None:
    assert told(found(TODAY)) == planted()


def test_no_piece_is_awaited_for_nothing(today: Flask) -> None:
    assert {gap.piece for gap in found(TODAY)} >= AWAITED
    assert not {gap.piece for gap in planted()} & AWAITED


@pytest.mark.slow
@pytest.mark.parametrize(
    "day",
    [
        date(2027, 2, 3),
        date(2026, 11, 29),  # a Sunday
        date(2026, 11, 11),  # a public holiday
    ],
)
def test_whatever_the_day(quick: Quick, day: date) -> None:
    with quick(day).app_context(), clock.frozen(dawn_of(day)):
        assert told(found(day)) == planted()
