"""Half-days as they are planned."""

from datetime import UTC, date, datetime, time

import pytest
from flask import Flask

from admin_app.cohorts.schedule import HalfDayPlan, check_plans, usual_half_days
from admin_app.core.errors import Refused
from compliance.vocabulary import HalfDayPeriod

THURSDAY, FRIDAY, MONDAY = date(2026, 9, 17), date(2026, 9, 18), date(2026, 9, 21)


def test_usual_days_are_two_halves_of_three_hours_and_a_half() -> None:
    plans = usual_half_days(THURSDAY, 2, themes=["Un", "Deux"])
    assert [plan.minutes for plan in plans] == [210, 210, 210, 210]
    assert [plan.theme for plan in plans] == ["Un", "Deux", "", ""]
    assert {plan.half for plan in plans} == set(HalfDayPeriod)


def test_usual_days_jump_over_the_week_end() -> None:
    assert {plan.day for plan in usual_half_days(FRIDAY, 2)} == {FRIDAY, MONDAY}


def test_hours_are_those_of_the_organisation_kept_in_utc() -> None:
    plan = HalfDayPlan(THURSDAY, time(9), time(12, 30))
    assert plan.starts_at == datetime(2026, 9, 17, 7, 0, tzinfo=UTC)  # summer in Paris


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (time(12), time(9), "half_days-0-ends"),
        (time(9), time(9, 10), "half_days-0-ends"),
        (time(6), time(18), "half_days-0-ends"),
    ],
)
def test_hours_that_make_no_sense_are_refused_next_to_the_field(
    starts: time, ends: time, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        check_plans([HalfDayPlan(THURSDAY, starts, ends)])
    assert refused.value.problems[0].field == field


def test_two_half_days_at_the_same_moment_are_refused() -> None:
    first = HalfDayPlan(THURSDAY, time(9), time(10))
    with pytest.raises(Refused) as refused:
        check_plans([first, HalfDayPlan(THURSDAY, time(10), time(11))])
    assert refused.value.problems[0].field == "half_days-1-day"


def test_overlapping_half_days_are_refused() -> None:
    morning = HalfDayPlan(THURSDAY, time(9), time(14), period=HalfDayPeriod.MORNING)
    with pytest.raises(Refused) as refused:
        check_plans([morning, HalfDayPlan(THURSDAY, time(13), time(17))])
    assert refused.value.problems[0].field == "half_days-1-starts"


def test_a_cohort_without_half_days_is_refused(app: Flask) -> None:
    with pytest.raises(Refused, match="au moins une demi-journée"):
        check_plans([])
