"""Where a trainer stands: diplomas and what expires, yearly reviews, development."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.people import operations
from admin_app.people.matching import lacking
from admin_app.people.models import (
    Trainer,
    TrainerDevelopment,
    TrainerDiploma,
    TrainerReview,
    TrainerSkill,
)
from admin_app.people.pieces import development_piece, review_piece
from tests.factories import TrainerFactory, committed
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BY = {"by": SYSTEM, "at": NOW}
LIST = "/personnes/formateurs"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
DIPLOMA = {
    "kind": "authorisation",
    "title": "Habilitation électrique BR",
    "issuer": "Apave",
    "obtained_on": "2024-01-10",
    "valid_until": "2027-01-10",
    "checked_on": "2026-11-20",
}
REVIEW = {
    "held_on": "2026-11-20",
    "held_by": "Hélène Marchand",
    "looked_at": ["trainees", "observed"],
    "observations": "Très à l’aise avec les groupes difficiles",
    "decisions": "Observer une séance à distance",
    "needs": "Une formation à la classe virtuelle",
}
DONE = {
    "kind": "training",
    "title": "Animer à distance",
    "done_on": "2026-10-02",
    "hours": "7 h",
    "effect": "Séquences plus courtes",
}


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


@pytest.fixture
def trainer(office: FlaskClient) -> Trainer:
    return TrainerFactory(first_name="Claire", last_name="Vasseur")


def page(trainer: Trainer, rest: str = "suivi") -> str:
    return f"{LIST}/{trainer.id}/{rest}"


def plain(reply: Any) -> str:
    return str(reply.text).replace("\u00a0", " ")


def pieces(piece: str) -> list[Evidence]:
    db.session.expire_all()
    statement = select(Evidence).where(Evidence.piece == piece).order_by(Evidence.id)
    return list(db.session.scalars(statement))


def rows(kind: type) -> list[Any]:
    db.session.expire_all()
    return list(db.session.scalars(select(kind)))


def diploma(trainer: Trainer, until: date | None, title: str = "Habilitation") -> TrainerDiploma:
    details = operations.DiplomaDetails(
        kind="authorisation", title=title, checked_on=date(2024, 1, 1), valid_until=until
    )
    return operations.add_diploma(trainer, details, **BY)


def test_a_diploma_with_its_copy_shows_a_skill_at_once(
    office: FlaskClient, trainer: Trainer
) -> None:
    assert office.get(page(trainer, "diplomes/ajouter")).status_code == 200
    sent = DIPLOMA | {"shows": "Travaux électriques", "file": (BytesIO(PDF), "titre.pdf")}
    assert office.post(page(trainer, "diplomes/ajouter"), data=sent).status_code == 303
    (row,), (skill,) = rows(TrainerDiploma), rows(TrainerSkill)
    assert skill.skill == "Travaux électriques"
    assert skill.shown_by == "Habilitation électrique BR, Apave"
    assert skill.valid_until == row.valid_until == date(2027, 1, 10)
    reply = office.get(page(trainer, f"diplomes/{row.id}/copie"))
    assert (reply.data, reply.mimetype) == (PDF, "application/pdf")
    assert "valable jusqu’au 10 janvier 2027" in plain(office.get(page(trainer)))
    assert office.get(page(TrainerFactory(), f"diplomes/{row.id}/copie")).status_code == 404


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": ""}, "Choisissez de quoi il s’agit"),
        ({"title": " "}, "Indiquez l’intitulé"),
        ({"obtained_on": "2026-12-01"}, "pas encore venu"),
        ({"checked_on": "2026-12-01"}, "pas encore venu"),
        ({"checked_on": "32/13/2026"}, "Ce jour n’existe pas"),
        ({"valid_until": "2023-01-01"}, "précède l’obtention"),
        ({"file": (BytesIO(b"MZ\x90\x00" * 30), "titre.pdf")}, "pas d’un type accepté"),
        ({"file": (BytesIO(b""), "titre.pdf")}, "est vide"),
    ],
)
def test_a_wrong_diploma_is_refused_and_kept(
    office: FlaskClient, trainer: Trainer, changes: dict[str, Any], message: str
) -> None:
    reply = office.post(page(trainer, "diplomes/ajouter"), data=DIPLOMA | changes)
    assert reply.status_code == 422
    assert message in plain(reply)
    assert "Apave" in reply.text
    assert rows(TrainerDiploma) == []
    assert rows(TrainerSkill) == []


def test_a_diploma_is_renewed_then_taken_away_with_a_reason(
    office: FlaskClient, trainer: Trainer
) -> None:
    row = diploma(trainer, date(2026, 10, 1))
    assert "valable jusqu’au 1er octobre 2026" in plain(office.get(page(trainer)))
    path = page(trainer, f"diplomes/{row.id}")
    renewed = DIPLOMA | {"valid_until": "2029-10-01"}
    assert office.post(path, data=renewed).status_code == 303
    assert "Rien n’est expiré" in plain(office.get(page(trainer)))
    assert office.get(f"{path}/retirer").status_code == 200
    assert office.post(f"{path}/retirer", data={"why": ""}).status_code == 422
    assert office.post(f"{path}/retirer", data={"why": "Saisi deux fois"}).status_code == 303
    assert "Saisi deux fois" in office.get(page(trainer)).text
    assert "déjà retiré" in plain(office.post(f"{path}/retirer", data={"why": "x"}))


@pytest.mark.parametrize(
    ("until", "state"),
    [
        (date(2026, 11, 23), "expired"),
        (date(2026, 11, 24), "expiring"),
        (date(2027, 1, 23), "expiring"),
        (date(2027, 1, 24), ""),
        (None, ""),
    ],
)
def test_the_list_finds_what_expires(
    office: FlaskClient, trainer: Trainer, until: date | None, state: str
) -> None:
    diploma(trainer, until)
    for asked in ("expired", "expiring"):
        assert ("Vasseur" in office.get(f"{LIST}?etat={asked}").text) is (asked == state)
    removed = rows(TrainerDiploma)[0]
    operations.remove_diploma(rows(Trainer)[0], removed, why="Erreur", **BY)
    assert "Vasseur" not in office.get(f"{LIST}?etat=expired").text


def test_a_skill_that_expires_is_found_too(office: FlaskClient, trainer: Trainer) -> None:
    skill = operations.SkillDetails(
        skill="Secourisme",
        shown_by="SST",
        checked_on=date(2024, 1, 1),
        valid_until=date(2026, 12, 24),
    )
    operations.add_skill(trainer, skill, **BY)
    assert "bientôt" in office.get(f"{LIST}?etat=expiring").text
    assert "Secourisme" in office.get(page(trainer)).text


def test_the_evidence_of_skills_ends_with_the_last_of_them(
    office: FlaskClient, trainer: Trainer
) -> None:
    with committed():
        trainer.titles = "Master"
    for name, until in (("A", date(2027, 1, 1)), ("B", date(2028, 1, 1))):
        details = operations.SkillDetails(
            skill=name, shown_by="x", checked_on=date(2026, 1, 1), valid_until=until
        )
        operations.add_skill(trainer, details, **BY)
    assert pieces("trainer-skills")[-1].valid_until == date(2028, 1, 1)
    lasting = operations.SkillDetails(skill="C", shown_by="x", checked_on=date(2026, 1, 1))
    operations.add_skill(rows(Trainer)[0], lasting, **BY)
    assert pieces("trainer-skills")[-1].valid_until is None


def test_a_review_is_kept_and_leaves_its_evidence(office: FlaskClient, trainer: Trainer) -> None:
    assert office.get(page(trainer, "entretiens/ajouter")).status_code == 200
    assert office.post(page(trainer, "entretiens/ajouter"), data=REVIEW).status_code == 303
    (piece,), (row,) = pieces("trainer-review"), rows(TrainerReview)
    assert (piece.scope_kind, piece.scope_id) == ("trainer", trainer.id)
    assert piece.occurred_on == date(2026, 11, 20)
    assert "groupes difficiles" not in str(piece.facts)
    shown = plain(office.get(page(trainer, f"entretiens/{row.id}")))
    assert "groupes difficiles" in shown
    assert "séance observée" in shown
    assert "au plus tard le 20 novembre 2027" in plain(office.get(page(trainer)))
    template, context = review_piece(row.id) or ("", {})
    assert office.application.jinja_env.get_template(template)
    assert "groupes difficiles" not in office.application.jinja_env.get_template(template).render(
        content=context
    )
    again = plain(office.get(page(trainer, "entretiens/ajouter")))
    assert "Observer une séance à distance" in again  # what was decided last time


def test_a_review_set_aside_withdraws_its_evidence(office: FlaskClient, trainer: Trainer) -> None:
    office.post(page(trainer, "entretiens/ajouter"), data=REVIEW)
    row = rows(TrainerReview)[0]
    path = page(trainer, f"entretiens/{row.id}/ecarter")
    assert office.post(path, data={"why": "Autre personne"}).status_code == 303
    assert pieces("trainer-review")[0].withdrawn_why == "Autre personne"
    assert "Aucun entretien pour l’instant" in plain(office.get(page(trainer)))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"held_on": "2026-11-25"}, "pas encore venu"),
        ({"held_by": ""}, "Indiquez qui l’a tenu"),
        ({"looked_at": []}, "Cochez au moins une chose"),
        ({"observations": " "}, "Écrivez ce qui a été constaté"),
        ({"decisions": ""}, "Écrivez ce qui a été décidé"),
        ({"decisions": "x" * 6001}, "6000 caractères au plus"),
    ],
)
def test_a_wrong_review_is_refused_and_kept(
    office: FlaskClient, trainer: Trainer, changes: dict[str, Any], message: str
) -> None:
    reply = office.post(page(trainer, "entretiens/ajouter"), data=REVIEW | changes)
    assert reply.status_code == 422
    assert message in plain(reply)
    assert "classe virtuelle" in reply.text
    assert rows(TrainerReview) == []
    assert pieces("trainer-review") == []


@pytest.mark.parametrize(
    ("held", "is_late"), [(date(2025, 11, 24), False), (date(2025, 11, 23), True)]
)
def test_a_review_is_late_after_a_year(
    office: FlaskClient, trainer: Trainer, held: date, is_late: bool
) -> None:
    office.post(page(trainer, "entretiens/ajouter"), data=REVIEW | {"held_on": held.isoformat()})
    assert ("en retard" in office.get(page(trainer)).text) is is_late
    assert ("Vasseur" in office.get(f"{LIST}?etat=review-due").text) is is_late


def test_development_is_kept_with_what_it_changes(office: FlaskClient, trainer: Trainer) -> None:
    assert office.get(page(trainer, "developpement/ajouter")).status_code == 200
    sent = DONE | {"file": (BytesIO(PDF), "certificat.pdf")}
    assert office.post(page(trainer, "developpement/ajouter"), data=sent).status_code == 303
    (piece,), (row,) = pieces("trainer-development"), rows(TrainerDevelopment)
    assert (row.minutes, piece.occurred_on) == (420, date(2026, 10, 2))
    assert office.get(page(trainer, f"developpement/{row.id}/copie")).data == PDF
    assert "Séquences plus courtes" in office.get(page(trainer)).text
    assert development_piece(row.id)
    path = page(trainer, f"developpement/{row.id}/ecarter")
    assert office.post(path, data={"why": "Doublon"}).status_code == 303
    assert pieces("trainer-development")[0].withdrawn_at is not None
    actions = rows(JournalEntry)
    assert [one.action for one in actions][-2:] == [
        "people.development",
        "people.development-removed",
    ]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": ""}, "Choisissez de quoi il s’agit"),
        ({"title": ""}, "Indiquez l’intitulé"),
        ({"done_on": "2026-11-25"}, "pas encore venu"),
        ({"hours": "longtemps"}, "Écrivez la durée ainsi"),
        ({"hours": "0"}, "paraît fausse"),
        ({"effect": " "}, "Écrivez ce que cela change"),
    ],
)
def test_wrong_development_is_refused(
    office: FlaskClient, trainer: Trainer, changes: dict[str, str], message: str
) -> None:
    reply = office.post(page(trainer, "developpement/ajouter"), data=DONE | changes)
    assert reply.status_code == 422
    assert message in plain(reply)
    assert rows(TrainerDevelopment) == []


def test_the_page_costs_the_same_whatever_it_holds(office: FlaskClient, trainer: Trainer) -> None:
    address = page(trainer)

    def cost() -> int:
        db.session.remove()
        with counted() as seen:
            assert office.get(address).status_code == 200
        return len(seen)

    diploma(trainer, date(2026, 10, 1))
    few = cost()
    again = rows(Trainer)[0]
    for rank in range(30):
        diploma(again, date(2026, 10, 1), f"Titre {rank}")
    assert cost() == few <= 10


def test_the_quality_manager_follows_and_does_not_change_files(sign_in: SignIn) -> None:
    manager, trainer = sign_in(Role.QUALITY_MANAGER), TrainerFactory()
    assert manager.get(LIST).status_code == 200
    assert manager.get(page(trainer)).status_code == 200
    assert manager.get(f"{LIST}/{trainer.id}").status_code == 403
    reply = manager.post(page(trainer, "entretiens/ajouter"), data=REVIEW)
    assert reply.status_code == 303


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUDITOR, Role.CLIENT, Role.DISABILITY_OFFICER])
def test_others_open_nothing(sign_in: SignIn, role: Role) -> None:
    someone, trainer = sign_in(role), TrainerFactory()
    for rest in ("suivi", "diplomes/ajouter", "entretiens/ajouter", "developpement/ajouter"):
        assert someone.get(page(trainer, rest)).status_code == 403


def test_what_is_another_trainer_s_is_not_found(office: FlaskClient, trainer: Trainer) -> None:
    other = TrainerFactory()
    row = diploma(trainer, None)
    office.post(page(trainer, "entretiens/ajouter"), data=REVIEW)
    review = rows(TrainerReview)[0]
    for rest in (
        f"diplomes/{row.id}",
        f"entretiens/{review.id}",
        f"entretiens/{review.id}/ecarter",
    ):
        assert office.get(page(other, rest)).status_code == 404
    assert office.get(f"{LIST}/9999/suivi").status_code == 404


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(checked=DAYS, until=st.none() | DAYS, first=DAYS, length=st.integers(0, 60))
def test_a_skill_covers_days_when_checked_before_and_valid_to_the_end(
    checked: date, until: date | None, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    held = TrainerSkill(skill=" Droit  PUBLIC", checked_on=checked, valid_until=until)
    covers = checked <= first and (until is None or last <= until)
    assert lacking(["droit public"], [held], first, last) == ([] if covers else ["droit public"])
    assert lacking(["droit public"], [], first, last) == ["droit public"]
    assert lacking([], [held], first, last) == []
