"""Legal, trades and teaching watch: what was found, what is made of it, who was told."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Show the items of the watch to the auditor."""
    from admin_app.quality.watch.pieces import note_piece

    app.extensions.setdefault("liasse.piece_views", {})["watch-note"] = note_piece
