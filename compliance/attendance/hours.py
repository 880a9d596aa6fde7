"""Arithmetic of attendance, in integer minutes. What is not known is never guessed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from compliance.attendance.model import (
    CohortHours,
    DayHours,
    HalfDayHours,
    MarkFacts,
    Problem,
    TraineeHours,
)
from compliance.errors import NotKnownError
from compliance.facts import CohortFacts, EnrolmentFacts, HalfDayFacts
from compliance.vocabulary import Departure, MarkState
from compliance.wording import NBSP, minutes_words

_MISSING_START = (MarkState.LATE, MarkState.LATE_AND_LEFT_EARLY)
_MISSING_END = (MarkState.LEFT_EARLY, MarkState.LATE_AND_LEFT_EARLY)


def attended_minutes(half_day: HalfDayFacts, mark: MarkFacts | None) -> int | None:
    """Minutes attended on one half-day: planned, less those missed at either end.

    ``None`` without a mark; 0 when absent; never below 0 nor above the planned minutes.
    """
    if mark is None:
        return None
    if mark.state is MarkState.ABSENT:
        return 0
    missed = 0
    if mark.state in _MISSING_START:
        missed += max(mark.minutes_late, 0)
    if mark.state in _MISSING_END:
        missed += max(mark.minutes_early, 0)
    return max(half_day.minutes - missed, 0)


def mark_problems(half_day: HalfDayFacts, mark: MarkFacts) -> tuple[Problem, ...]:
    """What is wrong in a mark before it is written; empty when it stands."""
    found: list[Problem] = []
    key = mark.enrolment_key
    if mark.state in _MISSING_START and mark.minutes_late <= 0:
        found.append(Problem("late-minutes", "Indiquez le retard, en minutes.", key))
    if mark.state in _MISSING_END and mark.minutes_early <= 0:
        found.append(Problem("early-minutes", "Indiquez combien de minutes avant la fin.", key))
    if mark.state.attends and not found and attended_minutes(half_day, mark) == 0:
        length = minutes_words(half_day.minutes)
        found.append(
            Problem(
                "nothing-left",
                f"Ces minutes couvrent toute la demi-journée ({length}){NBSP}: notez une absence.",
                key,
            )
        )
    return tuple(found)


def concerns(cohort: CohortFacts, enrolment: EnrolmentFacts, half_day: HalfDayFacts) -> bool:
    """True when the trainee is expected on that half-day.

    From the first half-day, or the first day of participation when one is told, to the day before
    leaving; never when withdrawn or replaced before the start, nor on a cancelled half-day. The
    day on which the enrolment was written plays no part: it says when the office typed it.
    """
    if half_day.cancelled or enrolment.departure is Departure.WITHDRAWN_BEFORE:
        return False
    if enrolment.departure is Departure.REPLACED and enrolment.left_on is None:
        return False
    if enrolment.left_on is not None and half_day.day >= enrolment.left_on:
        return False
    return enrolment.takes_part_from is None or enrolment.takes_part_from <= half_day.day


def planned_minutes(cohort: CohortFacts) -> int:
    """Teaching minutes planned, cancelled half-days left out."""
    return sum(half_day.minutes for half_day in cohort.half_days if not half_day.cancelled)


def held_minutes(cohort: CohortFacts, closed: Collection[int]) -> int:
    """Teaching minutes held: those of the half-days whose keys are in ``closed``."""
    return sum(
        half_day.minutes
        for half_day in cohort.half_days
        if not half_day.cancelled and half_day.key in closed
    )


def hours_of(
    cohort: CohortFacts, marks: Iterable[MarkFacts], closed: Collection[int]
) -> CohortHours:
    """All the minutes of a cohort. Only closed half-days count as attended: until its trainer
    has signed, a half-day proves nothing."""
    by_pair = {(mark.half_day_key, mark.enrolment_key): mark for mark in marks}
    trainees = tuple(
        _trainee(cohort, enrolment, by_pair, closed) for enrolment in cohort.enrolments
    )
    return CohortHours(
        planned=planned_minutes(cohort),
        held=held_minutes(cohort, closed),
        trainee_minutes=sum(one.attended or 0 for one in trainees),
        is_complete=all(one.is_complete for one in trainees),
        trainees=trainees,
        days=_days(cohort, trainees, closed),
    )


def _trainee(
    cohort: CohortFacts,
    enrolment: EnrolmentFacts,
    marks: dict[tuple[int, int], MarkFacts],
    closed: Collection[int],
) -> TraineeHours:
    half_days: list[HalfDayHours] = []
    for half_day in cohort.half_days:
        mark = marks.get((half_day.key, enrolment.key))
        if half_day.cancelled or (mark is None and not concerns(cohort, enrolment, half_day)):
            continue
        known = mark if half_day.key in closed else None
        half_days.append(
            HalfDayHours(
                half_day.key,
                half_day.day,
                half_day.starts_at,
                half_day.minutes,
                attended_minutes(half_day, known),
                mark.state if mark else None,
            )
        )
    known_minutes = [one.attended for one in half_days if one.attended is not None]
    return TraineeHours(
        enrolment_key=enrolment.key,
        name=enrolment.name,
        planned=sum(one.planned for one in half_days),
        attended=sum(known_minutes) if known_minutes else None,
        is_complete=len(known_minutes) == len(half_days),
        half_days=tuple(half_days),
    )


def _days(
    cohort: CohortFacts, trainees: Iterable[TraineeHours], closed: Collection[int]
) -> tuple[DayHours, ...]:
    planned: dict[date, int] = {}
    held: dict[date, int] = {}
    attended: dict[date, int] = {}
    for half_day in cohort.half_days:
        if half_day.cancelled:
            continue
        planned[half_day.day] = planned.get(half_day.day, 0) + half_day.minutes
        if half_day.key in closed:
            held[half_day.day] = held.get(half_day.day, 0) + half_day.minutes
    for trainee in trainees:
        for one in trainee.half_days:
            attended[one.day] = attended.get(one.day, 0) + (one.attended or 0)
    return tuple(
        DayHours(day, planned[day], held.get(day, 0), attended.get(day, 0))
        for day in sorted(planned)
    )


def regularity(attended: int | None, planned: int) -> Decimal:
    """The share attended, in percent with one decimal (« assiduité »).

    ``NotKnownError`` when attendance is not known or nothing was planned: a rate that cannot
    be trusted is not shown.
    """
    if attended is None:
        raise NotKnownError("L’assiduité n’est pas connue : des demi-journées restent à clore.")
    if planned <= 0:
        raise NotKnownError("L’assiduité ne se calcule pas : aucune heure n’était prévue.")
    return (Decimal(100 * attended) / planned).quantize(Decimal("0.1"), ROUND_HALF_UP)


def trainee_regularity(hours: TraineeHours) -> Decimal:
    """The regularity of a trainee; ``NotKnownError`` while a half-day is not known."""
    return regularity(hours.attended if hours.is_complete else None, hours.planned)
