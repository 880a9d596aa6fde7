"""What an office does first: each step says by itself that it is done."""

from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from tests.factories import (
    PlaceFactory,
    ProgrammeVersionFactory,
    TrainerFactory,
    UserFactory,
    cohort_with,
)
from tests.support.statements import counted

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
PROGRAMME = "Publier votre première formation"
SESSION = "Ouvrir votre première session"


@pytest.fixture
def administrator(app: Flask, sign_in) -> FlaskClient:  # type: ignore[no-untyped-def]
    return sign_in(Role.ADMINISTRATOR)


def steps(client: FlaskClient) -> dict[str, tuple[str, str]]:
    """The steps in their order: their state, and where they lead."""
    page = BeautifulSoup(client.get("/organisme/premiers-pas").text, "html.parser")
    return {
        one.b.text: (one.select_one(".state").text, str(one.a["href"]))
        for one in page.select("li.task")
    }


def test_the_order_is_that_of_a_new_office(administrator: FlaskClient) -> None:
    assert [title.split()[0] for title in steps(administrator)] == [
        "Régler",
        "Publier",
        "Désigner",
        "Ouvrir",
        "Ajouter",
        "Créer",
        "Publier",
        "Ouvrir",
        "Inviter",
    ]


def test_a_draft_is_not_yet_a_first_programme(administrator: FlaskClient) -> None:
    assert steps(administrator)[PROGRAMME] == ("à faire", "/formations/")
    draft = ProgrammeVersionFactory(published_at=None)
    assert steps(administrator)[PROGRAMME] == ("à faire", "/formations/")
    draft.published_at = NOW
    db.session.commit()
    assert steps(administrator)[PROGRAMME] == ("fait", "/formations/")


def test_a_first_session_places_trainers_and_colleagues_are_seen(
    administrator: FlaskClient,
) -> None:
    assert steps(administrator)[SESSION] == ("à faire", "/sessions/")
    cohort_with(trainees=1)
    found = steps(administrator)
    assert found[SESSION] == ("fait", "/sessions/")
    UserFactory()
    PlaceFactory()
    TrainerFactory()
    found = steps(administrator)
    done = {title.split()[0] for title, (state, _) in found.items() if state == "fait"}
    assert {"Ajouter", "Créer", "Ouvrir", "Inviter"} <= done


def test_an_archived_trainer_does_not_count(administrator: FlaskClient) -> None:
    TrainerFactory(archived_at=NOW)
    assert steps(administrator)["Créer les fiches de vos formateurs"][0] == "à faire"


def test_the_steps_cost_one_statement_together(administrator: FlaskClient) -> None:
    with clock.frozen(NOW), counted() as sent:
        administrator.get("/organisme/premiers-pas")
    assert len(sent) <= 6
