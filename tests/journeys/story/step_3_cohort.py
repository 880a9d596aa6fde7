"""The cohort: its half-days, who teaches, who buys, who comes, who comes instead."""

import re

from playwright.sync_api import expect

from tests.journeys.steps import House, People, Shoot, errors, fill, go_to, press, title, told

LIST = (
    "Nom;Prénom;Date de naissance;Courriel\n"
    "Benali;Nadia;03/04/1988;nadia@caf.example.org\n"
    "Tessier;Hugo;31/02/1990;hugo@\n"
    "Benali;Nadia;03/04/1988;nadia@caf.example.org\n"
)
THEMES = ("Panorama des pratiques", "Les deux facettes", "Étude de cas locale", "Défis à relever")


def test_3_cohort(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-15T10:00:00+02:00")
    office = people("office")
    office.goto("/sessions/")
    shoot(office, "aucune")
    office.get_by_role("link", name="Nouvelle session").first.click()
    adapted = office.get_by_label("Programme").locator("option").filter(has_text="ADA").first
    office.get_by_label("Programme").select_option(adapted.get_attribute("value"))
    fill(office, starts_on="2026-09-17")
    press(office, "Continuer")
    for rank, theme in enumerate(THEMES):
        fill(office, **{f"half_days-{rank}-theme": theme})
    expect(office.locator('[name$="-theme"]')).to_have_count(4)
    office.locator('[name="place_id"]').first.select_option(label="Salle Loire")
    fill(office, **{"half_days-3-starts": "17:00", "half_days-3-ends": "13:30"})
    press(office, "Créer la session")
    expect(errors(office)).to_contain_text("précède")
    shoot(office, "heures-fausses")
    fill(office, **{"half_days-3-starts": "14:00", "half_days-3-ends": "17:30"})
    fill(office, practical_info="Déjeuner pris ensemble, à votre charge. Tram B, arrêt Bourse.")
    press(office, "Créer la session")
    office.wait_for_url(re.compile(r"/sessions/\d+$"))
    house.notes["cohort"] = office.url
    for theme in THEMES:
        told(office, theme)
    shoot(office, "creee")


def test_3_trainer_and_client(house: House, people: People, shoot: Shoot) -> None:
    office, base = people("office"), house.notes["cohort"]
    office.goto(f"{base}/intervenants")
    office.get_by_label("Formateur ou formatrice").select_option(index=1)
    press(office, "Affecter")
    told(office, "Claire Vasseur")
    shoot(office, "formatrice")
    office.goto(f"{base}/clients")
    shoot(office, "clients")
    office.get_by_role("searchbox").fill("CAF")
    press(office, "Chercher")
    press(office, "Ajouter : CAF de l’Aubrée")
    told(office, "CAF de l’Aubrée")
    office.get_by_role("link", name=re.compile("Prix et contact")).first.click()
    fill(office, price="quatre mille")
    office.locator("main form .btn-primary").first.click()
    told(office, "Écrivez le montant ainsi")
    fill(office, price="4 800")
    office.get_by_label("Contact pour cette session").select_option(index=1)
    office.locator("main form .btn-primary").first.click()
    told(office, "4 800")
    shoot(office, "prix")
    office.goto(house.notes["request"])
    press(office, "Rattacher")
    shoot(office, "rattacher-la-demande")
    office.locator("main form .btn-primary").click()
    told(office, "CTG-ADA-2026-0001-2026-01")
    shoot(office, "demande-rattachee")


def test_3_a_faulty_list(house: House, people: People, shoot: Shoot) -> None:
    office, base = people("office"), house.notes["cohort"]
    office.goto(f"{base}/stagiaires")
    shoot(office, "personne")
    press(office, "Importer une liste")
    _send(people, LIST)
    told(office, "hugo@")
    told(office, "31/02/1990")
    lines = office.get_by_role("table").first.get_by_role("row")
    for line, column in (("3", "Date de naissance"), ("3", "Courriel"), ("4", "")):
        expect(lines.filter(has_text=column).filter(has_text=line).first).to_be_visible()
    told(office, "Rien n’est inscrit")
    shoot(office, "a-corriger")
    office.goto(f"{base}/stagiaires")
    told(office, "Personne n’est inscrit")


def test_3_the_right_list(house: House, people: People, shoot: Shoot) -> None:
    office, base = people("office"), house.notes["cohort"]
    office.goto(f"{base}/stagiaires/importer")
    shoot(office, "envoyer")
    _send(
        people,
        "Prénom,nom,E-mail,fonction\n"
        "Nadia,Benali,nadia@caf.example.org,Chargée de coopération\n"
        "Hugo,Tessier,hugo@caf.example.org,Chargé de coopération\n",
    )
    shoot(office, "verifier")
    press(office, "Inscrire 2")
    told(office, "Hugo Tessier")
    shoot(office, "inscrits")


def test_3_one_by_one(house: House, people: People, shoot: Shoot) -> None:
    office, base = people("office"), house.notes["cohort"]
    office.get_by_role("link", name="Inscrire quelqu’un").click()
    for first, last in (("Marta", "Lopes"), ("Yann", "Le Goff")):
        office.goto(f"{base}/stagiaires/inscrire")
        address = f"{first.lower()}@caf.example.org"
        office.get_by_label("Adresse électronique ou nom").fill(address)
        press(office, "Chercher")
        told(office, "Personne n’est connu")
        press(office, "Inscrire une nouvelle personne")
        if first == "Marta":
            press(office, "Inscrire")
            expect(errors(office)).to_contain_text("Indiquez le prénom")
            expect(office.get_by_label("Adresse électronique")).to_have_value(address)
            shoot(office, "a-completer")
        fill(office, first_name=first, last_name=last, email=address)
        office.get_by_role("radio", name="CAF de l’Aubrée").check()
        office.locator("main form .btn-primary").click()
        told(office, f"{first} {last}")


def test_3_withdrawal_and_replacement(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-22T10:00:00+02:00")
    office, base = people("office"), house.notes["cohort"]
    office.goto(f"{base}/stagiaires")
    office.get_by_role("link", name="Départ de Yann Le Goff").click()
    fill(office, on="2026-06-22", reason="Mutation dans un autre service.")
    shoot(office, "depart")
    press(office, "Noter le départ")
    told(office, "désistement")
    office.get_by_role("link", name="Remplacer Hugo Tessier").click()
    fill(
        office,
        first_name="Inès",
        last_name="Caron",
        email="ines@caf.example.org",
        on="2026-06-22",
        reason="Hugo est retenu par une réunion du conseil.",
    )
    shoot(office, "remplacement")
    press(office, "Enregistrer le remplacement")
    told(office, "Inès Caron vient à sa place")
    shoot(office, "stagiaires")
    office.goto(base)
    title(office, "Réseau départemental")
    told(office, "3 stagiaires")
    shoot(office, "session")


def _send(people: People, text: str) -> None:
    office = people("office")
    office.get_by_label("Fichier").set_input_files(
        {"name": "stagiaires.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    press(office, "Continuer")
