"""Needs analysis with the client; needs and positioning of each trainee."""

from flask import Flask

from admin_app.core.links import Purpose


def init_room(app: Flask) -> None:
    """Say where the trainee's link leads, and how needs are shown to the auditor."""
    from admin_app.needs.views.analysis import analysis_piece
    from admin_app.needs.views.positioning import positioning_piece

    homes = app.extensions.setdefault("liasse.link_homes", {})
    homes[Purpose.POSITIONING] = "needs_trainee.welcome"
    views = app.extensions.setdefault("liasse.piece_views", {})
    views |= {"positioning": positioning_piece, "needs-analysis": analysis_piece}
