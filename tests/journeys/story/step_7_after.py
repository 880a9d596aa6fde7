"""After: what was learnt, what is handed over, what people say, what is certified."""

import io
import re
import zipfile

from playwright.sync_api import expect
from pypdf import PdfReader

from tests.journeys.steps import (
    CLAIRE,
    HELENE,
    INES,
    MARTA,
    NADIA,
    SOPHIE,
    House,
    People,
    Shoot,
    answer_all,
    errors,
    fetched,
    fill,
    go_to,
    open_as,
    opened,
    press,
    title,
    told,
)

TRAINEES = (("Nadia", NADIA), ("Inès", INES), ("Marta", MARTA))


def test_7_assessments(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-18T18:10:00+02:00")
    trainer = people("formatrice", 390)
    open_as(trainer, CLAIRE, "/emargement/")
    trainer.get_by_role("link", name="Réseau départemental").first.click()
    shoot(trainer, "session")
    trainer.get_by_role("link", name=re.compile("Acquis|acquis")).first.click()
    shoot(trainer, "liste")
    for rank, name in enumerate(("Nadia Benali", "Inès Caron", "Marta Lopes")):
        trainer.get_by_role("link", name=f"Évaluer {name}").click()
        if rank == 0:
            fill(trainer, method="Étude de cas")
            press(trainer, "Enregistrer")
            expect(errors(trainer)).to_contain_text("Situer ses missions")
            shoot(trainer, "a-completer")
        for objective in range(1, 4):
            partly = name.startswith("Marta") and objective == 3
            fill(trainer, **{f"objective_{objective}": "partly" if partly else "reached"})
        fill(trainer, method="Étude de cas", comment="À l’aise dans l’animation.")
        press(trainer, "Enregistrer")
    expect(trainer.get_by_text("évalué", exact=True)).to_have_count(3)
    shoot(trainer, "faites")


def test_7_the_promise_was_kept(house: House, people: People, shoot: Shoot) -> None:
    trainer, number = people("formatrice", 390), house.notes["cohort"].rsplit("/", 1)[1]
    trainer.goto(f"/mes-sessions/{number}/adaptations")
    told(trainer, "gros caractères")
    shoot(trainer, "promises")
    trainer.get_by_role("link", name=re.compile("Appliquée|Situer|Dire|appliqu")).first.click()
    trainer.get_by_label("Demi-journée").select_option(index=2)
    fill(trainer, note="Cas du territoire de l’Aubrée, préparé avec la CAF.")
    shoot(trainer, "ou")
    press(trainer, "Enregistrer")
    told(trainer, "Appliquée le")


def test_7_resources(house: House, people: People, shoot: Shoot) -> None:
    trainer, nadia, office = people("formatrice", 390), people("Nadia", 390), people("office")
    number = house.notes["cohort"].rsplit("/", 1)[1]
    trainer.goto(f"/mes-sessions/{number}/ressources")
    shoot(trainer, "rien")
    _attach(trainer, "dossier.pdf", b"MZ this is a program")
    press(trainer, "Ajouter")
    expect(errors(trainer)).to_be_visible()
    shoot(trainer, "refuse")
    _attach(trainer, "dossier.zip", _zip())
    fill(trainer, title="Dossier de ressources CTG")
    press(trainer, "Ajouter")
    told(trainer, "pas encore remis")
    press(trainer, "Remettre 1 fichier à 3 stagiaires")
    told(trainer, "ouvert par 0 sur 3")
    shoot(trainer, "remis")
    go_to(house, "2026-09-19T10:00:00+02:00")
    nadia.goto(house.last_link(NADIA))
    shoot(nadia, "lien")
    given = fetched(nadia, lambda: press(nadia, "Télécharger"))
    assert zipfile.ZipFile(io.BytesIO(given)).namelist() == ["fiche.txt"]
    open_as(office, HELENE, f"{house.notes['cohort']}/ressources")
    told(office, "ouvert par 1 sur 3")
    office.get_by_role("link", name="Dossier de ressources CTG").first.click()
    expect(office.get_by_role("row", name="Nadia Benali")).to_contain_text("19 septembre 2026")
    shoot(office, "qui")


def test_7_certificates(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-21T09:00:00+02:00")
    office = people("office")
    open_as(office, HELENE, f"{house.notes['cohort']}/certificats")
    shoot(office, "avant")
    with house.busy():
        press(office, "Établir pour tous")
        told(office, "En attente de son tour")
        shoot(office, "en-attente")
        assert house.work() >= 1
    told(office, "Terminé", 60_000)  # the page asks by itself
    shoot(office, "termine")
    press(office, "Voir le résultat")
    told(office, "13 h 40")
    press(office, "Envoyer aux stagiaires")
    told(office, "Envoyés à 3 stagiaires")
    shoot(office, "envoyes")


def test_7_certificates_are_fetched_by_link(house: House, people: People, shoot: Shoot) -> None:
    nadia, office = people("Nadia", 390), people("office")
    nadia.goto(house.last_link(NADIA))
    title(nadia, "Vos attestations")
    shoot(nadia, "lien")
    papers = [
        nadia.request.get(one.get_attribute("href") or "").body()
        for one in nadia.get_by_role("link", name=re.compile("^Ouvrir")).all()
    ]
    read = [_text(one) for one in papers]
    assert len(read) == 2
    certificate = next(one for one in read if "certificat de réalisation" in one.lower())
    attestation = next(one for one in read if "attestation" in one.lower()[:400])
    assert "14 h" in certificate
    assert "Nadia Benali" in certificate
    for words in ("Comparer trois pratiques", "14 h", "atteint"):
        assert words in attestation, words
    office.reload()
    expect(office.get_by_role("row", name="Nadia Benali")).to_contain_text("ouvert le")
    assert opened(office, "CERT").startswith(b"%PDF")


def test_7_exit_surveys(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-09-22T08:00:00+02:00")
    house.rounds()  # the house sends by itself
    for name, email in TRAINEES:
        person = people(name, 390)
        person.goto(house.last_link(email))
        if name == "Nadia":
            shoot(person, "accueil")
        press(person, "Commencer")
        if name == "Nadia":
            shoot(person, "echelle")
        answer_all(person, "Un atelier avec les élus")
    trainer = people("formatrice", 390)
    trainer.goto(house.last_link(CLAIRE))
    press(trainer, "Commencer")
    answer_all(trainer, "Le groupe a travaillé sur ses propres cas")
    office = people("office")
    open_as(office, HELENE, f"{house.notes['cohort']}/evaluations")
    told(office, "sur 5 en moyenne")
    shoot(office, "avis")


def test_7_the_client_says_what_she_thinks(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-10-05T08:00:00+02:00")
    house.rounds()
    client = people("cliente au téléphone", 390)
    client.goto(house.last_link(SOPHIE))
    shoot(client, "accueil")
    press(client, "Commencer")
    answer_all(client, "Les équipes se parlent davantage")


def test_7_follow_up_three_months_later(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-12-18T08:00:00+01:00")
    house.rounds()
    for name, email in TRAINEES:
        person = people(name, 390)
        person.goto(house.last_link(email))
        press(person, "Commencer")
        answer_all(person, "Un comité technique renouvelé")
        if name == "Nadia":
            shoot(person, "merci")
    office = people("office")
    open_as(office, HELENE, f"{house.notes['cohort']}/evaluations")
    office.get_by_role("row", name=re.compile("quelques mois après")).get_by_role("link").click()
    told(office, "Un comité technique renouvelé")
    shoot(office, "reponses")


def _attach(page: object, name: str, data: bytes) -> None:
    field = page.get_by_label("Fichier")  # type: ignore[attr-defined]
    field.set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})


def _zip() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("fiche.txt", "Leviers d’animation d’un réseau.")
    return made.getvalue()


def _text(paper: bytes) -> str:
    pages = PdfReader(io.BytesIO(paper)).pages
    return re.sub(r"[\s\u00a0\u202f]+", " ", " ".join(page.extract_text() for page in pages))
