"""One real cohort, from the first run to the auditor: each step as its people would do it."""

import re
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
        vat_status="exempt-3511",
        disability_officer="Paul Ribeiro",
        disability_email="handicap@atelier.example.org",
        admin_name="Hélène Marchand",
        admin_email="helene@atelier.example.org",
        password=PASSWORD,
    )
    shoot(page, "rempli")
    press(page, "Installer")
    expect(page.get_by_role("heading", level=1)).to_contain_text("premiers pas", ignore_case=True)
    shoot(page, "apres")


def test_0_the_house_is_furnished(house: House, people: People, shoot: Shoot) -> None:
    page = people("office")
    page.goto("/organisme/documents")
    shoot(page, "documents")
    links = page.locator("main a[href$='/publier']")
    addresses = [links.nth(rank).get_attribute("href") for rank in range(links.count())]
    assert len(addresses) == 3
    for address in addresses:
        page.goto(address or "")
        proposed = page.locator('[name="text"]').input_value()
        page.locator('[name="text"]').fill(re.sub(r"\[[^\]]*\]", "Hélène Marchand", proposed))
        fill(page, in_force_from="2026-06-01")
        page.get_by_role("button", name="Publier la version 1").click()
        expect(page.locator("main .alert")).to_be_visible()
    page.goto("/organisme/lieux/ajouter")
    fill(page, name="Salle Loire", address="12 rue des Tilleuls, 33000 Bordeaux")
    press(page, "Enregistrer")
    page.goto("/personnes/formateurs/ajouter")
    fill(
        page,
        first_name="Claire",
        last_name="Vasseur",
        email="claire@atelier.example.org",
        titles="Master en ingénierie du développement territorial",
    )
    press(page, "Enregistrer")
    fill(
        page,
        skill="Animation participative",
        shown_by="Dix ans d’animation de réseaux, CV",
        checked_on="2026-06-01",
    )
    press(page, "Ajouter la compétence")
    expect(page.locator("main")).to_contain_text("Animation participative")
    shoot(page, "competence")


def test_1_programme(house: House, people: People, shoot: Shoot) -> None:
    page = people("office")
    page.goto("/formations/nouvelle")
    fill(page, title="Réseau départemental des chargés de coopération CTG", reference="CTG")
    press(page, "Créer et compléter la fiche")
    shoot(page, "brouillon")
    fill(
        page,
        summary="Deux jours pour faire communauté et préciser le métier.",
        audience="Chargés et chargées de coopération d’un même département.",
        prerequisites="Aucun",
        objectives="Situer ses missions parmi celles de ses pairs\n"
        "Comparer trois pratiques et en choisir une à essayer\n"
        "Formuler un défi individuel et un défi collectif",
        duration_minutes="14 h",
        days="2",
        methods="Alternance d’apports et de mises en pratique, seul et en groupe.",
        means="Salle équipée ; dossier ressource remis sous forme dématérialisée.",
        assessment="Étude de cas évaluée par la formatrice, objectif par objectif.",
        monitoring="Émargement par demi-journée.",
        recognition="attestation",
        price="4800",
        financing="Budget de formation de la collectivité.",
        access_delay="Six semaines entre la demande et le premier jour.",
        access_terms="Sur demande, par la page publique.",
        accessibility="Locaux accessibles ; le référent handicap est à l’écoute.",
        contact="contact@atelier.example.org, 05 56 00 00 00",
        required_skills="Animation participative",
    )
    for rank, (day, title) in enumerate(((1, "Le métier aujourd’hui"), (2, "Le métier demain"))):
        if page.locator(f'[name="contents-{rank}-title"]').count() == 0:
            press(page, "Ajouter une partie")
        fill(
            page,
            **{
                f"contents-{rank}-day": str(day),
                f"contents-{rank}-title": title,
                f"contents-{rank}-points": "Panorama des pratiques\nLeviers de changement",
            },
        )
    page.locator('[name="trainers"]').first.check()
    press(page, "Enregistrer et relire")
    shoot(page, "complet")
    page.locator('[name="in_force_from"]').fill("2026-06-01")
    press(page, "Publier")
    shoot(page, "publie")
    visitor = people("visiteur")
    visitor.goto("/")
    shoot(visitor, "catalogue")
    visitor.get_by_role("link", name="Réseau départemental").first.click()
    expect(visitor.locator("main")).to_contain_text("Comparer trois pratiques")
    shoot(visitor, "public")


def test_2_adaptation(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-04T10:00:00+02:00")
    visitor = people("visiteur")
    press(visitor, "Demander une version adaptée")
    fill(
        visitor,
        organisation="CAF de l’Aubrée",
        contact_name="Sophie Delorme",
        contact_quality="Directrice de l’action sociale",
        email="sophie@caf.example.org",
        context="Deuxième CTG, équipes renouvelées.",
        audience="Douze chargés de coopération",
        headcount="12",
        wished_dates="Septembre",
        wished_place="Angoulême",
        wished_changes="Une étude de cas locale le jour 2.",
    )
    shoot(visitor, "demande")
    press(visitor, "Envoyer ma demande")
    shoot(visitor, "merci")
    office = people("office")
    office.goto("/adaptations/")
    shoot(office, "liste")
    office.locator("main table a, main .rows a").first.click()
    shoot(office, "dossier")
    house.notes["request"] = office.url
    base = office.url
    office.goto(f"{base}/accuser-reception")
    press(office, "Envoyer l’accusé de réception")
    office.goto(f"{base}/client/nouveau")
    fill(
        office,
        siret="732 829 320 00074",
        kind="public-body",
        address="1 place de la République",
        postcode="16000",
        city="Angoulême",
    )
    office.locator("main form button").last.click()
    go_to(house, "2026-06-10T10:00:00+02:00")
    office.goto(f"{base}/besoin")
    fill(
        office,
        held_on="2026-06-09",
        with_whom="Sophie Delorme",
        led_by="Hélène Marchand",
        context="Renouvellement de la CTG.",
        sponsor_expectations="Un réseau qui se réunit sans nous.",
        trainee_expectations="Des outils pour animer.",
        constraints="Deux jours consécutifs, à Angoulême.",
        level="Hétérogène, de six mois à quatre ans de pratique.",
        conclusions="Le programme convient ; étude de cas locale à écrire.",
    )
    office.locator("main form button").last.click()
    go_to(house, "2026-06-11T10:00:00+02:00")
    office.goto(f"{base}/decision")
    fill(office, outcome="accepted", reason="La demande tient dans les deux jours prévus.")
    office.locator('[name="promises"]').fill("Étude de cas locale, jour 2")
    shoot(office, "decision")
    press(office, "Enregistrer et répondre")
    shoot(office, "decide")
    office.goto(base)
    office.locator("form[action$='/programme'] button").first.click()
    shoot(office, "adapte")
