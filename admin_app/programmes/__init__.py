"""Programmes (formations) and their dated versions."""

from flask import Flask


def init_room(app: Flask) -> None:
    """Say how a version of a programme, and a look at its resources, are shown to the auditor."""
    from admin_app.programmes.views import resources_piece, version_piece

    views = app.extensions.setdefault("liasse.piece_views", {})
    views["programme-version"], views["resources-review"] = version_piece, resources_piece
