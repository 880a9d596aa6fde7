"""The front doors: the office's day, the client's space, long work, personal links."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.operations import withdraw
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.coverage.operations import refresh_cohort
from tests.factories import ClientFactory, ProviderFactory, TrainerFactory, UserFactory, cohort_with
from tests.factories.adaptations import received
from tests.factories.agreements import agreement_in
from tests.support.statements import counted

NOW = datetime(2026, 9, 17, 9, 30, tzinfo=UTC)


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory(next_audit_on=date(2027, 1, 4))
    made = cohort_with(trainees=3)
    with clock.frozen(NOW):
        refresh_cohort(made)
    return made


def test_the_day_says_what_is_late_and_who_is_in_the_room(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    with clock.frozen(NOW):
        page = sign_in(Role.OFFICE).get("/aujourdhui")
    assert page.status_code == 200
    text = page.text.replace("\u00a0", " ")
    assert "Jeudi 17 septembre 2026" in text
    assert "0 signatures sur 3" in text
    assert "Audit dans 109 jours" in text
    assert "en retard" in text


def test_an_empty_house_says_so(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    ProviderFactory()
    page = sign_in(Role.OFFICE).get("/aujourdhui")
    assert "Rien ne presse" in page.text


def test_a_request_that_waits_is_shown_to_whoever_may_decide(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    waiting = received()
    page = sign_in(Role.OFFICE).get("/aujourdhui").text
    assert waiting.reference in page
    assert "Rien ne presse" not in page
    assert waiting.reference not in sign_in(Role.QUALITY_MANAGER).get("/aujourdhui").text


def test_the_first_steps_are_at_hand_while_something_remains(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    ProviderFactory()
    administrator = sign_in(Role.ADMINISTRATOR)
    with counted() as statements:
        page = administrator.get("/aujourdhui").text
    assert '<a href="/organisme/premiers-pas">premiers pas</a>' in page
    assert len(statements) <= 10
    manager = sign_in(Role.DISABILITY_OFFICER).get("/aujourdhui").text
    assert "/organisme/premiers-pas" not in manager


def test_what_awaits_our_signature_is_shown_to_whoever_signs(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    waiting = agreement_in("signed")
    page = sign_in(Role.OFFICE).get("/aujourdhui").text
    assert "À contresigner" in page
    assert f'href="/conventions/{waiting.id}/contresigner"' in page
    assert "À contresigner" not in sign_in(Role.QUALITY_MANAGER).get("/aujourdhui").text


def test_the_day_runs_the_same_statements_for_many_cohorts(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    office = sign_in(Role.OFFICE)
    with clock.frozen(NOW):
        with counted() as few:
            office.get("/aujourdhui")
        for _ in range(12):
            refresh_cohort(cohort_with(trainees=2))
        with counted() as many:
            office.get("/aujourdhui")
    assert len(many) == len(few) <= 10


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.OFFICE, "/aujourdhui"),
        (Role.QUALITY_MANAGER, "/aujourdhui"),
        (Role.DISABILITY_OFFICER, "/aujourdhui"),
        (Role.AUDITOR, "/audit/"),
        (Role.TRAINER, "/emargement"),
        (Role.CLIENT, "/espace"),
    ],
)
def test_everyone_is_led_to_their_own_space(
    app: Flask, sign_in: Callable[..., FlaskClient], role: Role, address: str
) -> None:
    ProviderFactory()
    assert sign_in(role).get("/").location.startswith(address)


def test_a_visitor_sees_the_catalogue(app: Flask, browse: FlaskClient) -> None:
    ProviderFactory()
    assert browse.get("/").location.startswith("/catalogue")


def test_a_client_sees_own_dossiers_alone(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    mine = cohort.clients[0].client_id
    client = sign_in(user=UserFactory(roles=(Role.CLIENT,), client_id=mine))
    with clock.frozen(NOW):
        assert cohort.reference in client.get("/espace").text
        page = client.get(f"/espace/sessions/{cohort.id}")
        assert page.status_code == 200
        assert "convention en préparation" in page.text
        other = cohort_with(trainees=1)
        assert other.reference not in client.get("/espace").text
        assert client.get(f"/espace/sessions/{other.id}").status_code == 404
        assert client.get("/espace/documents/1").status_code == 404
    nobody = sign_in(user=UserFactory(roles=(Role.CLIENT,)))
    assert nobody.get("/espace").status_code == 404


def test_a_client_reads_who_left_and_finds_the_way_home(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    gone = cohort.enrolments[0]
    before = datetime(2026, 9, 1, 9, tzinfo=UTC)
    with clock.frozen(before):
        withdraw(gone, on=date(2026, 9, 1), reason="Mutation.", by=SYSTEM, at=before)
    client = sign_in(user=UserFactory(roles=(Role.CLIENT,), client_id=gone.client_id))
    with clock.frozen(NOW):
        page = client.get(f"/espace/sessions/{cohort.id}")
    text = page.text.replace("\u00a0", " ")
    assert text.count("désistement avant le début, le 1er septembre 2026") == 1
    assert 'href="/espace"' in page.text
    assert 'href="/espace/adaptations"' in page.text


def test_a_new_client_is_told_what_will_come(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    ProviderFactory()
    client = sign_in(user=UserFactory(roles=(Role.CLIENT,), client_id=ClientFactory().id))
    assert "Aucun dossier" in client.get("/espace").text


def test_a_trainer_alone_does_not_open_the_office(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    ProviderFactory()
    trainer = sign_in(user=UserFactory(roles=(Role.TRAINER,), trainer_id=TrainerFactory().id))
    assert trainer.get("/aujourdhui").status_code == 403


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("/personnes/formateurs", "Formateurs"),
        ("/personnes/formateurs/ajouter", "Formateurs"),
        ("/sessions/nouvelle", "Sessions"),
        ("/adaptations/", "Adaptations"),
    ],
)
def test_the_navigation_shows_where_one_is(
    app: Flask, sign_in: Callable[..., FlaskClient], address: str, label: str
) -> None:
    ProviderFactory()
    page = sign_in(Role.OFFICE).get(address).text
    (current,) = re.findall(r'<a href="[^"]+" aria-current="page">([^<]+)', page.split("<main")[0])
    assert current.strip() == label
