"""How attendance is said in French: what happened, not who (« présence », « retard de 20 min »)."""

from collections.abc import Mapping
from typing import Any

from admin_app.attendance.models import Mark
from admin_app.cohorts.models import HalfDay
from admin_app.core.formatting import minutes_as_hours
from compliance.vocabulary import HalfDayPeriod, MarkState

WORDS = {
    MarkState.PRESENT: "présence",
    MarkState.LATE: "retard",
    MarkState.LEFT_EARLY: "départ avant la fin",
    MarkState.LATE_AND_LEFT_EARLY: "retard et départ avant la fin",
    MarkState.ABSENT: "absence",
}


def title_of(rank: int, half_day: HalfDay) -> str:
    """« Jour 1, matin »."""
    return f"Jour {rank}, {HalfDayPeriod(half_day.period).label}"


def mark_words(mark: Mark | Mapping[str, Any] | None) -> str:
    """« présence », « retard de 20 min, départ 15 min avant la fin », « non pointé »."""
    said = _values(mark)
    if not said:
        return "non pointé"
    state = MarkState(said["state"])
    late = f"retard de {minutes_as_hours(said['minutes_late'])}"
    early = f"départ {minutes_as_hours(said['minutes_early'])} avant la fin"
    return {
        MarkState.LATE: late,
        MarkState.LEFT_EARLY: early,
        MarkState.LATE_AND_LEFT_EARLY: f"{late}, {early}",
    }.get(state, WORDS[state])


def _values(mark: Mark | Mapping[str, Any] | None) -> Mapping[str, Any]:
    if isinstance(mark, Mark):
        return {
            "state": mark.state,
            "minutes_late": mark.minutes_late,
            "minutes_early": mark.minutes_early,
        }
    return mark or {}
