"""The navigation says how much waits for the reader, with one statement."""

from collections.abc import Callable
from datetime import UTC, datetime

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from admin_app.adaptations import operations
from admin_app.core import clock
from admin_app.core.access import Role
from tests.factories import cohort_with
from tests.factories.adaptations import OFFICER, accommodation, analysed, received
from tests.factories.programmes import OFFICE
from tests.support.statements import counted

NOW = datetime(2026, 6, 10, 9, tzinfo=UTC)
SignIn = Callable[..., FlaskClient]


def waiting(client: FlaskClient, address: str = "/messages/") -> dict[str, str]:
    """What the navigation says to wait, by entry."""
    with clock.frozen(NOW):
        page = BeautifulSoup(client.get(address).text, "html.parser")
    return {
        str(link.contents[0]).strip(): str(link.select_one(".count").contents[0])
        for link in page.select("nav[aria-label=Principale] a")
        if link.select_one(".count")
    }


def test_nothing_waits_in_an_empty_house(app: Flask, sign_in: SignIn) -> None:
    assert waiting(sign_in(Role.OFFICE)) == {}
    assert waiting(sign_in(Role.DISABILITY_OFFICER)) == {}


def test_requests_wait_for_whoever_decides(app: Flask, sign_in: SignIn) -> None:
    received(at=NOW)
    decided = analysed(at=NOW)
    office, manager = sign_in(Role.OFFICE), sign_in(Role.QUALITY_MANAGER)
    assert waiting(office) == {"Adaptations": "2"}
    operations.decide(
        decided, accepted=False, reason="Hors de notre champ.", promises=(), by=OFFICE, at=NOW
    )
    assert waiting(office) == {"Adaptations": "1"}
    assert waiting(manager) == {}


def test_the_disability_officer_alone_sees_who_waits_for_them(app: Flask, sign_in: SignIn) -> None:
    cohort = cohort_with(trainees=2)
    for enrolment in cohort.enrolments:
        asked = accommodation(enrolment, at=NOW)
    called = received(at=NOW, particular_needs=True)
    officer, office = sign_in(Role.DISABILITY_OFFICER), sign_in(Role.ADMINISTRATOR)
    assert waiting(officer) == {"Aménagements": "3"}
    assert waiting(office) == {"Adaptations": "1"}
    operations.note_called(called, by=OFFICER, at=NOW)
    operations.decide_accommodation(asked, measures="Pauses.", by=OFFICER, at=NOW)
    assert waiting(officer) == {"Aménagements": "1"}


def test_counting_costs_one_statement_to_those_it_concerns(app: Flask, sign_in: SignIn) -> None:
    both = sign_in(Role.OFFICE, Role.DISABILITY_OFFICER)
    manager = sign_in(Role.QUALITY_MANAGER)
    few = statements(both)
    for _ in range(30):
        received(at=NOW)
    assert statements(both) == few == statements(manager) + 1 <= 10
    assert waiting(both) == {"Adaptations": "30"}


def statements(client: FlaskClient) -> int:
    with clock.frozen(NOW), counted() as sent:
        client.get("/messages/")
    return len(sent)


def test_a_menu_that_was_written_follows_what_waits_and_who_reads(
    app: Flask, sign_in: SignIn
) -> None:
    office, officer = sign_in(Role.OFFICE), sign_in(Role.DISABILITY_OFFICER)
    assert waiting(office) == waiting(office) == {}
    received(at=NOW)
    assert waiting(office) == {"Adaptations": "1"}
    menu = BeautifulSoup(officer.get("/couverture").text, "html.parser").select_one(
        "nav[aria-label=Principale]"
    )
    assert menu is not None
    assert "Conventions" not in menu.text
    assert "Réseau handicap" in menu.text
