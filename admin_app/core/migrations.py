"""Migrations, opened when a command asks for them: Alembic would be a sixth of every cold start."""

from typing import Any

from click import Command, Context
from flask import Flask

from admin_app.core.config import ROOT
from admin_app.core.database import db
from admin_app.core.late import later

FOLDER = ROOT / "admin_app" / "migrations"


def init_migrations(app: Flask) -> None:
    """Have `flask db` and Flask-Migrate's functions find their configuration."""
    later(app, "migrate", lambda: _opened(app))
    app.cli.add_command(_Commands("db", help="Perform database migrations."))


def _opened(app: Flask) -> Any:
    from flask_migrate import Migrate

    Migrate(app, db, directory=str(FOLDER), render_as_batch=True)
    return app.extensions["migrate"]


class _Commands(Command):
    """The commands of Flask-Migrate, imported when one of them is called."""

    def make_context(self, *args: Any, **kwargs: Any) -> Context:
        from flask_migrate.cli import db as theirs

        return theirs.make_context(*args, **kwargs)
