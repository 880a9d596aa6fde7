"""The data: the database, its version, the organisation and who administers it."""

from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import current_app
from sqlalchemy import inspect, text
from sqlalchemy.exc import SQLAlchemyError

from admin_app.accounts.queries import has_administrator
from admin_app.cli.health.check import Check, reason
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.organisation import installation_code
from admin_app.organisation.queries import provider


def database() -> Check:
    """The database answers."""
    name = "PostgreSQL" if db.engine.dialect.name == "postgresql" else "SQLite"
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError as error:
        said = reason(getattr(error, "orig", None) or error)
        return Check("database", False, f"La base {name} ne répond pas : {said}.")
    return Check("database", True, f"La base {name} répond.")


def migrations() -> Check:
    """The database is at the version of the code."""
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    folder = Path(current_app.extensions["migrate"].directory)
    with db.engine.connect() as connection:
        present = set(MigrationContext.configure(connection).get_current_heads())
    wanted = set(ScriptDirectory(str(folder)).get_heads()) if folder.is_dir() else set()
    if present == wanted and (wanted or inspect(db.engine).has_table("provider")):
        return Check("migrations", True, "La base est à jour.")
    return Check("migrations", False, "La base n’est pas à jour : lancez « flask db upgrade ».")


def organisation() -> Check:
    """The first run was done; else where, and with which code."""
    row = provider()
    if row is not None:
        return Check("organisation", True, f"Organisme installé : {row.name}.")
    address = f"{current_app.config['PUBLIC_URL'].rstrip('/')}/installation"
    code = installation_code.current()
    return Check("organisation", True, f"Reste à installer : {address}?code={code} (code {code}).")


def administrator() -> Check:
    """Someone can administer."""
    if provider() is None:
        return Check("administrator", True, "La première personne à administrer reste à créer.")
    if has_administrator(clock.now()):
        return Check("administrator", True, "Quelqu’un peut administrer les accès.")
    return Check(
        "administrator",
        False,
        "Personne ne peut administrer : « flask user create --role administrator … ».",
    )


def time_zone() -> Check:
    """The organisation's clock exists on this machine."""
    row = provider()
    name = row.time_zone if row else clock.DEFAULT_ZONE
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return Check("time-zone", False, f"Fuseau horaire inconnu de cette machine : {name}.")
    return Check("time-zone", True, f"Fuseau horaire : {name}.")
