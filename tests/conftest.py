"""What every test may ask for: an application on a fresh database, clients of each role."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g, has_app_context
from flask.testing import FlaskClient
from hypothesis import settings
from werkzeug.test import TestResponse

from admin_app import create_app
from admin_app.core.access import Role
from admin_app.core.config import Settings
from admin_app.core.database import db
from tests.support.databases import Database, open_database, trust_the_machine
from tests.support.demonstration import demo
from tests.support.locks import watch_locks
from tests.support.order import pytest_collection_modifyitems, pytest_xdist_make_scheduler
from tests.support.ways import look_at

__all__ = ["demo", "pytest_collection_modifyitems", "pytest_xdist_make_scheduler"]

# Speed is measured by script/bench, never by a test: a slow machine fails nothing.
settings.register_profile("liasse", deadline=None)
settings.load_profile("liasse")


class Browser(FlaskClient):
    """A browser whose every request starts with a bare `g`, as in life: the context that a test
    keeps open would otherwise hand one request's user, link and organisation to the next."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        if has_app_context():
            vars(g._get_current_object()).clear()
        return super().open(*args, **kwargs)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=("sqlite", "postgresql"), default="sqlite", help="which database"
    )


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`: tests that do not ask for it run once (`support.order`)."""
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session")
def database(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The database of this test process, on SQLite or PostgreSQL."""
    folder = tmp_path_factory.mktemp("database")
    with open_database(database_kind, folder) as opened:
        yield opened


@pytest.fixture(scope="session")
def session_app(database: Database, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """One application for the whole process: building it costs more than most tests."""
    instance = tmp_path_factory.mktemp("instance")
    settings = Settings(
        instance=instance,
        secret_key="test-key-that-is-long-enough-for-anyone",
        database_url=database.url,
        log_level="ERROR",
    )
    app = create_app(
        settings,
        TESTING=True,
        WTF_CSRF_ENABLED=False,
        JOBS_IMMEDIATE=True,
        MAIL_BACKEND="locmem",
        RATELIMIT_ENABLED=False,
        PUBLIC_URL="http://localhost",
    )
    app.test_client_class = Browser
    app.after_request(look_at)
    if os.environ.get("LIASSE_WATCH_LOCKS"):
        watch_locks()
    with app.app_context():
        trust_the_machine(db.engine)
        db.create_all()
    return app


@pytest.fixture
def app(session_app: Flask, database: Database) -> Iterator[Flask]:
    """The application on an empty database, its context pushed."""
    with session_app.app_context():
        database.empty(db.engine)
        session_app.extensions["mailman"].outbox = []
        yield session_app
        db.session.remove()


def _set_up() -> None:
    """Without an organisation every page leads to the first run."""
    from admin_app.organisation.queries import provider
    from tests.factories import ProviderFactory

    if provider() is None:
        ProviderFactory()


@pytest.fixture
def browse(app: Flask) -> FlaskClient:
    """A visitor who is not signed in, of an organisation that is set up."""
    _set_up()
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[..., FlaskClient]:
    """`sign_in(Role.OFFICE)` signs someone of that role in; `sign_in(user=…)` that very user."""
    from tests.factories import UserFactory

    _set_up()

    def signed_in(*roles: Role, user: object = None) -> FlaskClient:
        user = user or UserFactory(roles=roles or (Role.OFFICE,))
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = user.get_id()  # type: ignore[attr-defined]
            cookie["_fresh"] = True
        return client

    return signed_in


@pytest.fixture
def outbox(app: Flask) -> list:
    """The messages that left."""
    return app.extensions["mailman"].outbox


@pytest.fixture
def data_folder() -> Path:
    """Files that tests send."""
    return Path(__file__).parent / "data"
