"""What the whole application takes from the organisation: its clock, its sender, its name."""

from email.utils import formataddr
from typing import Any

import structlog
from flask import Flask, has_request_context, url_for
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from admin_app.accounts.signed_in import read_with_user
from admin_app.core.clock import DEFAULT_ZONE
from admin_app.organisation.models import Provider
from admin_app.organisation.queries import mail_server, provider

log = structlog.get_logger(__name__)


def init_context(app: Flask) -> None:
    """Have the clock, the post and the layouts follow the organisation's row.

    They ask at each request and each job, so that a change made by one process is seen by all.
    """
    app.config.setdefault("TIME_ZONE", time_zone)
    chosen = app.config["SETTINGS"].mail_from
    app.config["MAIL_SENDER"] = lambda: chosen or mail_sender()
    app.extensions["liasse.mail_server"] = mail_server
    app.context_processor(layout_words)
    first = select(func.min(Provider.id)).scalar_subquery()
    read_with_user(app, "provider", Provider, Provider.id == first)


def time_zone() -> str:
    """The name of the organisation's time zone (Europe/Paris before the first run)."""
    found = provider()
    return found.time_zone if found else DEFAULT_ZONE


def mail_sender() -> str:
    """Who messages come from: the organisation, at the address it chose for that."""
    found = provider()
    if found is None:
        return "Liasse <liasse@localhost>"
    return formataddr((found.name, found.mail_settings.get("sender") or found.email))


def layout_words() -> dict[str, Any]:
    """The organisation's name and logo for every layout, even when the database is away."""
    try:
        found = provider()
    except SQLAlchemyError as error:  # an error page must still be shown
        log.error("provider.unreadable", error=type(error).__name__)
        found = None
    logo = has_request_context() and found is not None and bool(found.logo_sha256)
    return {
        "provider_name": found.name if found else "",
        "provider_email": found.email if found else "",
        "provider_phone": found.phone if found else "",
        "logo_url": url_for("organisation_public.logo") if logo else "",
    }
