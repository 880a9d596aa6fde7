"""A client asks; the office acknowledges, finds the client; the client gives up."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.adaptations import operations
from admin_app.adaptations.models import AdaptationRequest
from admin_app.core.actor import Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.links import PersonalLink, Purpose
from admin_app.journal.models import JournalEntry
from admin_app.people.models import Client
from admin_app.people.operations import ClientDetails
from tests.factories import ClientFactory, ProviderFactory
from tests.factories.adaptations import OFFICER, VISITOR, asked, received
from tests.factories.base import A_DAY
from tests.factories.programmes import OFFICE, draft, published

BY = {"by": OFFICE, "at": A_DAY + timedelta(days=1)}


def _actions() -> list[str]:
    return list(db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


def test_a_request_is_numbered_promised_an_answer_and_given_a_link(
    app: Flask, outbox: list
) -> None:
    ProviderFactory()
    request = received()
    assert (request.reference, request.state) == ("ADA-2026-0001", "received")
    assert request.answer_due_on == A_DAY.date() + timedelta(days=7)
    (link,) = db.session.scalars(select(PersonalLink))
    assert (link.purpose, link.subject_kind, link.subject_id) == (
        Purpose.ADAPTATION,
        "adaptation",
        request.id,
    )
    to_client, to_office = outbox
    assert to_client.recipients() == ["Sophie Delorme <sophie.delorme@caf.example.org>"]
    assert "lundi 8 juin 2026" in to_client.body.replace("\u00a0", " ")
    assert "/demande" in to_client.body
    assert to_office.recipients() == ["Atelier des Territoires <contact@atelier.example.org>"]
    assert f"/adaptations/{request.id}" in to_office.body
    assert _actions()[-1] == "adaptations.ask"


def test_particular_needs_call_the_disability_officer_and_say_nothing(
    app: Flask, outbox: list
) -> None:
    ProviderFactory()
    request = received(particular_needs=True)
    assert [one.recipients()[0] for one in outbox][-1] == (
        "Paul Ribeiro <handicap@atelier.example.org>"
    )
    operations.note_called(request, by=OFFICER, at=A_DAY)
    assert request.called_by == "Paul Ribeiro"
    with pytest.raises(Refused):
        operations.note_called(request, by=OFFICER, at=A_DAY)
    with pytest.raises(Refused):
        operations.note_called(received(at=A_DAY + timedelta(1)), by=OFFICER, at=A_DAY)


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"organisation": " ", "context": ""}, ["organisation", "context"]),
        ({"email": "sophie"}, ["email"]),
        ({"phone": "douze"}, ["phone"]),
        ({"email": "x", "phone": "y"}, ["email", "phone"]),
        ({"headcount": 0}, ["headcount"]),
        ({"wished_changes": "x" * 5001}, ["wished_changes"]),
        ({"contact_quality": "x" * 121}, ["contact_quality"]),
    ],
)
def test_what_is_missing_or_wrong_is_said_all_at_once(
    app: Flask, outbox: list, changes: dict, fields: list[str]
) -> None:
    version = published()
    with pytest.raises(Refused) as refused:
        operations.request_adaptation(version, replace(asked(), **changes), by=VISITOR, at=A_DAY)
    assert [one.field for one in refused.value.problems] == fields
    assert db.session.scalar(select(AdaptationRequest)) is None
    assert outbox == []


def test_a_draft_cannot_be_asked_for(app: Flask) -> None:
    with pytest.raises(Refused, match="publiée"):
        operations.request_adaptation(draft(), asked(), by=VISITOR, at=A_DAY)


def test_one_address_does_not_flood_the_office(app: Flask) -> None:
    version, origin = published(), Origin("203.0.113.9")
    for n in range(5):
        operations.request_adaptation(
            version, asked(), by=VISITOR, at=A_DAY + timedelta(minutes=n), origin=origin
        )
    with pytest.raises(operations.TooMany):
        operations.request_adaptation(
            version, asked(), by=VISITOR, at=A_DAY + timedelta(minutes=30), origin=origin
        )
    for who, when, where in (
        (VISITOR, A_DAY + timedelta(minutes=61), origin),
        (VISITOR, A_DAY + timedelta(minutes=30), Origin("203.0.113.10")),
        (OFFICE, A_DAY + timedelta(minutes=30), origin),
    ):
        operations.request_adaptation(version, asked(), by=who, at=when, origin=where)


def test_acknowledging_writes_to_whoever_asked_once(app: Flask, outbox: list) -> None:
    request = received()
    outbox.clear()
    operations.acknowledge(request, message="Je vous appelle jeudi.", **BY)
    (mail,) = outbox
    assert "Je vous appelle jeudi." in mail.body
    assert "Hélène Marchand" in mail.body
    assert request.acknowledged_at == BY["at"]
    with pytest.raises(Refused, match="déjà parti"):
        operations.acknowledge(request, **BY)


def test_the_link_sent_again_is_the_same(app: Flask, outbox: list) -> None:
    operations.acknowledge(received(), **BY)
    assert len(list(db.session.scalars(select(PersonalLink)))) == 1


def test_the_client_is_found_or_made_from_the_request(app: Flask) -> None:
    request, known = received(), ClientFactory()
    operations.attach_client(request, known.id, **BY)
    made = operations.create_client(
        request, ClientDetails(name="CAF de l’Aubrée", kind="public-body"), **BY
    )
    assert request.client_id == made.id
    (contact,) = made.contacts
    assert (contact.name, contact.email) == ("Sophie Delorme", "sophie.delorme@caf.example.org")
    with pytest.raises(Refused, match="existe plus"):
        operations.attach_client(request, 999, **BY)
    with pytest.raises(Refused):
        operations.create_client(request, ClientDetails(name="", kind="public-body"), **BY)
    assert len(list(db.session.scalars(select(Client)))) == 2


def test_a_request_given_up_stays_readable_and_closed(app: Flask) -> None:
    request = received()
    with pytest.raises(Refused) as refused:
        operations.withdraw_request(request, why=" ", **BY)
    assert refused.value.field == "why"
    operations.withdraw_request(request, why="Projet reporté.", **BY)
    assert (request.state, request.withdrawn_why) == ("withdrawn", "Projet reporté.")
    for act in (
        lambda: operations.acknowledge(request, **BY),
        lambda: operations.decide(request, accepted=False, reason="Non", **BY),
        lambda: operations.withdraw_request(request, why="Encore", **BY),
    ):
        with pytest.raises(Refused, match="retirée"):
            act()


def test_the_promise_follows_the_dated_value(app: Flask) -> None:
    request = received(at=A_DAY.replace(hour=23))
    assert request.answer_due_on == date(2026, 6, 9)  # past midnight in Paris: received on the 2nd
