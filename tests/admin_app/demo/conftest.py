"""In the demonstration of the day; and, without its PDFs, those of other days."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from functools import cache

import pytest
from flask import Flask

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.demo.load import dawn_of, load
from admin_app.documents import operations as documents
from tests.support.databases import open_database
from tests.support.demonstration import TODAY, an_application, blank

Quick = Callable[[date], Flask]


@pytest.fixture
def today(demo: Flask) -> Iterator[Flask]:
    """In the demonstration, at the dawn of its day."""
    with demo.app_context(), clock.frozen(dawn_of(TODAY)):
        yield demo
        db.session.remove()


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
