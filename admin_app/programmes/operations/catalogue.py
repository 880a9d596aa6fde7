"""Leaving the catalogue, and coming back."""

from datetime import datetime

from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.journal.operations import record
from admin_app.programmes.models import Programme


@act
def archive(programme: Programme, *, by: Actor, at: datetime) -> None:
    """Take a programme out of the catalogue; its versions and what relies on them stay.

    Raises:
        Refused: it is archived already.
    """
    if programme.archived_at is not None:
        raise Refused("Cette formation est déjà archivée.")
    programme.archived_at = at
    _note(programme, "archive", "archivée, retirée du catalogue", by, at)


@act
def restore(programme: Programme, *, by: Actor, at: datetime) -> None:
    """Put an archived programme back; the version in force is public again.

    Raises:
        Refused: it is not archived.
    """
    if programme.archived_at is None:
        raise Refused("Cette formation n’est pas archivée.")
    programme.archived_at = None
    _note(programme, "restore", "rétablie", by, at)


def _note(programme: Programme, action: str, done: str, by: Actor, at: datetime) -> None:
    record(
        f"programmes.{action}",
        by=by,
        at=at,
        subject=("programme", programme.id),
        summary=f"Formation {programme.reference} {done}\u00a0: {programme.title}.",
    )
