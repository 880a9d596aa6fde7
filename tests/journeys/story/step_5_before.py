"""Before the first day: positioning on a phone, an accommodation, joining instructions."""

from playwright.sync_api import expect

from tests.journeys.steps import (
    INES,
    MARTA,
    NADIA,
    House,
    People,
    Shoot,
    answer_all,
    errors,
    fill,
    go_to,
    open_as,
    opened,
    press,
    title,
    told,
)
from tests.journeys.story.step_2_adaptation import PAUL

NEED = "Je lis difficilement les petits caractères projetés."


def test_5_positioning_is_sent(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-01T09:00:00+02:00")
    office, base = people("office"), house.notes["cohort"]
    open_as(office, "helene@atelier.example.org", f"{base}/positionnement")
    shoot(office, "avant")
    press(office, "Envoyer à ceux qui ne l’ont pas reçu")
    expect(office.get_by_text("attendue")).to_have_count(3)
    shoot(office, "envoye")


def test_5_positioning_on_a_phone(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-02T20:15:00+02:00")
    nadia, office = people("Nadia", 390), people("office")
    nadia.goto(house.last_link(NADIA))
    shoot(nadia, "accueil")
    press(nadia, "Commencer")
    press(nadia, "Continuer")
    expect(errors(nadia)).to_contain_text("Quelques mots suffisent")
    shoot(nadia, "sans-reponse")
    nadia.get_by_role("textbox").fill("Animer la CTG")
    press(nadia, "Continuer")
    told(nadia, "Depuis combien de temps")
    shoot(nadia, "choix")
    # she closes, and comes back by the same link
    nadia.goto(house.last_link(NADIA))
    press(nadia, "Reprendre")
    expect(nadia.get_by_role("textbox")).to_have_value("Animer la CTG")
    nadia.get_by_role("textbox").fill("Mobiliser les élus autour de la CTG")
    answer_all(nadia, "Mobiliser les élus")
    shoot(nadia, "merci")
    office.reload()
    press(office, "Lire Nadia Benali")
    told(office, "Mobiliser les élus")
    shoot(office, "reponses")


def test_5_an_accommodation(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-03T08:10:00+02:00")
    marta, officer, office = people("Marta", 390), people("référent"), people("office")
    marta.goto(house.last_link(MARTA))
    press(marta, "Commencer")
    press(marta, "J’ai besoin d’un aménagement")
    fill(marta, need=NEED, contact="Par téléphone, le soir")
    press(marta, "Envoyer")
    expect(errors(marta)).to_be_visible()
    shoot(marta, "accord-manquant")
    marta.get_by_role("checkbox", name="J’accepte").check()
    press(marta, "Envoyer")
    shoot(marta, "demande")
    open_as(officer, PAUL, "/adaptations/amenagements")
    officer.get_by_role("link", name="Marta Lopes").click()
    told(officer, NEED)
    shoot(officer, "lecture")
    officer.get_by_role("radio", name="Des mesures sont prises").check()
    fill(officer, measures="Supports imprimés en gros caractères, place au premier rang.")
    press(officer, "Enregistrer la réponse")
    press(officer, "Prévenir les formateurs")
    told(officer, "Message envoyé à")
    shoot(officer, "mesures")
    office.goto(f"{house.notes['cohort']}")
    expect(office.locator("body")).not_to_contain_text("petits caractères")
    office.goto("/journal")
    expect(office.locator("body")).not_to_contain_text("petits caractères")
    for person, email in ((marta, MARTA), (people("Inès", 390), INES)):
        person.goto(house.last_link(email))
        press(person, "Commencer")
        answer_all(person, "Un réseau qui dure")


def test_5_joining_instructions(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-04T09:00:00+02:00")
    office, nadia, base = people("office"), people("Nadia", 390), house.notes["cohort"]
    office.goto(f"{base}/convocations")
    shoot(office, "a-envoyer")
    press(office, "Envoyer à 3 stagiaires")
    told(office, "3 convocations envoyées", 90_000)
    shoot(office, "envoyees")
    nadia.goto(house.last_link(NADIA))
    title(nadia, "Votre convocation")
    for words in ("Salle Loire", "17 septembre 2026", "9 h", "Tram B", "Paul Ribeiro"):
        told(nadia, words)
    shoot(nadia, "convocation")
    for name in ("Votre convocation", "Règlement intérieur", "Livret d’accueil", "Procédure"):
        assert opened(nadia, name).startswith(b"%PDF"), name
    office.reload()
    expect(office.get_by_role("row", name="Nadia Benali")).to_contain_text("4 sept")
    shoot(office, "ouverte")
