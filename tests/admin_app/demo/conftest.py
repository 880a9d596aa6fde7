"""The demonstration, loaded once for all these tests; and, without its PDFs, for other days."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from flask import Flask

from admin_app import create_app
from admin_app.core import clock
from admin_app.core.config import Settings
from admin_app.core.database import db
from admin_app.demo.load import dawn_of, load
from admin_app.documents import operations as documents
from tests.support.databases import open_database, trust_the_machine

TODAY = date(2026, 11, 24)
Quick = Callable[[date], Flask]


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


@pytest.fixture(scope="session")
def demo(database_kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The demonstration of 24 November 2026, whole."""
    folder = tmp_path_factory.mktemp("demo")
    with open_database(database_kind, folder, "demo") as database:
        app = an_application(database.url, folder)
        load(app, TODAY)
        yield app


@pytest.fixture
def today(demo: Flask) -> Iterator[Flask]:
    """In the demonstration, at the dawn of its day."""
    with demo.app_context(), clock.frozen(dawn_of(TODAY)):
        yield demo
        db.session.remove()


def blank(html: object) -> bytes:
    """A PDF that takes no time."""
    return b"%PDF-1.4\n" + repr(html).encode()


@pytest.fixture(scope="session")
def anew(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Quick]:
    """`anew(day)` loads the demonstration of that day with blank PDFs, which take no time."""
    with ExitStack() as stack:

        def loaded(day: date) -> Flask:
            folder = tmp_path_factory.mktemp(f"quick-{day}")
            database = stack.enter_context(open_database("sqlite", folder, "demo"))
            app = an_application(database.url, folder)
            with pytest.MonkeyPatch.context() as patch:  # undone before another test needs a PDF
                patch.setattr(documents, "to_pdf", blank)
                load(app, day)
            return app

        yield loaded


@pytest.fixture(scope="session")
def quick(anew: Quick) -> Quick:
    """`quick(day)`: the same, loaded once a day for all those who only read it."""
    return cache(anew)
