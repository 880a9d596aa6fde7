"""A client asks for a custom version, and gets it, with what differs from the standard one."""

import re

from playwright.sync_api import expect

from tests.journeys.steps import (
    SOPHIE,
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

PAUL = "handicap@atelier.example.org"
WISH = "Une étude de cas locale le jour 2."


def test_2_a_client_asks(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-04T10:00:00+02:00")
    visitor = people("visiteur")
    press(visitor, "Demander une version adaptée")
    fill(visitor, organisation="CAF de l’Aubrée", email="sophie@", context="Deuxième CTG.")
    press(visitor, "Envoyer ma demande")
    expect(errors(visitor)).to_contain_text("Votre nom")
    expect(errors(visitor)).to_contain_text("n’est pas une adresse")
    expect(visitor.get_by_label("Votre organisation")).to_have_value("CAF de l’Aubrée")
    shoot(visitor, "a-completer")
    fill(
        visitor,
        contact_name="Sophie Delorme",
        contact_quality="Directrice de l’action sociale",
        email=SOPHIE,
        context="Deuxième CTG, équipes renouvelées.",
        audience="Chargés de coopération des quatre intercommunalités",
        headcount="3",
        wished_dates="Septembre",
        wished_place="Bordeaux",
        wished_changes=WISH,
    )
    visitor.get_by_role("checkbox", name="besoins particuliers").check()
    press(visitor, "Envoyer ma demande")
    title(visitor, "bien arrivée")
    shoot(visitor, "merci")
    visitor.goto(house.last_link(SOPHIE))
    told(visitor, WISH)
    shoot(visitor, "suivi")


def test_2_the_request_is_handled(house: House, people: People, shoot: Shoot) -> None:
    office = people("office")
    office.goto("/aujourdhui")
    told(office, "Demandes à étudier")
    shoot(office, "aujourdhui")
    expect(office.get_by_role("link", name=re.compile("^Adaptations"))).to_contain_text("1")
    office.get_by_role("link", name=re.compile("^Adaptations")).click()
    shoot(office, "liste")
    office.get_by_role("link", name="CAF de l’Aubrée").first.click()
    title(office, "CAF de l’Aubrée")
    shoot(office, "dossier")
    house.notes["request"] = base = office.url
    press(office, "Accuser réception")
    fill(office, message="Je vous appelle mardi matin.")
    shoot(office, "accuser-reception")
    press(office, "Envoyer l’accusé de réception")
    assert "Je vous appelle mardi matin." in house.last_message(SOPHIE).body
    office.get_by_role("link", name="Rattacher").first.click()
    shoot(office, "rattacher")
    office.goto(f"{base}/client/nouveau")
    fill(
        office,
        siret="200 012 342 00017",
        kind="public-body",
        address="1 place de la République",
        postcode="16000",
        city="Angoulême",
    )
    office.locator("main form .btn-primary").click()
    expect(errors(office)).to_contain_text("SIRET")
    shoot(office, "nouveau-client")
    fill(office, siret="200 012 342 00016")
    office.locator("main form .btn-primary").click()
    expect(office).to_have_url(base)


def test_2_the_disability_officer_calls(house: House, people: People, shoot: Shoot) -> None:
    office, officer = people("office"), people("référent")
    office.goto("/acces/inviter")
    fill(office, name="Paul Ribeiro", email=PAUL)
    office.get_by_role("checkbox", name="Référent handicap").check()
    press(office, "Envoyer l’invitation")
    told(office, "Paul Ribeiro")
    accept_invitation(house, officer, PAUL)
    officer.goto("/adaptations/amenagements")
    shoot(officer, "a-appeler")
    press(officer, "Noter l’appel")
    told(officer, "Aucune demande d’aménagement")
    shoot(officer, "appele")
    office.goto(house.notes["request"])
    told(office, "appelé le")
    assert office.goto("/adaptations/amenagements").status == 403  # type: ignore[union-attr]


def test_2_the_need_is_analysed(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-10T10:00:00+02:00")
    office = people("office")
    office.goto(f"{house.notes['request']}/besoin")
    fill(
        office,
        held_on="2026-06-09",
        with_whom="Sophie Delorme",
        led_by="Hélène Marchand",
        context="Renouvellement de la CTG.",
        sponsor_expectations="Un réseau qui se réunit sans nous.",
        trainee_expectations="Des outils pour animer.",
        constraints="Deux jours consécutifs.",
        level="",
        conclusions="Le programme convient ; étude de cas locale à écrire.",
    )
    office.locator("main form .btn-primary").click()
    expect(errors(office)).to_contain_text("Niveau de départ")
    fill(office, level="Hétérogène, de six mois à quatre ans de pratique.")
    shoot(office, "analyse")
    office.locator("main form .btn-primary").click()
    expect(office).to_have_url(house.notes["request"])
    told(office, "étude de cas locale à écrire")
    shoot(office, "dossier")


def test_2_decision_and_adapted_programme(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-11T10:00:00+02:00")
    office, base = people("office"), house.notes["request"]
    office.goto(f"{base}/decision")
    office.get_by_role("radio", name="Accepter").check()
    press(office, "Enregistrer et répondre")
    expect(errors(office)).to_contain_text("Motivez la décision")
    fill(office, reason="La demande tient dans les deux jours prévus.")
    office.get_by_label("Adaptations promises").fill("Étude de cas locale, jour 2")
    shoot(office, "decision")
    press(office, "Enregistrer et répondre")
    told(office, "La demande tient dans les deux jours prévus")
    shoot(office, "decide")
    office.locator("form[action$='/programme'] button").first.click()
    fill(office, **{"contents-1-points": "Étude de cas locale\nDéfis à relever"})
    press(office, "Enregistrer et relire")
    shoot(office, "adapte-brouillon")
    fill(office, in_force_from="2026-06-11")
    press(office, "Publier")
    told(office, "publiée")
    shoot(office, "adapte-publie")
    office.goto(f"{base}/differences")
    told(office, "Étude de cas locale")
    told(office, "Panorama des pratiques")
    shoot(office, "differences")


def test_2_whoever_asked_follows(house: House, people: People, shoot: Shoot) -> None:
    visitor = people("visiteur")
    visitor.goto(house.last_link(SOPHIE))
    told(visitor, "La demande tient dans les deux jours prévus")
    told(visitor, "Étude de cas locale")
    shoot(visitor, "suivi")
    visitor.get_by_role("link", name="Lire le programme adapté en entier").click()
    told(visitor, "Défis à relever")
    shoot(visitor, "programme")
    # what was adapted for one client is not in the catalogue
    visitor.goto("/catalogue/")
    expect(visitor.get_by_role("link", name="Réseau départemental")).to_have_count(1)


def test_2_the_client_has_an_account(house: House, people: People, shoot: Shoot) -> None:
    office, client = people("office"), people("cliente")
    office.goto("/clients")
    shoot(office, "clients")
    office.get_by_role("link", name="CAF de l’Aubrée").click()
    shoot(office, "fiche-client")
    office.goto("/acces/inviter")
    fill(office, name="Sophie Delorme", email=SOPHIE)
    office.get_by_role("checkbox", name="Client").check()
    press(office, "Envoyer l’invitation")
    told(office, "Sophie Delorme")
    accept_invitation(house, client, SOPHIE)
    shoot(client, "accueil")
    client.goto("/espace/adaptations")
    told(client, "ADA-2026-0001")
    shoot(client, "demandes")


def test_2_she_asks_again_from_her_space(house: House, people: People, shoot: Shoot) -> None:
    """Who she is is known already; then she changes her mind, and that stays written."""
    go_to(house, "2026-06-12T10:00:00+02:00")
    client, office = people("cliente"), people("office")
    press(client, "Nouvelle demande")
    shoot(client, "choisir")
    press(client, "Choisir")
    expect(client.get_by_label("Votre organisation")).to_have_value("CAF de l’Aubrée")
    expect(client.locator('[name="email"]')).to_have_value(SOPHIE)
    fill(client, context="Une seconde équipe.", wished_changes="Une seule journée.")
    press(client, "Envoyer ma demande")
    expect(errors(client)).to_contain_text("Dites qui serait formé")
    expect(client.locator('[name="wished_changes"]')).to_have_value("Une seule journée.")
    fill(client, audience="Six conseillères et conseillers.")
    press(client, "Envoyer ma demande")
    told(client, "ADA-2026-0002")
    shoot(client, "envoyee")
    client.get_by_text("Retirer ma demande", exact=True).click()
    client.locator('[name="why"]').fill("Le budget est reporté d’un an.")
    shoot(client, "retirer")
    press(client, "Retirer la demande")
    told(client, "Demande retirée")
    shoot(client, "retiree")
    office.goto("/adaptations/?state=withdrawn")
    told(office, "ADA-2026-0002")
