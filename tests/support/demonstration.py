"""The demonstration with PDFs that take no time, and somebody of each role signed in."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.demo.load import load
from admin_app.documents import operations as documents
from tests.admin_app.demo.conftest import an_application, blank
from tests.support.databases import open_database

TODAY = date(2026, 11, 24)


@contextmanager
def demonstration(kind: str, folder: Path, name: str) -> Iterator[Flask]:
    """An application of its own, on a database of its own (`sqlite` or `postgresql`)."""
    with open_database(kind, folder, name) as database:
        app = an_application(database.url, folder)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(documents, "to_pdf", blank)
            load(app, TODAY)
        yield app


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
