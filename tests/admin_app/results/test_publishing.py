"""Figures are frozen when they are published, shown to the public, and leave their proof."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.programmes.models import Programme
from admin_app.results.models import PlannedResults, PublishedResults
from tests.factories import committed
from tests.factories.results import catalogue_version, ended_cohort
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PERIOD = {"first": "2025-11-01", "last": "2026-10-31"}


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.QUALITY_MANAGER)


def plain(reply: Any) -> str:
    return str(reply.text).replace("\u00a0", " ").replace("\u202f", " ")


def pieces(piece: str) -> list[Evidence]:
    db.session.expire_all()
    statement = select(Evidence).where(Evidence.piece == piece).order_by(Evidence.id)
    return list(db.session.scalars(statement))


def test_the_list_says_what_is_to_be_published(office: FlaskClient) -> None:
    assert "Aucune formation publiée" in office.get("/resultats/").text
    version = catalogue_version(title="Réseau CTG")
    assert "à venir" in office.get("/resultats/").text
    with committed():
        programme = db.session.get_one(Programme, version.programme_id)
        programme.first_published_on = date(2025, 1, 1)
    assert "à publier" in office.get("/resultats/").text
    assert programme.title in office.get("/resultats/?state=due").text
    assert "ne répond à ces filtres" in office.get("/resultats/?state=fresh").text
    ended_cohort(version, 6)
    office.post(f"/resultats/formations/{version.programme_id}", data=PERIOD)
    assert programme.title in office.get("/resultats/?state=fresh").text
    assert "ne répond à ces filtres" in office.get("/resultats/?state=never").text
    with clock.frozen(NOW + timedelta(days=400)):
        assert "à renouveler" in office.get("/resultats/?state=due").text


def test_the_list_costs_the_same_for_few_and_many(office: FlaskClient) -> None:
    catalogue_version()

    def cost() -> int:
        db.session.remove()
        with counted() as seen:
            assert office.get("/resultats/").status_code == 200
        return len(seen)

    few = cost()
    for _ in range(30):
        catalogue_version()
    assert cost() == few <= 10
    assert "31" in office.get("/resultats/?page=2").text


def test_a_programme_is_worked_out_published_and_read_by_the_public(
    office: FlaskClient, browse: FlaskClient
) -> None:
    version = catalogue_version()
    programme = db.session.get_one(Programme, version.programme_id)
    page = f"/resultats/formations/{programme.id}"
    assert "Aucune session terminée" in office.get(page).text
    cohort = ended_cohort(version, 6, expectations=4)
    shown = plain(office.get(page))
    assert "Satisfaction des stagiaires : 4 sur 5" in shown
    assert "6 avis pour 6 demandes" in shown
    assert "Nos résultats" not in browse.get(f"/catalogue/{programme.slug}").text
    reply = office.post(page, data=PERIOD | {"comment": "Un seul groupe."})
    assert reply.status_code == 303
    row = db.session.scalars(select(PublishedResults)).one()
    with committed():
        cohort.enrolments[0].departure = "dropout"
    public = plain(browse.get(f"/catalogue/{programme.slug}"))
    assert "Formation suivie jusqu’au bout : 100 %" in public
    assert "Un seul groupe." in public
    assert "Moyenne des notes, de 1 à 5" in public
    assert "Questionnaires de fin de formation" in public
    assert "non publié : trop peu" not in public
    assert row.published_by in plain(office.get(f"/resultats/publications/{row.id}"))
    (results,), (method,) = pieces("published-results"), pieces("results-method")
    assert (results.scope_kind, results.scope_id) == ("catalogue-entry", programme.id)
    assert results.occurred_on == NOW.date()
    assert results.facts["figures"]["completion"] == {"value": 100.0, "whole": 6}
    assert method.facts["figures"]["completion"]["source"] == "Inscriptions et départs"


def test_small_groups_are_worked_out_and_not_published(
    office: FlaskClient, browse: FlaskClient
) -> None:
    version = catalogue_version()
    programme = db.session.get_one(Programme, version.programme_id)
    ended_cohort(version, 3)
    page = f"/resultats/formations/{programme.id}"
    assert "non publié : moins de 5" in plain(office.get(page))
    office.post(page, data=PERIOD)
    public = plain(browse.get(f"/catalogue/{programme.slug}"))
    assert "Stagiaires formés : 3" in public
    assert "Formation suivie jusqu’au bout :" not in public
    assert "trop peu de personnes" in public
    row = db.session.scalars(select(PublishedResults)).one()
    values = {one["key"]: one["value"] for one in row.figures}
    assert values["satisfaction"] is None


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"last": "2026-11-24"}, "La période doit être terminée"),
        ({"last": "2027-06-01"}, "La période doit être terminée"),
        ({"first": "2026-10-31", "last": "2026-01-01"}, "finit avant de commencer"),
        ({"first": "2010-01-01"}, "Cinq ans au plus"),
        ({"first": "2024-01-01", "last": "2024-12-31"}, "Aucun stagiaire sur cette période"),
        ({"first": ""}, "Indiquez le premier jour"),
        ({"last": "hier"}, "Ce jour n’existe pas"),
        ({"comment": "x" * 4001}, "4000 caractères au plus"),
    ],
)
def test_a_wrong_period_is_refused_and_kept(
    office: FlaskClient, changes: dict[str, str], message: str
) -> None:
    version = catalogue_version()
    ended_cohort(version, 6)
    data = PERIOD | {"comment": "Causes des abandons"} | changes
    reply = office.post(f"/resultats/formations/{version.programme_id}", data=data)
    assert reply.status_code == 422
    assert message in plain(reply)
    assert data["comment"] in reply.text
    assert db.session.scalars(select(PublishedResults)).all() == []
    assert pieces("published-results") == []


@pytest.mark.parametrize("query", ["du=abc", "du=2026-10-01&au=2026-01-01", "au=31/02/2026"])
def test_a_strange_period_in_the_address_is_said(office: FlaskClient, query: str) -> None:
    reply = office.get(f"/resultats/organisme?{query}")
    assert reply.status_code == 200
    assert "Ce jour n’existe pas" in plain(reply) or "finit avant" in plain(reply)


def test_the_house_is_published_under_the_catalogue(
    office: FlaskClient, browse: FlaskClient
) -> None:
    ended_cohort(catalogue_version(), 6)
    assert "toutes formations confondues" not in office.get("/resultats/organisme").text
    assert office.post("/resultats/organisme", data=PERIOD).status_code == 303
    assert "Nos résultats, toutes formations" in plain(browse.get("/catalogue/"))
    assert pieces("published-results") == []


def test_what_is_withdrawn_stays_with_its_reason(office: FlaskClient, browse: FlaskClient) -> None:
    version = catalogue_version()
    programme = db.session.get_one(Programme, version.programme_id)
    ended_cohort(version, 6)
    office.post(f"/resultats/formations/{programme.id}", data=PERIOD)
    row = db.session.scalars(select(PublishedResults)).one()
    page = f"/resultats/publications/{row.id}/retirer"
    assert office.post(page, data={"why": " "}).status_code == 422
    assert office.post(page, data={"why": "Erreur de période"}).status_code == 303
    assert "Nos résultats" not in browse.get(f"/catalogue/{programme.slug}").text
    assert "Erreur de période" in office.get(f"/resultats/publications/{row.id}").text
    assert all(one.withdrawn_at for one in pieces("published-results") + pieces("results-method"))
    assert "déjà retirée" in plain(office.post(page, data={"why": "encore"}))
    actions = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert actions[-2:] == ["results.published", "results.withdrawn"]


PLANNED = {
    "chosen_on": "2026-11-20",
    "measures": ["satisfaction", "completion"],
    "method": "Questionnaires et calendrier",
    "first_publication_on": "2027-11-20",
}


def test_measures_are_chosen_in_advance(office: FlaskClient) -> None:
    assert office.get("/resultats/choisis-d-avance").status_code == 200
    assert office.post("/resultats/choisis-d-avance", data=PLANNED).status_code == 303
    (piece,) = pieces("planned-results")
    assert piece.scope_kind == "provider"
    assert piece.facts["measures"][0] == "Satisfaction des stagiaires"
    assert "Questionnaires et calendrier" in office.get("/resultats/choisis-d-avance").text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"chosen_on": "2026-12-01"}, "pas encore venu"),
        ({"measures": []}, "Choisissez au moins un"),
        ({"measures": ["inconnu"]}, "inconnu"),
        ({"method": ""}, "Écrivez comment"),
        ({"first_publication_on": "2026-11-01"}, "vient après le choix"),
    ],
)
def test_a_wrong_choice_is_refused(
    office: FlaskClient, changes: dict[str, Any], message: str
) -> None:
    reply = office.post("/resultats/choisis-d-avance", data=PLANNED | changes)
    assert reply.status_code == 422
    assert message in plain(reply)
    assert db.session.scalars(select(PlannedResults)).all() == []


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUDITOR, Role.CLIENT, Role.DISABILITY_OFFICER])
def test_others_open_nothing(sign_in: SignIn, role: Role) -> None:
    someone = sign_in(role)
    for path in ("/resultats/", "/resultats/organisme", "/resultats/choisis-d-avance"):
        assert someone.get(path).status_code == 403


@pytest.mark.parametrize("path", ["formations/99", "publications/99", "publications/99/retirer"])
def test_what_does_not_exist_is_not_found(office: FlaskClient, path: str) -> None:
    assert office.get(f"/resultats/{path}").status_code == 404
