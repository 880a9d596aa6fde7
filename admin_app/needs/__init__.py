"""Needs analysis with the client; needs and positioning of each trainee."""

from flask import Flask

from admin_app.core.links import Purpose


def init_room(app: Flask) -> None:
    """Say where the trainee's link leads, and how a positioning is shown to the auditor."""
    from admin_app.needs.views.positioning import positioning_piece

    homes = app.extensions.setdefault("liasse.link_homes", {})
    homes[Purpose.POSITIONING] = "needs_trainee.welcome"
    app.extensions.setdefault("liasse.piece_views", {})["positioning"] = positioning_piece
