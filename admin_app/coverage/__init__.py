"""Expectations kept as rows, matched with evidence: what is covered, due, missing."""

from flask import Flask

from admin_app.core.transaction import register_refresher


def init_room(app: Flask) -> None:
    """Have every act bring up to date what it touched."""
    from admin_app.coverage.operations import refresh

    register_refresher(app, refresh)
