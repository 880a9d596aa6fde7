"""Yearly reviews: held with real figures, set aside; what they prove."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.transaction import transaction
from admin_app.evaluations.models import Survey
from admin_app.evaluations.queries.period import period_results
from admin_app.quality.improvements import operations
from admin_app.quality.improvements.models import Improvement, QualityReview
from admin_app.quality.improvements.queries.reviews import figures
from tests.admin_app.quality.support import SignIn, error_of, proofs, rows, statements, words
from tests.factories import CohortFactory
from tests.factories.registers import QUALITY, TODAY, planned

BASE = "/qualite/ameliorations/revues/"
FEEDBACK, YEARLY = f"{BASE}appreciations", f"{BASE}amelioration"
TYPED = {
    "held_on": "2026-11-24",
    "present": "Nora Lenoir, Claire Vasseur",
    "findings": "Le rythme est jugé trop soutenu.",
    "decisions": "Allonger la deuxième demi-journée.",
}
FIRST, LAST = date(2025, 11, 25), date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def manager(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.QUALITY_MANAGER)


def sent(rank: int, answers: dict | None, at: datetime, refused: str = "") -> None:
    """A survey at the end of a training, answered or not."""
    cohort = db.session.scalar(select(Survey.cohort_id)) or CohortFactory().id
    with transaction():
        db.session.add(
            Survey(
                kind="exit-survey",
                cohort_id=cohort,
                scope_kind="enrolment",
                scope_id=rank,
                respondent="Quelqu’un",
                email="quelqu.un@example.org",
                sent_at=at,
                answers=answers or {},
                answered_at=at if answers else None,
                refused_why=refused,
            )
        )


def scale_key() -> str:
    from admin_app.questionnaires import load
    from admin_app.questionnaires.model import QuestionKind

    return next(one.key for one in load("exit-survey").questions if one.kind is QuestionKind.SCALE)


def test_the_surveys_of_a_period_are_counted_by_the_database(app: Flask) -> None:
    key, when = scale_key(), datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
    sent(1, {key: "5"}, when)
    sent(2, {key: "4"}, when)
    sent(3, {key: ""}, when)
    sent(4, None, when, refused="Ne souhaite pas répondre")
    sent(5, {key: "1"}, when - timedelta(days=700))
    sent(6, {key: "une demi-journée de retour"}, when)  # asked for words in an older questionnaire
    found = {one.kind.key: one for one in period_results(FIRST, LAST)}
    exit_survey = found["exit-survey"]
    assert (exit_survey.sent, exit_survey.answered, exit_survey.refused) == (5, 4, 1)
    mean = exit_survey.means[0]
    assert (mean.mean, mean.answered) == (4.5, 2)
    assert found["client-feedback"].sent == 0


def test_the_first_and_the_last_day_are_both_in_the_period(app: Flask) -> None:
    key = scale_key()
    sent(1, {key: "5"}, datetime(2026, 6, 1, 22, 30, tzinfo=UTC))  # 2 June in Paris
    day = date(2026, 6, 2)
    assert period_results(day, day)[0].sent == 1
    assert period_results(date(2026, 6, 1), date(2026, 6, 1))[0].sent == 0


def test_an_analysis_keeps_the_figures_and_opens_actions(manager: FlaskClient) -> None:
    sent(1, {scale_key(): "3"}, datetime(2026, 6, 2, 10, 0, tzinfo=UTC))
    sent(2, None, datetime(2026, 6, 2, 10, 0, tzinfo=UTC))
    shown = words(manager.get(f"{FEEDBACK}/tenir"))
    assert "50 %" in shown
    assert "1 réponse pour 2 demandes" in shown
    reply = manager.post(f"{FEEDBACK}/tenir", data=TYPED)
    review = db.session.scalars(select(QualityReview)).one()
    assert reply.location == f"{BASE}{review.id}"
    (proof,) = proofs("feedback-analysis")
    assert proof.occurred_on == TODAY.date()
    assert proof.facts["figures"] == review.figures
    sent(3, {scale_key(): "5"}, datetime(2026, 6, 2, 10, 0, tzinfo=UTC))
    kept = manager.get(f"{BASE}{review.id}")
    assert "50 %" in words(kept)
    assert f"origine=feedback-analysis&amp;cle={review.id}" in kept.text
    opened = {
        "origin_kind": "feedback-analysis",
        "origin_reference": str(review.id),
        "title": "Allonger",
        "kind": "improvement",
        "action": "Une demi-journée de plus.",
        "owner_id": "0",
        "owner_name": "Claire",
        "created_on": "2026-11-24",
        "due_on": "2027-01-31",
    }
    assert manager.post("/qualite/ameliorations/ouvrir", data=opened).status_code == 303
    assert db.session.scalars(select(Improvement)).one().origin_id == review.id
    assert "Allonger" in words(manager.get(f"{BASE}{review.id}"))


def test_the_review_counts_actions_of_the_period(app: Flask) -> None:
    row = planned(created_on=date(2026, 3, 2), due_on=date(2026, 4, 1))
    operations.mark_done(row, on=date(2026, 5, 4), words="Fait.", by=QUALITY, at=TODAY)
    planned(created_on=date(2024, 3, 2), due_on=date(2024, 4, 1))
    found = {one["label"]: one["value"] for one in figures("improvement-review", FIRST, LAST)}
    assert found["Actions ouvertes"] == "1"
    assert found["Menées après leur échéance"] == "1"
    assert found["Effets vérifiés"] == "0"
    assert found["Encore ouvertes au dernier jour"] == "2"
    assert found["Dont à mener, échéance passée"] == "1"
    assert found["Idée ou proposition"] == "1"


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"held_on": "2026-11-25"}, "held_on", "pas encore venu"),
        ({"held_on": "2026-11-01"}, "held_on", "se termine après ce jour"),
        ({"present": ""}, "present", "qui était là"),
        ({"findings": ""}, "findings", "constaté"),
        ({"decisions": " "}, "decisions", "décidé"),
    ],
)
def test_a_refused_review_is_kept_on_the_page(
    manager: FlaskClient, changes: dict, field: str, why: str
) -> None:
    typed = TYPED | {"findings": "Un constat précis."} | changes
    reply = manager.post(f"{YEARLY}/tenir", data=typed)
    assert reply.status_code == 422
    assert why in error_of(reply, field)
    assert "Claire Vasseur" in reply.text or field == "present"
    assert rows(QualityReview) == 0
    assert proofs("improvement-review") == []


@pytest.mark.parametrize(
    "asked", ["?du=2026-12-01", "?du=hier", "?du=2026-11-20&au=2026-11-01", "?au=2030-01-01"]
)
def test_an_odd_period_is_said_and_replaced(manager: FlaskClient, asked: str) -> None:
    reply = manager.get(f"{YEARLY}/tenir{asked}")
    assert reply.status_code == 200
    assert "n’existe pas ou n’est pas finie" in words(reply)


def test_a_period_that_is_asked_for_is_the_one_that_is_kept(manager: FlaskClient) -> None:
    place = f"{YEARLY}/tenir?du=2026-01-01&au=2026-06-30"
    assert manager.post(place, data=TYPED).status_code == 303
    review = db.session.scalars(select(QualityReview)).one()
    assert (review.period_from, review.period_to) == (date(2026, 1, 1), date(2026, 6, 30))


def test_a_review_set_aside_stays_readable_and_proves_nothing(manager: FlaskClient) -> None:
    manager.post(f"{YEARLY}/tenir", data=TYPED)
    review = db.session.scalars(select(QualityReview)).one()
    assert "le 24 novembre 2027" in words(manager.get(YEARLY))
    place = f"{BASE}{review.id}/ecarter"
    assert "Dites pourquoi" in error_of(manager.post(place, data={"why": ""}), "why")
    assert len(proofs("improvement-review")) == 1
    assert manager.post(place, data={"why": "Tenue deux fois."}).status_code == 303
    assert proofs("improvement-review") == []
    assert "Tenue deux fois." in words(manager.get(f"{BASE}{review.id}"))
    assert "écartée" in words(manager.get(YEARLY))


def test_pages_cost_the_same_and_are_guarded(manager: FlaskClient, sign_in: SignIn) -> None:
    manager.post(f"{FEEDBACK}/tenir", data=TYPED)
    few, held = statements(manager, FEEDBACK), statements(manager, f"{FEEDBACK}/tenir")
    for rank in range(3):
        manager.post(f"{FEEDBACK}/tenir", data=TYPED)
        sent(rank, {scale_key(): "4"}, TODAY - timedelta(days=9))
    assert statements(manager, FEEDBACK) == few <= 10
    assert statements(manager, f"{FEEDBACK}/tenir") == held <= 10
    office = sign_in(Role.OFFICE)
    assert office.get(FEEDBACK).status_code == 200
    assert office.get(f"{FEEDBACK}/tenir").status_code == 403
    assert office.get(f"{BASE}autre").status_code == 404
    assert office.get(f"{BASE}999").status_code == 404


def test_the_auditor_reads_a_review(app: Flask, manager: FlaskClient) -> None:
    manager.post(f"{FEEDBACK}/tenir", data=TYPED)
    review = db.session.scalars(select(QualityReview)).one()
    template, context = app.extensions["liasse.piece_views"]["quality-review"](review.id)
    with app.test_request_context():
        shown = app.jinja_env.get_template(template).render(content=context)
    assert "Le rythme est jugé trop soutenu." in shown
