"""Changing days: what was proved is not lost."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.operations import HalfDayPlan
from admin_app.core import clock
from admin_app.core.errors import Refused
from compliance.vocabulary import HalfDayPeriod
from tests.admin_app.cohorts.conftest import FIRST, marked
from tests.factories import PlaceFactory


def plan_of(half_day: HalfDay) -> HalfDayPlan:
    """A half-day as it stands."""
    return HalfDayPlan(
        day=half_day.day,
        starts=clock.local(half_day.starts_at).time(),
        ends=clock.local(half_day.ends_at).time(),
        theme=half_day.theme,
        period=HalfDayPeriod(half_day.period),
        id=half_day.id,
    )


def plans_of(cohort: Cohort) -> list[HalfDayPlan]:
    """The half-days as they stand."""
    return [plan_of(one) for one in queries.half_days(cohort.id)]


def test_moving_a_cohort_moves_its_half_days_and_keeps_their_keys(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    before = {one.id for one in queries.half_days(cohort.id)}
    later = [replace(plan, day=plan.day + timedelta(days=7)) for plan in plans_of(cohort)]
    operations.set_half_days(cohort, later, **acts)
    assert {one.id for one in queries.half_days(cohort.id)} == before
    assert cohort.starts_on == FIRST + timedelta(days=7)


def test_two_days_may_change_places(cohort: Cohort, acts: dict[str, Any]) -> None:
    plans = plans_of(cohort)
    second = FIRST + timedelta(days=1)
    swapped = [replace(one, day=second if one.day == FIRST else FIRST) for one in plans]
    operations.set_half_days(cohort, swapped, **acts)
    themes = [one.theme for one in queries.half_days(cohort.id)]
    assert themes == ["Pistes", "Défis", "Panorama", "Leviers"]


def test_without_keys_a_half_day_is_known_by_its_moment(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    before = [one.id for one in queries.half_days(cohort.id)]
    plans = operations.usual_half_days(FIRST, 1, themes=["A", "B"])
    operations.set_half_days(cohort, plans, **acts)
    assert [one.id for one in queries.half_days(cohort.id)] == before[:2]


def test_the_same_key_twice_makes_a_second_half_day(cohort: Cohort, acts: dict[str, Any]) -> None:
    first = plans_of(cohort)[0]
    twin = replace(first, day=FIRST + timedelta(days=4))
    operations.set_half_days(cohort, [first, twin], **acts)
    assert len(queries.half_days(cohort.id)) == 2


def test_a_half_day_that_was_attended_cannot_be_removed(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    marked(queries.half_days(cohort.id)[0])
    with pytest.raises(Refused, match="déjà émargée") as refused:
        operations.set_half_days(cohort, plans_of(cohort)[1:], **acts)
    assert refused.value.problems[0].field == "half_days"
    assert len(queries.half_days(cohort.id)) == 4


def test_a_half_day_that_was_attended_does_not_move(cohort: Cohort, acts: dict[str, Any]) -> None:
    half_days = queries.half_days(cohort.id)
    marked(half_days[2])
    plans = plans_of(cohort)
    plans[2] = replace(plans[2], ends=time(12))
    with pytest.raises(Refused) as refused:
        operations.set_half_days(cohort, plans, **acts)
    assert refused.value.problems[0].field == "half_days-2-starts"


def test_its_theme_may_still_be_corrected(cohort: Cohort, acts: dict[str, Any]) -> None:
    marked(queries.half_days(cohort.id)[0])
    plans = plans_of(cohort)
    plans[0] = replace(plans[0], theme="Panorama des missions")
    operations.set_half_days(cohort, plans, **acts)
    assert queries.half_days(cohort.id)[0].theme == "Panorama des missions"


def test_a_cancelled_half_day_stays_and_its_moment_stays_taken(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    first = queries.half_days(cohort.id)[0]
    marked(first)
    operations.cancel_half_day(first, why="Formatrice souffrante", **acts)
    assert len(queries.half_days(cohort.id)) == 3
    assert len(queries.half_days(cohort.id, with_cancelled=True)) == 4
    again = [*plans_of(cohort), HalfDayPlan(FIRST, time(9), time(12))]
    with pytest.raises(Refused, match="annulée") as refused:
        operations.set_half_days(cohort, again, **acts)
    assert refused.value.problems[0].field == "half_days-3-day"
    operations.restore_half_day(first, **acts)
    assert len(queries.half_days(cohort.id)) == 4


def test_cancelling_the_first_day_moves_the_first_day_of_the_cohort(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    for half_day in queries.half_days(cohort.id)[:2]:
        operations.cancel_half_day(half_day, why="Grève des transports", **acts)
    assert cohort.starts_on == FIRST + timedelta(days=1)


def test_the_last_half_day_cannot_be_cancelled(cohort: Cohort, acts: dict[str, Any]) -> None:
    for half_day in queries.half_days(cohort.id)[:3]:
        operations.cancel_half_day(half_day, why="Report", **acts)
    with pytest.raises(Refused, match="la seule"):
        operations.cancel_half_day(queries.half_days(cohort.id)[0], why="Report", **acts)


def test_a_place_that_does_not_exist_is_refused_in_its_row(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    known = PlaceFactory().id
    plans = [replace(one, place_id=known) for one in plans_of(cohort)]
    plans[3] = replace(plans[3], place_id=known + 1000)
    with pytest.raises(Refused) as refused:
        operations.set_half_days(cohort, plans, **acts)
    assert [one.field for one in refused.value.problems] == ["half_days-3-place_id"]


def test_days_beyond_summer_time_keep_the_hours_of_the_clock(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    winter = operations.usual_half_days(date(2026, 11, 30), 1)
    operations.set_half_days(cohort, winter, **acts)
    first = queries.half_days(cohort.id)[0]
    assert (first.starts_at.hour, clock.local(first.starts_at).hour) == (8, 9)
