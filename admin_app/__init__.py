"""Liasse, the back office of a training organisation."""

from typing import Any

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from admin_app.core.access.guards import init_guards
from admin_app.core.access.ways import init_ways
from admin_app.core.application import Application
from admin_app.core.assets import init_assets
from admin_app.core.compression import init_compression
from admin_app.core.config import ROOT, Settings, load_settings
from admin_app.core.database import init_database
from admin_app.core.formatting import init_formatting
from admin_app.core.jobs import init_jobs
from admin_app.core.late import init_late
from admin_app.core.logs import init_logs
from admin_app.core.mail import init_mail
from admin_app.core.migrations import init_migrations
from admin_app.core.pages.pieces import init_pieces
from admin_app.core.received import init_received
from admin_app.core.security import init_security
from admin_app.core.storage import init_storage
from admin_app.rooms import register_rooms

csrf = CSRFProtect()


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """Build the application.

    Args:
        settings: read from the environment and `instance/config.toml` when not given.
        overrides: Flask configuration that wins over everything else (tests).

    Raises:
        SettingsError: a setting cannot be used.
    """
    settings = settings or load_settings()
    app = Application(__name__, template_folder=str(ROOT / "templates"), static_folder="static")
    init_late(app)
    init_received(app)
    init_migrations(app)
    configure(app, settings, overrides)
    init_logs(app)
    init_database(app)
    init_storage(app)
    init_jobs(app)
    init_mail(app)
    init_formatting(app)
    init_pieces(app)
    init_assets(app)
    init_compression(app)
    Bootstrap5(app)
    csrf.init_app(app)
    init_security(app)
    register_rooms(app)
    init_guards(app)
    init_ways(app)
    return app


def configure(app: Flask, settings: Settings, overrides: dict[str, Any]) -> None:
    """Turn the settings of the house into those of Flask and its extensions."""
    public = settings.public_url or "http://127.0.0.1:8000"
    app.config.update(
        SETTINGS=settings,
        SECRET_KEY=settings.secret_key,
        SQLALCHEMY_DATABASE_URI=settings.database,
        # what people wrote must not reach a log by way of an error message
        SQLALCHEMY_ENGINE_OPTIONS={"hide_parameters": True},
        PUBLIC_URL=public,
        MAX_CONTENT_LENGTH=(settings.max_upload_mb + 1) * 1_000_000,
        MAX_FORM_MEMORY_SIZE=2_000_000,
        PERMANENT_SESSION_LIFETIME=settings.session_minutes * 60,
        SESSION_COOKIE_NAME="liasse",
        SESSION_REFRESH_EACH_REQUEST=False,  # once a minute: accounts/signed_in.py
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=public.startswith("https://"),
        WTF_CSRF_TIME_LIMIT=None,
        WTF_I18N_ENABLED=False,  # WTForms' own French messages: Flask-Babel is not needed for them
        WTF_CSRF_CHECK_DEFAULT=False,  # the guards check it, after the permission
        BOOTSTRAP_SERVE_LOCAL=True,
        MAIL_SENDER=lambda: settings.mail_from or "Liasse <liasse@localhost>",
    )
    app.config.update(overrides)
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
