"""The référentiel as people read it: editions, what changed, texts added, what to look at again."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Read the texts that this installation added over those of Liasse."""
    from admin_app.referentiel.added import read_added

    read_added(app)
