"""Clients and their contacts."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.journal.models import JournalEntry
from admin_app.people import panels
from admin_app.people.models import Client, ClientContact
from tests.factories import ClientContactFactory, ClientFactory
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
CAF = {
    "name": "CAF de l’Aubrée",
    "kind": "public-body",
    "siret": "356 000 000 00048",
    "address": "1 place de la République",
    "postcode": "16000",
    "city": "Angoulême",
}
SOPHIE = {"name": "Sophie Delorme", "email": "Sophie@caf.example.org", "quality": "directrice"}


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


def statements(client: FlaskClient, path: str) -> int:
    db.session.remove()
    with counted() as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_a_list_costs_the_same_whatever_its_length(office: FlaskClient) -> None:
    assert "Aucun client pour l’instant" in office.get("/clients").text
    ClientContactFactory()
    few = statements(office, "/clients")
    for _ in range(30):
        ClientContactFactory()
    assert statements(office, "/clients") == few <= 10
    assert "26 à 31 sur 31" in office.get("/clients?page=2").text.replace("\u00a0", " ")


def test_a_list_is_searched_and_filtered(office: FlaskClient) -> None:
    ClientFactory(name="Mairie d’Étréchy", city="Étréchy", siret="")
    ClientFactory(name="Zélie SA", kind="company", siret="35600000000048")
    assert "Étréchy" in office.get("/clients?q=etrechy").text
    assert "Zélie" in office.get("/clients?q=35600000000048").text
    assert "Zélie" in office.get("/clients?sorte=company").text
    assert "Étréchy" not in office.get("/clients?sorte=company").text


def test_a_client_is_added_with_its_contacts_and_changed(office: FlaskClient) -> None:
    reply = office.post("/clients/ajouter", data=CAF)
    client = db.session.scalars(select(Client)).one()
    assert reply.headers["Location"] == f"/clients/{client.id}"
    assert client.siret == "35600000000048"
    assert (
        office.post(f"/clients/{client.id}/contacts", data=SOPHIE | {"signs": "y"}).status_code
        == 303
    )
    contact = db.session.scalars(select(ClientContact)).one()
    assert (contact.email, contact.signs) == ("sophie@caf.example.org", True)
    page = office.get(f"/clients/{client.id}").text
    for shown in ("356 000 000 00048", "Sophie Delorme", "directrice", "16000 Angoulême"):
        assert shown in page
    office.post(
        f"/clients/{client.id}/contacts/{contact.id}", data=SOPHIE | {"phone": "0545000000"}
    )
    db.session.refresh(contact)
    assert (contact.phone, contact.signs) == ("0545000000", False)
    office.post(f"/clients/{client.id}/modifier", data=CAF | {"city": "Cognac"})
    db.session.refresh(client)
    assert client.city == "Cognac"
    office.post(f"/clients/{client.id}/contacts/{contact.id}/retirer")
    assert db.session.scalar(select(func.count(ClientContact.id))) == 0
    actions = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert actions == [
        "people.client-created",
        "people.contact-added",
        "people.contact-changed",
        "people.client-changed",
        "people.contact-removed",
    ]


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"name": ""}, "name", "Indiquez le nom"),
        ({"kind": ""}, "kind", "sorte de client"),
        ({"siret": "356 000 000 00049"}, "siret", "clé de contrôle"),
        ({"siret": "732 829 320 00074"}, "siret", "déjà celui"),
        ({"postcode": "16"}, "postcode", "5 chiffres"),
    ],
)
def test_a_refused_client_is_kept_on_the_page(
    office: FlaskClient, changes: dict, field: str, why: str
) -> None:
    ClientFactory(name="Autre", siret="73282932000074")
    reply = office.post("/clients/ajouter", data=CAF | changes)
    assert reply.status_code == 422
    assert f'id="{field}-erreur"' in reply.text
    assert why in reply.text
    assert 'value="Angoulême"' in reply.text
    assert db.session.scalar(select(func.count(Client.id))) == 1


def test_a_private_person_has_no_siret(office: FlaskClient) -> None:
    data = CAF | {"kind": "individual", "name": "Lucas Martin", "siret": "12"}
    assert office.post("/clients/ajouter", data=data).status_code == 303
    client = db.session.scalars(select(Client)).one()
    assert client.siret == ""
    assert not client.is_organisation


def test_a_refused_contact_is_kept_on_the_page(office: FlaskClient) -> None:
    client = ClientFactory()
    reply = office.post(f"/clients/{client.id}/contacts", data=SOPHIE | {"email": "sophie"})
    assert reply.status_code == 422
    assert 'value="Sophie Delorme"' in reply.text
    assert "n’est pas une adresse" in reply.text


def test_anothers_contact_is_not_found(office: FlaskClient) -> None:
    contact, other = ClientContactFactory(), ClientFactory()
    assert office.get(f"/clients/{other.id}/contacts/{contact.id}").status_code == 404
    assert office.post(f"/clients/{other.id}/contacts/{contact.id}/retirer").status_code == 404
    assert office.get("/clients/9999").status_code == 404


def test_a_client_is_archived_and_its_siret_is_free_again(office: FlaskClient) -> None:
    client = ClientFactory(siret="35600000000048")
    office.post(f"/clients/{client.id}/archiver", follow_redirects=True)
    assert office.post("/clients/ajouter", data=CAF).status_code == 303
    reply = office.post(f"/clients/{client.id}/reprendre", follow_redirects=True)
    assert "déjà celui" in reply.text
    assert client.name in office.get("/clients?etat=archives").text


def test_other_rooms_show_what_they_have_of_a_client(office: FlaskClient) -> None:
    client = ClientFactory()
    shown = panels.Panel("Ses sessions", [panels.Line("CTG-2026-01", "/sessions/", state="late")])
    kept = office.application.extensions.get("liasse.people_panels", {})
    try:
        office.application.extensions["liasse.people_panels"] = {}
        panels.add_panel(office.application, "client", lambda key: shown)
        page = office.get(f"/clients/{client.id}").text
    finally:
        office.application.extensions["liasse.people_panels"] = kept
    assert "Ses sessions" in page
    assert "CTG-2026-01" in page
    assert "en retard" in page
