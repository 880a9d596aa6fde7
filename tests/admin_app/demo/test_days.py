"""The calendar of the demonstration."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.demo import days
from admin_app.demo.days import Days

SOME_DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 11),
        date(2026, 12, 25),
        date(2027, 1, 1),
        date(2027, 3, 29),  # Easter Monday
        date(2027, 5, 6),  # Ascension
        date(2027, 5, 17),  # Whit Monday
        date(2026, 11, 22),  # a Sunday
    ],
)
def test_nobody_works_on_holidays_and_sundays(day: date) -> None:
    assert not days.is_worked(day)


def test_good_friday_is_worked() -> None:
    assert days.is_worked(date(2027, 3, 26))


@given(SOME_DAYS, st.integers(0, 400), st.integers(1, 3))
def test_days_in_a_row_are_worked_and_follow_one_another(day: date, ago: int, count: int) -> None:
    found = Days(day).in_a_row(day - timedelta(days=ago), count)
    assert len(found) == count
    assert all(days.is_worked(one) for one in found)
    assert found[-1] - found[0] == timedelta(days=count - 1)
    assert found[-1] <= day - timedelta(days=ago)


@given(SOME_DAYS)
def test_a_cohort_astride_today_is_running(day: date) -> None:
    first, last = Days(day).astride()
    assert first < day <= last
    assert days.is_worked(first)
    assert days.is_worked(last)


@given(SOME_DAYS, st.integers(1, 6))
def test_after_and_before_are_inverse_on_worked_days(day: date, count: int) -> None:
    worked = days.since(day)
    assert days.before(days.after(worked, count), count) == worked
