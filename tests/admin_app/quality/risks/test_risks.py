"""Risks: written, rated again, mastered, tied to facts, approved as a whole; what they prove."""

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
from admin_app.quality.risks import operations, queries
from admin_app.quality.risks.models import Risk, RiskAnalysis, RiskFact, RiskMeasure, RiskRating
from tests.admin_app.quality.support import (
    SignIn,
    error_of,
    journal,
    proofs,
    rows,
    statements,
    words,
)
from tests.factories import CohortFactory
from tests.factories.registers import QUALITY, TODAY, found, planned, written

BASE = "/qualite/risques/"
TYPED = {
    "title": "Le formateur prévu n’est plus disponible",
    "domain": "staff",
    "causes": "Une seule personne connaît ce programme.",
    "effects": "Report ou remplacement au pied levé.",
    "owner_id": "0",
    "owner_name": "Claire Vasseur",
    "on": "2026-11-20",
    "likelihood": "3",
    "impact": "2",
    "why": "Deux fois cette année.",
}
RATED = {"on": "2026-11-24", "likelihood": "2", "impact": "2", "why": "Un remplaçant est formé."}
APPROVED = {
    "on": "2026-11-24",
    "present": "Nora Lenoir, Hélène Marchand",
    "method": "Relecture des réclamations et des aléas de l’année.",
    "conclusions": "Le risque de remplacement vient d’abord.",
}


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.QUALITY_MANAGER)


def one() -> Risk:
    db.session.expire_all()
    return db.session.scalars(select(Risk)).one()


def test_a_risk_is_written_with_its_first_rating(manager: FlaskClient) -> None:
    shown = words(manager.get(BASE))
    assert "Aucun risque écrit pour l’instant" in shown
    assert "n’impose ni échelle ni seuil" in shown
    reply = manager.post(f"{BASE}ecrire", data=TYPED)
    risk = one()
    assert reply.location == f"{BASE}{risk.id}"
    assert (risk.reference, risk.likelihood, risk.impact) == ("RISQ-2026-0001", 3, 2)
    assert rows(RiskRating) == 1
    assert proofs("risk-reviewed") == []  # writing it down is not looking at it again
    assert "à revoir pour le 20 novembre 2027" in words(manager.get(reply.location))
    assert "1 risque" in words(manager.get(BASE))


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"on": "2026-11-25"}, "on", "pas encore venu"),
        ({"likelihood": "5"}, "likelihood", "de l’échelle"),
        ({"likelihood": ""}, "likelihood", "Choisissez un degré"),
        ({"impact": "abc"}, "impact", "de l’échelle"),
        ({"why": ""}, "why", "pourquoi cette cotation"),
        ({"title": ""}, "title", "Donnez un titre"),
        ({"domain": "space"}, "domain", "dans la liste"),
        ({"owner_name": " "}, "owner_id", "Choisissez une personne"),
    ],
)
def test_a_refused_risk_is_kept_on_the_page(
    manager: FlaskClient, changes: dict, field: str, why: str
) -> None:
    reply = manager.post(f"{BASE}ecrire", data=TYPED | changes)
    assert reply.status_code == 422
    assert why in error_of(reply, field)
    assert "Une seule personne connaît ce programme." in reply.text
    assert rows(Risk) == rows(RiskRating) == 0


def test_a_review_adds_a_rating_and_proves_it(manager: FlaskClient) -> None:
    risk = written()
    place = f"{BASE}{risk.id}/revoir"
    assert manager.post(place, data=RATED).status_code == 303
    risk = one()
    assert (risk.likelihood, risk.reviewed_on) == (2, TODAY.date())
    assert [row.likelihood for row in queries.ratings(risk.id)] == [2, 3]
    (proof,) = proofs("risk-reviewed")
    assert (proof.scope_kind, proof.scope_id) == ("risk", risk.id)
    assert proof.facts["former"] == [3, 2]
    reply = manager.post(place, data=RATED | {"on": "2026-11-23"})
    assert "avant le 24/11/2026" in error_of(reply, "on")
    reply = manager.post(place, data=RATED | {"on": "2026-12-23", "why": " "})
    assert "pas encore venu" in error_of(reply, "on") or "pourquoi" in error_of(reply, "why")
    assert rows(RiskRating) == 2
    assert "désormais possible" in journal("risks.review")[0]


def test_measures_are_decided_put_in_place_and_given_up(manager: FlaskClient) -> None:
    risk = written()
    place = f"{BASE}{risk.id}/mesures"
    typed = {"words": "Former un remplaçant.", "owner_id": "0", "owner_name": "", "due_on": ""}
    reply = manager.post(place, data=typed)
    assert reply.status_code == 422
    assert "Choisissez une personne" in error_of(reply, "owner_id")
    assert rows(RiskMeasure) == 0
    typed |= {"owner_name": "Claire", "due_on": "2026-11-01"}
    assert manager.post(place, data=typed).status_code == 303
    assert queries.counts(TODAY.date()).late_measures == 1
    assert "Le formateur prévu" in words(manager.get(f"{BASE}?etat=late-measures"))
    measure = db.session.scalars(select(RiskMeasure)).one()
    done = {"on": "2026-11-25", "words": "Léa a suivi la formation."}
    reply = manager.post(f"{place}/{measure.id}/en-place", data=done)
    assert "pas encore venu" in error_of(reply, "on")
    assert (
        manager.post(f"{place}/{measure.id}/en-place", data=done | {"on": "2026-11-20"}).status_code
        == 303
    )
    assert queries.counts(TODAY.date()).late_measures == 0
    end = {"on": "2026-11-24", "why": "Léa nous quitte."}
    assert manager.post(f"{place}/{measure.id}/abandonner", data=end).status_code == 303
    assert "Léa nous quitte." in words(manager.get(f"{BASE}{risk.id}"))
    assert manager.get(f"{place}/999/en-place").status_code == 404
    other = written(title="Autre")
    assert manager.get(f"{BASE}{other.id}/mesures/{measure.id}/en-place").status_code == 404


def test_facts_are_tied_once_by_their_reference(manager: FlaskClient) -> None:
    risk, action, note = written(), planned(), found()
    CohortFactory(reference="S-2026-07")
    place = f"{BASE}{risk.id}/faits"
    typed = {"fact_kind": "improvement", "fact_reference": "ACT-0000", "fact_words": "", "on": ""}
    reply = manager.post(place, data=typed)
    assert reply.status_code == 422
    assert "ACT-0000" in error_of(reply, "fact_reference")
    typed["fact_reference"] = action.reference
    assert manager.post(place, data=typed).status_code == 303
    assert "déjà rattaché" in error_of(manager.post(place, data=typed), "fact_reference")
    watch = {"fact_kind": "watch", "fact_reference": str(note.id), "fact_words": "", "on": ""}
    assert manager.post(place, data=watch).status_code == 303
    left = {"fact_kind": "departure", "fact_reference": "S-2026-07", "fact_words": "", "on": ""}
    assert manager.post(place, data=left).status_code == 303
    said = {"fact_kind": "idea", "fact_reference": "", "fact_words": "", "on": "2026-12-01"}
    reply = manager.post(place, data=said)
    assert "d’où cela vient" in error_of(reply, "fact_words")
    assert "pas encore venu" in error_of(reply, "on")
    unknown = said | {"fact_kind": "risk"}
    assert "dans la liste" in error_of(manager.post(place, data=unknown), "fact_kind")
    facts = queries.facts(risk.id)
    assert {one.kind for one in facts} == {"improvement", "watch", "departure"}
    assert all(one.happened_on <= TODAY.date() for one in facts)
    assert rows(RiskFact) == 3


def test_a_closed_risk_is_written_no_more_until_it_is_reopened(manager: FlaskClient) -> None:
    risk = written()
    place = f"{BASE}{risk.id}"
    assert "Dites pourquoi" in error_of(
        manager.post(f"{place}/clore", data={"on": "2026-11-24", "why": ""}), "why"
    )
    end = {"on": "2026-11-24", "why": "Trois personnes sont qualifiées."}
    assert manager.post(f"{place}/clore", data=end).status_code == 303
    assert manager.post(f"{place}/revoir", data=RATED).status_code == 422
    assert queries.counts(TODAY.date()).open == 0
    assert "aucun risque ne répond" not in words(manager.get(f"{BASE}?etat=closed")).lower()
    assert manager.post(f"{place}/rouvrir", data={"why": ""}).status_code == 422
    assert manager.post(f"{place}/rouvrir", data={"why": "L’une part."}).status_code == 303
    assert one().closed_on is None


def test_the_analysis_keeps_the_risks_as_they_stood(manager: FlaskClient) -> None:
    place = f"{BASE}analyses/approuver"
    reply = manager.post(place, data=APPROVED)
    assert reply.status_code == 422
    assert "rien à approuver" in error_of(reply, "on")
    risk = written()
    operations.add_measure(
        risk, "Former Léa", owner_id=0, owner_name="Claire", due_on=None, by=QUALITY, at=TODAY
    )
    reply = manager.post(place, data=APPROVED | {"on": "2026-11-30", "conclusions": ""})
    assert "concluez" in error_of(reply, "conclusions")
    assert rows(RiskAnalysis) == 0
    assert manager.post(place, data=APPROVED).status_code == 303
    analysis = db.session.scalars(select(RiskAnalysis)).one()
    assert analysis.risks[0]["reference"] == risk.reference
    assert analysis.risks[0]["measures"][0]["words"] == "Former Léa"
    (proof,) = proofs("risk-analysis")
    assert (proof.scope_kind, proof.facts["risks_sha256"]) == ("provider", analysis.sha256)
    manager.post(f"{BASE}{risk.id}/revoir", data=RATED)
    shown = words(manager.get(f"{BASE}analyses/{analysis.id}"))
    assert "probable (3)" in shown
    assert "possible (2)" not in shown
    assert "attendue le 24 novembre 2027" in words(manager.get(f"{BASE}analyses"))


def test_a_risk_is_to_be_looked_at_again_the_day_after_its_year(app: Flask) -> None:
    today = TODAY.date()
    risk = written(on=today - timedelta(days=365))
    assert queries.review_due(risk) == today
    assert queries.counts(today).to_review == 0
    assert queries.counts(today + timedelta(days=1)).to_review == 1


def test_the_list_is_ranked_filtered_and_costs_the_same(manager: FlaskClient) -> None:
    written(1, 1, title="Petit")
    written(4, 4, title="Très grave")
    few = statements(manager, BASE)
    for rank in range(30):
        written(2, 2, title=f"Risque {rank}")
    assert statements(manager, BASE) == few <= 10
    shown = words(manager.get(BASE))
    assert shown.index("Très grave") < shown.index("Risque 0")
    assert "30 risques" in shown
    assert "26 à 32 sur 32" in words(manager.get(f"{BASE}?page=2"))
    only = words(manager.get(f"{BASE}?vraisemblance=4&gravite=4"))
    assert "Très grave" in only
    assert "Petit" not in only
    assert "Très grave" in words(manager.get(f"{BASE}?q=TRES"))
    assert manager.get(f"{BASE}?vraisemblance=9&gravite=x&etat=y").status_code == 200


def test_one_risk_costs_the_same_whatever_it_holds(manager: FlaskClient) -> None:
    risk = written()
    few = statements(manager, f"{BASE}{risk.id}")
    risk = queries.risk(risk.id)
    for rank in range(8):
        rated = operations.Rated(on=TODAY.date(), likelihood=2, impact=2, why=f"{rank}")
        operations.review(risk, rated, by=QUALITY, at=TODAY)
        pointed = operations.Pointed(kind="idea", words=f"Fait {rank}", on=date(2026, 11, 3))
        operations.link_fact(risk, pointed, by=QUALITY, at=TODAY)
        operations.add_measure(
            risk, "x", owner_id=0, owner_name="y", due_on=None, by=QUALITY, at=TODAY
        )
    assert statements(manager, f"{BASE}{risk.id}") == few <= 10


def test_who_may_do_what(sign_in: SignIn) -> None:
    risk = written()
    office, reader = sign_in(Role.OFFICE), sign_in(Role.DISABILITY_OFFICER)
    assert office.get(f"{BASE}ecrire").status_code == 200
    assert office.get(f"{BASE}{risk.id}/faits").status_code == 200
    for step in ("revoir", "clore"):
        assert office.get(f"{BASE}{risk.id}/{step}").status_code == 403
    assert office.get(f"{BASE}analyses/approuver").status_code == 403
    assert reader.get(f"{BASE}{risk.id}").status_code == 200
    assert reader.get(f"{BASE}{risk.id}/mesures").status_code == 403
    assert sign_in(Role.AUDITOR).get(BASE).status_code == 403
    assert office.get(f"{BASE}999").status_code == 404
    assert office.get(f"{BASE}analyses/999").status_code == 404


def test_all_that_is_wrong_is_said_at_once(app: Flask) -> None:
    described = operations.Described(title="", domain="x")
    rated = operations.Rated(on=None, likelihood=0, impact=9, why="")
    with pytest.raises(Problems) as refused:
        operations.write_down(described, rated, by=QUALITY, at=TODAY)
    assert {one.field for one in refused.value.problems} == {
        "title",
        "domain",
        "owner_id",
        "on",
        "likelihood",
        "impact",
        "why",
    }


def test_a_measure_is_not_said_twice(app: Flask) -> None:
    risk = written()
    measure = operations.add_measure(
        risk, "x", owner_id=0, owner_name="y", due_on=None, by=QUALITY, at=TODAY
    )
    day = TODAY.date()
    operations.measure_done(risk, measure, on=day, words="z", by=QUALITY, at=TODAY)
    with pytest.raises(Refused, match="déjà dit"):
        operations.measure_done(risk, measure, on=day, words="z", by=QUALITY, at=TODAY)
    operations.drop_measure(risk, measure, on=day, why="z", by=QUALITY, at=TODAY)
    with pytest.raises(Refused, match="déjà abandonnée"):
        operations.drop_measure(risk, measure, on=day, why="z", by=QUALITY, at=TODAY)


def test_the_auditor_reads_a_risk_and_the_analysis(app: Flask) -> None:
    risk = written()
    approved = operations.Approved(
        on=TODAY.date(), present="Nora", method="Relecture.", conclusions="Vu."
    )
    analysis = operations.approve(approved, by=QUALITY, at=TODAY)
    views = app.extensions["liasse.piece_views"]
    for kind, key in (("risk", risk.id), ("risk-analysis", analysis.id)):
        template, context = views[kind](key)
        with app.test_request_context():
            shown = app.jinja_env.get_template(template).render(content=context)
        assert risk.reference in shown
        assert "ni échelle ni seuil" in shown
        assert views[kind](999) is None
