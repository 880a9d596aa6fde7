"""The acts of safeguarding: contacts and readers, reports, what was told, trainers informed."""

from admin_app.safeguarding.operations.handling import (
    add_action,
    add_note,
    close,
    qualify,
    reopen,
)
from admin_app.safeguarding.operations.informing import tell_newcomers, tell_trainers
from admin_app.safeguarding.operations.narratives import (
    Opened,
    erase,
    erase_due,
    erase_what_is_due,
    open_narrative,
)
from admin_app.safeguarding.operations.people import (
    end_contact,
    name_contact,
    name_reader,
    unname_reader,
)
from admin_app.safeguarding.operations.reporting import Told, report

__all__ = [
    "Opened",
    "Told",
    "add_action",
    "add_note",
    "close",
    "end_contact",
    "erase",
    "erase_due",
    "erase_what_is_due",
    "name_contact",
    "name_reader",
    "open_narrative",
    "qualify",
    "reopen",
    "report",
    "tell_newcomers",
    "tell_trainers",
    "unname_reader",
]
