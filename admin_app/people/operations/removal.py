"""Taking something away from a trainer's file: it stays readable, with who, when and why."""

from datetime import datetime
from typing import Protocol

from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.people.operations.checks import tidy_name


class Removable(Protocol):
    """A row that is marked rather than erased."""

    removed_at: datetime | None
    removed_by: str
    removed_why: str


def mark_removed(row: Removable, why: str, *, by: Actor, at: datetime) -> None:
    """Mark it.

    Raises:
        Refused: it is taken away already, or no reason is given.
    """
    reason = tidy_name(why, "why", "pourquoi", 300)
    if row.removed_at is not None:
        raise Refused("C’est déjà retiré.")
    row.removed_at, row.removed_by, row.removed_why = at, by.label, reason
