"""The acts on the team."""

from admin_app.staff.operations.chart import (
    ApprovalDetails,
    RoleDetails,
    approve_chart,
    end_role,
    give_role,
)
from admin_app.staff.operations.growing import (
    DevelopmentDetails,
    ReviewDetails,
    hold_review,
    record_development,
)
from admin_app.staff.operations.meeting import (
    MeetingDetails,
    PlanDetails,
    decide_plan,
    record_meeting,
)
from admin_app.staff.operations.members import (
    MemberDetails,
    add_member,
    change_member,
    leave,
)
from admin_app.staff.operations.removal import set_aside

__all__ = [
    "ApprovalDetails",
    "DevelopmentDetails",
    "MeetingDetails",
    "MemberDetails",
    "PlanDetails",
    "ReviewDetails",
    "RoleDetails",
    "add_member",
    "approve_chart",
    "change_member",
    "decide_plan",
    "end_role",
    "give_role",
    "hold_review",
    "leave",
    "record_development",
    "record_meeting",
    "set_aside",
]
