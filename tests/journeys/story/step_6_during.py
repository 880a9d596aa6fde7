"""Two days in the room: a phone in the trainer's hand, another in each trainee's."""

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.steps import (
    CLAIRE,
    HELENE,
    MARTA,
    NADIA,
    House,
    People,
    Shoot,
    draw_signature,
    errors,
    fill,
    go_to,
    open_as,
    press,
    sign_with_name,
    title,
    told,
)

FIRST = "2026-09-17"
SECOND = "2026-09-18"


def test_6_nobody_signs_before_the_start(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, f"{FIRST}T08:50:00+02:00")
    trainer, nadia = people("formatrice", 390), people("Nadia", 390)
    open_as(trainer, CLAIRE, "/emargement/")
    title(trainer, "Ma journée")
    shoot(trainer, "journee")
    _half_day(house, trainer, "matin")
    told(trainer, "La signature ouvre à 9 h")
    shoot(trainer, "avant-l-heure")
    trainer.goto(f"{house.notes['half_day']}/clore")
    told(trainer, "Elle se clôt une fois commencée")
    trainer.goto(f"{house.notes['half_day']}/liens")
    press(trainer, "Envoyer 3 liens")
    nadia.goto(house.last_link(NADIA))
    title(nadia, "La signature ouvre à 9 h")
    expect(nadia.get_by_role("button", name="Signer")).to_have_count(0)
    shoot(nadia, "trop-tot")


def test_6_present_late_absent(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, f"{FIRST}T09:25:00+02:00")
    trainer = people("formatrice", 390)
    trainer.goto(house.notes["half_day"])
    told(trainer, "gros caractères")  # what to do for someone, never why
    _mark(trainer, "Nadia Benali", "Présence")
    told(trainer, "1 présence")
    trainer.get_by_role("link", name="Inès Caron").click()
    trainer.get_by_role("radio", name="Retard", exact=True).check()
    press(trainer, "Noter")
    told(trainer, "minutes")
    expect(errors(trainer)).to_be_visible()
    shoot(trainer, "retard-sans-minutes")
    fill(trainer, minutes_late="20", reason="Train retardé")
    press(trainer, "Noter")
    trainer.get_by_role("link", name="Marta Lopes").click()
    trainer.get_by_role("radio", name="Absence").check()
    fill(trainer, reason="Retenue par son service jusqu’à midi")
    shoot(trainer, "absence")
    press(trainer, "Noter")
    told(trainer, "2 présences · 1 absence")
    shoot(trainer, "pointage")


def test_6_signing_by_link_and_on_the_trainers_phone(
    house: House, people: People, shoot: Shoot
) -> None:
    trainer, nadia = people("formatrice", 390), people("Nadia", 390)
    nadia.goto(house.last_link(NADIA))
    press(nadia, "Signer")
    expect(errors(nadia)).to_be_visible()
    sign_with_name(nadia, "Nadia Benali")
    shoot(nadia, "a-signer")
    press(nadia, "Signer")
    title(nadia, "Vous avez signé à 9 h 25")
    shoot(nadia, "signe")
    trainer.goto(house.notes["half_day"])
    press(trainer, "Faire signer ici")
    shoot(trainer, "qui-signe")
    expect(trainer.get_by_role("link", name="Nadia Benali")).to_have_count(0)
    trainer.get_by_role("link", name="Inès Caron").click()
    draw_signature(trainer)
    shoot(trainer, "dessinee")
    press(trainer, "Signer")
    title(trainer, "Merci, Inès")
    press(trainer, "Rendre l’appareil")
    told(trainer, "2 signatures")


def test_6_the_trainer_closes(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, f"{FIRST}T12:31:00+02:00")
    trainer = people("formatrice", 390)
    trainer.goto(house.notes["half_day"])
    press(trainer, "Clore la demi-journée")
    told(trainer, "Inès Caron")
    press(trainer, "Signer et clore")
    expect(errors(trainer)).to_be_visible()
    draw_signature(trainer)
    shoot(trainer, "clore")
    press(trainer, "Signer et clore")
    told(trainer, "Close le 17 septembre 2026 à 12 h 31")
    shoot(trainer, "close")


def test_6_someone_forgets_to_sign(house: House, people: People, shoot: Shoot) -> None:
    trainer = people("formatrice", 390)
    go_to(house, f"{FIRST}T14:05:00+02:00")
    _half_day(house, trainer, "après-midi")
    press(trainer, "Noter les 3 présences restantes")
    told(trainer, "3 présences")
    for name in ("Nadia Benali", "Inès Caron"):
        _sign_here(house, trainer, name)
    go_to(house, f"{FIRST}T17:32:00+02:00")
    trainer.goto(f"{house.notes['half_day']}/clore")
    sign_with_name(trainer, "Claire Vasseur")
    press(trainer, "Signer et clore")
    expect(errors(trainer)).to_contain_text("Marta Lopes")
    shoot(trainer, "il-manque-une-signature")
    trainer.get_by_role("checkbox", name="Marta Lopes").check()
    sign_with_name(trainer, "Claire Vasseur")
    press(trainer, "Signer et clore")
    told(trainer, "1 signature reste")
    press(trainer, "Renvoyer les liens")
    press(trainer, "Envoyer 1 lien")
    office = people("office")
    open_as(office, HELENE, f"{house.notes['cohort']}/emargement")
    told(office, "Signatures qui manquent")
    shoot(office, "grille")


def test_6_a_late_signature_says_so(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, f"{SECOND}T08:40:00+02:00")
    marta = people("Marta", 390)
    marta.goto(house.last_link(MARTA))
    title(marta, "Votre signature manque")
    sign_with_name(marta, "Marta Lopes")
    press(marta, "Signer")
    expect(errors(marta)).to_be_visible()
    shoot(marta, "motif-attendu")
    fill(marta, late_reason="Partie prendre mon train, j’ai oublié.")
    sign_with_name(marta, "Marta Lopes")
    press(marta, "Signer")
    told(marta, "Signature régularisée le 18 septembre 2026 à 8 h 40")
    shoot(marta, "regularisee")


def test_6_the_second_day(house: House, people: People, shoot: Shoot) -> None:
    trainer, nadia = people("formatrice", 390), people("Nadia", 390)
    for opens, closes, period in (("09:03", "12:32", "matin"), ("14:02", "17:33", "après-midi")):
        go_to(house, f"{SECOND}T{opens}:00+02:00")
        _half_day(house, trainer, period)
        press(trainer, "Noter les 3 présences restantes")
        told(trainer, "3 présences")
        nadia.goto(house.last_link(NADIA))
        sign_with_name(nadia, "Nadia Benali")
        press(nadia, "Signer")
        title(nadia, "Vous avez signé")
        for name in ("Inès Caron", "Marta Lopes"):
            _sign_here(house, trainer, name)
        go_to(house, f"{SECOND}T{closes}:00+02:00")
        trainer.goto(f"{house.notes['half_day']}/clore")
        sign_with_name(trainer, "Claire Vasseur")
        press(trainer, "Signer et clore")
        told(trainer, "Close le 18 septembre 2026")
    trainer.goto("/emargement/")
    shoot(trainer, "journee-finie")


def test_6_the_sheet(house: House, people: People, shoot: Shoot) -> None:
    office = people("office")
    open_as(office, HELENE, f"{house.notes['cohort']}/emargement")
    told(office, "4 demi-journées closes sur 4")
    told(office, "régularisé")
    shoot(office, "grille")
    office.get_by_role("link", name=re.compile("Après-midi|après-midi")).first.click()
    told(office, "Partie prendre mon train")
    shoot(office, "demi-journee")
    office.goto(f"{house.notes['cohort']}/emargement")
    if office.get_by_role("link", name="Ouvrir la feuille").count() == 0:
        press(office, "Établir la feuille")
    address = office.get_by_role("link", name="Ouvrir la feuille").get_attribute("href") or ""
    paper = office.request.get(address).body()
    house.notes["sheet"] = paper
    pages = [re.sub(r"\s+", " ", one.extract_text()) for one in PdfReader(io.BytesIO(paper)).pages]
    assert len(pages) == 2, f"{len(pages)} pages for two days"
    assert "17 septembre 2026" in pages[0]
    assert "18 septembre 2026" in pages[1]
    assert "Absence, motif donné" in pages[0]
    assert "Partie prendre mon train" in pages[0]


def _half_day(house: House, trainer: Page, period: str) -> None:
    """Open today's half-day on the trainer's phone."""
    open_as(trainer, CLAIRE, "/emargement/")
    today = trainer.locator("section", has=trainer.get_by_role("heading", name="Aujourd’hui"))
    today.get_by_role("link", name=re.compile(period, re.IGNORECASE)).first.click()
    trainer.wait_for_url(re.compile(r"/emargement/\d+$"))
    house.notes["half_day"] = trainer.url


def _mark(trainer: Page, name: str, word: str) -> None:
    trainer.get_by_role("group", name=name).get_by_text(word, exact=True).click()


def _sign_here(house: House, trainer: Page, name: str) -> None:
    """Sign on the trainer's device."""
    trainer.goto(f"{house.notes['half_day']}/signer")
    trainer.get_by_role("link", name=name).click()
    sign_with_name(trainer, name)
    press(trainer, "Signer")
    title(trainer, "Merci")
