"""Reading attendance: what any room above may ask, and what the pages show."""

from admin_app.attendance.queries.hours import hours, hours_of_cohorts
from admin_app.attendance.queries.office import Grid, Traces, grid, traces
from admin_app.attendance.queries.parts import Contributor, Person, Scene
from admin_app.attendance.queries.scenes import day_sheet, live, scene, scenes
from admin_app.attendance.queries.sheet import blank, gather
from admin_app.attendance.queries.trainee import Signing, Step, Turn, signing
from admin_app.attendance.queries.trainer import (
    Day,
    FollowedUp,
    Slot,
    day_of_trainer,
    follow_up,
    follow_up_by_id,
    follow_ups,
    half_days_of,
    has_remote,
)

__all__ = [
    "Contributor",
    "Day",
    "FollowedUp",
    "Grid",
    "Person",
    "Scene",
    "Signing",
    "Slot",
    "Step",
    "Traces",
    "Turn",
    "blank",
    "day_of_trainer",
    "day_sheet",
    "follow_up",
    "follow_up_by_id",
    "follow_ups",
    "gather",
    "grid",
    "half_days_of",
    "has_remote",
    "hours",
    "hours_of_cohorts",
    "live",
    "scene",
    "scenes",
    "signing",
    "traces",
]
