"""The front doors: office, trainer, client, trainee, auditor, public."""

from flask import Flask

from admin_app.spaces.navigation import init_navigation


def init_room(app: Flask) -> None:
    """Give every page its navigation."""
    init_navigation(app)
