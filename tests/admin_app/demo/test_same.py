"""The same day gives the same content, but for what is secret by nature."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.core.database import Base, db
from tests.admin_app.demo.conftest import Quick

A_DAY = date(2027, 2, 3)
# the random names of personal links, wherever they are written; hashes of passwords; stamps
SECRET = {
    "personal_link": {"uid"},
    "user": {"password_hash", "stamp"},
    "mail_message": {"text", "html"},
}


def content(app: Flask) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, without what is secret."""
    found = {}
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            hidden = SECRET.get(table.name, set())
            columns = [column for column in table.columns if column.name not in hidden]
            rows = db.session.execute(select(*columns).order_by(*table.primary_key.columns))
            found[table.name] = [tuple(map(repr, row)) for row in rows]
    return found


@pytest.mark.slow
def test_loading_twice_gives_the_same_rows(quick: Quick, anew: Quick) -> None:
    first, second = content(quick(A_DAY)), content(anew(A_DAY))
    assert first.keys() == second.keys()
    for name, rows in first.items():
        assert rows == second[name], name
