"""What the organisation chooses, and what it may not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.journal.models import JournalEntry
from admin_app.organisation.queries import forget_provider, the_provider
from admin_app.practices import operations, queries
from compliance import expectations as rules
from tests.factories import ProviderFactory

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
BY = Actor(ActorKind.USER, "Anne Meyer", 1)
KEY = "adaptation-answer-days"


@pytest.fixture(autouse=True)
def _house(app: Flask) -> None:
    ProviderFactory()
    forget_provider()


def ours() -> str:
    return next(one.key for one in rules.catalogue().pieces if one.is_optional)


def last_entry() -> JournalEntry:
    return db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()


def test_a_number_of_ones_own_counts_from_its_day() -> None:
    assert queries.value_on(KEY, date(2026, 11, 24)) == 7
    operations.choose_value(KEY, 10, why="Congés", by=BY, at=AT)
    assert queries.value_on(KEY, date(2026, 11, 23)) == 7
    assert queries.value_on(KEY, date(2026, 11, 24)) == 10
    assert queries.chosen(date(2026, 11, 24)) == {KEY: 10}
    assert "10 jours" in last_entry().summary
    operations.choose_value(KEY, 12, why="", by=BY, at=AT + timedelta(days=3))
    assert queries.value_on(KEY, date(2026, 11, 25)) == 10
    assert queries.value_on(KEY, date(2026, 11, 27)) == 12


def test_coming_back_to_what_is_proposed() -> None:
    with pytest.raises(Refused):
        operations.forget_value(KEY, by=BY, at=AT)
    operations.choose_value(KEY, 10, why="", by=BY, at=AT)
    operations.forget_value(KEY, by=BY, at=AT + timedelta(days=1))
    assert queries.value_on(KEY, date(2026, 11, 24)) == 10
    assert queries.value_on(KEY, date(2026, 11, 25)) == 7


@pytest.mark.parametrize(
    ("key", "number"),
    [
        (KEY, -1),
        (KEY, 100_000),
        (KEY, 7),
        ("first-payment-cap", 40),
        ("teaching-referent-threshold", 3),
        ("nothing", 3),
    ],
)
def test_numbers_that_are_refused(key: str, number: int) -> None:
    with pytest.raises(Refused):
        operations.choose_value(key, number, why="", by=BY, at=AT)
    assert the_provider().practices == {}


def test_doing_without_a_piece_of_good_practice() -> None:
    piece = ours()
    with pytest.raises(Refused):
        operations.do_without(piece, why="  ", by=BY, at=AT)
    operations.do_without(piece, why="Trop petit organisme.", by=BY, at=AT)
    assert queries.switched_off() == {piece}
    assert queries.without()[piece].by == "Anne Meyer"
    assert "bonne pratique" in last_entry().summary
    with pytest.raises(Refused):
        operations.do_without(piece, why="Encore.", by=BY, at=AT)
    operations.expect_again(piece, by=BY, at=AT)
    assert queries.switched_off() == frozenset()
    with pytest.raises(Refused):
        operations.expect_again(piece, by=BY, at=AT)


@pytest.mark.parametrize(
    "piece",
    ["agreement", "session-plan", "safeguarding-information", "safeguarding-contact", "nothing"],
)
def test_what_a_text_or_its_guide_asks_for_stays(piece: str) -> None:
    with pytest.raises(Refused):
        operations.do_without(piece, why="Non.", by=BY, at=AT)
    assert queries.switched_off() == frozenset()
