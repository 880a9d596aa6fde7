"""Attendance: minutes planned, held and attended; who may sign a half-day, and when."""

from compliance.attendance.hours import (
    attended_minutes,
    concerns,
    held_minutes,
    hours_of,
    mark_problems,
    planned_minutes,
    regularity,
    trainee_regularity,
)
from compliance.attendance.model import (
    CohortHours,
    DayHours,
    HalfDayHours,
    MarkFacts,
    Problem,
    SignatureFacts,
    TraineeHours,
)
from compliance.attendance.signing import (
    HalfDayState,
    Signer,
    closing_problems,
    is_regularisation,
    may_sign,
)

__all__ = [
    "CohortHours",
    "DayHours",
    "HalfDayHours",
    "HalfDayState",
    "MarkFacts",
    "Problem",
    "SignatureFacts",
    "Signer",
    "TraineeHours",
    "attended_minutes",
    "closing_problems",
    "concerns",
    "held_minutes",
    "hours_of",
    "is_regularisation",
    "mark_problems",
    "may_sign",
    "planned_minutes",
    "regularity",
    "trainee_regularity",
]
