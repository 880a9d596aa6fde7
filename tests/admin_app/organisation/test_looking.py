"""Places that are looked at, and what is published read again: acts, evidence, pages."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from admin_app.organisation.models import Place, PlaceCheck, PublicationReview
from admin_app.organisation.pieces import place_check_piece, publication_piece
from admin_app.organisation.words import POINTS
from tests.factories import PlaceFactory
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
PLACES = "/organisme/lieux"
PUBLICATIONS = "/organisme/publications"
SEEN = {
    "on": "2026-11-20",
    "who": "Nora Lenoir",
    "equipment": "good",
    "equipment_words": "Écran, 14 tables.",
    "accessibility": "good",
    "accessibility_words": "",
    "remarks": "",
}
READ = {
    "on": "2026-11-20",
    "who": "Nora Lenoir",
    "media": ["site", "brochures"],
    "media_words": "Brochure d’automne",
    "findings": "",
    "corrections": "",
    "correct_by": "",
} | dict.fromkeys(POINTS, "right")


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
        yield


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.QUALITY_MANAGER)


def proofs(piece: str) -> list[Evidence]:
    db.session.expire_all()
    return list(db.session.scalars(select(Evidence).where(Evidence.piece == piece)))


def number(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_place_that_was_looked_at_proves_it(office: FlaskClient) -> None:
    place = PlaceFactory(name="Salle Loire")
    assert "1 lieu à revoir" in office.get(PLACES).text.replace("\u00a0", " ")
    assert "Personne n’a encore noté" in office.get(f"{PLACES}/{place.id}").text
    assert office.post(f"{PLACES}/{place.id}/verifier", data=SEEN).status_code == 303
    (proof,) = proofs("place-checked")
    assert (proof.scope_kind, proof.scope_id) == ("place", place.id)
    assert proof.occurred_on == date(2026, 11, 20)
    assert proof.facts["equipment"] == "convient"
    assert "Écran, 14 tables." in office.get(f"{PLACES}/{place.id}").text
    assert "Salle Loire" not in office.get(f"{PLACES}?etat=a-revoir").text
    template, content = place_check_piece(proof.source_id) or ("", {})
    assert template
    assert content["facts"][0] == ("Lieu", "Salle Loire")


def test_what_is_lacking_or_too_old_is_to_be_looked_at_again(office: FlaskClient) -> None:
    lacking, old, last_day = PlaceFactory(), PlaceFactory(), PlaceFactory()
    typed = SEEN | {"accessibility": "lacking", "accessibility_words": "Marche à l’entrée."}
    office.post(f"{PLACES}/{lacking.id}/verifier", data=typed)
    office.post(f"{PLACES}/{old.id}/verifier", data=SEEN | {"on": "2023-11-24"})
    office.post(f"{PLACES}/{last_day.id}/verifier", data=SEEN | {"on": "2023-11-25"})
    PlaceFactory(is_remote=True)
    listed = office.get(f"{PLACES}?etat=a-revoir").text
    assert f"{PLACES}/{lacking.id}/verifier" in listed
    assert f"{PLACES}/{old.id}/verifier" in listed
    assert f"{PLACES}/{last_day.id}/verifier" not in listed


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"on": "2026-11-25"}, "pas encore venu"),
        ({"on": ""}, "Indiquez le jour"),
        ({"on": "31/02/2026"}, "n’existe pas"),
        ({"who": ""}, "qui a regardé"),
        ({"equipment": ""}, "ce qu’il en est"),
        ({"equipment": "superb"}, "Choisissez dans la liste"),
        ({"accessibility": "lacking"}, "ce qui manque"),
        ({"remarks": "x" * 2_001}, "2000 caractères"),
    ],
)
def test_a_refused_check_is_kept_on_the_page(
    office: FlaskClient, changes: dict[str, str], why: str
) -> None:
    place = PlaceFactory()
    reply = office.post(f"{PLACES}/{place.id}/verifier", data=SEEN | changes)
    assert reply.status_code == 422
    assert why in reply.text.replace("\u00a0", " ")
    assert "Écran, 14 tables." in reply.text
    assert number(PlaceCheck) == 0
    assert proofs("place-checked") == []


def test_an_archived_or_remote_place_is_not_looked_at(office: FlaskClient) -> None:
    remote = PlaceFactory(is_remote=True)
    gone = PlaceFactory(archived_at=datetime(2026, 1, 1, tzinfo=UTC))
    for place, why in ((remote, "classe à distance"), (gone, "archivé")):
        reply = office.post(f"{PLACES}/{place.id}/verifier", data=SEEN)
        assert reply.status_code == 422
        assert why in reply.text
    assert office.get(f"{PLACES}/999/verifier").status_code == 404
    assert number(PlaceCheck) == 0


def test_a_check_entered_by_mistake_leaves_its_trace(office: FlaskClient) -> None:
    place, other = PlaceFactory(), PlaceFactory()
    office.post(f"{PLACES}/{place.id}/verifier", data=SEEN)
    check = db.session.scalars(select(PlaceCheck)).one()
    assert office.get(f"{PLACES}/{other.id}/verifications/{check.id}/retirer").status_code == 404
    path = f"{PLACES}/{place.id}/verifications/{check.id}/retirer"
    assert office.post(path, data={"why": " "}).status_code == 422
    assert office.post(path, data={"why": "Autre salle."}).status_code == 303
    (proof,) = proofs("place-checked")
    assert proof.withdrawn_why == "Autre salle."
    assert db.session.get_one(Place, place.id).checked_on is None
    assert "Autre salle." in office.get(f"{PLACES}/{place.id}").text
    assert "déjà retirée" in office.post(path, data={"why": "Encore."}).text


def test_a_place_costs_the_same_whatever_its_history(office: FlaskClient) -> None:
    place = PlaceFactory()

    def cost() -> int:
        db.session.remove()
        with counted() as seen:
            assert office.get(f"{PLACES}/{place.id}").status_code == 200
        return len(seen)

    for _ in range(2):
        office.post(f"{PLACES}/{place.id}/verifier", data=SEEN)
    few = cost()
    for _ in range(28):
        office.post(f"{PLACES}/{place.id}/verifier", data=SEEN)
    assert cost() == few <= 10


def test_a_review_of_what_is_published_proves_it(manager: FlaskClient) -> None:
    assert "Aucune relecture n’est notée" in manager.get(PUBLICATIONS).text
    reply = manager.post(f"{PUBLICATIONS}/relire", data=READ)
    assert reply.status_code == 303
    (proof,) = proofs("communications-review")
    assert proof.scope_kind == "provider"
    assert proof.occurred_on == date(2026, 11, 20)
    assert proof.facts["points"]["price"] == "right"
    assert "20 novembre 2027" in manager.get(PUBLICATIONS).text.replace("\u00a0", " ")
    assert "Brochure d’automne" in manager.get(reply.location).text
    assert publication_piece(proof.source_id)


def test_what_is_left_to_be_put_right_is_followed(manager: FlaskClient) -> None:
    typed = READ | {
        "price": "to-correct",
        "mark": "corrected",
        "findings": "« Formation gratuite » en page d’accueil.",
        "corrections": "Logo retiré de la page des bilans.",
        "correct_by": "2026-12-05",
    }
    place = manager.post(f"{PUBLICATIONS}/relire", data=typed).location
    assert "à corriger pour le" in manager.get(PUBLICATIONS).text
    done = {"on": "2026-11-23", "words": "Phrase retirée."}
    late = manager.post(f"{place}/corriger", data=done | {"on": "2026-11-19"})
    assert late.status_code == 422
    assert "Phrase retirée." in late.text
    assert manager.post(f"{place}/corriger", data=done).status_code == 303
    assert "rien n’attend" in manager.get(PUBLICATIONS).text
    assert "Rien n’attend de correction" in manager.post(f"{place}/corriger", data=done).text


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"on": "2026-11-25"}, "pas encore venu"),
        ({"who": ""}, "qui a relu"),
        ({"media": []}, "Cochez ce qui a été relu"),
        ({"media": ["television"]}, "Choisissez dans la liste"),
        ({"price": ""}, "ce qu’il en est"),
        ({"price": "perhaps"}, "ce qu’il en est"),
        ({"price": "corrected", "findings": "Un prix."}, "ce qui a été corrigé"),
        ({"price": "to-correct", "correct_by": "2026-12-05"}, "ce qui était inexact"),
        ({"price": "to-correct", "findings": "Un prix."}, "pour quel jour"),
        (
            {"price": "to-correct", "findings": "Un prix.", "correct_by": "2026-11-01"},
            "avant la relecture",
        ),
    ],
)
def test_a_refused_review_is_kept_on_the_page(
    manager: FlaskClient, changes: dict[str, object], why: str
) -> None:
    reply = manager.post(f"{PUBLICATIONS}/relire", data=READ | changes)
    assert reply.status_code == 422
    assert why in reply.text
    assert "Brochure d’automne" in reply.text
    assert number(PublicationReview) == 0
    assert proofs("communications-review") == []


def test_a_review_entered_by_mistake_leaves_its_trace(manager: FlaskClient) -> None:
    place = manager.post(f"{PUBLICATIONS}/relire", data=READ).location
    assert manager.post(f"{place}/retirer", data={"why": ""}).status_code == 422
    assert manager.post(f"{place}/retirer", data={"why": "Doublon."}).status_code == 303
    assert proofs("communications-review")[0].withdrawn_why == "Doublon."
    assert "Doublon." in manager.get(place).text
    assert manager.get(f"{PUBLICATIONS}/999").status_code == 404


def test_reviews_cost_the_same_whatever_their_number(manager: FlaskClient) -> None:
    def cost() -> int:
        db.session.remove()
        with counted() as seen:
            assert manager.get(PUBLICATIONS).status_code == 200
        return len(seen)

    for _ in range(2):
        manager.post(f"{PUBLICATIONS}/relire", data=READ)
    few = cost()
    for _ in range(28):
        manager.post(f"{PUBLICATIONS}/relire", data=READ)
    assert cost() == few <= 10


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUDITOR, Role.CLIENT, Role.OFFICE])
def test_only_those_who_manage_the_organisation_note_reviews(sign_in: SignIn, role: Role) -> None:
    someone = sign_in(role)
    assert someone.get(PUBLICATIONS).status_code == 403
    assert someone.post(f"{PUBLICATIONS}/relire", data=READ).status_code == 403
    if role is not Role.OFFICE:
        place = PlaceFactory()
        assert someone.post(f"{PLACES}/{place.id}/verifier", data=SEEN).status_code == 403
