"""Trainers, and what their file proves to an auditor."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.people import queries
from admin_app.people.models import Trainer, TrainerSkill
from admin_app.people.operations import (
    SkillDetails,
    TrainerDetails,
    add_skill,
    change_trainer,
    create_trainer,
    remove_skill,
    withdraw_expired_skills,
)
from tests.factories import TrainerFactory, committed
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
NOON = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
LIST = "/personnes/formateurs"
CLAIRE = {
    "first_name": "Claire",
    "last_name": "Vasseur",
    "email": "claire@example.org",
    "status": "employee",
}
SKILL = SkillDetails(skill="Animation", shown_by="Certificat 2019", checked_on=date(2026, 3, 2))
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


def statements(client: FlaskClient, path: str) -> int:
    db.session.remove()
    with counted() as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def proofs() -> list[Evidence]:
    db.session.expire_all()
    return list(db.session.scalars(select(Evidence).order_by(Evidence.id)))


def test_a_list_costs_the_same_whatever_its_length(office: FlaskClient) -> None:
    assert "Aucun formateur pour l’instant" in office.get(LIST).text
    trainer = TrainerFactory()
    add_skill(trainer, SKILL, by=SYSTEM, at=NOON)
    few = statements(office, LIST)
    for _ in range(40):
        add_skill(TrainerFactory(), SKILL, by=SYSTEM, at=NOON)
    assert statements(office, LIST) == few <= 10
    assert "26 à 41 sur 41" in office.get(f"{LIST}?page=2").text.replace("\u00a0", " ")


def test_a_file_costs_the_same_whatever_it_holds(office: FlaskClient) -> None:
    trainer = TrainerFactory()
    add_skill(trainer, SKILL, by=SYSTEM, at=NOON)
    few = statements(office, f"{LIST}/{trainer.id}")
    trainer = queries.trainer(trainer.id)
    for rank in range(30):
        add_skill(
            trainer,
            SkillDetails(skill=f"S{rank}", shown_by="x", checked_on=date(2026, 1, 1)),
            by=SYSTEM,
            at=NOON,
        )
    assert statements(office, f"{LIST}/{trainer.id}") == few <= 10


def test_the_list_is_searched_without_accents_and_filtered(office: FlaskClient) -> None:
    TrainerFactory(first_name="Émile", last_name="Œuvrard", status="subcontractor")
    proved = TrainerFactory(last_name="Zoulou", titles="Master")
    add_skill(proved, SKILL, by=SYSTEM, at=NOON)
    assert "Émile" in office.get(f"{LIST}?q=oeuvrard+EMILE").text
    assert "Zoulou" not in office.get(f"{LIST}?q=emile").text
    assert "Zoulou" not in office.get(f"{LIST}?statut=subcontractor").text
    to_check = office.get(f"{LIST}?etat=to-check").text
    assert "Émile" in to_check
    assert "Zoulou" not in to_check
    assert "Personne ne répond" in office.get(f"{LIST}?q=xyz").text
    names = [row.last_name for row in queries.trainers(1, NOON.date()).items]
    assert names == ["Œuvrard", "Zoulou"]


def test_a_trainer_is_added_and_changed(office: FlaskClient) -> None:
    reply = office.post(f"{LIST}/ajouter", data=CLAIRE | {"phone": "+33 6 12 34 56 78"})
    trainer = db.session.scalars(select(Trainer)).one()
    assert reply.headers["Location"] == f"{LIST}/{trainer.id}"
    assert trainer.phone == "0612345678"
    assert (
        "Ses compétences ne sont pas encore prouvées" in office.get(reply.headers["Location"]).text
    )
    reply = office.post(f"{LIST}/{trainer.id}/modifier", data=CLAIRE | {"titles": "Master 2012"})
    assert reply.status_code == 303
    db.session.refresh(trainer)
    assert trainer.titles == "Master 2012"
    assert trainer.search == "vasseur claire claire@example org"
    assert "Master 2012" in office.get(f"{LIST}/{trainer.id}/modifier").text


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"first_name": " "}, "first_name", "Indiquez le prénom"),
        ({"email": "claire"}, "email", "n’est pas une adresse"),
        ({"email": "prise@example.org"}, "email", "déjà celle"),
        ({"phone": "12"}, "phone", "n’est pas un numéro"),
        ({"status": "king"}, "status", "choix"),
        ({"last_name": "x" * 81}, "last_name", "80 caractères au plus"),
    ],
)
def test_a_refused_trainer_is_kept_on_the_page(
    office: FlaskClient, changes: dict, field: str, why: str
) -> None:
    TrainerFactory(email="prise@example.org")
    reply = office.post(f"{LIST}/ajouter", data=CLAIRE | {"bio": "Vingt ans de terrain."} | changes)
    assert reply.status_code == 422
    assert f'id="{field}-erreur"' in reply.text
    assert why in reply.text
    assert "Vingt ans de terrain." in reply.text
    assert db.session.scalar(select(func.count(Trainer.id))) == 1


def test_skills_with_background_are_evidence_until_they_are_no_more(app: Flask) -> None:
    with clock.frozen(NOON):
        trainer = create_trainer(TrainerDetails(**CLAIRE), by=SYSTEM, at=NOON)
        skill = add_skill(trainer, SKILL, by=SYSTEM, at=NOON)
        assert proofs() == []  # neither CV nor titles yet
        change_trainer(trainer, TrainerDetails(**CLAIRE, titles="Master"), by=SYSTEM, at=NOON)
        (proof,) = proofs()
        assert (proof.piece, proof.scope_kind, proof.scope_id) == (
            "trainer-skills",
            "trainer",
            trainer.id,
        )
        assert proof.occurred_on == date(2026, 3, 2)
        assert proof.facts["skills"][0]["shown_by"] == "Certificat 2019"
        change_trainer(
            trainer, TrainerDetails(**CLAIRE, titles="Master", bio="x"), by=SYSTEM, at=NOON
        )
        assert len(proofs()) == 1  # nothing that proves has changed
        more = SkillDetails(skill="Écoute", shown_by="Séance", checked_on=date(2026, 5, 1))
        add_skill(trainer, more, by=SYSTEM, at=NOON)
        first, second = proofs()
        assert first.withdrawn_at is None
        assert second.occurred_on == date(2026, 5, 1)
        remove_skill(trainer, skill, by=SYSTEM, at=NOON)
        remove_skill(trainer, trainer.skills[0], by=SYSTEM, at=NOON)
    assert all("ne montre plus" in proof.withdrawn_why for proof in proofs())
    assert db.session.scalar(select(func.count(TrainerSkill.id))) == 0


def test_expired_skills_prove_nothing_any_more(app: Flask) -> None:
    with clock.frozen(NOON):
        lasting = TrainerFactory(titles="Master")
        add_skill(lasting, SKILL, by=SYSTEM, at=NOON)
        trainer = TrainerFactory(titles="Master")
        short = SkillDetails(
            skill="SST",
            shown_by="Carte",
            checked_on=date(2026, 1, 1),
            valid_until=date(2026, 6, 30),
        )
        add_skill(trainer, short, by=SYSTEM, at=NOON)
        assert withdraw_expired_skills(by=SYSTEM, at=NOON) == 0
    later = NOON + timedelta(days=29)
    with clock.frozen(later):
        assert withdraw_expired_skills(by=SYSTEM, at=later) == 0
        assert [one.withdrawn_at for one in proofs()] == [None, None]  # it says when it ends
        with committed():
            proofs()[1].valid_until = None  # written before pieces said so
        assert withdraw_expired_skills(by=SYSTEM, at=later) == 1
        assert withdraw_expired_skills(by=SYSTEM, at=later) == 0
    kept, gone = proofs()
    assert kept.withdrawn_at is None
    assert "ont expiré" in gone.withdrawn_why


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"skill": " "}, "skill"),
        ({"shown_by": ""}, "shown_by"),
        ({"checked_on": date(2026, 6, 3)}, "checked_on"),
        ({"valid_until": date(2026, 3, 1)}, "valid_until"),
    ],
)
def test_a_skill_that_does_not_hold(app: Flask, changes: dict, field: str) -> None:
    trainer = TrainerFactory()
    values = {"skill": "A", "shown_by": "B", "checked_on": date(2026, 3, 2)} | changes
    with clock.frozen(NOON), pytest.raises(Refused) as refused:
        add_skill(trainer, SkillDetails(**values), by=SYSTEM, at=NOON)
    assert [problem.field for problem in refused.value.problems] == [field]
    assert isinstance(refused.value, Problems)


def test_skills_are_kept_from_the_page(office: FlaskClient) -> None:
    trainer = TrainerFactory()
    base = f"{LIST}/{trainer.id}/competences"
    data = {"skill": "Animation", "shown_by": "Certificat", "checked_on": "02/03/2026"}
    assert office.post(base, data=data).status_code == 303
    skill = db.session.scalars(select(TrainerSkill)).one()
    refused = office.post(base, data=data | {"shown_by": "", "skill": "Écoute"})
    assert refused.status_code == 422
    assert 'value="Écoute"' in refused.text
    assert "Indiquez ce qui la montre" in refused.text
    page = office.get(f"{base}/{skill.id}")
    assert 'value="2026-03-02"' in page.text
    office.post(f"{base}/{skill.id}", data=data | {"valid_until": "2026-03-31"})
    assert "expirée" in office.get(f"{LIST}/{trainer.id}").text
    other = TrainerFactory()
    assert office.get(f"{LIST}/{other.id}/competences/{skill.id}").status_code == 404
    assert office.post(f"{LIST}/{other.id}/competences/{skill.id}/retirer").status_code == 404
    office.post(f"{base}/{skill.id}/retirer")
    assert db.session.scalar(select(func.count(TrainerSkill.id))) == 0


def test_a_cv_is_kept_read_and_taken_away(office: FlaskClient) -> None:
    trainer = TrainerFactory()
    base = f"{LIST}/{trainer.id}/cv"
    assert office.get(f"{base}.pdf").status_code == 404
    sent = office.post(base, data={"cv": (BytesIO(PDF), "../CV Claire.pdf")})
    assert sent.status_code == 303
    kept = office.get(f"{base}.pdf")
    assert kept.data == PDF
    assert "CV Claire.pdf" in kept.headers["Content-Disposition"]
    office.post(f"{base}/retirer")
    assert office.get(f"{base}.pdf").status_code == 404
    assert "n’a pas de CV" in office.post(f"{base}/retirer", follow_redirects=True).text


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"<html>", "type accepté"), (b"", "vide"), (None, "Choisissez un fichier")],
)
def test_a_cv_that_is_none_is_refused(office: FlaskClient, content: bytes | None, why: str) -> None:
    trainer = TrainerFactory()
    data = {"cv": (BytesIO(content), "cv.pdf")} if content is not None else {}
    reply = office.post(f"{LIST}/{trainer.id}/cv", data=data)
    assert reply.status_code == 422
    assert why in reply.text
    db.session.refresh(trainer)
    assert trainer.cv_sha256 == ""


def test_a_trainer_is_archived_and_taken_again(office: FlaskClient) -> None:
    trainer = TrainerFactory(last_name="Zoulou")
    office.post(f"{LIST}/{trainer.id}/archiver", follow_redirects=True)
    assert "Zoulou" not in office.get(LIST).text
    assert "Zoulou" in office.get(f"{LIST}?etat=archived").text
    office.post(f"{LIST}/{trainer.id}/reprendre", follow_redirects=True)
    assert "Zoulou" in office.get(LIST).text
    actions = db.session.scalars(select(JournalEntry.action)).all()
    assert actions == ["people.trainer-archived", "people.trainer-restored"]


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUDITOR, Role.CLIENT])
def test_only_the_office_keeps_people(sign_in: SignIn, role: Role) -> None:
    someone, trainer = sign_in(role), TrainerFactory()
    for path in (LIST, f"{LIST}/{trainer.id}", f"{LIST}/{trainer.id}/cv.pdf", "/clients"):
        assert someone.get(path).status_code == 403
    assert sign_in(Role.OFFICE).get(f"{LIST}/9999").status_code == 404
