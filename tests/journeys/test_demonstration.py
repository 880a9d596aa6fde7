"""The demonstration, as each of its visitors opens it: the auditor finds the planted gaps."""

import re
from collections.abc import Iterator
from datetime import date, time

import pytest
from playwright.sync_api import Page, expect

from admin_app.core import clock
from admin_app.demo import show
from admin_app.demo.files import read
from admin_app.demo.gaps import PLANTED, Gap
from admin_app.demo.load import load
from admin_app.demo.story.accommodations import NEEDS
from admin_app.demo.story.house import PASSWORD
from admin_app.documents import operations as documents
from compliance.expectations import catalogue
from compliance.vocabulary import PieceStatus
from tests.journeys.reading import read_everything
from tests.journeys.stage import House, open_house
from tests.journeys.steps import People, Shoot, press, title, told
from tests.support.demonstration import blank

pytestmark = pytest.mark.browser
TODAY = date(2026, 11, 24)
AUDITOR = "monique.astier@certificateur.example.org"
GAPPED = ("ABS-PARTAGE", "CTG-LITTORAL")
OFFICE = "bastien.ferrand@passeurs-de-rives.example.org"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demonstration of that day (its PDFs are blank: the story has the real ones)."""
    with open_house(tmp_path_factory.mktemp("demonstration")) as opened:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(documents, "to_pdf", blank)
            load(opened.app, TODAY)
        opened.now = clock.at(TODAY, time(9, 20))
        yield opened


def test_the_auditor_reads_what_is_missing(house: House, people: People, shoot: Shoot) -> None:
    auditor = people("auditrice")
    _sign_in(auditor, AUDITOR, "/audit/")
    press(auditor, "Entrer")
    title(auditor, "Sessions")
    shoot(auditor, "sessions")
    for reference in GAPPED:
        seen = read_everything(auditor, _cohort(auditor, reference))
        planted = {gap for gap, _ in PLANTED if gap.cohort == reference}
        told_of = _pressing(seen.gaps())
        assert len(told_of) == len({(gap.piece, gap.status) for gap in planted}), told_of
        for gap in planted:
            assert _is_told(gap, told_of), gap
        assert not any(need in text for need in NEEDS for text in seen.pieces.values())
    _open(auditor, "CTG-LITTORAL", "positionnement")
    told(auditor, "Vincent Arnoux")
    shoot(auditor, "manque")
    _open(auditor, "CTG-LITTORAL", "Analyse du besoin")
    told(auditor, "signée le")
    shoot(auditor, "date-a-examiner")


def test_the_auditor_reads_what_is_due(house: House, people: People, shoot: Shoot) -> None:
    auditor = people("auditrice")
    seen = read_everything(auditor, _cohort(auditor, "CTG-LEGE"))
    expired = {gap for gap, _ in PLANTED if gap.cohort == "CTG-LEGE"}
    assert len(_pressing(seen.gaps())) == len(expired)
    assert all(_is_told(gap, seen.gaps()) for gap in expired)
    assert {one.status for one in seen.indicators} >= {"couvert", "à venir"}
    _open(auditor, "CTG-LEGE", "réclamations|appréciations|parties prenantes")
    shoot(auditor, "a-venir")
    done = read_everything(auditor, _cohort(auditor, "CTG-BOCAGE"))
    assert _pressing(done.gaps()) == set()
    reasons = " ".join(one.reasons for one in done.indicators)
    assert "demande faite, sans réponse à ce jour (Damien Fouquet)" in reasons


OFFICE_PAGES = (
    ("aujourdhui", "/aujourdhui"),
    ("sessions", "/sessions/"),
    ("adaptations", "/adaptations/?state=all"),
    ("conventions", "/conventions"),
    ("formations", "/formations/"),
    ("clients", "/clients"),
    ("stagiaires", "/personnes/stagiaires"),
    ("formateurs", "/personnes/formateurs"),
    ("couverture", "/couverture"),
    ("journal", "/journal"),
)


@pytest.mark.parametrize(("name", "address"), OFFICE_PAGES)
def test_the_pages_of_the_office(people: People, shoot: Shoot, name: str, address: str) -> None:
    page = people("secrétariat")
    _sign_in(page, OFFICE, address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shoot(page)


COHORT_PAGES = (
    "",
    "preuves",
    "stagiaires",
    "intervenants",
    "clients",
    "conventions",
    "positionnement",
    "convocations",
    "emargement",
    "acquis",
    "ressources",
    "evaluations",
    "certificats",
)


@pytest.mark.parametrize("tab", COHORT_PAGES)
def test_the_pages_of_a_cohort(people: People, shoot: Shoot, tab: str) -> None:
    page = people("secrétariat")
    _sign_in(page, OFFICE, "/sessions/?q=CTG-LITTORAL")
    page.get_by_role("table").get_by_role("link").first.click()
    page.wait_for_url(re.compile(r"/sessions/\d+$"))
    page.goto(f"{page.url}/{tab}".rstrip("/"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shoot(page)


@pytest.mark.parametrize("rank", range(len(show.WAYS)))
def test_each_personal_link_opens_its_page(
    house: House, people: People, shoot: Shoot, rank: int
) -> None:
    with house.inside():
        way = show.ways()[rank]
    page = people(f"lien {rank}", 390)
    page.goto(way.url)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shoot(page)


def test_each_role_opens_its_home(house: House, people: People, shoot: Shoot) -> None:
    for known in read("organisation")["account"]:
        page = people(known["key"], 390 if known["role"] == "trainer" else 1280)
        _sign_in(page, known["email"], "/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        shoot(page, known["key"])


def _sign_in(page: Page, email: str, address: str) -> None:
    page.goto(address)
    if "/connexion" in page.url or address == "/":
        page.goto(f"/connexion?next={address}")
    if page.get_by_label("Mot de passe", exact=True).count():
        page.get_by_label("Adresse e-mail").fill(email)
        page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
        press(page, "Se connecter")
        page.wait_for_url(lambda url: "/connexion" not in url)
        if address != "/":
            page.goto(address)


def _cohort(auditor: Page, reference: str) -> str:
    """The address of that cohort in the reading room."""
    auditor.goto("/audit/")
    press(auditor, "Entrer")
    found = auditor.get_by_role("link", name=f"Lire {reference}")
    return found.get_attribute("href") or ""


def _open(auditor: Page, reference: str, indicator: str) -> None:
    auditor.goto(_cohort(auditor, reference))
    words = re.compile(indicator, re.IGNORECASE)
    auditor.locator("a.index-entry").filter(has_text=words).first.click()


def _pressing(sentences: set[str]) -> set[str]:
    """What is late or to be looked at in the cohort itself: the house has its own planted gaps."""
    coming = PieceStatus.UPCOMING.label
    elsewhere = [gap for gap, _ in PLANTED if not gap.cohort]
    return {
        one
        for one in sentences
        if not one.startswith(coming) and not any(_is_told(gap, {one}) for gap in elsewhere)
    }


def _is_told(gap: Gap, sentences: set[str]) -> bool:
    """Whether a sentence tells of that piece, for that person, in that status."""
    start = f"{gap.status.label} {catalogue().piece(gap.piece).title}"
    about = [one for one in sentences if one.startswith(start)]
    is_named = gap.who != "la session" and gap.status is not PieceStatus.REVIEW
    return any(gap.who in one for one in about) if is_named else len(about) == 1
