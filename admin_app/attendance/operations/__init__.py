"""What is done of attendance. Each act can run without a request; instants are the server's."""

from admin_app.attendance.operations.absences import record_absence_reason
from admin_app.attendance.operations.closing import (
    sign_as_second_trainer,
    sign_as_trainer_and_close,
)
from admin_app.attendance.operations.correcting import correct, reopen
from admin_app.attendance.operations.links import send_signing_links, signing_link
from admin_app.attendance.operations.marking import (
    MarkInput,
    mark,
    mark_quickly,
    mark_rest_present,
)
from admin_app.attendance.operations.remote import record_remote_follow_up
from admin_app.attendance.operations.sheets import ask_for_sheet, issue_sheet
from admin_app.attendance.operations.signing import sign_as_trainee

__all__ = [
    "MarkInput",
    "ask_for_sheet",
    "correct",
    "issue_sheet",
    "mark",
    "mark_quickly",
    "mark_rest_present",
    "record_absence_reason",
    "record_remote_follow_up",
    "reopen",
    "send_signing_links",
    "sign_as_second_trainer",
    "sign_as_trainee",
    "sign_as_trainer_and_close",
    "signing_link",
]
