"""Actions: opened with their origin, done, their effect checked, closed; what they prove."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.quality import origins
from admin_app.quality.improvements import operations
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.improvements.queries import actions as queries
from tests.admin_app.quality.support import (
    SignIn,
    error_of,
    journal,
    page,
    proofs,
    rows,
    statements,
    words,
)
from tests.factories import CohortFactory, UserFactory
from tests.factories.registers import QUALITY, TODAY, found, planned, written

BASE = "/qualite/ameliorations/"
TYPED = {
    "origin_kind": "idea",
    "origin_reference": "",
    "origin_words": "Réunion de septembre",
    "origin_url": "",
    "title": "Envoyer le lien la veille",
    "kind": "corrective",
    "cause": "Le lien arrivait le matin même.",
    "action": "Un message part la veille.",
    "owner_id": "0",
    "owner_name": "Claire Vasseur",
    "created_on": "2026-11-23",
    "due_on": "2026-12-15",
}
DONE = date(2026, 11, 20)
EFFECT = {
    "on": "2026-11-24",
    "how": "Les notes de deux sessions.",
    "result": "4,6 au lieu de 3,1.",
    "effective": "yes",
    "closes": "y",
}


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.QUALITY_MANAGER)


def one() -> Improvement:
    db.session.expire_all()
    return db.session.scalars(select(Improvement).order_by(Improvement.id)).first()


def done() -> Improvement:
    row = planned()
    return operations.mark_done(row, on=DONE, words="Fait.", by=QUALITY, at=TODAY)


def test_an_action_goes_its_way_and_each_step_is_proved(manager: FlaskClient) -> None:
    assert "Aucune action pour l’instant" in manager.get(BASE).text
    reply = manager.post(f"{BASE}ouvrir", data=TYPED)
    row = one()
    place = f"{BASE}{row.id}"
    assert reply.location == place
    assert (row.reference, row.state) == ("ACT-2026-0001", "to-do")
    assert "idée ou proposition" in words(manager.get(place)).lower()
    reply = manager.post(f"{place}/menee", data={"on": "2026-11-24", "words": "Modèle changé."})
    assert reply.status_code == 303
    (proof,) = proofs("improvement-done")
    assert (proof.scope_kind, proof.scope_id) == ("improvement", row.id)
    assert proof.occurred_on == TODAY.date()
    assert "effet à vérifier" in words(manager.get(place))
    assert manager.post(f"{place}/effet", data=EFFECT).status_code == 303
    (proof,) = proofs("improvement-effect")
    assert proof.facts["is_effective"] is True
    row = one()
    assert row.state == "closed"
    assert row.closed_on == TODAY.date()
    assert len(journal("improvements.close")) == 1


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"created_on": "2026-11-25"}, "created_on", "pas encore venu"),
        ({"due_on": "2026-11-22"}, "due_on", "avant le jour où l’action est décidée"),
        ({"due_on": ""}, "due_on", "pour quand"),
        ({"title": ""}, "title", "Donnez un titre"),
        ({"action": " "}, "action", "ce qui sera fait"),
        ({"kind": "magic"}, "kind", "dans la liste"),
        ({"owner_name": ""}, "owner_id", "Choisissez une personne"),
        ({"owner_id": "999"}, "owner_id", "qui lit les registres"),
        ({"origin_kind": "gossip"}, "origin_kind", "dans la liste"),
        ({"origin_kind": ""}, "origin_kind", "d’où elle vient"),
        ({"origin_words": ""}, "origin_words", "d’où cela vient"),
        ({"origin_kind": "complaint"}, "origin_reference", "la référence de la réclamation"),
        (
            {"origin_kind": "complaint", "origin_reference": "REC-2026-9999"},
            "origin_reference",
            "Rien ne porte la référence « REC-2026-9999 »",
        ),
        ({"origin_kind": "watch", "origin_reference": "abc"}, "origin_reference", "abc"),
        ({"origin_kind": "survey", "origin_reference": "S-0"}, "origin_reference", "S-0"),
    ],
)
def test_a_refused_action_is_kept_on_the_page(
    manager: FlaskClient, changes: dict, field: str, why: str
) -> None:
    reply = manager.post(f"{BASE}ouvrir", data=TYPED | changes)
    assert reply.status_code == 422
    assert why in error_of(reply, field)
    assert "Le lien arrivait le matin même." in reply.text
    assert rows(Improvement) == 0
    assert journal("improvements.open") == []


def test_closing_before_the_effect_is_checked_is_refused_beside_the_field(
    manager: FlaskClient,
) -> None:
    row = planned()
    reply = manager.post(f"{BASE}{row.id}/clore", data={"on": "2026-11-24"})
    assert reply.status_code == 422
    assert "pas encore menée" in error_of(reply, "on")
    operations.mark_done(queries.action(row.id), on=DONE, words="Fait.", by=QUALITY, at=TODAY)
    reply = manager.post(f"{BASE}{row.id}/clore", data={"on": "2026-11-24"})
    assert reply.status_code == 422
    assert "L’effet n’est pas encore vérifié" in error_of(reply, "on")
    assert 'value="2026-11-24"' in reply.text
    assert one().closed_on is None
    assert journal("improvements.close") == []


def test_an_effect_is_not_checked_before_it_is_done(manager: FlaskClient) -> None:
    row = planned()
    reply = manager.post(f"{BASE}{row.id}/effet", data=EFFECT)
    assert reply.status_code == 422
    assert "Dites d’abord ce qui a été fait" in error_of(reply, "on")
    assert proofs("improvement-effect") == []


def test_an_effect_that_is_not_enough_opens_another_action(manager: FlaskClient) -> None:
    row = done()
    typed = EFFECT | {"effective": "no", "next_action": "", "next_due_on": ""}
    reply = manager.post(f"{BASE}{row.id}/effet", data=typed)
    assert reply.status_code == 422
    assert "en appelle une autre" in error_of(reply, "next_action")
    assert "pour quand" in error_of(reply, "next_due_on")
    assert one().effect_checked_on is None
    typed |= {"next_action": "Appeler la veille.", "next_due_on": "2026-11-23"}
    assert "avant la vérification" in error_of(
        manager.post(f"{BASE}{row.id}/effet", data=typed), "next_due_on"
    )
    typed["next_due_on"] = "2027-01-31"
    assert manager.post(f"{BASE}{row.id}/effet", data=typed).status_code == 303
    first, second = db.session.scalars(select(Improvement).order_by(Improvement.id))
    assert (first.is_effective, first.state) == (False, "closed")
    assert (second.follows_id, second.origin_kind, second.origin_id) == (
        first.id,
        "improvement",
        first.id,
    )
    assert (second.owner_name, second.state) == (first.owner_name, "to-do")
    assert second.reference in words(manager.get(f"{BASE}{first.id}"))
    assert first.reference in words(manager.get(f"{BASE}{second.id}"))
    assert proofs("improvement-effect")[0].facts["is_effective"] is False


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"on": "2026-11-25"}, "on", "pas encore venu"),
        ({"on": "2026-11-19"}, "on", "avant le 20/11/2026"),
        ({"how": ""}, "how", "Dites comment"),
        ({"result": ""}, "result", "ce qui a été vu"),
        ({"effective": ""}, "effective", "Dites si l’effet est là"),
        ({"effective": "maybe"}, "effective", "Dites si l’effet est là"),
    ],
)
def test_a_refused_check_writes_nothing(
    manager: FlaskClient, changes: dict, field: str, why: str
) -> None:
    row = done()
    reply = manager.post(f"{BASE}{row.id}/effet", data=EFFECT | changes)
    assert reply.status_code == 422
    assert why in error_of(reply, field)
    assert one().effect_checked_on is None
    assert proofs("improvement-effect") == []


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"on": "2026-11-25", "words": "Fait."}, "on"),
        ({"on": "2026-09-30", "words": "Fait."}, "on"),
        ({"on": "2026-11-24", "words": ""}, "words"),
    ],
)
def test_a_wrong_day_or_nothing_said_is_not_done(
    manager: FlaskClient, typed: dict, field: str
) -> None:
    row = planned()
    reply = manager.post(f"{BASE}{row.id}/menee", data=typed)
    assert reply.status_code == 422
    assert error_of(reply, field)
    assert one().done_on is None
    assert proofs("improvement-done") == []


def test_putting_an_action_off_asks_for_a_reason(manager: FlaskClient) -> None:
    row = planned()
    typed = TYPED | {"created_on": "2026-10-01", "due_on": "2027-02-28", "why": ""}
    reply = manager.post(f"{BASE}{row.id}/modifier", data=typed)
    assert reply.status_code == 422
    assert "reportée" in error_of(reply, "why")
    assert one().due_on == date(2026, 11, 30)
    typed["why"] = "L’éditeur livre en février."
    assert manager.post(f"{BASE}{row.id}/modifier", data=typed).status_code == 303
    assert one().due_on == date(2027, 2, 28)
    assert "reportée du 30 novembre 2026" in journal("improvements.change")[0].replace(
        "\u00a0", " "
    )
    assert one().origin_words == "Réunion d’équipe de septembre"
    sooner = typed | {"due_on": "2027-01-15", "why": ""}
    assert manager.post(f"{BASE}{row.id}/modifier", data=sooner).status_code == 303


def test_what_is_done_is_not_changed_nor_given_up(app: Flask) -> None:
    row = done()
    plan = operations.Plan(
        title="x",
        kind="corrective",
        origin_kind="idea",
        action="x",
        owner_name="x",
        created_on=DONE,
        due_on=DONE,
    )
    with pytest.raises(Refused, match="ne se modifie plus"):
        operations.change(row, plan, "", by=QUALITY, at=TODAY)
    with pytest.raises(Refused, match="menée"):
        operations.cancel(row, on=DONE, why="x", by=QUALITY, at=TODAY)
    with pytest.raises(Refused, match="déjà dit"):
        operations.mark_done(row, on=DONE, words="x", by=QUALITY, at=TODAY)


def test_an_action_is_given_up_with_a_reason_then_taken_up(manager: FlaskClient) -> None:
    row = planned()
    place = f"{BASE}{row.id}"
    assert "Dites pourquoi" in error_of(
        manager.post(f"{place}/abandonner", data={"on": "2026-11-24", "why": " "}), "why"
    )
    typed = {"on": "2026-11-24", "why": "Nous quittons ce logiciel."}
    assert manager.post(f"{place}/abandonner", data=typed).status_code == 303
    assert one().state == "cancelled"
    reply = manager.post(f"{place}/menee", data={"on": "2026-11-24", "words": "x"})
    assert reply.status_code == 422
    assert manager.post(f"{place}/revenir", data={"why": "Finalement non."}).status_code == 303
    assert one().state == "to-do"


def test_each_step_said_by_mistake_is_undone_with_its_evidence(app: Flask) -> None:
    row = done()
    check = operations.Check(on=DONE, how="x", result="y", is_effective=True, closes=True)
    operations.check_effect(row, check, by=QUALITY, at=TODAY)
    states = [row.state]
    for _ in range(3):
        operations.step_back(row, "Erreur.", by=QUALITY, at=TODAY)
        states.append(row.state)
    assert states == ["closed", "to-close", "to-check", "to-do"]
    assert proofs("improvement-effect") == proofs("improvement-done") == []
    with pytest.raises(Refused, match="rien à annuler"):
        operations.step_back(row, "Encore.", by=QUALITY, at=TODAY)


def test_other_rooms_open_an_action_by_their_address(manager: FlaskClient) -> None:
    note, risk = found(), written()
    cohort = CohortFactory(reference="S-2026-07")
    for origin, key, reference in (
        ("watch", note.id, str(note.id)),
        ("risk", risk.id, risk.reference),
        ("survey", cohort.id, "S-2026-07"),
    ):
        shown = page(manager.get(f"{BASE}ouvrir?origine={origin}&cle={key}"))
        assert shown.find(id="origin_reference")["value"] == reference
        assert shown.find("option", selected=True)["value"] == origin
    typed = TYPED | {"origin_kind": "risk", "origin_reference": risk.reference}
    manager.post(f"{BASE}ouvrir", data=typed | {"origin_words": ""})
    row = one()
    assert (row.origin_kind, row.origin_id) == ("risk", risk.id)
    assert row.origin_url == f"/qualite/risques/{risk.id}"
    assert risk.title in row.origin_words
    assert queries.coming_from("risk", risk.id) == [row]
    gap = f"{BASE}ouvrir?origine=coverage-gap&mots=Convention&lien=/couverture/3&cle=zzz"
    shown = page(manager.get(gap))
    assert shown.find(id="origin_words")["value"] == "Convention"
    assert shown.find(id="origin_url")["value"] == "/couverture/3"


@pytest.mark.parametrize(
    "address", ["https://ailleurs.example", "//ailleurs.example", "/\\ailleurs", "javascript:x"]
)
def test_an_address_elsewhere_is_not_kept(manager: FlaskClient, address: str) -> None:
    assert origins.own_address(address) == ""
    manager.post(f"{BASE}ouvrir", data=TYPED | {"origin_url": address})
    assert one().origin_url == ""


def test_the_list_shows_open_ones_by_their_last_day_and_costs_the_same(
    manager: FlaskClient,
) -> None:
    owner = UserFactory(name="Paul Ribeiro", roles=(Role.QUALITY_MANAGER,)).id
    late = planned(title="Très en retard", due_on=date(2026, 10, 15)).reference
    done()
    few = statements(manager, BASE)
    for rank in range(30):
        planned(title=f"Action {rank}", owner_id=owner, owner_name="")
    assert statements(manager, BASE) == few <= 10
    shown = words(manager.get(BASE))
    assert shown.index("Très en retard") < shown.index("Action 0")
    assert "1 en retard" in shown
    assert "26 à 32 sur 32" in words(manager.get(f"{BASE}?page=2"))
    assert late in words(manager.get(f"{BASE}?etat=late"))
    assert "Action 0" not in words(manager.get(f"{BASE}?etat=to-check"))
    assert "Très en retard" in words(manager.get(f"{BASE}?q=tres"))
    assert "Aucune action ne répond" in manager.get(f"{BASE}?origine=risk").text
    assert "Aucune action ne répond" in manager.get(f"{BASE}?responsable=moi").text
    wanted = queries.Wanted(owner_id=owner)
    assert queries.actions(wanted, TODAY.date(), 1).total == 30


def test_an_effect_is_late_after_its_days(app: Flask) -> None:
    row = planned(created_on=date(2026, 1, 5), due_on=date(2026, 2, 1))
    today = TODAY.date()
    operations.mark_done(row, on=today - timedelta(days=90), words="Fait.", by=QUALITY, at=TODAY)
    assert queries.counts(today).late == 0
    assert queries.counts(today + timedelta(days=1)).late == 1
    assert queries.next_of(row, today).due_on == today


def test_one_action_costs_the_same_whatever_its_story(manager: FlaskClient) -> None:
    row = planned()
    few = statements(manager, f"{BASE}{row.id}")
    row = queries.action(row.id)
    for _ in range(5):
        operations.cancel(row, on=TODAY.date(), why="x", by=QUALITY, at=TODAY)
        operations.step_back(row, "x", by=QUALITY, at=TODAY)
    assert statements(manager, f"{BASE}{row.id}") == few <= 10


def test_who_may_do_what(sign_in: SignIn) -> None:
    row = done()
    office, reader = sign_in(Role.OFFICE), sign_in(Role.DISABILITY_OFFICER)
    assert office.get(f"{BASE}ouvrir").status_code == 200
    for step in ("effet", "clore", "abandonner", "revenir"):
        assert office.get(f"{BASE}{row.id}/{step}").status_code == 403
    assert reader.get(f"{BASE}{row.id}").status_code == 200
    assert reader.get(f"{BASE}{row.id}/menee").status_code == 403
    assert sign_in(Role.TRAINER).get(BASE).status_code == 403
    assert office.get(f"{BASE}999").status_code == 404


def test_all_that_is_wrong_is_said_at_once(app: Flask) -> None:
    plan = operations.Plan(
        title="", kind="x", origin_kind="x", action="", created_on=None, due_on=None
    )
    with pytest.raises(Problems) as refused:
        operations.open_action(plan, by=QUALITY, at=TODAY)
    assert {one.field for one in refused.value.problems} == {
        "title",
        "kind",
        "action",
        "owner_id",
        "created_on",
        "due_on",
        "origin_kind",
    }


def test_the_auditor_reads_an_action(app: Flask) -> None:
    row = done()
    view = app.extensions["liasse.piece_views"]["improvement"]
    template, context = view(row.id)
    with app.test_request_context():
        shown = app.jinja_env.get_template(template).render(content=context)
    assert row.reference in shown
    assert "Menée le" in shown
    assert view(999) is None


def test_where_it_comes_from_is_a_link_for_whoever_may_open_it(
    manager: FlaskClient, sign_in: SignIn
) -> None:
    cohort = CohortFactory()
    address = f"/sessions/{cohort.id}/evaluations"
    manager.post(f"{BASE}ouvrir", data=TYPED | {"origin_url": address, "origin_kind": "idea"})
    row = one()
    assert f'href="{address}"' in manager.get(f"{BASE}{row.id}").text
    shown = sign_in(Role.DISABILITY_OFFICER).get(f"{BASE}{row.id}")
    assert TYPED["origin_words"] in words(shown)
    assert address not in shown.text
