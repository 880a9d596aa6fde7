"""Pages of programmes: the office's and the public's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.organisation.queries import the_provider
from admin_app.programmes import operations, queries
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.text import text_of
from tests.factories import ProviderFactory, TrainerFactory, committed
from tests.factories.programmes import OFFICE, draft, full_text, published
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
TODAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _today(app: Flask):
    ProviderFactory()
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


def page(reply) -> BeautifulSoup:
    return BeautifulSoup(reply.data, "html.parser")


def typed(**changes: str) -> dict[str, str]:
    """What a browser sends for a complete draft."""
    values = {
        "title": "Réseau départemental",
        "summary": "Deux jours.",
        "audience": "Chargés de coopération.",
        "prerequisites": "Aucun",
        "objectives": "Situer ses missions\nComparer trois pratiques",
        "contents-0-day": "1",
        "contents-0-title": "Le métier aujourd’hui",
        "contents-0-points": "Panorama\nProblématiques",
        "contents-1-day": "2",
        "contents-1-title": "Le métier demain",
        "contents-1-points": "",
        "duration_minutes": "14 h",
        "days": "2",
        "modality": "in-person",
        "methods": "Alternance",
        "means": "Salle",
        "assessment": "Étude de cas",
        "monitoring": "Émargement",
        "recognition": "attestation",
        "recognition_details": "",
        "price": "4 800,50 €",
        "price_basis": "group",
        "price_details": "",
        "financing": "Budget de la collectivité",
        "access_delay": "Six semaines",
        "access_terms": "Sur demande",
        "accessibility": "Locaux accessibles",
        "contact": "contact@atelier.example.org",
        "required_skills": "Animation",
        "change_note": "",
    }
    return values | changes


def _fill(rows: int) -> None:
    for n in range(rows):
        made = published(f"F{n}", title=f"Formation {n:03d}")
        if n % 3 == 0:
            operations.new_version(made.programme, note="Suite", by=OFFICE, at=TODAY)


@pytest.mark.parametrize("address", ["/formations/", "/catalogue/"])
def test_a_list_runs_the_same_few_statements_whatever_its_rows(
    app: Flask, office: FlaskClient, address: str
) -> None:
    counts = []
    for rows in (25, 200):
        for n in range(rows - (25 if rows == 200 else 0)):
            published(f"R{rows}-{n}", title=f"Formation {rows}-{n:03d}", is_public=True)
        db.session.remove()
        with counted() as statements:
            reply = office.get(address)
        assert reply.status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10


def test_an_empty_list_says_what_to_do_first(office: FlaskClient) -> None:
    assert "Décrire une formation" in office.get("/formations/").text


def test_the_list_is_filtered_by_the_address(office: FlaskClient) -> None:
    published("UN", title="Diagnostic social")
    draft("DEUX", title="Aide à la décision")
    assert "Diagnostic social" not in office.get("/formations/?state=never").text
    assert "Aide à la décision" in office.get("/formations/?state=never").text
    assert "Aide à la décision" not in office.get("/formations/?q=diagnostic").text
    assert "Rien ne répond" in office.get("/formations/?q=100%25").text
    assert office.get("/formations/?page=abc&state=none&kind=%00").status_code == 200


def test_only_who_writes_programmes_opens_their_pages(browse: FlaskClient, sign_in: SignIn) -> None:
    made = draft()
    address = f"/formations/versions/{made.id}"
    assert browse.get(address).status_code in {302, 303}
    assert sign_in(Role.TRAINER).get(address).status_code == 403
    assert sign_in(Role.AUDITOR).get(address).status_code == 403


def test_a_programme_is_created_then_completed_and_published(office: FlaskClient) -> None:
    made = office.post(
        "/formations/nouvelle", data={"title": "Réseau", "reference": "ctg", "is_public": "y"}
    )
    assert made.status_code == 303
    version = db.session.get_one(ProgrammeVersion, 1)
    assert "Paul Ribeiro" in version.accessibility
    lacking = page(office.get("/formations/versions/1"))
    assert "mentions manquent" in lacking.text
    link = lacking.find("a", string="Prérequis")
    assert link is not None
    assert link["href"] == "/formations/versions/1/modifier#prerequisites"
    assert "Décret n° 2026-728" in lacking.text
    assert page(office.get("/formations/versions/1/modifier")).find(id="prerequisites")
    refused = office.post("/formations/versions/1", data={"in_force_from": "2026-11-24"})
    assert refused.status_code == 422
    assert "mentions manquent" in page(refused).find(class_="error-summary").text
    assert "Prérequis" in page(refused).find(id="publier").text
    saved = office.post("/formations/versions/1/modifier", data=typed())
    assert saved.status_code == 303
    done = office.post("/formations/versions/1", data={"in_force_from": "2026-11-24"})
    assert done.status_code == 303
    db.session.expire_all()
    assert version.published_at is not None
    assert (version.duration_minutes, str(version.price)) == (840, "4800.50")
    assert [part["title"] for part in version.contents] == [
        "Le métier aujourd’hui",
        "Le métier demain",
    ]


def test_bad_input_is_kept_and_explained_and_changes_nothing(office: FlaskClient) -> None:
    made = draft()
    before = text_of(made)
    sent = typed(
        title="",
        duration_minutes="deux jours",
        price="beaucoup",
        days="1",
        methods="Ce que j’ai écrit reste",
    )
    reply = office.post(f"/formations/versions/{made.id}/modifier", data=sent)
    assert reply.status_code == 422
    shown = page(reply)
    summary = shown.find(class_="error-summary").text
    for words in ("Donnez un intitulé", "14 h, 3 h 30", "2400,50"):
        assert words in summary.replace("\u00a0", " ")
    assert shown.find(id="duration_minutes")["value"] == "deux jours"
    assert "Ce que j’ai écrit reste" in shown.find(id="methods").text
    assert shown.find(id="contents-1-title")["value"] == "Le métier demain"
    db.session.expire_all()
    assert text_of(made) == before


def test_a_refusal_of_the_act_stands_next_to_its_field(office: FlaskClient) -> None:
    made = draft()
    reply = office.post(f"/formations/versions/{made.id}/modifier", data=typed(days="1"))
    assert reply.status_code == 422
    assert "au jour 2" in page(reply).find(id="contents").text
    taken = office.post("/formations/nouvelle", data={"title": "Autre", "reference": "CTG"})
    assert taken.status_code == 422
    assert "déjà prise" in page(taken).text


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("add", ["Le métier aujourd’hui", "Le métier demain", ""]),
        ("up-1", ["Le métier demain", "Le métier aujourd’hui"]),
        ("down-0", ["Le métier demain", "Le métier aujourd’hui"]),
        ("up-0", ["Le métier aujourd’hui", "Le métier demain"]),
        ("remove-0", ["Le métier demain"]),
    ],
)
def test_parts_are_arranged_without_saving_and_without_losing_a_word(
    office: FlaskClient, order: str, titles: list[str]
) -> None:
    made = draft()
    before = text_of(made)
    sent = typed(arrange=order, methods="À moitié écrit", price="beaucoup")
    reply = office.post(f"/formations/versions/{made.id}/modifier", data=sent)
    shown = page(reply)
    assert reply.status_code == 200
    found = [one["value"] for one in shown.select("input[id^=contents-][id$=-title]")]
    assert found == titles
    assert "À moitié écrit" in shown.find(id="methods").text
    assert shown.find(id="price")["value"] == "beaucoup"
    db.session.expire_all()
    assert text_of(made) == before


@pytest.mark.parametrize("order", ["up-9", "remove-x", "explode-0", "remove-"])
def test_an_order_that_means_nothing_saves_as_usual(office: FlaskClient, order: str) -> None:
    made = draft()
    reply = office.post(f"/formations/versions/{made.id}/modifier", data=typed(arrange=order))
    assert reply.status_code == 303


def test_doubtful_objectives_are_a_remark_that_does_not_stop(office: FlaskClient) -> None:
    made = draft(objectives=("Comprendre la CTG",))
    shown = office.get(f"/formations/versions/{made.id}").text
    assert "Objectifs à relire" in shown
    assert "Comprendre la CTG" in shown
    done = office.post(f"/formations/versions/{made.id}", data={"in_force_from": "2026-11-24"})
    assert done.status_code == 303


def test_who_saved_in_between_is_told_and_nothing_is_lost(office: FlaskClient) -> None:
    made = draft()
    seen = page(office.get(f"/formations/versions/{made.id}/modifier")).find(id="seen")["value"]
    operations.save_draft(made, full_text(summary="De Paul"), by=OFFICE, at=TODAY)
    reply = office.post(
        f"/formations/versions/{made.id}/modifier", data=typed(seen=seen, summary="De Léa")
    )
    assert reply.status_code == 422
    assert "pendant que vous écriviez" in reply.text
    assert "De Léa" in page(reply).find(id="summary").text


def test_a_next_version_is_prepared_compared_and_given_up(office: FlaskClient) -> None:
    made = published(at=TODAY)
    programme_id = made.programme_id
    empty = office.post(f"/formations/{programme_id}/nouvelle-version", data={"note": " "})
    assert empty.status_code == 422
    done = office.post(f"/formations/{programme_id}/nouvelle-version", data={"note": "Cas local"})
    assert done.status_code == 303
    office.post(
        "/formations/versions/2/modifier",
        data=typed(audience="Élus et cadres.", change_note="Cas local"),
    )
    compared = page(office.get("/formations/versions/2/differences"))
    assert "cadres" in compared.find("ins").text + compared.text
    assert "modifié" in compared.text
    twice = office.post(f"/formations/{programme_id}/nouvelle-version", data={"note": "Encore"})
    assert twice.status_code == 422
    assert "déjà en préparation" in page(twice).text
    assert office.post("/formations/versions/2/abandonner").status_code == 303
    assert queries.version(2) is None
    assert office.post("/formations/versions/1/abandonner").status_code == 422


def test_a_published_version_has_no_form(office: FlaskClient) -> None:
    made = published(at=TODAY)
    assert "Publier cette version" not in office.get(f"/formations/versions/{made.id}").text
    reply = office.post(f"/formations/versions/{made.id}/modifier", data=typed())
    assert reply.status_code == 422
    assert "ne change plus" in page(reply).text


def test_what_does_not_exist_is_not_found(office: FlaskClient) -> None:
    for address in (
        "/formations/9",
        "/formations/versions/9",
        "/formations/versions/9/modifier",
        "/formations/versions/9/differences",
        "/formations/9/nouvelle-version",
    ):
        assert office.get(address).status_code == 404
    draft()
    assert office.get("/formations/versions/1/differences").status_code == 404


def test_an_archived_programme_can_be_restored(office: FlaskClient) -> None:
    made = published(at=TODAY)
    address = f"/formations/{made.programme_id}"
    assert office.post(f"{address}/archiver").status_code == 303
    assert office.post(f"{address}/archiver").status_code == 422
    assert office.get(f"/catalogue/{made.programme.slug}").status_code == 404
    assert office.post(f"{address}/retablir").status_code == 303
    assert office.post(f"{address}/retablir").status_code == 422
    assert office.get(f"/catalogue/{made.programme.slug}").status_code == 200


def test_the_public_page_carries_every_mention(browse: FlaskClient) -> None:
    made = published(at=TODAY, trainers=[TrainerFactory(titles="Ingénierie de projet").id])
    shown = browse.get(f"/catalogue/{made.programme.slug}").text.replace("\u00a0", " ")
    for words in (
        "Situer ses missions parmi celles de ses pairs",
        "Panorama des missions",
        "Aucun",
        "14 h",
        "présentiel",
        "Alternance d’apports",
        "Étude de cas évaluée",
        "Émargement par demi-journée",
        "4 800,00 €".replace("\u202f", " "),
        "pour le groupe",
        "attestation de fin de formation",
        "Budget de formation",
        "Six semaines",
        "Sur demande écrite",
        "référent handicap",
        "contact@atelier.example.org",
        "Claire Vasseur",
        "Version 1, en vigueur depuis le 24 novembre 2026",
        "actions de formation",
        "République française",
        "Demander une version adaptée",
    ):
        assert words in shown.replace("\u202f", " "), words


def test_the_certification_is_named_only_by_who_holds_it(browse: FlaskClient) -> None:
    with committed():
        the_provider().certificate_number = ""
    made = published(at=TODAY)
    assert "Qualiopi" not in browse.get(f"/catalogue/{made.programme.slug}").text
    assert "Qualiopi" not in browse.get("/catalogue/").text


def test_what_is_not_published_or_not_public_is_not_found(browse: FlaskClient) -> None:
    draft("A", title="Brouillon")
    published("B", title="Demain", at=TODAY, in_force_from=TODAY.date() + timedelta(days=1))
    published("C", title="Réservée", at=TODAY, is_public=False)
    for slug in ("brouillon", "demain", "reservee", "inconnue"):
        assert browse.get(f"/catalogue/{slug}").status_code == 404
        assert browse.get(f"/catalogue/{slug}/versions/1").status_code == 404
    assert "en préparation" in browse.get("/catalogue/").text


def test_a_former_version_can_be_read_again_and_says_that_it_was_replaced(
    browse: FlaskClient,
) -> None:
    first = published(at=TODAY - timedelta(days=60))
    second = operations.new_version(first.programme, note="Cas local", by=OFFICE, at=TODAY)
    operations.publish(second, in_force_from=TODAY.date(), by=OFFICE, at=TODAY)
    slug = first.programme.slug
    old = browse.get(f"/catalogue/{slug}/versions/1").text
    assert "Cette version a été remplacée" in old
    assert "Demander une version adaptée" not in old
    assert "remplacée" not in browse.get(f"/catalogue/{slug}").text
    assert f"/catalogue/{slug}/versions/1" in browse.get(f"/catalogue/{slug}").text
    assert browse.get(f"/catalogue/{slug}/versions/3").status_code == 404


def test_one_programme_takes_few_statements(app: Flask, office: FlaskClient) -> None:
    made = published(at=TODAY, trainers=[TrainerFactory().id, TrainerFactory().id])
    operations.new_version(made.programme, note="Suite", by=OFFICE, at=TODAY)
    for address in (
        "/formations/1",
        "/formations/versions/1",
        "/formations/versions/2",
        "/formations/versions/2/modifier",
        "/formations/versions/2/differences",
        f"/catalogue/{made.programme.slug}",
    ):
        db.session.remove()
        with counted() as statements:
            assert office.get(address).status_code == 200
        assert len(statements) <= 10, (address, statements)
