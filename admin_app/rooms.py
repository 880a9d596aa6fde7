"""The rooms of the house, and how the application opens them.

A room is a folder of `admin_app`; its pages are in one file an actor. Adding a room is adding
its name here and in the layers of `pyproject.toml`.
"""

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

ROOMS = (
    "organisation",
    "accounts",
    "people",
    "staff",
    "programmes",
    "cohorts",
    "needs",
    "adaptations",
    "agreements",
    "joining",
    "resources",
    "attendance",
    "evaluations",
    "certificates",
    "results",
    "subcontracting",
    "safeguarding",
    "quality",
    "quality.watch",
    "quality.improvements",
    "quality.risks",
    "quality.complaints",
    "journal",
    "evidence",
    "documents",
    "messages",
    "coverage",
    "referentiel",
    "audits",
    "spaces",
)
ACTORS = ("office", "trainer", "trainee", "client", "auditor", "public")


def register_rooms(app: Flask) -> None:
    """Load every room: its rows, what it registers (`init_room`), and the pages of each actor."""
    for room in ROOMS:
        package = import_module(f"admin_app.{room}")
        if find_spec(f"admin_app.{room}.models"):
            import_module(f"admin_app.{room}.models")
        if hasattr(package, "init_room"):
            package.init_room(app)
        for actor in ACTORS:
            if find_spec(f"admin_app.{room}.{actor}"):
                app.register_blueprint(import_module(f"admin_app.{room}.{actor}").pages)
    import_module("admin_app.cli").init_cli(app)
