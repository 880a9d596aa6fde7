"""Migrations, opened when a command asks for them: Alembic would be a sixth of every cold start."""

from typing import Any

from click import Command, Context
from flask import Flask

from admin_app.core.config import ROOT
from admin_app.core.database import db

FOLDER = ROOT / "admin_app" / "migrations"


def init_migrations(app: Flask) -> None:
    """Have `flask db` and Flask-Migrate's functions find their configuration."""
    app.extensions = _Extensions(app)
    app.cli.add_command(_Commands("db", help="Perform database migrations."))


class _Extensions(dict[str, Any]):
    """The extensions of an application; the one of migrations arrives when it is first named."""

    def __init__(self, app: Flask) -> None:
        super().__init__(app.extensions)
        self._app = app

    def __missing__(self, name: str) -> Any:
        if name != "migrate":
            raise KeyError(name)
        from flask_migrate import Migrate

        Migrate(self._app, db, directory=str(FOLDER), render_as_batch=True)
        return self[name]


class _Commands(Command):
    """The commands of Flask-Migrate, imported when one of them is called."""

    def make_context(self, *args: Any, **kwargs: Any) -> Context:
        from flask_migrate.cli import db as theirs

        return theirs.make_context(*args, **kwargs)
