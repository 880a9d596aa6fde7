"""Setting aside what was entered by mistake."""

from datetime import datetime
from typing import Any

from admin_app.core.actor import Actor
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.people.operations.removal import mark_removed
from admin_app.staff.models import (
    ChartApproval,
    DevelopmentPlan,
    StaffDevelopment,
    StaffReview,
    TeamMeeting,
)
from admin_app.staff.words import APPROVAL, DEVELOPMENT, MEETING, NAMES, PLAN, REVIEW

Removed = ChartApproval | TeamMeeting | DevelopmentPlan | StaffReview | StaffDevelopment
MODELS: dict[str, Any] = {
    APPROVAL: ChartApproval,
    MEETING: TeamMeeting,
    PLAN: DevelopmentPlan,
    REVIEW: StaffReview,
    DEVELOPMENT: StaffDevelopment,
}
SOURCES = {
    APPROVAL: "functional-chart",
    MEETING: "team-meeting",
    PLAN: "development-plan",
    REVIEW: "staff-review",
    DEVELOPMENT: "staff-development",
}


@act
def set_aside(kind: str, row: Removed, why: str, *, by: Actor, at: datetime) -> Removed:
    """Set it aside: it stays readable, its evidence is withdrawn.

    Raises:
        Refused: it is set aside already, or no reason is given.
    """
    mark_removed(row, why, by=by, at=at)
    source = (SOURCES[kind], row.id)
    evidence.withdraw_from(source, why=row.removed_why, by=by, at=at)
    name = NAMES[kind]
    summary = f"{name[:1].upper()}{name[1:]} : mis de côté ({row.removed_why})."
    record("staff.set-aside", by=by, at=at, subject=source, summary=summary)
    return row
