from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.attendance import (
    MarkFacts,
    attended_minutes,
    concerns,
    held_minutes,
    hours_of,
    mark_problems,
    planned_minutes,
    regularity,
    trainee_regularity,
)
from compliance.errors import NotKnownError
from compliance.vocabulary import Departure, HalfDayPeriod, MarkState
from tests.compliance.builders import END, START, cohort, enrolment, half_day, half_days

MORNING = half_day(1, START, HalfDayPeriod.MORNING)
MINUTES = st.integers(-10, 400)
STATES = st.sampled_from(list(MarkState))


def mark(state: MarkState, late: int = 0, early: int = 0, key: int = 1, who: int = 1) -> MarkFacts:
    return MarkFacts(
        half_day_key=key, enrolment_key=who, state=state, minutes_late=late, minutes_early=early
    )


@pytest.mark.parametrize(
    ("given_mark", "minutes"),
    [
        (None, None),
        (mark(MarkState.PRESENT), 210),
        (mark(MarkState.PRESENT, 30, 30), 210),
        (mark(MarkState.LATE, 20), 190),
        (mark(MarkState.LATE, 20, 50), 190),
        (mark(MarkState.LEFT_EARLY, 0, 45), 165),
        (mark(MarkState.LATE_AND_LEFT_EARLY, 20, 45), 145),
        (mark(MarkState.LATE_AND_LEFT_EARLY, 200, 200), 0),
        (mark(MarkState.ABSENT), 0),
    ],
)
def test_minutes_of_a_half_day(given_mark: MarkFacts | None, minutes: int | None) -> None:
    assert attended_minutes(MORNING, given_mark) == minutes


@given(STATES, MINUTES, MINUTES)
def test_minutes_stay_within_the_half_day(state: MarkState, late: int, early: int) -> None:
    minutes = attended_minutes(MORNING, mark(state, late, early))
    assert minutes is not None
    assert 0 <= minutes <= MORNING.minutes
    problems = mark_problems(MORNING, mark(state, late, early))
    if state.attends and not problems:
        assert minutes > 0


@pytest.mark.parametrize(
    ("given_mark", "codes"),
    [
        (mark(MarkState.PRESENT), []),
        (mark(MarkState.ABSENT), []),
        (mark(MarkState.LATE), ["late-minutes"]),
        (mark(MarkState.LEFT_EARLY, 10), ["early-minutes"]),
        (mark(MarkState.LATE_AND_LEFT_EARLY), ["late-minutes", "early-minutes"]),
        (mark(MarkState.LATE, 210), ["nothing-left"]),
        (mark(MarkState.LATE_AND_LEFT_EARLY, 105, 105), ["nothing-left"]),
        (mark(MarkState.LATE, 209), []),
    ],
)
def test_marks_that_do_not_stand(given_mark: MarkFacts, codes: list[str]) -> None:
    assert [problem.code for problem in mark_problems(MORNING, given_mark)] == codes


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, [1, 2, 3, 4]),
        ({"left_on": END, "departure": Departure.DROPOUT}, [1, 2]),
        ({"left_on": START, "departure": Departure.REPLACED}, []),
        ({"departure": Departure.REPLACED}, []),
        ({"departure": Departure.WITHDRAWN_BEFORE}, []),
        ({"enrolled_on": END}, [1, 2, 3, 4]),  # written late: expected all the same
        ({"enrolled_on": END, "takes_part_from": END}, [3, 4]),
        ({"enrolled_on": date(2026, 12, 24)}, [1, 2, 3, 4]),
    ],
)
def test_whom_a_half_day_concerns(changes: dict[str, object], expected: list[int]) -> None:
    facts, trainee = cohort(), enrolment(1, **changes)
    assert [h.key for h in facts.half_days if concerns(facts, trainee, h)] == expected


def test_a_cancelled_half_day_concerns_nobody_and_counts_nothing() -> None:
    off = half_day(9, START, HalfDayPeriod.MORNING, cancelled=True)
    facts = cohort(half_days=(off, *half_days()[1:]))
    assert not concerns(facts, facts.enrolments[0], off)
    assert planned_minutes(facts) == 630
    assert held_minutes(facts, {9, 2}) == 210


def test_hours_of_a_cohort() -> None:
    facts = cohort(2)
    marks = [mark(MarkState.PRESENT, key=k) for k in (1, 2, 3, 4)]
    marks += [mark(MarkState.LATE, 30, key=1, who=2), mark(MarkState.ABSENT, key=2, who=2)]
    found = hours_of(facts, marks, closed={1, 2})
    first, second = found.trainees
    assert (found.planned, found.held, found.trainee_minutes) == (840, 420, 420 + 180)
    assert (first.planned, first.attended, first.is_complete) == (840, 420, False)
    assert (second.attended, second.half_days[1].state) == (180, MarkState.ABSENT)
    assert second.half_days[2].attended is None
    assert [(d.day, d.planned, d.held, d.trainee_minutes) for d in found.days] == [
        (START, 420, 420, 600),
        (END, 420, 0, 0),
    ]
    assert not found.is_complete


def test_nothing_closed_is_nothing_known() -> None:
    found = hours_of(cohort(1), [mark(MarkState.PRESENT)], closed=())
    (only,) = found.trainees
    assert only.attended is None
    assert only.half_days[0].state is MarkState.PRESENT
    with pytest.raises(NotKnownError):
        trainee_regularity(only)


def test_an_empty_cohort_has_hours_too() -> None:
    found = hours_of(cohort(0, half_days=()), [], closed=())
    assert (found.planned, found.held, found.trainee_minutes, found.days) == (0, 0, 0, ())


def test_twelve_trainees_six_hours_are_seventy_two() -> None:
    facts = cohort(12, half_days=(half_day(1, START, HalfDayPeriod.MORNING, minutes=360),))
    marks = [mark(MarkState.PRESENT, who=who) for who in range(1, 13)]
    assert hours_of(facts, marks, closed={1}).trainee_minutes == 72 * 60


@given(
    st.dictionaries(
        st.tuples(st.integers(1, 4), st.integers(1, 3)), st.tuples(STATES, MINUTES, MINUTES)
    ),
    st.sets(st.integers(1, 4)),
)
def test_sums_agree_whatever_the_marks(table, closed: set[int]) -> None:
    marks = [mark(s, late, early, k, w) for (k, w), (s, late, early) in table.items()]
    found = hours_of(cohort(3), marks, closed)
    assert found.trainee_minutes == sum(day.trainee_minutes for day in found.days)
    assert found.trainee_minutes == sum(one.attended or 0 for one in found.trainees)
    assert found.held == sum(day.held for day in found.days) <= found.planned
    for one in found.trainees:
        assert one.attended is None or 0 <= one.attended <= one.planned
        assert one.is_complete is all(h.attended is not None for h in one.half_days)
        if one.is_complete and one.attended is not None:
            assert 0 <= trainee_regularity(one) <= 100


@pytest.mark.parametrize(
    ("attended", "planned", "percent"),
    [(840, 840, "100.0"), (0, 840, "0.0"), (1, 3, "33.3"), (2, 3, "66.7"), (1, 2000, "0.1")],
)
def test_regularity(attended: int, planned: int, percent: str) -> None:
    assert regularity(attended, planned) == Decimal(percent)


@pytest.mark.parametrize(("attended", "planned"), [(None, 840), (0, 0), (None, 0)])
def test_a_rate_that_cannot_be_trusted_is_refused(attended: int | None, planned: int) -> None:
    with pytest.raises(NotKnownError):
        regularity(attended, planned)
