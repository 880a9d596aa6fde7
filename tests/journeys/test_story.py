"""One real cohort, from the first run to the auditor: each step as its people would do it."""

from collections.abc import Callable
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from admin_app.organisation import installation_code
from tests.journeys.conftest import House

pytestmark = pytest.mark.browser
People = Callable[..., Page]
Shoot = Callable[..., None]
PASSWORD = "Une-phrase-de-passe-2026"


def fill(page: Page, **values: str) -> None:
    """Fill fields by their name, whatever their kind."""
    for name, value in values.items():
        field = page.locator(f'[name="{name}"]').first
        kind = field.evaluate("e => e.tagName + ':' + (e.type || '')")
        if kind.startswith("SELECT"):
            field.select_option(value)
        elif kind.endswith((":radio", ":checkbox")):
            page.locator(f'[name="{name}"][value="{value}"]').check()
        else:
            field.fill(value)


def press(page: Page, label: str) -> None:
    """Press a button or a link by its words."""
    found = page.get_by_role("button", name=label).or_(page.get_by_role("link", name=label))
    found.first.click()


def go_to(house: House, when: str) -> None:
    """It is now that instant, in Paris."""
    house.now = datetime.fromisoformat(when)


def test_0_first_run(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-01T09:00:00+02:00")
    page = people("office")
    page.goto("/")
    expect(page).to_have_url(f"{house.url}/installation")
    shoot(page, "vide")
    with house.app.app_context():
        code = installation_code.current()
    fill(
        page,
        code=code,
        name="Atelier des Territoires",
        siret="732 829 320 00074",
        activity_number="75 33 12345 33",
        activity_region="Nouvelle-Aquitaine",
        address="12 rue des Tilleuls",
        postcode="33000",
        city="Bordeaux",
        email="contact@atelier.example.org",
        representative="Hélène Marchand",
        representative_quality="gérante",
        disability_officer="Paul Ribeiro",
        disability_email="handicap@atelier.example.org",
        admin_name="Hélène Marchand",
        admin_email="helene@atelier.example.org",
        password=PASSWORD,
    )
    shoot(page, "rempli")
    press(page, "Installer")
    page.wait_for_load_state()
    shoot(page, "apres")
