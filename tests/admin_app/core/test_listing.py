"""Lists in pages: counted as far as it tells anything, and no further."""

import pytest
from flask import Flask
from sqlalchemy import bindparam, func, select

from admin_app.core.database import db
from admin_app.core.formatting import tally
from admin_app.core.pages import listing
from admin_app.core.pages.listing import counted, paginate, prepared
from admin_app.people.models import Client, ClientContact
from tests.factories import ClientContactFactory, ClientFactory


@pytest.fixture
def seven(app: Flask) -> None:
    for number in range(7):
        ClientFactory(name=f"Client {number}")


def test_every_row_is_on_one_page(seven: None) -> None:
    ordered = select(Client).order_by(Client.name)
    pages = [paginate(ordered, number, 3) for number in (1, 2, 3)]
    assert [one.name for page in pages for one in page.items] == [f"Client {n}" for n in range(7)]
    assert {(page.total, page.pages, page.is_capped) for page in pages} == {(7, 3, False)}
    assert [(page.has_prev, page.has_next) for page in pages] == [
        (False, True),
        (True, True),
        (True, False),
    ]


@pytest.mark.parametrize("asked", [0, -4, 99])
def test_a_page_that_is_not_there_is_the_nearest(seven: None, asked: int) -> None:
    page = paginate(select(Client).order_by(Client.name), asked, 3)
    assert page.number == (3 if asked > 3 else 1)


def test_nothing_is_one_empty_page(app: Flask) -> None:
    page = paginate(select(Client), 5)
    assert (page.number, page.pages, page.total, page.has_next) == (1, 1, 0, False)


def test_beyond_the_limit_a_list_says_that_there_is_more(
    seven: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 4)
    pages = [paginate(select(Client).order_by(Client.name), number, 3) for number in (1, 2, 3, 4)]
    assert [len(page.items) for page in pages] == [3, 3, 1, 0]
    assert [page.total for page in pages] == [5] * 4
    assert [page.is_capped for page in pages] == [True] * 4
    assert [page.has_next for page in pages] == [True, True, False, False]
    assert [page.pages for page in pages][:3] == [2, 3, 3]


def test_what_is_joined_grouped_or_distinct_counts_as_its_rows(seven: None) -> None:
    first = db.session.scalars(select(Client).order_by(Client.id)).first()
    for _ in range(3):
        ClientContactFactory(client_id=first.id)
    joined = select(Client, ClientContact).join(ClientContact)
    grouped = select(Client.id, func.count()).join(ClientContact).group_by(Client.id)
    number = select(func.count()).where(ClientContact.client_id == Client.id).scalar_subquery()
    statements = {
        joined: 3,
        grouped: 1,
        joined.with_only_columns(Client.id).distinct(): 1,
        select(Client, number.label("contacts")): 7,
    }
    for statement, rows in statements.items():
        assert db.session.scalar(counted(statement)) == rows
        assert len(db.session.execute(statement).all()) == rows


def test_a_tally_in_words() -> None:
    assert tally(0) == "0"
    assert tally(10_000) == "10\u202f000"
    assert tally(10_001) == "plus de 10\u202f000"


def test_a_list_prepared_once_serves_each_page_and_each_question(seven: None) -> None:
    named = select(Client).where(Client.name >= bindparam("first")).order_by(Client.name)
    kept = prepared(named)
    for first, number, expected in (
        ("Client 0", 1, ["Client 0", "Client 1", "Client 2"]),
        ("Client 0", 3, ["Client 6"]),
        ("Client 5", 1, ["Client 5", "Client 6"]),
    ):
        page = paginate(kept, number, 3, first=first)
        assert [one.name for one in page.items] == expected
