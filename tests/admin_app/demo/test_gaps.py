"""The coverage finds the planted gaps, and nothing else, whatever the day."""

from datetime import date

import pytest
from flask import Flask

from admin_app.core import clock
from admin_app.demo.gaps import PLANTED, found, planted
from admin_app.demo.load import dawn_of
from tests.admin_app.demo.conftest import Quick
from tests.support.demonstration import TODAY


def test_no_gap_is_listed_twice() -> None:
    assert len(planted()) == len(PLANTED)


def test_gaps_are_hidden_in_sessions_and_in_registers() -> None:
    pieces = {gap.piece for gap in planted() if not gap.cohort}
    assert pieces == {
        "complaint-answered",
        "improvement-done",
        "improvement-effect",
        "improvement-review",
        "incident-solved",
        "published-results",
        "results-method",
        "risk-reviewed",
        "staff-development",
        "subcontractor-proofs",
        "trades-watch",
    }
    assert {gap.cohort for gap in planted()} == {"", "ABS-PARTAGE", "CTG-LEGE", "CTG-LITTORAL"}


def test_coverage_finds_exactly_what_was_planted(today: Flask) -> None:
    assert found(TODAY) == planted()


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
        assert found(day) == planted()
