"""What every step does: fill, press, sign, go to an hour."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.stage import Camera, House, Windows

__all__ = [
    "CLAIRE",
    "HELENE",
    "INES",
    "MARTA",
    "NADIA",
    "PASSWORD",
    "SOPHIE",
    "House",
    "People",
    "Shoot",
    "accept_invitation",
    "answer_all",
    "draw_signature",
    "errors",
    "fetched",
    "fill",
    "go_to",
    "open_as",
    "opened",
    "press",
    "sign_with_name",
    "title",
    "told",
]
People = Windows
Shoot = Camera
PASSWORD = "Une-phrase-de-passe-2026"
HELENE = "helene@atelier.example.org"
CLAIRE = "claire@atelier.example.org"
SOPHIE = "sophie@caf.example.org"
NADIA, INES = "nadia@caf.example.org", "ines@caf.example.org"
MARTA = "marta@lopes.example.org"  # she pays herself


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


def press(page: Page | Locator, label: str) -> None:
    """Press a button or a link by its first words."""
    words = re.compile(r"^" + r"\s".join(re.escape(word) for word in label.split()))
    found = page.get_by_role("button", name=words).or_(page.get_by_role("link", name=words))
    found.first.click()


def told(page: Page, words: str, timeout: float = 20_000) -> None:
    """The page says these words (capitals and spaces aside)."""
    expect(page.locator("body")).to_contain_text(words, ignore_case=True, timeout=timeout)


def title(page: Page, words: str) -> None:
    """The page is called that."""
    expect(page.get_by_role("heading", level=1)).to_contain_text(words, ignore_case=True)


def errors(page: Page) -> Locator:
    """What must be corrected, as the top of the page sums it up."""
    summary = page.locator(".error-summary")
    expect(summary).to_be_visible()
    return summary


def go_to(house: House, when: str) -> None:
    """It is now that instant."""
    house.now = datetime.fromisoformat(when)


def sign_with_name(page: Page, name: str) -> None:
    """Choose to write one's name as a signature, and write it."""
    page.get_by_text("Écrire mon nom", exact=True).click()
    page.get_by_label("Écrivez votre prénom et votre nom").fill(name)


def draw_signature(page: Page) -> None:
    """Draw a signature with the mouse, in two strokes."""
    page.get_by_text("Dessiner", exact=True).click()
    frame = page.get_by_role("img", name="Cadre où dessiner votre signature")
    frame.scroll_into_view_if_needed()
    box = frame.bounding_box()
    assert box, "the frame is not on the screen"
    for start, ends in ((0.15, (0.3, 0.42, 0.55)), (0.5, (0.62, 0.7, 0.85))):
        page.mouse.move(box["x"] + box["width"] * start, box["y"] + box["height"] * 0.6)
        page.mouse.down()
        for rank, end in enumerate(ends):
            height = 0.25 if rank % 2 else 0.7
            page.mouse.move(
                box["x"] + box["width"] * end, box["y"] + box["height"] * height, steps=6
            )
        page.mouse.up()


def open_as(page: Page, email: str, address: str) -> None:
    """Open a page, signing in when the house asks for it."""
    page.goto(address)
    if "/connexion" in page.url:
        page.get_by_label("Adresse e-mail").fill(email)
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        press(page, "Se connecter")
        page.wait_for_url(lambda url: "/connexion" not in url)
        if not page.url.endswith(address):
            page.goto(address)


def accept_invitation(house: House, page: Page, email: str) -> None:
    """Open the link that was sent, and choose a password."""
    page.goto(house.last_link(email))
    page.locator('[name="password"]').fill(PASSWORD)
    press(page, "Ouvrir mon accès")
    page.wait_for_url(lambda url: "/l/" not in url)


def fetched(page: Page, act: Callable[[], Any]) -> bytes:
    """What `act` downloads."""
    with page.expect_download() as waited:
        act()
    path = waited.value.path()
    return path.read_bytes()


def opened(page: Page, label: str) -> bytes:
    """What a link opens, as this person's browser would fetch it."""
    words = re.compile("^" + re.escape(label))
    reply = page.request.get(page.get_by_role("link", name=words).first.get_attribute("href") or "")
    assert reply.ok, f"{label}: {reply.status}"
    return reply.body()


def answer_all(page: Page, words: str) -> None:
    """Answer a questionnaire, from where it stands to its summary, and send it."""
    while page.get_by_role("button", name="Envoyer mes réponses").count() == 0:
        before = page.url
        if page.locator("textarea").count():
            page.get_by_role("textbox").first.fill(words)
        elif page.locator('main input[type="radio"]').count():
            labels = page.locator('main input[type="radio"] + label')
            labels.nth(3 if labels.count() == 5 else 1).click()
        elif page.locator('main input[type="checkbox"]').count():
            page.get_by_role("checkbox").first.check()
        press(page, "Continuer")
        page.wait_for_url(lambda url, before=before: url != before)
    press(page, "Envoyer mes réponses")
    title(page, "Merci")
