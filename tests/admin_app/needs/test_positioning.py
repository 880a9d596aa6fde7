"""Positioning: sent, answered by link one question a page, read by the trainer."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import roster
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.links import Purpose
from admin_app.evidence.models import Evidence
from admin_app.needs.operations import positioning as operations
from admin_app.needs.queries.positioning import of_enrolment
from tests.factories import ProviderFactory, TrainerFactory, UserFactory, cohort_with
from tests.support.statements import counted

BEFORE = datetime(2026, 9, 2, 8, tzinfo=UTC)
ANSWERS = ("Animer la CTG", "1-3", "Mobiliser les élus", "Des pistes", "yes", "", "1", "2", "0")


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    return cohort_with(trainees=3)


def base_of(cohort: Cohort) -> str:
    link = links.current(Purpose.POSITIONING, ("enrolment", cohort.enrolments[0].id), BEFORE)
    assert link is not None
    return f"/l/{links.token(link)}"


def test_everyone_enrolled_is_asked_once_then_reminded(cohort: Cohort, outbox: list) -> None:
    with clock.frozen(BEFORE):
        assert operations.send_positionings(cohort, by=SYSTEM, at=BEFORE) == 3
        assert operations.send_positionings(cohort, by=SYSTEM, at=BEFORE) == 0
        person = roster(cohort.id)[0]
        operations.send_positioning(cohort, person, by=SYSTEM, at=BEFORE)
    assert len(outbox) == 4
    assert outbox[-1].subject.startswith("Rappel")
    row = of_enrolment(person.enrolment.id)
    assert row is not None
    assert row.reminders == 1


def test_nobody_enrolled_is_said(app: Flask) -> None:
    ProviderFactory()
    empty = cohort_with(trainees=0)
    with pytest.raises(Refused, match="Personne"):
        operations.send_positionings(empty, by=SYSTEM, at=BEFORE)


def test_the_whole_questionnaire_by_link(cohort: Cohort, browse: FlaskClient) -> None:
    with clock.frozen(BEFORE):
        operations.send_positionings(cohort, by=SYSTEM, at=BEFORE)
        base = base_of(cohort)
        assert browse.get(base).location.endswith("/besoins")
        page = browse.get(f"{base}/besoins/3").text
        assert "référent handicap" in page
        assert browse.post(f"{base}/besoins/3", data={"answer": " "}).status_code == 422
        for step, answer in enumerate(ANSWERS, 1):
            reply = browse.post(f"{base}/besoins/{step}", data={"answer": answer})
            assert reply.status_code == 303, step
        assert "Comparer trois pratiques" in browse.get(f"{base}/besoins/10").text
        browse.post(f"{base}/besoins/10")
        assert "Merci" in browse.get(f"{base}/besoins").text
    pieces = db.session.scalars(select(Evidence).where(Evidence.piece == "positioning")).all()
    assert [one.scope_id for one in pieces] == [cohort.enrolments[0].id]
    assert pieces[0].label.startswith("Besoins et positionnement de Nadia")


def test_sending_too_soon_leads_to_the_missing_question(
    cohort: Cohort, browse: FlaskClient
) -> None:
    with clock.frozen(BEFORE):
        operations.send_positionings(cohort, by=SYSTEM, at=BEFORE)
        base = base_of(cohort)
        assert browse.post(f"{base}/besoins/10").location.endswith("/besoins/1")


def test_the_trainer_of_the_cohort_alone_reads_the_answers(
    cohort: Cohort, browse: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    with clock.frozen(BEFORE):
        operations.send_positionings(cohort, by=SYSTEM, at=BEFORE)
        base = base_of(cohort)
        for step, answer in enumerate(ANSWERS, 1):
            browse.post(f"{base}/besoins/{step}", data={"answer": answer})
        browse.post(f"{base}/besoins/10")
        own = cohort.assignments[0].trainer_id
        trainer = sign_in(user=UserFactory(roles=(Role.TRAINER,), trainer_id=own))
        assert "Mobiliser les élus" in trainer.get(f"/mes-sessions/{cohort.id}/besoins").text
        stranger = UserFactory(roles=(Role.TRAINER,), trainer_id=TrainerFactory().id)
        other = sign_in(user=stranger)
        assert other.get(f"/mes-sessions/{cohort.id}/besoins").status_code == 404
    row = of_enrolment(cohort.enrolments[0].id)
    assert row is not None
    assert row.read_by_trainer_at == BEFORE


def test_the_office_sends_and_reads(cohort: Cohort, sign_in: Callable[..., FlaskClient]) -> None:
    office = sign_in(Role.OFFICE)
    with clock.frozen(BEFORE):
        address = f"/sessions/{cohort.id}/positionnement"
        assert "à envoyer" in office.get(address).text
        assert office.post(f"{address}/envoyer").status_code == 303
        with counted() as statements:
            assert "attendue" in office.get(address).text
    assert len(statements) <= 10


def test_a_trainee_asks_for_an_accommodation(cohort: Cohort, browse: FlaskClient) -> None:
    secret = "grossissement des documents, vue basse"
    with clock.frozen(BEFORE):
        operations.send_positionings(cohort, by=SYSTEM, at=BEFORE)
        base = base_of(cohort)
        refused = browse.post(f"{base}/amenagement", data={"need": secret})
        assert refused.status_code == 422
        assert secret in refused.text
        sent = browse.post(f"{base}/amenagement", data={"need": secret, "consent": "y"})
        assert "Votre demande est envoyée" in sent.text
        assert secret not in sent.text
