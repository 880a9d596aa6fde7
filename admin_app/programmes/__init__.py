"""Programmes (formations) and their dated versions."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Say how a version of a programme is shown to the auditor; add a first step."""
    from admin_app.organisation.first_steps import add_step
    from admin_app.programmes.first_step import FIRST_PROGRAMME
    from admin_app.programmes.views import version_piece

    app.extensions.setdefault("liasse.piece_views", {})["programme-version"] = version_piece
    add_step(app, FIRST_PROGRAMME)
