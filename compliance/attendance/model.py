"""Facts of attendance and what is said of them. Durations are integer minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from compliance.vocabulary import MarkState


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkFacts:
    """What the trainer noted of one trainee (``enrolment_key``) on one half-day.

    ``minutes_late`` and ``minutes_early`` are the minutes missed at either end.
    """

    half_day_key: int
    enrolment_key: int
    state: MarkState
    minutes_late: int = 0
    minutes_early: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureFacts:
    """One signature of one half-day: a trainee's (``enrolment_key``) or a trainer's
    (``trainer_key``, a key of ``TrainerFacts``). ``signed_at`` is the server's UTC instant."""

    half_day_key: int
    signed_at: datetime
    enrolment_key: int | None = None
    trainer_key: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an act is refused or cannot end: a stable code, and the French sentence shown.

    ``enrolment_key`` names the trainee concerned, when there is one.
    """

    code: str
    message: str
    enrolment_key: int | None = None


@dataclass(frozen=True, slots=True)
class HalfDayHours:
    """One half-day of one trainee. ``attended`` is ``None`` while it is not known (not marked,
    or not closed); ``state`` likewise."""

    half_day_key: int
    day: date
    starts_at: datetime
    planned: int
    attended: int | None
    state: MarkState | None


@dataclass(frozen=True, slots=True)
class TraineeHours:
    """The minutes of one trainee. ``attended`` sums what is known and is ``None`` when nothing
    is; ``is_complete`` is True when every planned half-day is known."""

    enrolment_key: int
    name: str
    planned: int
    attended: int | None
    is_complete: bool
    half_days: tuple[HalfDayHours, ...]


@dataclass(frozen=True, slots=True)
class DayHours:
    """One day of the cohort: teaching minutes planned and held (closed half-days), and the
    sum of the trainees' minutes known so far (« heures-stagiaires »)."""

    day: date
    planned: int
    held: int
    trainee_minutes: int


@dataclass(frozen=True, slots=True)
class CohortHours:
    """The minutes of a cohort: by trainee, by day, and in all.

    ``planned`` and ``held`` are teaching minutes, counted once whatever the number of
    trainees; ``trainee_minutes`` adds the trainees' attended minutes known so far;
    ``is_complete`` is True when nothing is left unknown.
    """

    planned: int
    held: int
    trainee_minutes: int
    is_complete: bool
    trainees: tuple[TraineeHours, ...]
    days: tuple[DayHours, ...]
