"""How migrations run: on the database of the application, one transaction for all."""

from alembic import context
from flask import current_app
from sqlalchemy import JSON

from admin_app.core.database import Base, Euros, UtcDateTime, db

USER_TYPES = {UtcDateTime: "sa.DateTime(timezone=True)", Euros: "sa.BigInteger()"}


def render_item(kind, item, autogen_context):  # type: ignore[no-untyped-def]
    """Write our column types as what the database knows, so that migrations never change."""
    if kind == "type" and isinstance(item, JSON):
        autogen_context.imports.add("from sqlalchemy.dialects import postgresql")
        return 'sa.JSON().with_variant(postgresql.JSONB(), "postgresql")'
    if kind == "type":
        for ours, theirs in USER_TYPES.items():
            if isinstance(item, ours):
                return theirs
    return False


def run() -> None:
    """Run the migrations asked for."""
    options = current_app.extensions["migrate"].configure_args
    with db.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            **options | {"render_item": render_item, "compare_type": False},
        )
        with context.begin_transaction():
            context.run_migrations()


run()
