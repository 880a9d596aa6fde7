"""One real cohort, from the first run to the auditor: each step as its people would do it."""

import re

import pytest
from playwright.sync_api import expect

from admin_app.organisation import installation_code
from tests.journeys.conftest import House
from tests.journeys.steps import (
    PASSWORD,
    People,
    Shoot,
    fill,
    go_to,
    open_as,
    press,
    sign_with_name,
)

pytestmark = pytest.mark.browser


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
    fill(office, **{"contents-1-points": "Étude de cas locale\nDéfis à relever"})
    press(office, "Enregistrer et relire")
    shoot(office, "adapte-relu")
    fill(office, in_force_from="2026-06-11")
    press(office, "Publier")
    expect(office.locator("main")).to_contain_text("publié", ignore_case=True)
    office.goto(f"{base}/differences")
    expect(office.locator("main")).to_contain_text("Étude de cas locale")
    shoot(office, "differences")
    visitor.goto(house.last_link("sophie@caf.example.org"))
    expect(visitor.locator("main")).to_contain_text("La demande tient dans les deux jours prévus")
    shoot(visitor, "suivi")


def test_4_cohort_and_trainees(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-15T10:00:00+02:00")
    office = people("office")
    office.goto("/sessions/nouvelle")
    adapted = office.locator('[name="version_id"] option').filter(has_text="ADA").first
    office.locator('[name="version_id"]').select_option(adapted.get_attribute("value"))
    fill(office, starts_on="2026-09-17")
    press(office, "Continuer")
    themes = office.locator('[name$="-theme"]')
    for rank in range(themes.count()):
        themes.nth(rank).fill(f"Temps {rank + 1}")
    office.locator('[name="place_id"]').first.select_option(label="Salle Loire")
    shoot(office, "nouvelle")
    press(office, "Créer la session")
    office.wait_for_url(re.compile(r"/sessions/\d+$"))
    house.notes["cohort"] = office.url
    shoot(office, "creee")
    base = office.url
    office.goto(f"{base}/intervenants")
    office.locator('[name="trainer_id"]').select_option(index=1)
    press(office, "Affecter")
    office.goto(f"{base}/clients?q=CAF")
    office.locator("form[action$='/clients'] button").first.click()
    office.locator("main a", has_text="Prix et contact").first.click()
    fill(office, price="4800")
    office.locator('[name="contact_id"]').select_option(index=1)
    office.locator("main form button.btn-primary").first.click()
    office.goto(f"{base}/stagiaires/importer")
    faulty = "Nom;Prénom;Courriel\nBenali;Nadia;nadia@caf.example.org\nTessier;Hugo;hugo@\n"
    office.locator('[name="file"]').set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": faulty.encode()}
    )
    press(office, "Continuer")
    expect(office.get_by_role("row", name="hugo@")).to_contain_text("3")
    shoot(office, "liste-fautive")
    office.goto(f"{base}/stagiaires/importer")
    right = faulty.replace("hugo@", "hugo@caf.example.org") + "Lopes;Marta;marta@caf.example.org\n"
    office.locator('[name="file"]').set_input_files(
        {"name": "liste.csv", "mimeType": "text/csv", "buffer": right.encode()}
    )
    press(office, "Continuer")
    shoot(office, "liste-juste")
    office.get_by_role("button", name="Inscrire").first.click()
    office.goto(f"{base}/stagiaires")
    expect(office.locator("main")).to_contain_text("Marta Lopes")
    shoot(office, "stagiaires")


def test_3_agreement(house: House, people: People, shoot: Shoot) -> None:
    office = people("office")
    office.goto(f"{house.notes['cohort']}/conventions")
    press(office, "Préparer")
    shoot(office, "projet")
    press(office, "Établir le document")
    expect(office.get_by_role("button", name="Envoyer à signer")).to_be_visible(timeout=60_000)
    shoot(office, "etablie")
    press(office, "Envoyer à signer")
    expect(office.locator("main .alert").first).to_be_visible()
    client = people("client", 390)
    client.goto(house.last_link("sophie@caf.example.org"))
    shoot(client, "a-signer")
    fill(client, name="Sophie Delorme", quality="Directrice de l’action sociale")
    sign_with_name(client, "Sophie Delorme")
    client.locator('[name="consent"]').check()
    client.get_by_role("button", name="Signer", exact=True).click()
    expect(client.locator("main")).to_contain_text("signé", ignore_case=True, timeout=60_000)
    shoot(client, "signee")
    office.reload()
    press(office, "Contresigner")
    sign_with_name(office, "Hélène Marchand")
    office.locator('[name="consent"]').check()
    office.get_by_role("button", name="Contresigner").click()
    expect(office.locator("main")).to_contain_text("signé", ignore_case=True, timeout=60_000)
    shoot(office, "contresignee")


def test_5_before(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-02T09:00:00+02:00")
    office, trainee = people("office"), people("stagiaire", 390)
    base = house.notes["cohort"]
    office.goto(f"{base}/positionnement")
    press(office, "Envoyer à ceux qui ne l’ont pas reçu")
    trainee.goto(house.last_link("nadia@caf.example.org"))
    shoot(trainee, "accueil")
    press(trainee, "Commencer")
    for answer in ("Animer la CTG", "", "Mobiliser les élus", "Des outils", "", "", "", "", ""):
        if trainee.locator("textarea").count():
            trainee.locator("textarea").first.fill(answer)
        else:
            trainee.locator('[name="answer"]').nth(1).check()
        press(trainee, "Continuer")
    shoot(trainee, "resume")
    press(trainee, "Envoyer mes réponses")
    expect(trainee.locator("h1")).to_contain_text("Merci")
    office.goto(f"{base}/convocations")
    shoot(office, "convocations")
    office.get_by_role("button", name="Envoyer à").first.click()
    expect(office.locator("main")).to_contain_text("envoy", ignore_case=True, timeout=90_000)
    shoot(office, "envoyees")
    trainee.goto(house.last_link("nadia@caf.example.org"))
    expect(trainee.locator("main")).to_contain_text("Salle Loire")
    shoot(trainee, "convocation")


def test_6_during(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-16T09:00:00+02:00")
    office, trainer, trainee = people("office"), people("formatrice", 390), people("stagiaire", 390)
    office.goto("/personnes/formateurs")
    office.locator("main table a").first.click()
    press(office, "Inviter")
    press(office, "Envoyer l’invitation")
    trainer.goto(house.last_link("claire@atelier.example.org"))
    fill(trainer, password=PASSWORD)
    shoot(trainer, "acces")
    press(trainer, "Ouvrir mon accès")
    for day in ("2026-09-17", "2026-09-18"):
        for starts, ends in (("09:05", "12:31"), ("14:05", "17:31")):
            first = day == "2026-09-17" and starts == "09:05"
            if first:
                go_to(house, "2026-09-17T08:50:00+02:00")
                open_as(trainer, "claire@atelier.example.org", "/emargement/")
                shoot(trainer, "journee")
            go_to(house, f"{day}T{starts}:00+02:00")
            open_as(trainer, "claire@atelier.example.org", "/emargement/")
            period = "matin" if starts == "09:05" else "après-midi"
            trainer.get_by_role("link", name=period).first.click()
            half_day = trainer.url
            trainer.get_by_role("button", name="Noter").last.click()
            expect(trainer.locator("main")).to_contain_text("Nadia Benali")
            if first:
                trainer.goto(f"{half_day}/liens")
                press(trainer, "Envoyer")
                trainee.goto(house.last_link("nadia@caf.example.org"))
                shoot(trainee, "a-signer")
                if trainee.get_by_text("Écrire mon nom").count() == 0:
                    trainee.locator("main a.btn").first.click()
                sign_with_name(trainee, "Nadia Benali")
                press(trainee, "Signer")
                expect(trainee.locator("h1")).to_contain_text("Vous avez signé")
                shoot(trainee, "signe")
            for name in ("Nadia Benali", "Hugo Tessier", "Marta Lopes"):
                trainer.goto(f"{half_day}/signer")
                waiting = trainer.get_by_role("link", name=name)
                if waiting.count():
                    waiting.click()
                    sign_with_name(trainer, name)
                    press(trainer, "Signer")
                    expect(trainer.locator("h1")).to_contain_text("Merci")
            trainer.goto(half_day)
            if first:
                shoot(trainer, "demi-journee")
            go_to(house, f"{day}T{ends}:00+02:00")
            trainer.goto(f"{half_day}/clore")
            sign_with_name(trainer, "Claire Vasseur")
            if first:
                shoot(trainer, "clore")
            press(trainer, "Signer et clore")
            expect(trainer.locator("main")).to_contain_text("close", ignore_case=True)
    open_as(office, "helene@atelier.example.org", f"{house.notes['cohort']}/emargement")
    shoot(office, "grille")


def test_7_after(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-18T18:00:00+02:00")
    office, trainer, trainee = people("office"), people("formatrice", 390), people("stagiaire", 390)
    base = house.notes["cohort"]
    number = base.rsplit("/", 1)[1]
    for _ in range(3):
        open_as(trainer, "claire@atelier.example.org", f"/mes-sessions/{number}/acquis")
        trainer.get_by_role("link", name="Évaluer").first.click()
        for rank in (1, 2, 3):
            fill(trainer, **{f"objective_{rank}": "reached"})
        fill(trainer, method="Étude de cas")
        press(trainer, "Enregistrer")
    shoot(trainer, "acquis")
    go_to(house, "2026-09-21T09:00:00+02:00")
    open_as(office, "helene@atelier.example.org", f"{base}/certificats")
    press(office, "Établir pour tous")
    expect(office.locator("main")).to_contain_text("Terminé", timeout=120_000)
    shoot(office, "progression")
    office.goto(f"{base}/certificats")
    press(office, "Envoyer aux stagiaires")
    shoot(office, "certificats")
    trainee.goto(house.last_link("nadia@caf.example.org"))
    link = house.last_link("nadia@caf.example.org")
    trainee.goto(f"{link.split('/', 3)[0]}/l/{link.split('/')[2]}/attestations")
    expect(trainee.locator("main")).to_contain_text("Certificat de réalisation")
    shoot(trainee, "attestations")
    office.goto(f"{base}/evaluations")
    press(office, "Envoyer à ceux qui ne l’ont pas reçu")
    trainee.goto(house.last_link("nadia@caf.example.org"))
    press(trainee, "Commencer")
    for _ in range(9):
        if trainee.locator("textarea").count():
            trainee.locator("textarea").first.fill("Un atelier d’élus")
        else:
            trainee.locator('label[for="answer-1"]').click()
        press(trainee, "Continuer")
    press(trainee, "Envoyer mes réponses")
    expect(trainee.locator("h1")).to_contain_text("Merci")
    office.goto(f"{base}/evaluations")
    shoot(office, "avis")


def test_8_the_auditor(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-11-24T09:00:00+01:00")
    office, auditor = people("office"), people("auditrice")
    open_as(office, "helene@atelier.example.org", "/audits/nouveau")
    fill(
        office,
        kind="surveillance",
        audit_on="2026-11-25",
        body="Certif Exemple",
        period_from="2026-01-01",
        period_to="2026-12-31",
        access_until="2026-11-26",
        name="Monique Astier",
        email="astier@certif.example.org",
    )
    press(office, "Ouvrir la salle de lecture")
    shoot(office, "salle")
    auditor.goto(house.last_link("astier@certif.example.org"))
    fill(auditor, password=PASSWORD)
    press(auditor, "Ouvrir mon accès")
    open_as(auditor, "astier@certif.example.org", "/audit/")
    press(auditor, "Entrer")
    shoot(auditor, "sessions")
    auditor.get_by_role("link", name="Lire").first.click()
    shoot(auditor, "ensemble")
    auditor.locator("a.index-entry", has_text="Positionnement").click()
    auditor.locator("a.index-piece").first.click()
    expect(auditor.locator("main")).to_contain_text("Empreinte SHA-256")
    expect(auditor.locator("main")).to_contain_text("Mobiliser les élus")
    shoot(auditor, "piece")
    assert auditor.goto("/sessions/1").status == 403  # type: ignore[union-attr]
    office.goto("/journal?q=Consulté")
    expect(office.locator("main")).to_contain_text("Monique Astier")
    shoot(office, "journal")
