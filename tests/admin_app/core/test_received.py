"""What browsers send that no database holds: refused beside the field, or taken out."""

import io
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core.access import Role, origin
from admin_app.core.database import db
from admin_app.core.drawing import parse, read_strokes
from admin_app.core.errors import Refused
from admin_app.core.received import LARGEST_KEY, clean, key_of
from admin_app.organisation.models import Place
from admin_app.people.models import Client
from tests.factories import ClientFactory, PlaceFactory, cohort_with

SignIn = Callable[..., FlaskClient]
HUGE = ("2147483648", "9223372036854775808", "9" * 20, "9" * 5000)


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


def messages(html: str) -> dict[str, str]:
    """The message beside each field."""
    page = BeautifulSoup(html, "html.parser")
    return {
        one["id"].removesuffix("-erreur"): one.get_text(" ", strip=True)
        for one in page.select(".invalid-feedback[id]")
    }


@pytest.mark.parametrize("name", ["Salle\x00 Loire", "\x00Salle Loire", "Salle Loire\x00"])
def test_a_nul_in_a_field_is_said_beside_it_and_nothing_is_written(
    office: FlaskClient, name: str
) -> None:
    data = {"name": name, "address": "12 rue des Tilleuls, 33000 Bordeaux"}
    reply = office.post("/organisme/lieux/ajouter", data=data)
    assert reply.status_code == 422
    assert "caractère invisible" in messages(reply.text)["name"]
    assert 'value="Salle Loire"' in reply.text
    assert "12 rue des Tilleuls" in reply.text
    assert list(messages(reply.text)) == ["name"]
    assert db.session.scalars(select(Place)).all() == []


def test_a_field_that_holds_nothing_else_is_empty(office: FlaskClient) -> None:
    reply = office.post("/organisme/lieux/ajouter", data={"name": "\x00", "address": "x"})
    assert reply.status_code == 422
    assert "name" in messages(reply.text)


def test_a_nul_in_a_row_of_a_form_is_said_in_its_row(office: FlaskClient) -> None:
    cohort = cohort_with(trainees=1)
    address = f"/sessions/{cohort.id}/demi-journees"
    page = BeautifulSoup(office.get(address).text, "html.parser")
    data = {one["name"]: one.get("value", "") for one in page.select("main input[name]")}
    moments = [name.replace("-day", "-period") for name in data if name.endswith("-day")]
    theme = next(name for name in data if name.endswith("theme"))
    data |= dict.fromkeys(moments, "morning") | {theme: "Le\x00cadre"}
    reply = office.post(address, data=data)
    assert reply.status_code == 422
    assert list(messages(reply.text)) == [theme]
    for moment in moments:
        del data[moment]
    assert office.post(address, data=data).status_code == 422


@pytest.mark.parametrize(
    "address",
    [
        "/clients?q=%00",
        "/clients?q=CAF%00",
        "/clients?%00=1",
        "/sessions/?q=%00&client=%00&formateur=%00&year=%00&state=%00",
        "/couverture?q=%00&owner=%00&status=%00",
        "/catalogue/?q=%00",
        "/messages/?q=%00",
        "/conventions?q=%00&etat=%00&type=%00",
        "/adaptations/?q=%00&state=%00",
        "/formations/?q=%00&state=%00&kind=%00",
    ],
)
def test_a_search_does_without_it(office: FlaskClient, address: str) -> None:
    ClientFactory(name="CAF de l’Aubrée")
    reply = office.get(address)
    assert reply.status_code == 200
    if "CAF" in address:
        assert "CAF de l’Aubrée" in reply.text


@pytest.mark.parametrize(
    "address", ["/l/%00", "/l/a%00b/convention", "/catalogue/%00", "/organisme/documents/%00"]
)
def test_no_page_has_such_an_address(sign_in: SignIn, address: str) -> None:
    assert sign_in(Role.ADMINISTRATOR).get(address).status_code == 404


@pytest.mark.parametrize("number", [*HUGE, "²"])
def test_a_number_longer_than_any_key_is_not_found(sign_in: SignIn, number: str) -> None:
    client = sign_in(Role.ADMINISTRATOR, Role.DISABILITY_OFFICER)
    for page in ("/sessions", "/clients", "/conventions", "/preuves", "/documents", "/travaux"):
        assert client.get(f"{page}/{number}").status_code == 404
    assert client.get(f"/sessions/1/stagiaires/{number}").status_code == 404


def test_the_largest_key_is_asked_of_the_database(office: FlaskClient) -> None:
    assert office.get(f"/sessions/{LARGEST_KEY}").status_code == 404


@pytest.mark.parametrize("number", [*HUGE, "-1", "²", "٣", "1e9", "0x10", "", " "])
def test_numbers_in_a_query_never_break_a_page(sign_in: SignIn, number: str) -> None:
    cohort = cohort_with(trainees=1)
    client = sign_in(Role.OFFICE, Role.QUALITY_MANAGER)
    for page in (
        "/clients?page=",
        "/sessions/?client=",
        "/sessions/?formateur=",
        "/sessions/?year=",
        f"/sessions/{cohort.id}?critere=",
        f"/sessions/{cohort.id}/preuves?critere=",
        f"/sessions/{cohort.id}/emargement?page=",
        "/organisme/documents/house-rules?version=",
    ):
        assert client.get(page + number).status_code in {200, 404}, page


@pytest.mark.parametrize("number", [*HUGE, "-1", "²"])
def test_numbers_in_a_form_never_break_a_page(office: FlaskClient, number: str) -> None:
    cohort = cohort_with(trainees=1)
    replies = [
        office.post(f"/sessions/{cohort.id}/clients", data={"client_id": number}),
        office.post(f"/sessions/{cohort.id}/intervenants", data={"trainer_id": number}),
        office.post(f"/sessions/{cohort.id}/modifier", data={"place_id": number}),
    ]
    assert {one.status_code for one in replies} <= {303, 404, 422}


@pytest.mark.parametrize("rank", ["²", "9" * 20, "9" * 5000, "-1", "x", ""])
def test_rows_that_no_page_numbers_never_break_a_page(office: FlaskClient, rank: str) -> None:
    cohort = cohort_with(trainees=1)
    sent = {f"half_days-{rank}-day": "2026-09-17", "arrange": f"remove-{rank}"}
    assert office.post(f"/sessions/{cohort.id}/demi-journees", data=sent).status_code in {200, 422}
    del sent["arrange"]
    assert office.post(f"/sessions/{cohort.id}/demi-journees", data=sent).status_code == 422


def test_bytes_that_no_browser_sends_are_read_all_the_same(browse: FlaskClient) -> None:
    environ = {"QUERY_STRING": "q=\xff\xfe"}
    assert browse.get("/catalogue/", environ_overrides=environ).status_code == 200


def test_the_name_of_a_file_is_cleaned(app: Flask) -> None:
    sent = {"file": (io.BytesIO(b"x"), "liste\x00.csv"), "title": "a\x00b"}
    with app.test_request_context("/", method="POST", data=sent):
        assert request.files["file"].filename == "liste.csv"
        assert request.form["title"] == "ab"
        assert request.changed == {"title"}  # type: ignore[attr-defined]


def test_where_a_request_comes_from_fits_its_columns(app: Flask) -> None:
    said = {"REMOTE_ADDR": "x" * 400 + "\x00", "HTTP_USER_AGENT": "\x00" + "y" * 900}
    with app.test_request_context("/", environ_overrides=said):
        found = origin()
    assert (len(found.ip), len(found.user_agent)) == (45, 300)
    assert "\x00" not in found.ip + found.user_agent


def test_what_cannot_be_stored_is_taken_out() -> None:
    assert clean("a\x00b\ud800c\udfffé😀") == "abcé😀"
    assert key_of(" 12 ") == 12
    assert key_of(LARGEST_KEY) == LARGEST_KEY
    assert [key_of(one) for one in (*HUGE, "²", "-1", "", None, "a", 1.5)] == [None] * 10


@pytest.mark.parametrize(
    "strokes",
    [
        r'[[["\ud800", 1], [2, 3]]]',
        r'[["\u0000"]]',
        f"[[[{'9' * 400}, 1], [2, 3]]]",
        f"[[[{'9' * 5000}, 1], [2, 3]]]",
        "[[[1e999, 1], [2, 3]]]",
        "[[[NaN, 1], [2, 3]]]",
        "[" * 3000,
    ],
)
def test_a_signature_is_made_of_points_alone(strokes: str) -> None:
    with pytest.raises(Refused):
        read_strokes(parse(f'{{"w": 1, "h": 1, "strokes": {strokes}}}'))


def test_a_client_keeps_what_was_there(office: FlaskClient) -> None:
    client, place = ClientFactory(name="CAF"), PlaceFactory()
    office.post(f"/clients/{client.id}/modifier", data={"name": "CA\x00F 2"})
    office.post(f"/organisme/lieux/{place.id}", data={"name": "\x00"})
    db.session.expire_all()
    assert db.session.get(Client, client.id).name == "CAF"
