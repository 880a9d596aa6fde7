"""The network of partners for disability: the list, contacts, the officer's training."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.adaptations.models import (
    NetworkCheck,
    NetworkContact,
    NetworkPartner,
    OfficerTraining,
)
from admin_app.adaptations.network_pieces import check_piece, contact_piece, training_piece
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.transaction import transaction
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.people.models import Trainee
from tests.factories import ProviderFactory, cohort_with
from tests.factories.adaptations import accommodation
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
BASE = "/adaptations/reseau"
PARTNER = {
    "name": "Cap emploi 33",
    "kind": "cap-emploi",
    "purpose": "Appui au maintien en formation.",
    "contact_name": "Paule Morin",
    "email": "contact@cap.example.org",
    "phone": "05 56 00 00 01",
    "website": "",
}
CHECK = {"on": "2026-11-20", "who": "Paul Ribeiro", "words": "Nouvelle interlocutrice."}
TRAINING = {
    "on": "2026-03-12",
    "officer": "Paul Ribeiro",
    "title": "Accueillir en formation",
    "organiser": "Ressource Handicap Formation",
    "proof": "Classeur 4",
}


def contact(partner: NetworkPartner) -> dict[str, str]:
    return {
        "partner": str(partner.id),
        "on": "2026-11-19",
        "who": "Paul Ribeiro",
        "with_whom": "Paule Morin",
        "how": "meeting",
        "topic": "services",
        "answered": "yes",
        "words": "Visite de la salle Loire proposée.",
        "is_anonymous": "y",
    }


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    ProviderFactory()
    with clock.frozen(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def officer(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.DISABILITY_OFFICER)


@pytest.fixture
def partner(officer: FlaskClient) -> NetworkPartner:
    assert officer.post(f"{BASE}/ajouter", data=PARTNER).status_code == 303
    return db.session.scalars(select(NetworkPartner)).one()


def proofs(piece: str) -> list[Evidence]:
    db.session.expire_all()
    return list(db.session.scalars(select(Evidence).where(Evidence.piece == piece)))


def number(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_list_that_was_gone_through_proves_the_network(officer: FlaskClient) -> None:
    assert "La liste est vide" in officer.get(BASE).text
    empty = officer.post(f"{BASE}/verifier", data=CHECK)
    assert empty.status_code == 422
    assert "ajoutez d’abord un partenaire" in empty.text
    officer.post(f"{BASE}/ajouter", data=PARTNER)
    assert proofs("disability-network") == []
    assert officer.post(f"{BASE}/verifier", data=CHECK).status_code == 303
    (proof,) = proofs("disability-network")
    assert proof.scope_kind == "provider"
    assert proof.occurred_on == date(2026, 11, 20)
    assert proof.facts["partners"] == ["Cap emploi 33"]
    assert check_piece(proof.source_id)
    assert "20 novembre 2027" in officer.get(BASE).text.replace("\u00a0", " ")
    assert "Nouvelle interlocutrice." in officer.get(f"{BASE}/historique?quoi=verifications").text


def test_a_contact_proves_it_and_its_words_go_nowhere_else(
    officer: FlaskClient, partner: NetworkPartner, sign_in: SignIn
) -> None:
    assert officer.post(f"{BASE}/contact", data=contact(partner)).status_code == 303
    (proof,) = proofs("disability-contact")
    assert (proof.outcome, proof.occurred_on) == ("obtained", date(2026, 11, 19))
    assert "Cap emploi 33, en rendez-vous" in proof.label
    secret = "Visite de la salle Loire"
    entries = db.session.scalars(select(JournalEntry)).all()
    assert not any(secret in entry.summary + str(entry.details) for entry in entries)
    assert secret not in str(proof.facts) + proof.label
    assert secret not in str(contact_piece(proof.source_id))
    assert secret in officer.get(f"{BASE}/{partner.id}").text
    office = sign_in(Role.OFFICE)
    shown = office.get(f"{BASE}/{partner.id}")
    assert "en rendez-vous" in shown.text
    assert secret not in shown.text
    assert secret not in office.get(f"{BASE}/historique").text


def test_a_partner_that_did_not_answer_was_tried(
    officer: FlaskClient, partner: NetworkPartner
) -> None:
    officer.post(f"{BASE}/contact", data=contact(partner) | {"answered": "no"})
    assert proofs("disability-contact")[0].outcome == "tried"
    assert "jamais" in officer.get(BASE).text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"on": "2026-11-25"}, "pas encore venu"),
        ({"who": ""}, "qui l’a pris"),
        ({"partner": "0"}, "partenaire de la liste"),
        ({"partner": "99999999999999999999"}, "Choix non valide"),
        ({"partner": "abc"}, "error-summary"),
        ({"how": "pigeon"}, "Choisissez dans la liste"),
        ({"topic": ""}, "à quel sujet"),
        ({"is_anonymous": ""}, "ne doit nommer personne"),
        ({"words": "Point sur Mme Benali."}, "personne accompagnée"),
        ({"words": "Point sur BENALI"}, "personne accompagnée"),
    ],
)
def test_a_refused_contact_is_kept_on_the_page(
    officer: FlaskClient, partner: NetworkPartner, changes: dict[str, str], why: str
) -> None:
    asked = cohort_with().enrolments[0]
    with transaction():
        db.session.get_one(Trainee, asked.trainee_id).last_name = "Benali"
    accommodation(asked)
    data = contact(partner) | changes
    if not data["is_anonymous"]:
        del data["is_anonymous"]
    reply = officer.post(f"{BASE}/contact", data=data)
    assert reply.status_code == 422
    assert why in reply.text
    assert "Paule Morin" in reply.text
    assert number(NetworkContact) == 0
    assert proofs("disability-contact") == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"name": " "}, "nom du partenaire"),
        ({"kind": "bank"}, "Choisissez dans la liste"),
        ({"purpose": ""}, "pour quoi"),
        ({"email": "@"}, "adresse"),
        ({"phone": "abc"}, "numéro"),
        ({"website": "cap"}, "adresse de site"),
        ({"name": "x" * 201}, "200 caractères"),
    ],
)
def test_a_refused_partner_is_kept_on_the_page(
    officer: FlaskClient, changes: dict[str, str], why: str
) -> None:
    reply = officer.post(f"{BASE}/ajouter", data=PARTNER | changes)
    assert reply.status_code == 422
    assert why in reply.text
    assert "Paule Morin" in reply.text
    assert number(NetworkPartner) == 0


def test_a_partner_is_changed_archived_and_taken_again(
    officer: FlaskClient, partner: NetworkPartner
) -> None:
    place = f"{BASE}/{partner.id}"
    twin = officer.post(f"{BASE}/ajouter", data=PARTNER)
    assert "s’appelle déjà" in twin.text
    assert "Paule Morin" in officer.get(f"{place}/modifier").text
    officer.post(f"{place}/modifier", data=PARTNER | {"name": "Cap emploi Gironde"})
    assert "Cap emploi Gironde" in officer.get(f"{BASE}?q=gironde&nature=cap-emploi").text
    officer.post(f"{place}/archiver")
    officer.get(BASE)  # reads what was just said
    assert "Cap emploi Gironde" not in officer.get(BASE).text
    assert "Cap emploi Gironde" in officer.get(f"{BASE}?etat=archives").text
    refused = officer.post(f"{BASE}/contact", data=contact(partner))
    assert "archivé" in refused.text
    twice = officer.post(f"{place}/archiver", follow_redirects=True)
    assert "déjà archivé" in twice.text
    officer.post(f"{place}/reprendre")
    assert "Cap emploi Gironde" in officer.get(BASE).text
    assert officer.get(f"{BASE}/999").status_code == 404


def test_the_training_of_the_officer_is_noted(officer: FlaskClient) -> None:
    late = officer.post(f"{BASE}/formation", data=TRAINING | {"on": "2026-12-01", "title": ""})
    assert late.status_code == 422
    assert "Classeur 4" in late.text
    assert number(OfficerTraining) == 0
    assert officer.post(f"{BASE}/formation", data=TRAINING).status_code == 303
    (proof,) = proofs("disability-officer-training")
    assert proof.occurred_on == date(2026, 3, 12)
    assert training_piece(proof.source_id)
    assert "Classeur 4" in officer.get(f"{BASE}/historique?quoi=formations").text


def test_what_was_entered_by_mistake_leaves_its_trace(
    officer: FlaskClient, partner: NetworkPartner
) -> None:
    officer.post(f"{BASE}/contact", data=contact(partner))
    officer.post(f"{BASE}/verifier", data=CHECK)
    officer.post(f"{BASE}/formation", data=TRAINING)
    for kind, model in (
        ("contacts", NetworkContact),
        ("verifications", NetworkCheck),
        ("formations", OfficerTraining),
    ):
        row = db.session.scalars(select(model)).one()
        path = f"{BASE}/historique/{kind}/{row.id}/retirer"
        assert officer.post(path, data={"why": ""}).status_code == 422
        assert officer.post(path, data={"why": "Doublon."}).status_code == 303
        assert "Doublon." in officer.get(f"{BASE}/historique?quoi={kind}").text
        assert "déjà retiré" in officer.post(path, data={"why": "Encore."}).text
    db.session.expire_all()
    assert all(one.withdrawn_at for one in db.session.scalars(select(Evidence)))
    assert officer.get(BASE).text.count("rien encore") == 3
    for missing in (
        "historique?quoi=x",
        "historique/x/1/retirer",
        "historique/contacts/99/retirer",
    ):
        assert officer.get(f"{BASE}/{missing}").status_code == 404


def test_pages_cost_the_same_whatever_the_number(
    officer: FlaskClient, partner: NetworkPartner
) -> None:
    paths = (BASE, f"{BASE}/{partner.id}", f"{BASE}/historique")

    def costs() -> list[int]:
        found = []
        for path in paths:
            db.session.remove()
            with counted() as seen:
                assert officer.get(path).status_code == 200
            found.append(len(seen))
        return found

    def more(first: int, last: int) -> None:
        for rank in range(first, last):
            officer.post(f"{BASE}/ajouter", data=PARTNER | {"name": f"Partenaire {rank}"})
            officer.post(f"{BASE}/contact", data=contact(partner))

    more(0, 2)
    few = costs()
    more(2, 30)
    assert costs() == few
    assert max(few) <= 10


@pytest.mark.parametrize("role", list(Role))
def test_the_officer_keeps_it_and_the_office_reads_it(
    officer: FlaskClient, partner: NetworkPartner, sign_in: SignIn, role: Role
) -> None:
    someone = sign_in(role)
    readers = {
        Role.ADMINISTRATOR,
        Role.OFFICE,
        Role.QUALITY_MANAGER,
        Role.DISABILITY_OFFICER,
    }
    for path in (BASE, f"{BASE}/{partner.id}", f"{BASE}/historique"):
        assert someone.get(path).status_code == (200 if role in readers else 403)
    for path in ("ajouter", "verifier", "contact", "formation", f"{partner.id}/modifier"):
        expected = 200 if role is Role.DISABILITY_OFFICER else 403
        assert someone.get(f"{BASE}/{path}").status_code == expected
