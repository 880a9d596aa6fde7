"""Improvements and corrective actions, the yearly reviews."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Show actions and reviews to the auditor."""
    from admin_app.quality.improvements.pieces import action_piece, review_piece

    views = app.extensions.setdefault("liasse.piece_views", {})
    views["improvement"], views["quality-review"] = action_piece, review_piece
