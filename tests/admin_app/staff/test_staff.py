"""The team: who does what, meetings, plans, reviews, development; what they prove."""

from collections.abc import Iterator
from datetime import date
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.coverage.models import Expectation
from admin_app.staff.models import (
    ChartApproval,
    ChartRole,
    DevelopmentPlan,
    StaffDevelopment,
    StaffMember,
    StaffReview,
    TeamMeeting,
)
from tests.admin_app.quality.support import (
    SignIn,
    error_of,
    journal,
    proofs,
    rows,
    statements,
    words,
)
from tests.factories import ProviderFactory
from tests.factories.staff import TODAY, member

BASE = "/equipe"
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
MEMBER = {"name": "Inès Caron", "role": "Assistante", "since": "2024-03-04", "trainer_id": "0"}
ROLE = {
    "kind": "disability",
    "holder": "Paul Vidal",
    "member_id": "0",
    "missions": "Accueillir, orienter, adapter.",
    "stand_in": "Inès Caron",
    "since": "2026-01-05",
}
APPROVAL = {"approved_on": "2026-11-24", "approved_by": "Nora Lenoir"}
MEETING = {
    "held_on": "2026-11-20",
    "present": "Nora Lenoir, Claire Vasseur (extérieure)",
    "points": "Retours des stagiaires",
    "decisions": "Revoir le livret d’accueil",
}
PLAN = {
    "year": "2027",
    "decided_on": "2026-11-20",
    "needs": "Animer à distance",
    "actions": "Inès : formation de deux jours en mars",
}
REVIEW = {
    "held_on": "2026-11-20",
    "held_by": "Nora Lenoir",
    "exchanged": "Souhaite évoluer vers l’ingénierie",
    "decisions": "Formation en 2027",
}
DONE = {
    "kind": "training",
    "title": "Accueillir une personne handicapée",
    "done_on": "2026-10-02",
    "minutes": "7 h",
    "effect": "Un accueil mieux préparé",
}


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    ProviderFactory()
    return sign_in(Role.QUALITY_MANAGER)


def owed_until(piece: str, scope: str, key: int) -> tuple[str | None, date | None]:
    db.session.expire_all()
    row = db.session.execute(
        select(Expectation.outcome, Expectation.fresh_until).where(
            Expectation.piece == piece,
            Expectation.scope_kind == scope,
            Expectation.scope_id == key,
        )
    ).one()
    return row.outcome, row.fresh_until


def test_someone_is_added_followed_and_leaves(manager: FlaskClient) -> None:
    assert manager.post(f"{BASE}/ajouter", data=MEMBER).status_code == 303
    found = db.session.scalars(select(StaffMember)).one()
    place = f"{BASE}/{found.id}"
    assert "attendu depuis le 4 mars 2026" in words(manager.get(place))
    assert owed_until("staff-review", "staff", found.id) == (None, None)
    assert manager.post(f"{place}/entretiens/ajouter", data=REVIEW).status_code == 303
    sent = DONE | {"file": (BytesIO(PDF), "attestation.pdf")}
    assert manager.post(f"{place}/developpement/ajouter", data=sent).status_code == 303
    (review,), (done,) = proofs("staff-review"), proofs("staff-development")
    assert (review.scope_kind, review.scope_id) == ("staff", found.id)
    assert "ingénierie" not in str(review.facts) + review.label
    assert done.facts["minutes"] == 420
    known = owed_until("staff-review", "staff", found.id)
    assert known == ("obtained", date(2028, 11, 19))
    row = db.session.scalars(select(StaffDevelopment)).one()
    assert manager.get(f"{place}/developpement/{row.id}/copie").data == PDF
    assert manager.get(f"{BASE}/999/developpement/{row.id}/copie").status_code == 404
    assert manager.post(f"{place}/depart", data={"on": "2026-11-20"}).status_code == 303
    assert "partie le 20 novembre 2026" in words(manager.get(place))
    assert "déjà partie" in error_of(
        manager.post(f"{place}/depart", data={"on": "2026-11-20"}), "on"
    )
    assert "Inès Caron – quitte l’équipe" in journal("staff.left")[0]


def test_the_chart_is_approved_as_it_stands(manager: FlaskClient) -> None:
    place = f"{BASE}/organigramme"
    assert "Aucun rôle" in error_of(
        manager.post(f"{place}/approuver", data=APPROVAL), "approved_on"
    )
    assert manager.post(f"{place}/roles/ajouter", data=ROLE).status_code == 303
    shown = words(manager.get(place))
    assert "Référent handicap – Paul Vidal" in shown
    assert "Référent pédagogique" in shown  # nobody holds it
    assert manager.post(f"{place}/approuver", data=APPROVAL).status_code == 303
    (proof,) = proofs("functional-chart")
    assert proof.facts["roles"][0]["stand_in"] == "Inès Caron"
    role = db.session.scalars(select(ChartRole)).one()
    ending = f"{place}/roles/{role.id}/terminer"
    assert error_of(manager.post(ending, data={"why": ""}), "why")
    assert manager.post(ending, data={"why": "Départ"}).status_code == 303
    assert manager.get(ending).status_code == 404
    approval = db.session.scalars(select(ChartApproval)).one()
    assert approval.roles[0]["holder"] == "Paul Vidal"


def test_a_role_is_given_to_someone_of_the_team(manager: FlaskClient) -> None:
    found = member()
    typed = ROLE | {"member_id": str(found.id), "holder": ""}
    assert manager.post(f"{BASE}/organigramme/roles/ajouter", data=typed).status_code == 303
    assert db.session.scalars(select(ChartRole)).one().holder == "Inès Caron"
    assert "Accueillir, orienter, adapter." in words(manager.get(f"{BASE}/{found.id}"))


def test_meetings_and_plans_prove_and_are_set_aside(manager: FlaskClient) -> None:
    assert manager.post(f"{BASE}/reunions/ajouter", data=MEETING).status_code == 303
    assert manager.post(f"{BASE}/plans/ajouter", data=PLAN).status_code == 303
    assert len(proofs("team-meeting")) == len(proofs("development-plan")) == 1
    assert "Revoir le livret" in words(manager.get(f"{BASE}/reunions"))
    assert "Animer à distance" in words(manager.get(f"{BASE}/plans"))
    meeting = db.session.scalars(select(TeamMeeting)).one()
    aside = f"{BASE}/ecarter/reunion/{meeting.id}"
    assert error_of(manager.post(aside, data={"why": " "}), "why")
    assert len(proofs("team-meeting")) == 1
    assert manager.post(aside, data={"why": "Saisie deux fois"}).status_code == 303
    assert proofs("team-meeting") == []
    assert "Saisie deux fois" in words(manager.get(f"{BASE}/reunions"))
    assert manager.get(f"{BASE}/ecarter/autre/1").status_code == 404


@pytest.mark.parametrize(
    ("path", "typed", "changes", "field", "model"),
    [
        ("ajouter", MEMBER, {"since": "2026-11-25"}, "since", StaffMember),
        ("ajouter", MEMBER, {"name": ""}, "name", StaffMember),
        ("ajouter", MEMBER, {"trainer_id": "99"}, "trainer_id", StaffMember),
        ("organigramme/roles/ajouter", ROLE, {"holder": ""}, "holder", ChartRole),
        ("organigramme/roles/ajouter", ROLE, {"member_id": "77"}, "member_id", ChartRole),
        ("organigramme/roles/ajouter", ROLE, {"kind": "king"}, "kind", ChartRole),
        ("organigramme/roles/ajouter", ROLE, {"kind": "other"}, "title", ChartRole),
        ("organigramme/roles/ajouter", ROLE, {"since": "2027-01-01"}, "since", ChartRole),
        ("reunions/ajouter", MEETING, {"held_on": "2026-11-25"}, "held_on", TeamMeeting),
        ("reunions/ajouter", MEETING, {"held_on": "hier"}, "held_on", TeamMeeting),
        ("reunions/ajouter", MEETING, {"decisions": " "}, "decisions", TeamMeeting),
        ("reunions/ajouter", MEETING, {"points": "x" * 5001}, "points", TeamMeeting),
        ("plans/ajouter", PLAN, {"year": "2036"}, "year", DevelopmentPlan),
        ("plans/ajouter", PLAN, {"year": "MMXXVII"}, "year", DevelopmentPlan),
        ("plans/ajouter", PLAN, {"decided_on": "2026-12-01"}, "decided_on", DevelopmentPlan),
        ("plans/ajouter", PLAN, {"needs": ""}, "needs", DevelopmentPlan),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    manager: FlaskClient, path: str, typed: dict, changes: dict, field: str, model: type
) -> None:
    reply = manager.post(f"{BASE}/{path}", data=typed | changes)
    assert reply.status_code == 422
    assert error_of(reply, field)
    kept = next(
        value for key, value in (typed | changes).items() if key != field and len(value) > 4
    )
    assert kept in reply.get_data(as_text=True)
    assert rows(model) == 0


@pytest.mark.parametrize(
    ("path", "typed", "changes", "field", "model"),
    [
        ("entretiens", REVIEW, {"held_on": "2026-11-25"}, "held_on", StaffReview),
        ("entretiens", REVIEW, {"held_on": "2020-01-01"}, "held_on", StaffReview),
        ("entretiens", REVIEW, {"exchanged": ""}, "exchanged", StaffReview),
        ("developpement", DONE, {"done_on": "2026-11-25"}, "done_on", StaffDevelopment),
        ("developpement", DONE, {"kind": "rest"}, "kind", StaffDevelopment),
        ("developpement", DONE, {"minutes": "longtemps"}, "minutes", StaffDevelopment),
        ("developpement", DONE, {"effect": ""}, "effect", StaffDevelopment),
    ],
)
def test_what_is_wrong_about_someone_is_said(
    manager: FlaskClient, path: str, typed: dict, changes: dict, field: str, model: type
) -> None:
    found = member()
    reply = manager.post(f"{BASE}/{found.id}/{path}/ajouter", data=typed | changes)
    assert reply.status_code == 422
    assert error_of(reply, field)
    assert rows(model) == 0


def test_lists_cost_the_same_whatever_the_rows(manager: FlaskClient) -> None:
    paths = (f"{BASE}/", f"{BASE}/reunions", f"{BASE}/plans", f"{BASE}/organigramme")
    for number in range(2):
        member(f"Personne {number}")
        manager.post(f"{BASE}/reunions/ajouter", data=MEETING)
        manager.post(f"{BASE}/plans/ajouter", data=PLAN)
        manager.post(f"{BASE}/organigramme/roles/ajouter", data=ROLE)
        manager.post(f"{BASE}/organigramme/approuver", data=APPROVAL)
    few = [statements(manager, path) for path in paths]
    for number in range(28):
        member(f"Autre {number}", since=date(2026, 1, 5))
        manager.post(f"{BASE}/reunions/ajouter", data=MEETING)
        manager.post(f"{BASE}/plans/ajouter", data=PLAN)
        manager.post(f"{BASE}/organigramme/roles/ajouter", data=ROLE)
        manager.post(f"{BASE}/organigramme/approuver", data=APPROVAL)
    assert [statements(manager, path) for path in paths] == few
    assert max(few) <= 10
    assert "Autre 1" not in words(manager.get(f"{BASE}/?etat=due"))
    assert "Personne 1" in words(manager.get(f"{BASE}/?etat=due"))


def test_who_may_do_what(sign_in: SignIn, browse: FlaskClient) -> None:
    found = member()
    assert browse.get(f"{BASE}/").status_code in {302, 303, 401}
    for role in (Role.TRAINER, Role.CLIENT, Role.AUDITOR, Role.DISABILITY_OFFICER):
        assert sign_in(role).get(f"{BASE}/").status_code == 403
    office = sign_in(Role.OFFICE)
    assert office.get(f"{BASE}/").status_code == 200
    for path in ("organigramme/approuver", "plans/ajouter", f"{found.id}/entretiens/ajouter"):
        assert office.get(f"{BASE}/{path}").status_code == 403
    quality = sign_in(Role.QUALITY_MANAGER)
    quality.post(f"{BASE}/{found.id}/entretiens/ajouter", data=REVIEW)
    review = db.session.scalars(select(StaffReview)).one()
    assert "ingénierie" in words(quality.get(f"{BASE}/{found.id}"))
    office = sign_in(Role.OFFICE)
    assert "ingénierie" not in words(office.get(f"{BASE}/{found.id}"))
    assert office.get(f"{BASE}/ecarter/entretien/{review.id}").status_code == 403
    assert office.get(f"{BASE}/999").status_code == 404


def test_the_auditor_reads_the_day_of_a_review_and_no_more(
    app: Flask, manager: FlaskClient
) -> None:
    found = member()
    manager.post(f"{BASE}/{found.id}/entretiens/ajouter", data=REVIEW)
    manager.post(f"{BASE}/reunions/ajouter", data=MEETING)
    views = app.extensions["liasse.piece_views"]
    with app.test_request_context():
        for kind, there, absent in (
            ("staff-review", "20 novembre 2026", "ingénierie"),
            ("team-meeting", "Revoir le livret", "rien de tel"),
        ):
            template, content = views[kind](1)
            shown = app.jinja_env.get_template(template).render(content=content)
            assert there in shown.replace("\u00a0", " ")
            assert absent not in shown
        assert views["functional-chart"](99) is None
