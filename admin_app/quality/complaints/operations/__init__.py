"""The acts about complaints and incidents."""

from admin_app.quality.complaints.operations.handling import (
    acknowledge,
    add_exchange,
    answer,
    assign,
    close,
    reopen,
    solve,
    tell_incident,
)
from admin_app.quality.complaints.operations.receiving import (
    Received,
    TooMany,
    correct,
    receive,
)

__all__ = [
    "Received",
    "TooMany",
    "acknowledge",
    "add_exchange",
    "answer",
    "assign",
    "close",
    "correct",
    "receive",
    "reopen",
    "solve",
    "tell_incident",
]
