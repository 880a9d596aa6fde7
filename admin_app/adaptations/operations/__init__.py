"""The acts about adaptations: a client's request, and (closed room) a trainee's accommodation."""

from admin_app.adaptations.operations.accommodations import (
    add_note,
    ask_accommodation,
    decide_accommodation,
    erase_due,
    read_need,
    set_erase_date,
    tell_trainers,
)
from admin_app.adaptations.operations.adapting import (
    attach_to_cohort,
    make_adapted,
    set_promises,
)
from admin_app.adaptations.operations.application import mark_applied, unmark_applied
from admin_app.adaptations.operations.deciding import decide, record_needs_analysis, reopen
from admin_app.adaptations.operations.requests import (
    Asked,
    TooMany,
    acknowledge,
    attach_client,
    create_client,
    note_called,
    request_adaptation,
    withdraw_request,
)

__all__ = [
    "Asked",
    "TooMany",
    "acknowledge",
    "add_note",
    "ask_accommodation",
    "attach_client",
    "attach_to_cohort",
    "create_client",
    "decide",
    "decide_accommodation",
    "erase_due",
    "make_adapted",
    "mark_applied",
    "note_called",
    "read_need",
    "record_needs_analysis",
    "reopen",
    "request_adaptation",
    "set_erase_date",
    "set_promises",
    "tell_trainers",
    "unmark_applied",
    "withdraw_request",
]
