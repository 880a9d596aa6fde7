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
    "journal",
    "evidence",
    "documents",
    "messages",
    "coverage",
    "audits",
    "reports",
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
            try:
                package.init_room(app)
            except ImportError as missing:
                app.logger.warning("%s: %s", room, missing)
        for actor in ACTORS:
            if find_spec(f"admin_app.{room}.{actor}"):
                try:  # BUILDING: rooms arrive one after the other; removed before the first release
                    module = import_module(f"admin_app.{room}.{actor}")
                except ImportError as missing:
                    app.logger.warning("%s.%s: %s", room, actor, missing)
                    continue
                if hasattr(module, "pages"):
                    app.register_blueprint(module.pages)
    import_module("admin_app.cli").init_cli(app)
