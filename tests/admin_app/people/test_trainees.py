"""Trainees: files, duplicates, and finding them again."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.addresses import clean_phone
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import phone
from admin_app.core.search import plain
from admin_app.people.models import Trainee
from admin_app.people.operations import TraineeDetails, create_trainee, find_or_create_trainee
from tests.factories import TraineeFactory
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
NOON = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
LIST = "/personnes/stagiaires"
NADIA = {"first_name": "Nadia", "last_name": "Benali", "email": "nadia@example.org"}


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


def statements(client: FlaskClient, path: str) -> int:
    db.session.remove()
    with counted() as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def find(**changes: object) -> Trainee:
    return find_or_create_trainee(TraineeDetails(**(NADIA | changes)), by=SYSTEM, at=NOON)


def test_a_list_costs_the_same_whatever_its_length(office: FlaskClient) -> None:
    assert "Aucun stagiaire pour l’instant" in office.get(LIST).text
    TraineeFactory()
    few = statements(office, LIST)
    for _ in range(60):
        TraineeFactory()
    assert statements(office, LIST) == few <= 10
    assert "51 à 61 sur 61" in office.get(f"{LIST}?page=3").text.replace("\u00a0", " ")
    assert office.get(f"{LIST}?page=99").status_code == 200


def test_names_are_found_and_sorted_without_accents(office: FlaskClient) -> None:
    for name in ("Zola", "Éluard", "Dumas"):
        TraineeFactory(last_name=name)
    text = office.get(LIST).text
    assert text.index("Dumas") < text.index("Éluard") < text.index("Zola")
    assert "Éluard" in office.get(f"{LIST}?q=ELUARD").text
    assert "Zola" not in office.get(f"{LIST}?q=eluard").text


def test_a_search_never_breaks(office: FlaskClient) -> None:
    TraineeFactory()
    for text in ("%25", "_", "'", '"', "\\", "a" * 500, "☃", "un deux trois quatre cinq six sept"):
        assert office.get(LIST, query_string={"q": text}).status_code == 200


def test_the_same_person_at_the_same_address_is_found_again(app: Flask) -> None:
    first = find()
    again = find(
        last_name="BÉNALI", first_name=" nadia ", email="NADIA@example.org", phone="0612345678"
    )
    assert again.id == first.id
    assert again.phone == "0612345678"
    assert find(phone="0700000000").phone == "0612345678"  # nothing known is overwritten
    shared = find(first_name="Karim")
    assert shared.id != first.id
    assert db.session.scalar(select(func.count(Trainee.id))) == 2


def test_a_person_has_one_file_at_an_address(app: Flask) -> None:
    create_trainee(TraineeDetails(**NADIA), by=SYSTEM, at=NOON)
    with pytest.raises(Refused, match="déjà une fiche"):
        create_trainee(TraineeDetails(**NADIA), by=SYSTEM, at=NOON)


def test_a_file_is_added_read_and_changed(office: FlaskClient) -> None:
    reply = office.post(f"{LIST}/ajouter", data=NADIA | {"job": "chargée  de coopération"})
    trainee = db.session.scalars(select(Trainee)).one()
    assert reply.headers["Location"] == f"{LIST}/{trainee.id}"
    assert trainee.job == "chargée de coopération"
    assert "nadia@example.org" in office.get(f"{LIST}/{trainee.id}").text
    data = NADIA | {"last_name": "Martin", "birth_date": "02/03/1990"}
    office.post(f"{LIST}/{trainee.id}/modifier", data=data)
    db.session.refresh(trainee)
    assert (trainee.name, trainee.birth_date) == ("Nadia Martin", date(1990, 3, 2))
    assert trainee.search.startswith("martin nadia")
    assert office.get(f"{LIST}/9999").status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"first_name": ""}, "first_name", "Indiquez le prénom"),
        ({"email": "nadia@@"}, "email", "n’est pas une adresse"),
        ({"email": "karim@example.org", "first_name": "Karim"}, "email", "déjà"),
        ({"phone": "x"}, "phone", "n’est pas un numéro"),
        ({"birth_date": "2020-01-01"}, "birth_date", "paraît fausse"),
        ({"birth_date": "31/02/1990"}, "birth_date", "n’existe pas"),
    ],
)
def test_a_refused_file_is_kept_on_the_page(
    office: FlaskClient, changes: dict, field: str, why: str
) -> None:
    TraineeFactory(first_name="Karim", last_name="Benali", email="karim@example.org")
    reply = office.post(f"{LIST}/ajouter", data=NADIA | {"job": "Agent d’accueil"} | changes)
    assert reply.status_code == 422
    assert f'id="{field}-erreur"' in reply.text
    assert why in reply.text
    assert 'value="Agent d’accueil"' in reply.text
    assert db.session.scalar(select(func.count(Trainee.id))) == 1


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("05 56 00 00 00", "0556000000", "05 56 00 00 00"),
        ("+33 (0)6.12.34.56.78", "0612345678", "06 12 34 56 78"),
        ("0033612345678", "0612345678", "06 12 34 56 78"),
        ("+262 692 12 34 56", "+262692123456", "+262 6 92 12 34 56"),
        ("", "", ""),
    ],
)
def test_phones(typed: str, kept: str, shown: str) -> None:
    assert clean_phone(typed) == kept
    assert phone(kept).replace("\u00a0", " ") == shown
