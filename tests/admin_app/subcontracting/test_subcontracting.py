"""Subcontractors: contract, clauses one by one, proofs and their expiry, evaluation."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.coverage.models import Expectation
from admin_app.people.models import Trainer
from admin_app.subcontracting.models import (
    ClauseCheck,
    Subcontract,
    Subcontractor,
    SubcontractorEvaluation,
    SubcontractorProof,
)
from compliance.clauses import clauses_on
from tests.admin_app.quality.support import SignIn, error_of, proofs, rows, statements, words
from tests.factories import AssignmentFactory, CohortFactory, ProviderFactory, TrainerFactory
from tests.factories.subcontracting import TODAY, entered, signed

BASE = "/sous-traitance"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
ROW = {
    "name": "Atelier Brume",
    "kind": "subcontractor",
    "siret": "732 829 320 00074",
    "activity_number": "75 16 12345 16",
    "contact": "Léa Brume",
    "added_on": "2026-02-02",
}
CONTRACT = {
    "signed_on": "2026-02-02",
    "starts_on": "2026-02-02",
    "ends_on": "2026-12-31",
    "missions": "Animer les formations d’accueil",
}
PROOF = {"kind": "insurance", "obtained_on": "2026-11-20", "valid_until": "2027-03-31"}
JUDGED = {
    "held_on": "2026-11-20",
    "held_by": "Nora Lenoir",
    "observations": "Séances bien préparées",
    "verdict": "keep",
}


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    ProviderFactory()
    return sign_in(Role.QUALITY_MANAGER)


def scan() -> dict[str, Any]:
    return {"file": (BytesIO(PDF), "scan.pdf")}


def clauses(**changes: str) -> dict[str, str]:
    """Each clause found, article 1."""
    typed = {"on": "2026-11-24"}
    for one in clauses_on(TODAY.date()):
        typed |= {f"{one.key}_state": "found", f"{one.key}_where": "article 1"}
    return typed | changes


def expected(piece: str, key: int) -> list[tuple[str | None, date | None]]:
    db.session.expire_all()
    statement = select(Expectation.outcome, Expectation.fresh_until).where(
        Expectation.piece == piece,
        Expectation.scope_kind == "subcontractor",
        Expectation.scope_id == key,
    )
    return [(row[0], row[1]) for row in db.session.execute(statement)]


def test_a_subcontractor_is_expected_to_have_a_contract_until_it_has_one(
    manager: FlaskClient,
) -> None:
    assert manager.post(f"{BASE}/ajouter", data=ROW).status_code == 303
    row = db.session.scalars(select(Subcontractor)).one()
    assert row.siret == "73282932000074"
    assert expected("subcontract", row.id) == [(None, None)]
    assert (
        manager.post(f"{BASE}/{row.id}/contrats/ajouter", data=CONTRACT | scan()).status_code == 303
    )
    assert expected("subcontract", row.id) == [("obtained", date(2026, 12, 31))]
    contract = db.session.scalars(select(Subcontract)).one()
    assert manager.get(f"{BASE}/{row.id}/fichiers/contrat/{contract.id}").data == PDF
    other = entered("Autre")
    assert manager.get(f"{BASE}/{other.id}/fichiers/contrat/{contract.id}").status_code == 404


def test_every_clause_is_looked_at_and_one_missing_proves_nothing(manager: FlaskClient) -> None:
    row = entered()
    place = f"{BASE}/{row.id}/clauses"
    assert manager.get(place).location == f"{BASE}/{row.id}/contrats/ajouter"
    signed(row)
    assert "décret n° 2026-728" in words(manager.get(place)).lower()
    reply = manager.post(place, data=clauses(amount_state="missing", amount_where=""))
    assert reply.status_code == 303
    assert proofs("subcontract-clauses") == []
    assert "il en manque" in words(manager.get(f"{BASE}/{row.id}"))
    assert manager.post(place, data=clauses()).status_code == 303
    (proof,) = proofs("subcontract-clauses")
    assert proof.valid_until == date(2026, 12, 31)
    assert proof.facts["answers"]["amount"] == {"state": "found", "where": "article 1"}
    manager.post(place, data=clauses(missions_state="missing"))
    assert proofs("subcontract-clauses") == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"missions_state": ""}, "missions_state"),
        ({"missions_where": " "}, "missions_where"),
        ({"missions_state": "beside"}, "missions_state"),
        ({"amount_state": "beside", "amount_where": ""}, "amount_where"),
        ({"amount_where": "x" * 301}, "amount_where"),
        ({"on": "2026-11-25"}, "on"),
        ({"on": "2026-01-01"}, "on"),
    ],
)
def test_a_clause_badly_answered_is_said(manager: FlaskClient, changes: dict, field: str) -> None:
    row = entered()
    signed(row)
    reply = manager.post(f"{BASE}/{row.id}/clauses", data=clauses(**changes))
    assert reply.status_code == 422
    assert error_of(reply, field)
    assert "article 1" in reply.get_data(as_text=True)
    assert rows(ClauseCheck) == 0


def test_a_clause_that_the_text_asks_for_in_some_cases_may_be_beside_the_point(
    manager: FlaskClient,
) -> None:
    row = entered()
    signed(row)
    changes = {"amount_state": "beside", "amount_where": "Hors compte personnel de formation"}
    assert manager.post(f"{BASE}/{row.id}/clauses", data=clauses(**changes)).status_code == 303
    assert len(proofs("subcontract-clauses")) == 1


def test_proofs_hold_until_the_nearest_of_their_last_days(manager: FlaskClient) -> None:
    row = entered()
    place = f"{BASE}/{row.id}/justificatifs/ajouter"
    manager.post(place, data=PROOF | scan())
    manager.post(place, data=PROOF | scan() | {"kind": "vigilance", "valid_until": "2027-01-15"})
    assert proofs("subcontractor-proofs") == []
    beside = {"kind": "nda", "obtained_on": "2026-11-20", "beside_why": "Portage : non soumis"}
    assert manager.post(place, data=beside).status_code == 303
    (proof,) = proofs("subcontractor-proofs")
    assert proof.valid_until == date(2027, 1, 15)
    manager.post(place, data=PROOF | scan() | {"kind": "vigilance", "valid_until": "2027-07-15"})
    assert [one.valid_until for one in proofs("subcontractor-proofs")] == [
        date(2027, 1, 15),
        date(2027, 3, 31),
    ]
    assert expected("subcontractor-proofs", row.id) == [("obtained", date(2027, 3, 31))]
    nda = db.session.scalars(
        select(SubcontractorProof).where(SubcontractorProof.kind == "nda")
    ).one()
    aside = f"{BASE}/{row.id}/ecarter/justificatif/{nda.id}"
    assert manager.post(aside, data={"why": "Faux"}).status_code == 303
    assert proofs("subcontractor-proofs") == []


def test_an_expired_proof_does_not_count(manager: FlaskClient) -> None:
    row = entered()
    place = f"{BASE}/{row.id}/justificatifs/ajouter"
    for kind in ("nda", "insurance"):
        manager.post(place, data=PROOF | scan() | {"kind": kind})
    old = {"kind": "vigilance", "obtained_on": "2026-02-02", "valid_until": "2026-11-23"}
    manager.post(place, data=old | scan())
    assert proofs("subcontractor-proofs") == []
    manager.post(place, data=old | scan() | {"valid_until": "2026-11-24"})
    assert len(proofs("subcontractor-proofs")) == 1


def test_missions_come_from_its_trainers_and_call_for_an_evaluation(manager: FlaskClient) -> None:
    row = entered()
    trainer = TrainerFactory(status="subcontractor")
    cohort = CohortFactory(starts_on=date(2025, 6, 2), ends_on=date(2025, 6, 3))
    AssignmentFactory(cohort_id=cohort.id, trainer_id=trainer.id)
    assert expected("subcontractor-evaluation", row.id) == []
    place = f"{BASE}/{row.id}/intervenants/ajouter"
    assert manager.post(place, data={"trainer_id": str(trainer.id)}).status_code == 303
    assert expected("subcontractor-evaluation", row.id) == [(None, None)]
    again = manager.post(
        f"{BASE}/{entered('Deux').id}/intervenants/ajouter", data={"trainer_id": str(trainer.id)}
    )
    assert "déjà rattachée" in error_of(again, "trainer_id")
    assert manager.post(f"{BASE}/{row.id}/evaluations/ajouter", data=JUDGED).status_code == 303
    assert [one[0] for one in expected("subcontractor-evaluation", row.id)] == ["obtained"]
    manager.post(f"{BASE}/{row.id}/intervenants/{trainer.id}/detacher")
    db.session.expire_all()
    assert db.session.get_one(Trainer, trainer.id).subcontractor_id is None


@pytest.mark.parametrize(
    ("path", "typed", "changes", "field", "model"),
    [
        (
            "contrats",
            CONTRACT | {"file": "y"},
            {"signed_on": "2026-11-25"},
            "signed_on",
            Subcontract,
        ),
        ("contrats", CONTRACT | {"file": "y"}, {"ends_on": "2026-01-01"}, "ends_on", Subcontract),
        ("contrats", CONTRACT | {"file": "y"}, {"missions": ""}, "missions", Subcontract),
        ("contrats", CONTRACT, {}, "file", Subcontract),
        ("justificatifs", PROOF, {}, "file", SubcontractorProof),
        ("justificatifs", PROOF, {"kind": "other"}, "kind", SubcontractorProof),
        ("justificatifs", PROOF, {"obtained_on": "2026-12-01"}, "obtained_on", SubcontractorProof),
        ("justificatifs", PROOF, {"valid_until": "2026-01-01"}, "valid_until", SubcontractorProof),
        ("evaluations", JUDGED, {"held_on": "2026-11-25"}, "held_on", SubcontractorEvaluation),
        ("evaluations", JUDGED, {"verdict": "stop"}, "follow_up", SubcontractorEvaluation),
        ("evaluations", JUDGED, {"observations": " "}, "observations", SubcontractorEvaluation),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    manager: FlaskClient, path: str, typed: dict, changes: dict, field: str, model: type
) -> None:
    row = entered()
    sent = typed | changes
    if sent.pop("file", None):
        sent |= scan()
    reply = manager.post(f"{BASE}/{row.id}/{path}/ajouter", data=sent)
    assert reply.status_code == 422
    assert error_of(reply, field)
    assert rows(model) == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"kind": "friend"}, "kind"),
        ({"siret": "732 829 320 00075"}, "siret"),
        ({"activity_number": "12"}, "activity_number"),
        ({"added_on": "2026-11-25"}, "added_on"),
    ],
)
def test_a_false_identity_is_refused(manager: FlaskClient, changes: dict, field: str) -> None:
    reply = manager.post(f"{BASE}/ajouter", data=ROW | changes)
    assert reply.status_code == 422
    assert error_of(reply, field)
    assert "Léa Brume" in reply.get_data(as_text=True)
    assert rows(Subcontractor) == 0


def test_an_archived_one_owes_nothing_and_may_come_back(manager: FlaskClient) -> None:
    row = entered()
    assert manager.post(f"{BASE}/{row.id}/archiver").status_code == 303
    assert expected("subcontract", row.id) == []
    assert "Atelier Brume est archivé." in words(manager.get(f"{BASE}/"))
    assert "Atelier Brume" not in words(manager.get(f"{BASE}/"))
    assert "Atelier Brume" in words(manager.get(f"{BASE}/?etat=archived"))
    manager.post(f"{BASE}/{row.id}/reprendre")
    assert expected("subcontract", row.id) == [(None, None)]


def test_the_register_costs_the_same_whatever_the_rows(manager: FlaskClient) -> None:
    for number in range(2):
        signed(entered(f"Un {number}"))
    path = f"{BASE}/?etat=incomplete"
    few = statements(manager, path)
    for number in range(28):
        signed(entered(f"Deux {number}"))
    assert statements(manager, path) == few <= 10
    assert "Il manque : la vérification des clauses, des justificatifs à jour" in words(
        manager.get(path)
    )
    assert statements(manager, f"{BASE}/1") <= 11


def test_who_may_do_what(sign_in: SignIn) -> None:
    row = entered()
    signed(row)
    for role in (Role.TRAINER, Role.CLIENT, Role.AUDITOR, Role.DISABILITY_OFFICER):
        assert sign_in(role).get(f"{BASE}/").status_code == 403
    office = sign_in(Role.OFFICE)
    for path in ("", f"{row.id}", f"{row.id}/contrats/ajouter", f"{row.id}/justificatifs/ajouter"):
        assert office.get(f"{BASE}/{path}").status_code == 200
    for path in ("clauses", "evaluations/ajouter"):
        assert office.get(f"{BASE}/{row.id}/{path}").status_code == 403
    assert office.get(f"{BASE}/999").status_code == 404
    assert office.get(f"{BASE}/{row.id}/ecarter/rien/1").status_code == 404


def test_the_auditor_reads_the_file(app: Flask, manager: FlaskClient) -> None:
    row = entered()
    contract = signed(row)
    manager.post(f"{BASE}/{row.id}/clauses", data=clauses())
    manager.post(f"{BASE}/{row.id}/evaluations/ajouter", data=JUDGED)
    manager.post(f"{BASE}/{row.id}/justificatifs/ajouter", data=PROOF | scan())
    views = app.extensions["liasse.piece_views"]
    with app.test_request_context():
        for kind, key, there in (
            ("subcontract", contract.id, "Animer les formations d’accueil."),
            ("clause-check", 1, "écrite, article 1"),
            ("subcontractor-evaluation", 1, "Séances bien préparées"),
            ("subcontractor", row.id, "31 mars 2027"),
        ):
            template, content = views[kind](key)
            shown = app.jinja_env.get_template(template).render(content=content)
            assert there in shown.replace("\u00a0", " ")
            assert views[kind](99) is None
