"""No page offers its reader a closed door: the demonstration, walked through as every role.

Besides, every page that any test opens is looked at (`look_at`, in the application of the tests).
"""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.demo.load import dawn_of, load
from admin_app.documents import operations as documents
from tests.admin_app.demo.conftest import an_application, blank
from tests.support.databases import open_database
from tests.support.ways import crawl, ways_of

TODAY = date(2026, 11, 24)
MOST = 3  # of each kind of page: the demonstration holds a thousand of them


@pytest.fixture(scope="module")
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The demonstration, with PDFs that take no time."""
    folder = tmp_path_factory.mktemp("ways")
    with open_database(request.config.getoption("--database"), folder, "ways") as database:
        app = an_application(database.url, folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(documents, "to_pdf", blank)
            load(app, TODAY)
        yield app


def someone(role: Role) -> User:
    """Somebody of the demonstration who holds that role and no other."""
    users = db.session.scalars(select(User).order_by(User.id))
    return next(user for user in users if user.roles == {role})


@pytest.mark.slow
@pytest.mark.parametrize("role", list(Role))
def test_whoever_follows_what_they_are_shown_meets_no_closed_door(demo: Flask, role: Role) -> None:
    with demo.app_context():
        name = someone(role).get_id()
        db.session.remove()
    client = demo.test_client()
    with client.session_transaction() as cookie:
        cookie.update({"_user_id": name, "_fresh": True})
    with clock.frozen(dawn_of(TODAY)):
        assert crawl(demo, client, "/", MOST) == []


def test_every_way_of_a_page_is_seen() -> None:
    page = """<a class="x" href="/sessions/1?a=1&amp;b=2#haut">a</a> <a href="#bas">b</a>
    <a href="mailto:x@example.org">c</a> <a href="https://ailleurs.example.net/">d</a>
    <form method="post" action="/sessions/1/annuler"></form> <form method="get"></form>
    <button formaction="/sessions/2/annuler">e</button> <img src="/logo"> <div hx-get="suite">"""
    assert list(ways_of(page, "/ici/page")) == [
        ("GET", "/sessions/1?a=1&b=2"),
        ("POST", "/sessions/1/annuler"),
        ("GET", "/ici/page"),
        ("POST", "/sessions/2/annuler"),
        ("GET", "/logo"),
        ("GET", "/ici/suite"),
    ]
