"""The organisation is set up: who it is, its documents, a place, a trainer, who may sign in."""

import re

from playwright.sync_api import expect

from admin_app.organisation import installation_code
from admin_app.organisation.house import KINDS
from tests.journeys.steps import (
    CLAIRE,
    PASSWORD,
    House,
    People,
    Shoot,
    accept_invitation,
    errors,
    fill,
    go_to,
    press,
    title,
    told,
)

QUALITY = "samir@atelier.example.org"


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
        siret="732 829 320 00075",
        activity_number="75 33 12345 33",
        activity_region="Nouvelle-Aquitaine",
        address="12 rue des Tilleuls",
        postcode="33000",
        city="Bordeaux",
        email="contact@atelier.example.org",
        representative="Hélène Marchand",
        representative_quality="gérante",
        vat_status="exempt-3511",
        disability_officer="Paul Ribeiro",
        disability_email="handicap@atelier.example.org",
        admin_name="Hélène Marchand",
        admin_email="helene@atelier.example.org",
        password=PASSWORD,
    )
    press(page, "Installer")
    expect(errors(page)).to_contain_text("SIRET")
    expect(page.get_by_label("Nom de l’organisme")).to_have_value("Atelier des Territoires")
    shoot(page, "siret-faux")
    fill(page, siret="732 829 320 00074", code=code, password=PASSWORD)
    press(page, "Installer")
    title(page, "premiers pas")
    shoot(page, "premiers-pas")


def test_0_house_documents(house: House, people: People, shoot: Shoot) -> None:
    page = people("office")
    page.goto("/organisme/documents")
    shoot(page, "avant")
    links = page.locator("main a[href$='/publier']")
    addresses = [links.nth(rank).get_attribute("href") or "" for rank in range(links.count())]
    assert len(addresses) == len(KINDS)
    for rank, address in enumerate(addresses):
        page.goto(address)
        text = page.get_by_label("Texte")
        proposed = text.input_value()
        fill(page, in_force_from="2026-06-01")
        if rank == 0:  # what remains to be adapted is refused, and kept
            press(page, "Publier la version 1")
            expect(errors(page)).to_contain_text("À adapter")
            shoot(page, "passages-a-adapter")
        text.fill(re.sub(r"\[[^\]]*\]", "Hélène Marchand", proposed))
        press(page, "Publier la version 1")
        expect(page.locator("main .alert")).to_be_visible()
    page.goto("/organisme/documents")
    expect(page.get_by_text("version 1")).to_have_count(len(KINDS))
    shoot(page, "apres")
    page.get_by_role("link", name="Lire : Règlement intérieur").click()
    shoot(page, "lire")
    link = page.locator("a[href$='.pdf']").first
    assert page.request.get(link.get_attribute("href") or "").body().startswith(b"%PDF")


def test_0_place_and_trainer(people: People, shoot: Shoot) -> None:
    page = people("office")
    page.goto("/organisme/lieux/ajouter")
    fill(
        page,
        name="Salle Loire",
        address="12 rue des Tilleuls, 33000 Bordeaux",
        accessibility="Entrée de plain-pied, sanitaires adaptés, place réservée devant la porte.",
        equipment="Vidéoprojecteur, tables modulables.",
    )
    press(page, "Enregistrer")
    told(page, "Salle Loire")
    shoot(page, "lieux")
    page.goto("/personnes/formateurs/ajouter")
    press(page, "Enregistrer")
    expect(errors(page)).to_contain_text("Indiquez le prénom")
    fill(
        page,
        first_name="Claire",
        last_name="Vasseur",
        email=CLAIRE,
        status="employee",
        titles="Master en ingénierie du développement territorial",
        bio="Dix ans d’animation de réseaux de coopération.",
    )
    press(page, "Enregistrer")
    told(page, "compétences ne sont pas encore prouvées")
    fill(
        page,
        skill="Animation participative",
        shown_by="Dix ans d’animation de réseaux, CV",
        checked_on="2026-06-01",
    )
    press(page, "Ajouter la compétence")
    expect(page.get_by_text("Animation participative").first).to_be_visible()
    shoot(page, "formatrice")


def test_0_accounts(house: House, people: People, shoot: Shoot) -> None:
    office, trainer, quality = people("office"), people("formatrice", 390), people("qualité")
    office.get_by_role("link", name="Inviter à se connecter").click()
    shoot(office, "inviter")
    press(office, "Envoyer l’invitation")
    told(office, "Claire Vasseur")
    trainer.goto(house.last_link(CLAIRE))
    trainer.locator('[name="password"]').fill("azerty")
    press(trainer, "Ouvrir mon accès")
    expect(trainer.get_by_label("Mot de passe").first).to_be_visible()
    shoot(trainer, "mot-de-passe-faible")
    accept_invitation(house, trainer, CLAIRE)
    title(trainer, "Ma journée")
    shoot(trainer, "formatrice")
    trainer.goto(house.last_link(CLAIRE))
    shoot(trainer, "lien-deja-utilise")
    office.goto("/acces/inviter")
    fill(office, name="Samir Haddad", email=QUALITY)
    office.get_by_role("checkbox", name="Responsable qualité").check()
    press(office, "Envoyer l’invitation")
    shoot(office, "acces")
    accept_invitation(house, quality, QUALITY)
    quality.goto("/couverture")
    shoot(quality, "couverture-vide")
    assert quality.goto("/acces").status == 403  # type: ignore[union-attr]
    shoot(quality, "interdit")
