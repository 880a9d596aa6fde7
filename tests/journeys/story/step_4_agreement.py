"""The agreement: what it lacks, the paper, the client's signature (typed, then drawn), ours."""

import io
import re

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.steps import (
    MARTA,
    SOPHIE,
    House,
    People,
    Shoot,
    draw_signature,
    errors,
    fetched,
    fill,
    go_to,
    press,
    sign_with_name,
    title,
    told,
)

PATIENT = 60_000  # making a PDF while other tests run


def test_4_what_the_agreement_lacks(house: House, people: People, shoot: Shoot) -> None:
    go_to(house, "2026-06-23T09:30:00+02:00")
    office = people("office")
    office.goto("/conventions")
    shoot(office, "toutes")
    office.goto(f"{house.notes['cohort']}/conventions")
    shoot(office, "a-preparer")
    press(office, "Préparer")
    house.notes["agreement"] = office.url
    press(office, "Modifier")
    fill(office, price="", signatory_quality="", payment_terms="")
    shoot(office, "projet")
    press(office, "Enregistrer le projet")
    told(office, "Il manque")
    expect(office.get_by_role("button", name="Établir le document")).to_have_count(0)
    shoot(office, "manques")


def test_4_the_agreement_is_issued(house: House, people: People, shoot: Shoot) -> None:
    office = people("office")
    press(office, "Modifier")
    fill(
        office,
        price="4800",
        signatory_quality="Directrice de l’action sociale",
        payment_terms="À trente jours, sur facture, après la formation.",
    )
    press(office, "Enregistrer le projet")
    press(office, "Établir le document")
    expect(office.get_by_role("button", name="Envoyer à signer")).to_be_visible(timeout=PATIENT)
    shoot(office, "etablie")
    press(office, "Envoyer à signer")
    told(office, "Sophie Delorme")
    shoot(office, "envoyee")


def test_4_the_client_reads_and_refuses_to_be_hurried(
    house: House, people: People, shoot: Shoot
) -> None:
    go_to(house, "2026-06-24T18:05:00+02:00")
    client = people("cliente au téléphone", 390)
    client.goto(house.last_link(SOPHIE))
    told(client, "Réseau départemental")
    shoot(client, "a-signer")
    paper = _pdf(client)
    assert paper.startswith(b"%PDF")
    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    for mention in ("CAF de l", "4 800", "17 septembre 2026", "Nadia Benali", "Inès Caron"):
        assert mention in re.sub(r"[\s\u00a0\u202f]+", " ", read), mention
    assert "Hugo Tessier" not in read
    press(client, "Signer")
    expect(errors(client)).to_contain_text("Cochez cette case")
    expect(errors(client)).to_contain_text("Signez dans le cadre")
    shoot(client, "incomplet")


def test_4_the_client_signs_by_writing_her_name(house: House, people: People, shoot: Shoot) -> None:
    client, office = people("cliente au téléphone", 390), people("office")
    fill(client, name="Sophie Delorme", quality="Directrice de l’action sociale")
    sign_with_name(client, "Sophie Delorme")
    client.locator('[name="consent"]').check()
    press(client, "Signer")
    told(client, "Votre signature est enregistrée", PATIENT)
    shoot(client, "signee")
    office.goto(house.notes["agreement"])
    press(office, "Contresigner")
    shoot(office, "contresigner")
    sign_with_name(office, "Hélène Marchand")
    office.locator('[name="consent"]').check()
    office.get_by_role("button", name="Contresigner").click()
    told(office, "tout est signé", PATIENT)
    shoot(office, "conclue")
    signed = fetched(office, lambda: press(office, "Télécharger l’exemplaire signé"))
    assert signed.startswith(b"%PDF")
    copy = house.last_message(SOPHIE)
    assert any(attached[1].startswith(b"%PDF") for attached in copy.attachments), copy.subject


def test_4_another_price_signed_with_the_mouse(house: House, people: People, shoot: Shoot) -> None:
    """A change after the signature: a replacement, drawn this time; the first paper stays."""
    go_to(house, "2026-06-30T11:00:00+02:00")
    client, office = people("cliente"), people("office")
    office.goto(house.notes["agreement"])
    press(office, "Préparer un remplacement")
    fill(office, price="4600")
    press(office, "Enregistrer le projet")
    press(office, "Établir le document")
    expect(office.get_by_role("button", name="Envoyer à signer")).to_be_visible(timeout=PATIENT)
    press(office, "Envoyer à signer")
    replacement = office.url
    client.goto(house.last_link(SOPHIE))
    told(client, "4 600")
    fill(client, quality="Directrice de l’action sociale")
    draw_signature(client)
    client.locator('[name="consent"]').check()
    shoot(client, "dessinee")
    press(client, "Signer")
    told(client, "Votre signature est enregistrée", PATIENT)
    office.goto(replacement)
    press(office, "Contresigner")
    draw_signature(office)
    office.locator('[name="consent"]').check()
    office.get_by_role("button", name="Contresigner").click()
    told(office, "tout est signé", PATIENT)
    shoot(office, "conclue")
    office.goto(house.notes["agreement"])
    told(office, "Remplacée par")
    shoot(office, "remplacee")
    client.goto("/espace")
    shoot(client, "espace")
    press(client, "Ouvrir")
    title(client, "Réseau départemental")
    shoot(client, "dossier")


def test_4_the_contract_of_who_pays_herself(house: House, people: People, shoot: Shoot) -> None:
    """The individual contract: its own mentions, what is lacking, and the trainee who signs."""
    go_to(house, "2026-07-01T10:00:00+02:00")
    office, marta = people("office"), people("Marta", 390)
    office.goto(f"{house.notes['cohort']}/conventions")
    office.get_by_role("button", name=re.compile("Préparer.*Marta Lopes")).click()
    told(office, "Il manque")
    shoot(office, "manques")
    press(office, "Modifier")
    fill(office, address="3 impasse des Lilas, 33000 Bordeaux", price="1200")
    press(office, "Enregistrer le projet")
    shoot(office, "projet")
    press(office, "Établir le document")
    expect(office.get_by_role("button", name="Envoyer à signer")).to_be_visible(timeout=PATIENT)
    press(office, "Envoyer à signer")
    told(office, "Marta Lopes")
    contract = office.url
    marta.goto(house.last_link(MARTA))
    title(marta, "Votre contrat de formation")
    told(marta, "rétract")  # ten days to think again
    told(marta, "1 200")
    shoot(marta, "a-signer")
    draw_signature(marta)
    marta.locator('[name="consent"]').check()
    press(marta, "Signer")
    told(marta, "Votre signature est enregistrée", PATIENT)
    office.goto(contract)
    press(office, "Contresigner")
    sign_with_name(office, "Hélène Marchand")
    office.locator('[name="consent"]').check()
    office.get_by_role("button", name="Contresigner").click()
    told(office, "tout est signé", PATIENT)
    shoot(office, "conclu")
    copy = house.last_message(MARTA)
    assert any(attached[1].startswith(b"%PDF") for attached in copy.attachments), copy.subject


def _pdf(page: Page) -> bytes:
    return fetched(page, lambda: press(page, "Télécharger le PDF"))
