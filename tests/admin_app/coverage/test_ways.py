"""What is missing, as each role reads it: the sentence for all, the way for whoever may act."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations import refresh_cohort
from admin_app.people.models import Trainee
from admin_app.programmes.models import ProgrammeVersion
from tests.factories import ProviderFactory, cohort_with
from tests.factories.adaptations import accommodation

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
SignIn = Callable[..., FlaskClient]


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    made = cohort_with(trainees=2)
    with clock.frozen(NOW):
        accommodation(made.enrolments[0], at=NOW)
        refresh_cohort(made)
    return made


def cohort_programme(cohort: Cohort) -> int:
    return db.session.get_one(ProgrammeVersion, cohort.version_id).programme_id


def gaps(client: FlaskClient, address: str) -> dict[str, tuple[str, str]]:
    """What each line of the page is about, the words of its link and where it leads."""
    with clock.frozen(NOW):
        page = BeautifulSoup(client.get(address).text, "html.parser")
    found = {}
    for one in page.select("li.gap"):
        link = one.select_one(".gap-act a")
        words = str(link.contents[0]) if link else ""
        found[one.b.text] = (words, str(link["href"]) if link else "")
    return found


def test_whoever_may_act_is_led_to_the_act(cohort: Cohort, sign_in: SignIn) -> None:
    found = gaps(sign_in(Role.OFFICE), "/couverture?q=convocation")
    assert found["Convocation"] == (
        "Envoyer la convocation",
        f"/sessions/{cohort.id}/convocations",
    )


def test_whoever_may_not_act_reads_the_sentence_and_opens_the_cohort(
    cohort: Cohort, sign_in: SignIn
) -> None:
    reader = sign_in(Role.QUALITY_MANAGER)
    found = gaps(reader, "/couverture")
    assert len(found) > 5
    programme = cohort_programme(cohort)
    assert set(found.values()) == {
        ("", ""),  # what the organisation owes, and others do
        ("Voir la session", f"/sessions/{cohort.id}"),
        ("Voir ce qui est demandé", f"/formations/{programme}/competences"),
        ("Ouvrir l’émargement", f"/sessions/{cohort.id}/emargement"),  # a page that they read
    }
    with clock.frozen(NOW):
        assert "Attendu de l’équipe administrative" in reader.get("/couverture?q=convocation").text


def test_on_its_own_page_a_cohort_does_not_lead_to_itself(cohort: Cohort, sign_in: SignIn) -> None:
    reader = sign_in(Role.QUALITY_MANAGER)
    found = [gaps(reader, f"/sessions/{cohort.id}/preuves?critere={n}") for n in range(1, 7)]
    read = ("Ouvrir l’émargement", f"/sessions/{cohort.id}/emargement")
    skills = ("Voir ce qui est demandé", f"/formations/{cohort_programme(cohort)}/competences")
    assert {way for one in found for way in one.values()} == {("", ""), read, skills}
    office = sign_in(Role.OFFICE)
    found = [gaps(office, f"/sessions/{cohort.id}/preuves?critere={n}") for n in range(1, 7)]
    assert ("Ouvrir la convention", f"/sessions/{cohort.id}/conventions") in {
        way for one in found for way in one.values()
    }


@pytest.mark.parametrize(
    ("role", "way"),
    [
        (Role.DISABILITY_OFFICER, "/adaptations/amenagements"),
        (Role.OFFICE, "/sessions/{}"),
        (Role.ADMINISTRATOR, "/sessions/{}"),
    ],
)
def test_a_request_for_accommodation_is_opened_by_the_disability_officer_alone(
    cohort: Cohort, sign_in: SignIn, role: Role, way: str
) -> None:
    found = gaps(sign_in(role), "/couverture?owner=disability-officer")
    assert [address for _, address in found.values()] == [way.format(cohort.id)]


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMINISTRATOR, Role.QUALITY_MANAGER])
def test_whoever_is_not_the_disability_officer_never_reads_who_asked(
    cohort: Cohort, sign_in: SignIn, role: Role
) -> None:
    reader, asked = sign_in(role), cohort.enrolments[0].trainee_id
    name = db.session.get_one(Trainee, asked).last_name
    with clock.frozen(NOW):
        page = reader.get("/couverture?owner=disability-officer")
    assert "Une demande d’aménagement attend une réponse" in page.text
    assert name not in page.text
    rows = db.session.scalars(select(Expectation).where(Expectation.piece == "accommodation"))
    assert all(name not in f"{row.for_name} {row.sentence} {row.owed_name}" for row in rows)
