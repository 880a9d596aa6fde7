"""What every step does: fill, press, go to an hour."""

from collections.abc import Callable
from datetime import datetime

from playwright.sync_api import Page

from tests.journeys.conftest import House

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
    """It is now that instant."""
    house.now = datetime.fromisoformat(when)


def sign_with_name(page: Page, name: str) -> None:
    """Choose to write one's name as a signature, and write it."""
    page.get_by_text("Écrire mon nom", exact=True).click()
    page.locator('[name="typed"]').fill(name)


def open_as(page: Page, email: str, address: str) -> None:
    """Open a page, signing in when the house asks for it."""
    page.goto(address)
    if "/connexion" in page.url:
        fill(page, email=email, password=PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        page.wait_for_load_state()
        page.goto(address)
