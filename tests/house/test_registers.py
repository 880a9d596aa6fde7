"""Each register, walked through its pages: what was expected is covered by what its acts prove."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.coverage import queries
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations import refresh_cohort, refresh_everything_else
from admin_app.journal.models import JournalEntry
from admin_app.people.models import Trainer
from admin_app.programmes.models import Programme
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.risks.models import Risk
from admin_app.quality.watch.models import WatchEffect, WatchNote
from admin_app.safeguarding.models import Report
from admin_app.subcontracting.models import Subcontractor
from compliance.clauses import clauses_on
from compliance.vocabulary import PieceStatus
from tests.admin_app.adaptations import test_network as network
from tests.admin_app.organisation import test_looking as looking
from tests.admin_app.organisation.test_office import adapted
from tests.admin_app.people import test_funders as funders
from tests.admin_app.people import test_growth as growth
from tests.admin_app.quality.improvements import test_actions as actions
from tests.admin_app.quality.risks import test_risks as risks
from tests.admin_app.quality.support import SignIn, words
from tests.admin_app.quality.watch import test_watch as watch
from tests.admin_app.results import test_publishing as results
from tests.admin_app.staff import test_staff as staff
from tests.admin_app.subcontracting import test_subcontracting as subcontracting
from tests.factories import ProgrammeFactory, TrainerFactory, cohort_with, committed
from tests.factories.results import catalogue_version, ended_cohort
from tests.factories.safeguarding import SECRET, procedure, reader

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = NOW.date()
COVERED = PieceStatus.COVERED


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    """The quality manager, in a house of which everything is expected."""
    client = sign_in(Role.QUALITY_MANAGER)
    refresh_everything_else()
    db.session.commit()
    return client


def standing(piece: str, key: int | None = None, on: date = TODAY) -> PieceStatus | None:
    """Where an expectation stands on that day; None when nothing is expected."""
    db.session.expire_all()
    which = select(Expectation).where(Expectation.piece == piece, Expectation.cohort_id.is_(None))
    if key is not None:
        which = which.where(Expectation.scope_id == key)
    row = db.session.scalars(which).one_or_none()
    return queries.row_status(row, on) if row else None


def sent(client: FlaskClient, address: str, data: dict | None = None) -> None:
    """The form went through."""
    reply = client.post(address, data=data or {})
    assert reply.status_code == 303, (address, words(reply)[:2_000])


def only(model: type) -> int:
    """The key of the one row that there is."""
    db.session.expire_all()
    return int(db.session.scalars(select(model)).one().id)


def test_the_watch_is_entered_changes_a_programme_and_is_told(
    manager: FlaskClient, outbox: list
) -> None:
    ProgrammeFactory(reference="CTG-01")
    TrainerFactory(email="claire@example.org")
    assert standing("legal-watch") is not COVERED
    sent(manager, f"{watch.BASE}ajouter", watch.TYPED)
    here = f"{watch.BASE}{only(WatchNote)}"
    assert standing("legal-watch") is COVERED
    assert standing("legal-watch-use") is not COVERED
    made = {
        "analysis": "Un indicateur de plus.",
        "decision": "Revoir la fiche.",
        "on": "2026-11-23",
    }
    sent(manager, f"{here}/analyse", made)
    effect = {"programme": "CTG-01", "words": "La fiche le dit.", "done_on": ""}
    sent(manager, f"{here}/formations", effect)
    sent(manager, f"{here}/formations/{only(WatchEffect)}/fait", {"on": "2026-11-24"})
    sent(manager, f"{here}/diffuser", {"people": ["trainers"], "message": "À lire."})
    assert ["claire@example.org" in mail.to[0] for mail in outbox] == [True]
    assert standing("legal-watch-use") is COVERED
    assert standing("legal-watch", on=TODAY + timedelta(days=93)) is not COVERED


def test_a_complaint_by_post_is_answered_closed_and_an_improvement_is_drawn(
    manager: FlaskClient,
) -> None:
    data = {
        "kind": "complaint",
        "received_on": "2026-11-16",
        "channel": "letter",
        "author_kind": "client",
        "topic": "premises",
        "label_short": "Salle froide",
        "words": "Douze degrés toute la matinée.",
    }
    sent(manager, "/qualite/reclamations/nouvelle", data)
    key = only(Complaint)
    here = f"/qualite/reclamations/{key}"
    pieces = ("complaint-acknowledged", "complaint-answered", "complaint-closed")
    assert standing(pieces[0], key) is PieceStatus.LATE
    early = manager.post(f"{here}/cloture", data={"on": "2026-11-24", "decision": "Rien."})
    assert early.status_code == 422
    sent(manager, f"{here}/accuser-reception", {"how": "noted", "on": "2026-11-20"})
    told = {"how": "noted", "on": "2026-11-23", "text": "Le chauffage est réparé."}
    sent(manager, f"{here}/reponse", told)
    end = {"on": "2026-11-24", "decision": "Chauffage allumé la veille.", "satisfied": "yes"}
    sent(manager, f"{here}/cloture", end)
    assert [standing(piece, key) for piece in pieces] == [COVERED] * 3
    reference = db.session.get_one(Complaint, key).reference
    drawn = actions.TYPED | {"origin_kind": "complaint", "origin_reference": reference}
    sent(manager, f"{actions.BASE}ouvrir", drawn)
    shown = words(manager.get(here))
    assert "Actions qui en viennent" in shown
    assert actions.TYPED["title"] in shown
    assert standing("improvement-done", only(Improvement)) is PieceStatus.UPCOMING


def test_an_improvement_is_closed_once_its_effect_was_checked(manager: FlaskClient) -> None:
    sent(manager, f"{actions.BASE}ouvrir", actions.TYPED)
    key = only(Improvement)
    here = f"{actions.BASE}{key}"
    sent(manager, f"{here}/menee", {"on": "2026-11-24", "words": "Modèle changé."})
    assert standing("improvement-done", key) is COVERED
    assert standing("improvement-effect", key) is PieceStatus.UPCOMING
    assert manager.post(f"{here}/clore", data={"on": "2026-11-24"}).status_code == 422
    sent(manager, f"{here}/effet", actions.EFFECT)
    assert standing("improvement-effect", key) is COVERED


def test_a_risk_is_rated_looked_at_again_and_approved_with_the_others(
    manager: FlaskClient,
) -> None:
    sent(manager, f"{risks.BASE}ecrire", risks.TYPED)
    key = only(Risk)
    assert standing("risk-reviewed", key) is PieceStatus.UPCOMING
    assert standing("risk-analysis") is not COVERED
    sent(manager, f"{risks.BASE}{key}/revoir", risks.RATED)
    sent(manager, f"{risks.BASE}analyses/approuver", risks.APPROVED)
    assert (standing("risk-reviewed", key), standing("risk-analysis")) == (COVERED, COVERED)
    assert standing("risk-analysis", on=TODAY + timedelta(days=366)) is not COVERED


def test_a_report_is_opened_by_who_may_and_shown_as_handled_alone(
    manager: FlaskClient, browse: FlaskClient, sign_in: SignIn
) -> None:
    procedure()
    contact = {"name": "Inès Calvet", "email": "ecoute@example.org", "since": "2026-11-02"}
    sent(manager, "/signalements/contacts", contact)
    assert standing("safeguarding-contact") is COVERED
    told = {"category": "sexual-harassment", "text": SECRET, "author_kind": "trainee"}
    assert "bien arrivé" in browse.post("/signaler", data=told).text
    key, named = only(Report), sign_in(user=reader(at=NOW))
    here = f"/signalements/registre/{key}"
    assert standing("report-handled", key) is PieceStatus.UPCOMING
    assert manager.get(here).status_code in {403, 404}
    opened = named.post(f"{here}/recit", data={"reason": "hear"})
    assert SECRET in opened.text
    entries = db.session.scalars(select(JournalEntry)).all()
    assert "safeguarding.open" in {entry.action for entry in entries}
    assert not any(SECRET in f"{entry.summary}{entry.details}" for entry in entries)
    sent(named, f"{here}/mesures", {"kind": "heard", "on": "2026-11-24"})
    end = {"how": "measures", "on": "2026-11-24", "erase_after": "2027-11-25"}
    sent(named, f"{here}/cloture", end)
    assert standing("report-handled", key) is COVERED


def test_a_subcontractor_is_covered_until_its_proofs_expire(manager: FlaskClient) -> None:
    sent(manager, f"{subcontracting.BASE}/ajouter", subcontracting.ROW)
    key = only(Subcontractor)
    here = f"{subcontracting.BASE}/{key}"
    pieces = ("subcontract", "subcontract-clauses", "subcontractor-proofs")
    assert COVERED not in [standing(piece, key) for piece in pieces]
    sent(manager, f"{here}/contrats/ajouter", subcontracting.CONTRACT | subcontracting.scan())
    assert len(clauses_on(TODAY)) == 8
    sent(manager, f"{here}/clauses", subcontracting.clauses())
    for kind in ("insurance", "vigilance", "nda"):
        proof = subcontracting.PROOF | subcontracting.scan() | {"kind": kind}
        sent(manager, f"{here}/justificatifs/ajouter", proof)
    assert [standing(piece, key) for piece in pieces] == [COVERED] * 3
    assert standing("subcontractor-proofs", key, date(2027, 3, 31)) is COVERED
    assert standing("subcontractor-proofs", key, date(2027, 4, 1)) is PieceStatus.LATE


def test_a_diploma_that_expires_uncovers_the_trainer_in_a_cohort(
    manager: FlaskClient, sign_in: SignIn
) -> None:
    cohort = cohort_with(trainees=1, starts_on=date(2027, 1, 25))
    trainer_id, office = cohort.assignments[0].trainer_id, sign_in(Role.OFFICE)
    refresh_cohort(db.session.get_one(Cohort, cohort.id))
    with committed():
        db.session.get_one(Trainer, trainer_id).titles = "Master"
    here = f"{growth.LIST}/{trainer_id}"
    shown = growth.DIPLOMA | {"shows": "Travaux électriques"}
    shown["file"] = (BytesIO(growth.PDF), "titre.pdf")
    sent(office, f"{here}/diplomes/ajouter", shown)
    which = select(Expectation).where(
        Expectation.piece == "trainer-skills", Expectation.cohort_id == cohort.id
    )
    db.session.expire_all()
    row = db.session.scalars(which).one()
    assert queries.row_status(row, date(2027, 1, 10)) is COVERED
    assert queries.row_status(row, date(2027, 1, 11)) is not COVERED
    sent(office, f"{here}/entretiens/ajouter", growth.REVIEW)
    sent(office, f"{here}/developpement/ajouter", growth.DONE)
    assert standing("trainer-review", trainer_id) is COVERED
    assert standing("trainer-development", trainer_id) is COVERED


def test_results_are_published_with_their_method(manager: FlaskClient) -> None:
    version = catalogue_version()
    ended_cohort(version, 6)
    key = version.programme_id
    with committed():
        db.session.get_one(Programme, key).first_published_on = date(2025, 1, 1)
    sent(manager, f"/resultats/formations/{key}", results.PERIOD)
    assert standing("published-results", key) is COVERED
    assert standing("results-method", key) is COVERED
    assert standing("published-results", key, TODAY + timedelta(days=366)) is not COVERED


def test_the_team_meets_and_its_chart_is_approved(manager: FlaskClient) -> None:
    sent(manager, f"{staff.BASE}/reunions/ajouter", staff.MEETING)
    sent(manager, f"{staff.BASE}/plans/ajouter", staff.PLAN)
    sent(manager, f"{staff.BASE}/organigramme/roles/ajouter", staff.ROLE)
    sent(manager, f"{staff.BASE}/organigramme/approuver", staff.APPROVAL)
    for piece in ("team-meeting", "development-plan", "functional-chart"):
        assert standing(piece) is COVERED, piece
        assert standing(piece, on=TODAY + timedelta(days=370)) is not COVERED, piece


def test_a_house_document_is_approved_and_in_force(sign_in: SignIn) -> None:
    administrator = sign_in(Role.ADMINISTRATOR)
    refresh_everything_else()
    db.session.commit()
    here = "/organisme/documents/complaints-procedure"
    typed = {
        "text": adapted("complaints-procedure"),
        "in_force_from": "2026-11-24",
        "approved_by": "Hélène Marchand",
        "approved_on": "2026-11-20",
    }
    assert standing("complaints-procedure") is not COVERED
    sent(administrator, f"{here}/publier", typed)
    assert standing("complaints-procedure") is COVERED
    sent(administrator, f"{here}/publier", typed | {"text": typed["text"] + "\n- Sous sept jours."})
    assert "Version 2" in words(administrator.get(here))
    assert standing("complaints-procedure") is COVERED


def test_a_place_is_looked_at_before_its_cohort(sign_in: SignIn) -> None:
    office, cohort = sign_in(Role.OFFICE), cohort_with(trainees=1, starts_on=date(2026, 12, 1))
    refresh_cohort(db.session.get_one(Cohort, cohort.id))
    key = cohort.place_id or 0
    assert standing("place-checked", key) is PieceStatus.UPCOMING
    sent(office, f"{looking.PLACES}/{key}/verifier", looking.SEEN)
    assert standing("place-checked", key) is COVERED


def test_what_is_published_is_read_again(manager: FlaskClient) -> None:
    assert standing("communications-review") is not COVERED
    sent(manager, f"{looking.PUBLICATIONS}/relire", looking.READ)
    assert standing("communications-review") is COVERED


def test_a_partner_for_disability_is_listed_and_contacted(sign_in: SignIn) -> None:
    officer = sign_in(Role.DISABILITY_OFFICER)
    refresh_everything_else()
    db.session.commit()
    pieces = ("disability-network", "disability-contact", "disability-officer-training")
    assert COVERED not in [standing(piece) for piece in pieces]
    sent(officer, f"{network.BASE}/ajouter", network.PARTNER)
    partner = db.session.scalars(select(network.NetworkPartner)).one()
    sent(officer, f"{network.BASE}/verifier", network.CHECK)
    sent(officer, f"{network.BASE}/contact", network.contact(partner))
    sent(officer, f"{network.BASE}/formation", network.TRAINING)
    assert [standing(piece) for piece in pieces] == [COVERED] * 3


def test_a_funder_says_what_it_thinks(manager: FlaskClient, sign_in: SignIn) -> None:
    office, one = sign_in(Role.OFFICE), funders.funder()
    cohort = cohort_with(trainees=1, starts_on=date(2026, 6, 2))
    sent(office, f"/sessions/{cohort.id}/financeurs", {"funders": [str(one.id)]})
    assert standing("funder-feedback", one.id) is PieceStatus.UPCOMING
    sent(manager, f"{funders.BASE}/{one.id}/appreciation", funders.NOTE)
    assert standing("funder-feedback", one.id) is COVERED
