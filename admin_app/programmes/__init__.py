"""Programmes (formations) and their dated versions."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Say how what a programme leaves is shown to the auditor; add a first step."""
    from admin_app.organisation.first_steps import add_step
    from admin_app.programmes.first_step import FIRST_PROGRAMME
    from admin_app.programmes.views import resources_piece, version_piece

    views = app.extensions.setdefault("liasse.piece_views", {})
    views["programme-version"], views["resources-review"] = version_piece, resources_piece
    add_step(app, FIRST_PROGRAMME)
