"""Two people do the same thing at once: it is done once, and the second is told so in French.

On PostgreSQL both run side by side; on SQLite one waits for the other. On both, each had read what
it acts upon before the other wrote.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin_app.accounts import operations as accounts
from admin_app.accounts.models import User
from admin_app.accounts.operations import NewAccount
from admin_app.adaptations import operations as adaptations
from admin_app.adaptations.models import Adaptation, AdaptationRequest
from admin_app.agreements import operations as agreements
from admin_app.agreements.models import Agreement
from admin_app.certificates import operations as certificates
from admin_app.certificates.models import Certificate
from admin_app.cohorts import operations as cohorts
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.queries import roster
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM, Origin
from admin_app.core.database import db
from admin_app.core.links import PersonalLink
from admin_app.core.mail import MailMessage
from admin_app.core.uploads import Upload
from admin_app.demo.answers import Voice, answers_to
from admin_app.evaluations import operations as evaluations
from admin_app.evaluations.kinds import KINDS
from admin_app.evaluations.models import Survey
from admin_app.evidence.models import Evidence
from admin_app.needs.models import Positioning
from admin_app.needs.operations import positioning
from admin_app.organisation import queries as organisation
from admin_app.organisation.models import HouseDocument
from admin_app.organisation.operations import publish
from admin_app.quality.complaints import operations as complaints
from admin_app.quality.complaints.models import Complaint
from admin_app.questionnaires import load
from admin_app.resources import operations as resources
from tests.factories import ProviderFactory, TraineeFactory, cohort_with
from tests.factories import adaptations as requested
from tests.factories import complaints as complained
from tests.factories.followed import held
from tests.support.together import at_once, twice

BEFORE, AFTER = datetime(2026, 6, 2, 8, tzinfo=UTC), datetime(2026, 9, 21, 8, tzinfo=UTC)
BY: dict[str, Any] = {"by": SYSTEM, "at": BEFORE}
NADIA = Voice(name="Nadia Benali", group="CTG-2026-01", rank=0, programme="CTG")


def row(model: type[Any]) -> Callable[[], Any]:
    """The first row of its kind, as a page reads it."""
    return lambda: db.session.scalars(select(model).order_by(model.id)).first()


def count(model: type[Any], *conditions: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    return cohort_with(trainees=2)


def test_someone_is_enrolled_once(app: Flask, cohort: Cohort) -> None:
    key = TraineeFactory().id
    said = twice(app, row(Cohort), lambda one: cohorts.enrol(one, trainee_id=key, **BY))
    assert "déjà inscrit" in said
    assert count(Enrolment, Enrolment.trainee_id == key) == 1


def test_two_people_are_enrolled_at_once(app: Flask, cohort: Cohort) -> None:
    keys = [TraineeFactory().id for _ in range(2)]
    acts = [
        (row(Cohort), lambda one, key=key: cohorts.enrol(one, trainee_id=key, **BY)) for key in keys
    ]
    assert at_once(app, *acts) == ["done", "done"]
    assert count(Enrolment, Enrolment.trainee_id.in_(keys)) == 2


def test_someone_leaves_once_and_comes_back_once(app: Flask, cohort: Cohort) -> None:
    def leave(one: Enrolment) -> None:
        cohorts.withdraw(one, on=BEFORE.date(), reason="Autre poste", **BY)

    assert "déjà noté" in twice(app, row(Enrolment), leave)
    said = twice(app, row(Enrolment), lambda one: cohorts.reinstate(one, **BY))
    assert said == "Cette personne est inscrite."


def test_nobody_is_enrolled_while_the_cohort_is_cancelled(app: Flask, cohort: Cohort) -> None:
    key = TraineeFactory().id
    cohorts.cancel_cohort(cohort, why="Trop peu d’inscrits", **BY)
    cohorts.restore_cohort(cohort, **BY)
    told = at_once(
        app,
        (row(Cohort), lambda one: cohorts.cancel_cohort(one, why="Salle fermée", **BY)),
        (row(Cohort), lambda one: cohorts.enrol(one, trainee_id=key, **BY)),
    )
    assert told[0] == "done"  # whoever came first, the second saw what the first had done
    assert told[1] == "done" or "annulée" in told[1]


def test_a_request_is_decided_once(app: Flask) -> None:
    ProviderFactory()
    requested.analysed()
    at = BEFORE + timedelta(days=8)

    def decide(one: AdaptationRequest) -> None:
        words, promises = "Le cas local sert le projet.", ("Étude de cas locale",)
        adaptations.decide(one, accepted=True, reason=words, promises=promises, by=SYSTEM, at=at)

    assert "déjà décidée" in twice(app, row(AdaptationRequest), decide)
    pieces = count(Evidence, Evidence.piece == "adaptation-decision")
    assert pieces == count(Adaptation) == 1


def test_a_convention_is_drafted_once(app: Flask, cohort: Cohort) -> None:
    key = cohort.clients[0].id
    said = twice(app, lambda: key, lambda one: agreements.draft_convention(one, **BY))
    assert "existe déjà" in said
    assert count(Agreement) == 1


def test_a_survey_is_finished_once(app: Flask, cohort: Cohort) -> None:
    held(cohort)
    with clock.frozen(AFTER):
        evaluations.send_surveys("exit-survey", cohort, by=SYSTEM, at=AFTER)
        about = load(KINDS["exit-survey"].key)
        evaluations.save_answers(row(Survey)(), answers_to(about, NADIA), at=AFTER)
        said = twice(app, row(Survey), lambda one: evaluations.finish(one, by=SYSTEM, at=AFTER))
    assert "déjà été envoyées" in said
    assert count(Evidence, Evidence.piece == "exit-survey") == 1


def test_a_survey_is_sent_once(app: Flask, cohort: Cohort) -> None:
    held(cohort)
    with clock.frozen(AFTER):
        sent = (
            row(Cohort),
            lambda one: evaluations.send_surveys("exit-survey", one, by=SYSTEM, at=AFTER),
        )
        assert at_once(app, sent, sent) == ["done", "done"]  # the second finds nobody to ask
    assert count(Survey) == count(MailMessage) == 2


def test_a_positioning_is_finished_once(app: Flask, cohort: Cohort) -> None:
    positioning.send_positionings(cohort, **BY)

    def finish(one: Positioning) -> None:
        about = positioning.questionnaire_of(row(Cohort)())
        positioning.save_answers(one, answers_to(about, NADIA), at=BEFORE)
        positioning.finish(one, roster(cohort_id)[0], row(Cohort)(), **BY)

    cohort_id = cohort.id
    assert "déjà été envoyées" in twice(app, row(Positioning), finish)
    assert count(Evidence, Evidence.piece == "positioning") == 1


def test_resources_are_shared_once(app: Flask, cohort: Cohort) -> None:
    resources.add_resource(cohort, Upload("dossier.pdf", "pdf", b"%PDF-1.7 a"), **BY)
    said = twice(app, row(Cohort), lambda one: resources.share(one, **BY))
    assert "rien de nouveau" in said
    assert count(MailMessage) == 2


def test_certificates_are_issued_and_sent_once(app: Flask, cohort: Cohort) -> None:
    held(cohort)
    despite = {"despite": "Sur papier.", "by": SYSTEM, "at": AFTER}
    with clock.frozen(AFTER):
        begin = (
            row(Cohort),
            lambda one: certificates.start_issuing(one, back_url="/", **despite),
        )
        assert at_once(app, begin, begin) == ["done", "done"]
        assert count(Certificate, Certificate.superseded_at.is_(None)) == 4
        send = (row(Cohort), lambda one: certificates.send_certificates(one, **despite))
        at_once(app, send, send)
    assert count(MailMessage, MailMessage.template == "certificates") == 2


def test_a_complaint_is_closed_once(app: Flask) -> None:
    ProviderFactory()
    complained.answered()
    at = BEFORE + timedelta(days=20)

    def close(one: Complaint) -> None:
        complaints.close(one, "Remise.", satisfied="yes", on=at.date(), by=SYSTEM, at=at)

    assert "déjà clos" in twice(app, row(Complaint), close)
    assert count(Evidence, Evidence.piece == "complaint-closed") == 1


def test_a_house_document_is_published_once(app: Flask) -> None:
    ProviderFactory()
    text = re.sub(r"\[À [^\]]*\]", "Adapté.", organisation.text_to_start_from("house-rules"))

    def approve(_: object) -> None:
        publish("house-rules", text, in_force_from=date(2026, 7, 1), **BY)

    said = twice(app, lambda: organisation.last_version("house-rules"), approve)
    assert "Une autre version vient d’être publiée" in said or "même chose" in said
    assert count(HouseDocument) == count(Evidence) == 1


def test_an_invitation_serves_once(app: Flask) -> None:
    ProviderFactory()
    account = NewAccount(name="Paul Ribeiro", email="p@example.org", roles=frozenset({Role.OFFICE}))
    accounts.invite(account, **BY)

    def accept(one: PersonalLink) -> None:
        accounts.accept(one, "Quatre-mots-bien-longs-2026!", at=BEFORE, origin=Origin())

    assert "vient de servir" in twice(app, row(PersonalLink), accept)
    assert count(User, User.password_hash != "") == 1
