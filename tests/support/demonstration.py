"""The demonstration, loaded once for all who open it, and somebody of each role signed in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app import create_app
from admin_app.accounts.models import User
from admin_app.core.access import Role
from admin_app.core.config import Settings
from admin_app.core.database import db
from admin_app.demo.load import load
from tests.support.databases import open_database, trust_the_machine

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def demo(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration of 24 November 2026, whole."""
    folder = tmp_path_factory.mktemp("demo")
    with open_database(database_kind, folder, "demo") as database:
        app = an_application(database.url, folder)
        load(app, TODAY)
        yield app


def an_application(url: str, instance: Path) -> Flask:
    """As an installation has it: post in the outbox, jobs in a queue."""
    settings = Settings(
        instance=instance,
        secret_key="test-key-that-is-long-enough-for-anyone",
        database_url=url,
        log_level="ERROR",
    )
    app = create_app(settings, WTF_CSRF_ENABLED=False, PUBLIC_URL="https://demo.example.org")
    with app.app_context():
        trust_the_machine(db.engine)
        db.create_all()
    return app


def blank(html: object) -> bytes:
    """A PDF that takes no time."""
    return b"%PDF-1.4\n" + repr(html).encode()


def signed_in(app: Flask, role: Role) -> FlaskClient:
    """The browser of somebody who holds that role and no other."""
    with app.app_context():
        users = db.session.scalars(select(User).order_by(User.id))
        name = next(user.get_id() for user in users if user.roles == {role})
        db.session.remove()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": name, "_fresh": True})
    return client
