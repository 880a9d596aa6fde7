"""Funders: chosen for a cohort, asked each year, what they say or leave unsaid."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts.models import CohortFunder
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.coverage.models import Expectation
from admin_app.people.models import Client, FunderFeedback
from tests.admin_app.quality.support import SignIn, error_of, proofs, rows, statements, words
from tests.factories import ClientContactFactory, ClientFactory, CohortFactory, ProviderFactory
from tests.factories.staff import TODAY

BASE = "/financeurs"
NOTE = {
    "outcome": "obtained",
    "happened_on": "2026-11-20",
    "how": "phone",
    "words": "Dossiers complets et clairs",
}


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    ProviderFactory()
    return sign_in(Role.QUALITY_MANAGER)


def funder(name: str = "OPCO Santé") -> Client:
    made: Client = ClientFactory(name=name, kind="funder", siret="")
    return made


def expected(key: int) -> list[tuple[str | None, date | None]]:
    db.session.expire_all()
    statement = select(Expectation.outcome, Expectation.due_on).where(
        Expectation.piece == "funder-feedback", Expectation.scope_id == key
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def test_funders_are_chosen_for_a_cohort(sign_in: SignIn) -> None:
    ProviderFactory()
    office, one, other = sign_in(Role.OFFICE), funder(), ClientFactory(siret="")
    cohort = CohortFactory(starts_on=date(2026, 6, 2), ends_on=date(2026, 6, 3))
    place = f"/sessions/{cohort.id}/financeurs"
    shown = words(office.get(place))
    assert one.name in shown
    assert other.name not in shown
    assert office.post(place, data={"funders": [str(one.id)]}).status_code == 303
    assert expected(one.id) == [(None, date(2027, 6, 2))]
    assert one.name in words(office.get(f"/sessions/{cohort.id}/clients"))
    assert cohort.title in words(office.get(f"{BASE}/{one.id}"))
    reply = office.post(place, data={"funders": [str(other.id)]})
    assert reply.status_code == 422
    assert "financeurs en activité" in error_of(reply, "funders")
    assert rows(CohortFunder) == 1
    none = {"sent": "1"}  # what a browser sends when no box is ticked: its token alone
    assert office.post(place, data=none).status_code == 303
    assert rows(CohortFunder) == 0
    assert expected(one.id) == []
    assert sign_in(Role.QUALITY_MANAGER).get(place).status_code == 403


def test_what_a_funder_says_is_kept(app: Flask, manager: FlaskClient) -> None:
    one = funder()
    assert manager.post(f"{BASE}/{one.id}/appreciation", data=NOTE).status_code == 303
    (proof,) = proofs("funder-feedback")
    assert (proof.scope_kind, proof.scope_id, proof.outcome) == ("funder", one.id, "obtained")
    assert "Dossiers complets" in words(manager.get(f"{BASE}/{one.id}"))
    row = db.session.scalars(select(FunderFeedback)).one()
    template, content = app.extensions["liasse.piece_views"]["funder-feedback"](row.id)
    with app.test_request_context():
        assert "Dossiers complets" in app.jinja_env.get_template(template).render(content=content)
    aside = f"{BASE}/{one.id}/ecarter/{row.id}"
    assert error_of(manager.post(aside, data={"why": ""}), "why")
    assert manager.post(aside, data={"why": "Autre financeur"}).status_code == 303
    assert proofs("funder-feedback") == []
    assert manager.get(f"{BASE}/{funder('Deux').id}/ecarter/{row.id}").status_code == 404


def test_a_silence_counts_once_it_was_asked_and_reminded(manager: FlaskClient, outbox: Any) -> None:
    one = funder()
    contact = ClientContactFactory(client_id=one.id, email="conseil@opco.example")
    place, silent = f"{BASE}/{one.id}/appreciation", NOTE | {"outcome": "tried", "words": ""}
    assert "la relance" in error_of(manager.post(place, data=silent), "outcome")
    sent = {"contact_id": str(contact.id), "message": "Qu’en pensez-vous ?"}
    assert manager.post(f"{BASE}/{one.id}/demander", data=sent).status_code == 303
    assert proofs("funder-feedback") == []
    today = silent | {"happened_on": "2026-11-24"}
    assert "la relance" in error_of(manager.post(place, data=today), "outcome")
    asked = NOTE | {"outcome": "asked", "words": ""}
    assert manager.post(place, data=asked).status_code == 303
    assert manager.post(place, data=today).status_code == 303
    (proof,) = proofs("funder-feedback")
    assert proof.outcome == "tried"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"happened_on": "2026-11-25"}, "happened_on"),
        ({"happened_on": "hier"}, "happened_on"),
        ({"outcome": "liked"}, "outcome"),
        ({"how": "pigeon"}, "how"),
        ({"words": " "}, "words"),
        ({"words": "x" * 5001}, "words"),
    ],
)
def test_what_is_wrong_is_said(manager: FlaskClient, changes: dict, field: str) -> None:
    reply = manager.post(f"{BASE}/{funder().id}/appreciation", data=NOTE | changes)
    assert reply.status_code == 422
    assert error_of(reply, field)
    assert rows(FunderFeedback) == 0


def test_a_message_needs_one_of_its_contacts(manager: FlaskClient) -> None:
    one, other = funder(), ClientContactFactory(client_id=funder("Deux").id)
    sent = {"contact_id": str(other.id), "message": "Bonjour"}
    reply = manager.post(f"{BASE}/{one.id}/demander", data=sent)
    assert reply.status_code == 422
    assert error_of(reply, "contact_id")
    assert rows(FunderFeedback) == 0


def test_the_list_costs_the_same_and_is_guarded(manager: FlaskClient, sign_in: SignIn) -> None:
    for number in range(2):
        funder(f"OPCO {number}")
    few = statements(manager, f"{BASE}?etat=late")
    for number in range(28):
        funder(f"Région {number}")
    assert statements(manager, f"{BASE}?etat=late") == few <= 10
    client = ClientFactory(siret="")
    assert manager.get(f"{BASE}/{client.id}").status_code == 404
    for role in (Role.TRAINER, Role.CLIENT, Role.AUDITOR, Role.DISABILITY_OFFICER):
        assert sign_in(role).get(BASE).status_code == 403
    assert sign_in(Role.OFFICE).get(BASE).status_code == 200
