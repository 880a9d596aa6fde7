"""The acts on improvements and corrective actions."""

from admin_app.quality.improvements.operations.carrying import (
    Check,
    check_effect,
    close,
    mark_done,
    step_back,
)
from admin_app.quality.improvements.operations.planning import Plan, cancel, change, open_action
from admin_app.quality.improvements.operations.reviewing import Held, hold, set_aside

__all__ = [
    "Check",
    "Held",
    "Plan",
    "cancel",
    "change",
    "check_effect",
    "close",
    "hold",
    "mark_done",
    "open_action",
    "set_aside",
    "step_back",
]
