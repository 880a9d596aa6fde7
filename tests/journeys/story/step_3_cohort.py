"""The cohort: its half-days, who teaches, who buys, who comes, who comes instead."""

import io
import re
from datetime import date

from openpyxl import Workbook
from playwright.sync_api import expect

from tests.journeys.steps import House, People, Shoot, errors, fill, go_to, press, title, told

# as the client’s spreadsheet has it: a title first, its own names of columns in its own order
TITLES = ("PRÉNOM", "Adresse mél", "Né(e) le", "nom de famille", "Poste", "Badge")
NADIA_LINE = ("Nadia", "nadia@caf.example.org", date(1988, 4, 3), "Benali", "Chargée de mission", 7)
FAULTY = (
    NADIA_LINE,
    ("Hugo", "hugo@", "31/02/1990", "Tessier", "Chargé de coopération", 8),
    NADIA_LINE,
    ("Élise", "elise@caf.example.org", date(1990, 5, 2), None, "", 9),
)
WRONG = (  # line of the sheet, title of its column, what is said
    ("4", "Adresse mél", "hugo@"),
    ("4", "Né(e) le", "31/02/1990"),
    ("5", "Adresse mél", "déjà à la ligne 3"),
    ("6", "nom de famille", "vide"),
)
RIGHT = (
    NADIA_LINE,
    ("Hugo", "hugo@caf.example.org", date(1990, 2, 28), "Tessier", "Chargé de coopération", 8),
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
    told(office, "CAF de l’Aubrée")  # who asked for this programme buys it
    shoot(office, "creee")


def test_3_the_request_has_joined_by_itself(house: House, people: People, shoot: Shoot) -> None:
    office = people("office")
    office.goto(house.notes["request"])
    told(office, "CTG-ADA-2026-0001-2026-01")
    told(office, "rattachée à la session")
    expect(office.get_by_role("link", name="Rattacher")).to_have_count(0)
    shoot(office, "demande")
    office.goto(f"{house.notes['cohort']}/preuves")
    told(office, "Analyse du besoin")
    shoot(office, "couverture")


def test_3_trainer_and_client(house: House, people: People, shoot: Shoot) -> None:
    office, base = people("office"), house.notes["cohort"]
    office.goto(f"{base}/intervenants")
    office.get_by_label("Formateur ou formatrice").select_option(index=1)
    press(office, "Affecter")
    told(office, "Claire Vasseur")
    shoot(office, "formatrice")
    office.goto(f"{base}/clients")
    shoot(office, "clients")
    told(office, "CAF de l’Aubrée")
    office.get_by_role("link", name=re.compile("Prix et contact")).first.click()
    fill(office, price="quatre mille")
    office.locator("main form .btn-primary").first.click()
    told(office, "Écrivez le montant ainsi")
    fill(office, price="4 800")
    contact = office.get_by_label("Contact pour cette session").locator("option:checked")
    expect(contact).to_contain_text("Sophie Delorme")  # it is she who asked
    office.locator("main form .btn-primary").first.click()
    told(office, "4 800")
    shoot(office, "prix")


def test_3_a_faulty_list(house: House, people: People, shoot: Shoot) -> None:
    office, base = people("office"), house.notes["cohort"]
    office.goto(f"{base}/stagiaires")
    shoot(office, "personne")
    press(office, "Importer une liste")
    _send(people, b"%PDF-1.4 not a list", "stagiaires.xlsx")
    expect(errors(office)).to_be_visible()
    shoot(office, "pas-une-liste")
    _send(people, _workbook(FAULTY))
    told(office, "4 points à corriger")
    told(office, "Rien n’est inscrit")
    rows = office.get_by_role("table", name="Points à corriger").locator("tbody tr")
    expect(rows).to_have_count(len(WRONG))
    for rank, (line, column, words) in enumerate(WRONG):
        cells = rows.nth(rank).locator("td, th")
        expect(cells.nth(0)).to_have_text(line)
        expect(cells.nth(1)).to_have_text(column)
        expect(cells.nth(2)).to_contain_text(words)
    told(office, "Badge")  # a column that means nothing here is said to be left aside
    shoot(office, "a-corriger")
    office.goto(f"{base}/stagiaires")
    told(office, "Personne n’est inscrit")


def test_3_the_right_list(house: House, people: People, shoot: Shoot) -> None:
    office, base = people("office"), house.notes["cohort"]
    office.goto(f"{base}/stagiaires/importer")
    shoot(office, "envoyer")
    _send(people, _workbook(RIGHT))
    told(office, "2 personnes seront inscrites")
    told(office, "28/02/1990")
    shoot(office, "verifier")
    press(office, "Inscrire 2")
    told(office, "Hugo Tessier")
    shoot(office, "inscrits")


def test_3_one_by_one(house: House, people: People, shoot: Shoot) -> None:
    office, base = people("office"), house.notes["cohort"]
    office.get_by_role("link", name="Inscrire quelqu’un").click()
    for first, last, address, payer in (
        ("Marta", "Lopes", "marta@lopes.example.org", "Le stagiaire, à ses frais"),
        ("Yann", "Le Goff", "yann@caf.example.org", "CAF de l’Aubrée"),
    ):
        office.goto(f"{base}/stagiaires/inscrire")
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
        office.get_by_role("radio", name=payer).check()
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


def _send(people: People, content: bytes, name: str = "participants CAF.xlsx") -> None:
    office = people("office")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    office.get_by_label("Fichier").set_input_files(
        {"name": name, "mimeType": kind, "buffer": content}
    )
    press(office, "Continuer")


def _workbook(people: tuple[tuple[object, ...], ...]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("Participants CTG, septembre",), TITLES, *people):
        sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()
