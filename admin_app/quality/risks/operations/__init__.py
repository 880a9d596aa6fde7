"""The acts on quality risks."""

from admin_app.quality.risks.operations.approving import Approved, approve
from admin_app.quality.risks.operations.mastering import (
    Pointed,
    add_measure,
    drop_measure,
    link_fact,
    measure_done,
)
from admin_app.quality.risks.operations.rating import (
    Described,
    Rated,
    close,
    describe,
    reopen,
    review,
    write_down,
)

__all__ = [
    "Approved",
    "Described",
    "Pointed",
    "Rated",
    "add_measure",
    "approve",
    "close",
    "describe",
    "drop_measure",
    "link_fact",
    "measure_done",
    "reopen",
    "review",
    "write_down",
]
