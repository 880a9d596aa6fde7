"""Attendance as the reading room shows it: nobody's reason of absence is there."""

from typing import Any

from admin_app.attendance import queries
from admin_app.core import clock


def half_day_piece(half_day_id: int) -> tuple[str, dict[str, Any]] | None:
    """A half-day: who was there, each signature with its hour, what was changed afterwards."""
    scene = queries.scene(half_day_id)
    if scene is None:
        return None
    shown = {"scene": scene, "traces": queries.traces(half_day_id), "now": clock.now()}
    return "attendance/piece.html", shown


def follow_up_piece(follow_up_id: int) -> tuple[str, dict[str, Any]] | None:
    """How someone followed at a distance."""
    found = queries.follow_up_by_id(follow_up_id)
    return None if found is None else ("attendance/follow_up_piece.html", {"found": found})
