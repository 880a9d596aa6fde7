"""Pages of requests: the public's, the client's, the office's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.adaptations import operations
from admin_app.adaptations.models import AdaptationRequest
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.links import PersonalLink
from admin_app.needs.operations.analysis import ASKED
from admin_app.people.models import Client
from admin_app.programmes import operations as programmes
from admin_app.programmes.models import ProgrammeVersion
from tests.factories import ClientContactFactory, ClientFactory, ProviderFactory, UserFactory
from tests.factories.adaptations import VISITOR, accepted, asked, cohort_for, received
from tests.factories.base import A_DAY
from tests.factories.programmes import OFFICE, full_text, published
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
TODAY = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TYPED = {
    "organisation": "CAF de l’Aubrée",
    "contact_name": "Sophie Delorme",
    "contact_quality": "directrice",
    "email": "Sophie.Delorme@caf.example.org",
    "phone": "05 45 00 00 00",
    "context": "Deuxième conventionnement.",
    "audience": "Treize chargés de coopération.",
    "headcount": "13",
    "wished_dates": "",
    "wished_place": "",
    "wished_changes": "Cas local",
}


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


def _requests() -> list[AdaptationRequest]:
    return list(db.session.scalars(select(AdaptationRequest)))


def _link() -> str:
    return "/l/" + links.token(db.session.scalars(select(PersonalLink)).one()) + "/demande"


def test_anyone_asks_from_the_public_page_and_is_told_what_comes_next(
    browse: FlaskClient, outbox: list
) -> None:
    address = f"/catalogue/{published(at=TODAY).programme.slug}"
    assert f"{address}/adapter" in browse.get(address).text
    assert "Votre contexte" in browse.get(f"{address}/adapter").text
    reply = browse.post(f"{address}/adapter", data=TYPED | {"particular_needs": "y"})
    assert reply.status_code == 303
    (request,) = _requests()
    assert (request.email, request.headcount) == ("sophie.delorme@caf.example.org", 13)
    thanks = browse.get(reply.location).text.replace("\u00a0", " ")
    assert request.reference in thanks
    assert "mardi 1er décembre 2026" in thanks
    assert "référent handicap vous appellera" in thanks
    assert len(outbox) == 3


def test_the_thanks_of_another_visitor_say_nothing_of_the_request(app: Flask) -> None:
    request = received(at=TODAY)
    slug = "reseau-departemental-des-charges-de-cooperation-ctg"
    shown = app.test_client().get(f"/catalogue/{slug}/adapter/merci")
    assert shown.status_code == 200
    assert request.reference not in shown.text


def test_bad_input_is_kept_and_explained(browse: FlaskClient) -> None:
    address = f"/catalogue/{published(at=TODAY).programme.slug}/adapter"
    bad = TYPED | {"email": "sophie", "context": "", "headcount": "treize"}
    reply = browse.post(address, data=bad)
    assert reply.status_code == 422
    shown = page(reply)
    summary = shown.find(class_="error-summary").text
    for words in ("Décrivez en quelques phrases", "Un nombre entier", "n’est pas une adresse"):
        assert words in summary
    assert shown.find(id="email")["value"] == "sophie"
    assert shown.find(id="headcount")["value"] == "treize"
    reply = browse.post(address, data=TYPED | {"email": "sophie", "phone": "douze"})
    assert reply.status_code == 422
    assert "n’est pas une adresse" in reply.text
    assert "n’est pas un numéro" in reply.text
    assert _requests() == []


def test_a_robot_is_stopped_with_words_that_a_person_understands(browse: FlaskClient) -> None:
    address = f"/catalogue/{published(at=TODAY).programme.slug}/adapter"
    trap = page(browse.get(address)).find(id="website")
    assert trap["tabindex"] == "-1"
    assert trap.find_parent(class_="trap")["aria-hidden"] == "true"
    reply = browse.post(address, data=TYPED | {"website": "http://spam.example"})
    assert reply.status_code == 422
    assert "piège les robots" in reply.text
    assert _requests() == []


def test_a_flood_is_stopped_and_what_was_typed_is_kept(browse: FlaskClient) -> None:
    address = f"/catalogue/{published(at=TODAY).programme.slug}/adapter"
    for _ in range(5):
        assert browse.post(address, data=TYPED).status_code == 303
    reply = browse.post(address, data=TYPED)
    assert reply.status_code == 429
    assert "Deuxième conventionnement." in reply.text
    assert len(_requests()) == 5


def test_only_a_programme_of_the_catalogue_can_be_asked_for(browse: FlaskClient) -> None:
    hidden = published(at=TODAY, is_public=False)
    for slug in (hidden.programme.slug, "inconnue"):
        assert browse.get(f"/catalogue/{slug}/adapter").status_code == 404
        assert browse.post(f"/catalogue/{slug}/adapter", data=TYPED).status_code == 404
        assert browse.get(f"/catalogue/{slug}/adapter/merci").status_code == 404


def test_whoever_asked_follows_the_request_by_its_link(browse: FlaskClient) -> None:
    request = received(at=TODAY)
    shown = browse.get(_link()).text.replace("\u00a0", " ")
    assert "reçue" in shown
    assert "Réponse au plus tard le 1er décembre 2026" in shown
    assert "À nous" in shown
    assert browse.get(_link() + "/programme").status_code == 404
    assert browse.get(_link().replace("/demande", "")).status_code == 302
    assert browse.post(_link() + "/retirer", data={"why": ""}).status_code == 422
    done = browse.post(_link() + "/retirer", data={"why": "Reporté"})
    assert done.status_code == 303
    db.session.expire_all()
    assert request.state == "withdrawn"
    assert "retirée" in browse.get(_link()).text
    assert browse.post(_link() + "/retirer", data={"why": "Encore"}).status_code == 422


def test_the_client_reads_the_answer_and_the_difference(browse: FlaskClient) -> None:
    request = accepted(at=TODAY - timedelta(days=8))
    shown = browse.get(_link()).text
    assert "Nous adaptons la formation" in shown
    assert "Le cas local sert le projet" in shown
    assert "Étude de cas locale au jour 2" in shown
    assert "Ce qui change dans le programme" not in shown
    version = operations.make_adapted(request, by=OFFICE, at=TODAY)
    programmes.save_draft(version, full_text(audience="Élus et cadres."), by=OFFICE, at=TODAY)
    assert "Ce qui change dans le programme" not in browse.get(_link()).text
    programmes.publish(version, in_force_from=TODAY.date(), by=OFFICE, at=TODAY)
    db.session.remove()
    with counted() as statements:
        shown = page(browse.get(_link()))
    assert len(statements) <= 10, statements
    assert "cadres" in shown.find("ins").text + shown.text
    assert "Public concerné" in shown.text
    assert "Élus et cadres." in browse.get(_link() + "/programme").text


def test_a_link_made_for_something_else_opens_nothing(browse: FlaskClient) -> None:
    received(at=TODAY)
    link = db.session.scalars(select(PersonalLink)).one()
    assert browse.get("/l/faux/demande").status_code == 404
    with clock.frozen(link.expires_at + timedelta(days=1)):
        assert browse.get(_link()).status_code == 410


@pytest.fixture
def of_client(sign_in: SignIn) -> tuple[FlaskClient, Client]:
    client = ClientFactory()
    ClientContactFactory(client_id=client.id, email="moi@caf.example.org", name="Moi Même")
    user = UserFactory(roles=(Role.CLIENT,), client_id=client.id, email="moi@caf.example.org")
    return sign_in(user=user), client


def test_a_client_asks_and_follows_in_its_own_space(
    of_client: tuple[FlaskClient, Client],
) -> None:
    browser, client = of_client
    assert "Vous n’avez encore rien demandé" in browser.get("/espace/adaptations").text
    slug = published(at=TODAY).programme.slug
    assert slug in browser.get("/espace/adaptations/nouvelle").text
    form = page(browser.get(f"/espace/adaptations/nouvelle/{slug}"))
    assert form.find(id="contact_name")["value"] == "Moi Même"
    assert form.find(id="organisation")["value"] == client.name
    bad = browser.post(f"/espace/adaptations/nouvelle/{slug}", data=TYPED | {"context": ""})
    assert bad.status_code == 422
    done = browser.post(f"/espace/adaptations/nouvelle/{slug}", data=TYPED)
    assert done.status_code == 303
    assert _requests()[0].client_id == client.id
    assert "Votre demande" in browser.get(done.location).text
    assert _requests()[0].reference in browser.get("/espace/adaptations").text
    assert browser.post(f"{done.location}/retirer", data={"why": "Reporté"}).status_code == 303


def test_a_client_never_sees_the_request_of_another(of_client: tuple[FlaskClient, Client]) -> None:
    browser, _ = of_client
    theirs = accepted(at=TODAY - timedelta(days=8))
    nobodys = received(at=TODAY - timedelta(hours=1))
    for request in (theirs, nobodys):
        address = f"/espace/adaptations/{request.id}"
        assert browser.get(address).status_code == 404
        assert browser.get(f"{address}/programme").status_code == 404
        assert browser.post(f"{address}/retirer", data={"why": "x"}).status_code == 404
        assert request.reference not in browser.get("/espace/adaptations").text
    assert browser.get(f"/adaptations/{theirs.id}").status_code == 403


def test_a_client_account_without_client_sees_nothing(sign_in: SignIn) -> None:
    browser = sign_in(Role.CLIENT)
    request = received(at=TODAY)
    assert browser.get(f"/espace/adaptations/{request.id}").status_code == 404
    assert request.reference not in browser.get("/espace/adaptations").text


@pytest.mark.parametrize("address", ["/adaptations/", "/espace/adaptations"])
def test_a_list_runs_the_same_few_statements_whatever_its_rows(
    office: FlaskClient, of_client: tuple[FlaskClient, Client], address: str
) -> None:
    browser = office if address == "/adaptations/" else of_client[0]
    version_id, client_id = published(at=TODAY).id, of_client[1].id
    counts = []
    for rows in (25, 175):
        version = db.session.get_one(ProgrammeVersion, version_id)
        for _ in range(rows):
            operations.request_adaptation(
                version, asked(), client_id=client_id, by=VISITOR, at=TODAY
            )
        db.session.remove()
        with counted() as statements:
            assert browser.get(address).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10


def test_the_office_list_begins_with_the_most_pressing(office: FlaskClient) -> None:
    assert "Aucune demande pour l’instant" in office.get("/adaptations/").text
    received(at=TODAY, organisation="Plus tard")
    received(at=TODAY - timedelta(days=5), organisation="Bientôt")
    operations.decide(
        received(at=TODAY - timedelta(days=9), organisation="Déclinée"),
        accepted=False,
        reason="Non",
        by=OFFICE,
        at=TODAY,
    )
    shown = office.get("/adaptations/").text
    assert shown.index("Bientôt") < shown.index("Plus tard")
    assert "Déclinée" not in shown
    assert "Déclinée" in office.get("/adaptations/?state=declined").text
    assert "Déclinée" in office.get("/adaptations/?state=all").text
    assert "Plus tard" not in office.get("/adaptations/?q=bientot").text
    assert "ne répond à ces filtres" in office.get("/adaptations/?q=zzz").text


def test_the_office_takes_a_request_to_its_end(office: FlaskClient, outbox: list) -> None:
    request = received(at=TODAY - timedelta(days=1))
    address = f"/adaptations/{request.id}"
    shown = office.get(address).text
    for words in ("Accuser réception", "Rattacher", "Analyser le besoin", "Décider"):
        assert words in shown
    assert office.post(f"{address}/accuser-reception", data={"message": "Jeudi"}).status_code == 303
    assert office.post(f"{address}/accuser-reception", data={}).status_code == 422
    assert office.get(f"{address}/client").status_code == 200
    assert office.post(f"{address}/client", data={"client_id": "999"}).status_code == 422
    bad = {"name": "CAF", "kind": "public-body", "siret": "123"}
    assert office.post(f"{address}/client/nouveau", data=bad).status_code == 422
    assert office.post(f"{address}/client/nouveau", data=bad | {"siret": ""}).status_code == 303
    values = {"held_on": "2026-11-23"} | dict.fromkeys(ASKED, "Texte")
    assert office.post(f"{address}/besoin", data=values | {"level": ""}).status_code == 422
    assert office.post(f"{address}/besoin", data=values).status_code == 303
    decided = office.post(f"{address}/decision", data={"outcome": "accepted", "reason": ""})
    assert decided.status_code == 422
    assert "Motivez" in decided.text
    no_choice = office.post(f"{address}/decision", data={"reason": "Oui", "promises": "Cas"})
    assert no_choice.status_code == 422
    decided = office.post(
        f"{address}/decision",
        data={
            "outcome": "accepted",
            "reason": "Le projet s’y prête.",
            "promises": "Cas local\nPublic élargi",
            "changes_programme": "y",
        },
    )
    assert decided.status_code == 303
    assert (
        office.post(f"{address}/decision", data={"outcome": "declined", "reason": "x"}).status_code
        == 422
    )
    adapted = office.post(f"{address}/programme")
    assert adapted.status_code == 303
    assert office.post(f"{address}/programme").status_code == 422
    assert office.get(adapted.location).status_code == 200
    assert office.get(f"{address}/differences").status_code == 200
    db.session.expire_all()
    done = office.post(
        f"/formations/versions/{request.adapted_version_id}", data={"in_force_from": "2026-11-24"}
    )
    assert done.status_code == 303
    db.session.expire_all()
    cohort = cohort_for(request)
    assert cohort.reference in office.get(f"{address}/session").text
    assert office.post(f"{address}/session", data={"cohort_id": cohort.id}).status_code == 303
    half_day = cohort.half_days[0]
    assert office.get(f"{address}/promesses/1").status_code == 200
    for one in (1, 2):
        reply = office.post(
            f"{address}/promesses/{one}", data={"half_day_id": half_day.id, "note": "Le matin"}
        )
        assert reply.status_code == 303
    shown = office.get(address).text
    assert "allée à son terme" in shown
    assert "Fil de la demande" in shown
    assert office.post(f"{address}/promesses", data={"promises": "Autre"}).status_code == 422
    assert office.post(f"{address}/promesses/1/reprendre").status_code == 303
    assert office.post(f"{address}/promesses/1/reprendre").status_code == 422
    assert office.post(f"{address}/reprendre", data={"why": "x"}).status_code == 422


def test_a_half_day_that_has_not_begun_is_refused(office: FlaskClient) -> None:
    request = accepted(at=TODAY - timedelta(days=8))
    cohort = cohort_for(request, starts_on=TODAY.date() + timedelta(days=5))
    operations.attach_to_cohort(request, cohort, by=OFFICE, at=TODAY)
    address = f"/adaptations/{request.id}/promesses/1"
    reply = office.post(address, data={"half_day_id": cohort.half_days[0].id, "note": "Gardé"})
    assert reply.status_code == 422
    assert "commence le" in reply.text
    assert "Gardé" in reply.text
    assert office.post(address, data={"half_day_id": "999"}).status_code == 404


def test_what_does_not_exist_is_not_found(office: FlaskClient) -> None:
    pages = ("", "/accuser-reception", "/client", "/client/nouveau", "/session", "/besoin")
    for part in (*pages, "/decision", "/reprendre", "/differences", "/promesses", "/promesses/1"):
        assert office.get(f"/adaptations/99{part}").status_code == 404
    request = received(at=TODAY)
    assert office.get(f"/adaptations/{request.id}/differences").status_code == 404
    assert office.get(f"/adaptations/{request.id}/promesses/9").status_code == 404
    assert office.post(f"/adaptations/{request.id}/session", data={}).status_code in {404, 422}


def test_the_file_of_a_request_takes_few_statements(office: FlaskClient) -> None:
    request = accepted(at=TODAY - timedelta(days=8), promises=tuple(f"Cas {n}" for n in range(20)))
    operations.attach_to_cohort(request, cohort_for(request), by=OFFICE, at=TODAY)
    operations.make_adapted(request, by=OFFICE, at=TODAY)
    db.session.remove()
    with counted() as statements:
        assert office.get(f"/adaptations/{request.id}").status_code == 200
    assert len(statements) <= 10, statements


def test_a_call_is_noted_by_the_officer(sign_in: SignIn, office: FlaskClient) -> None:
    request = received(at=TODAY, particular_needs=True)
    assert "le référent handicap appelle" in office.get(f"/adaptations/{request.id}").text
    officer = sign_in(Role.DISABILITY_OFFICER)
    assert "À appeler" in officer.get("/adaptations/amenagements").text
    address = f"/adaptations/amenagements/appels/{request.id}"
    assert office.post(address).status_code == 403
    assert officer.post(address).status_code == 303
    assert "À appeler" not in officer.get("/adaptations/amenagements").text
    assert A_DAY < TODAY
