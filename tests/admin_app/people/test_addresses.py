"""When an address was wrong, what was sent there opens nothing any more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import Flask

from admin_app.attendance.operations import signing_link
from admin_app.core import clock, links
from admin_app.core.actor import SYSTEM, ActorKind
from admin_app.core.database import db
from admin_app.core.links import Purpose
from admin_app.core.transaction import act
from admin_app.people.models import Trainee
from admin_app.people.operations import TraineeDetails, change_trainee
from tests.factories import cohort_with

AT = datetime(2026, 9, 1, 9, tzinfo=UTC)


def details_of(trainee: Trainee) -> TraineeDetails:
    return TraineeDetails(
        first_name=trainee.first_name, last_name=trainee.last_name, email=trainee.email
    )


def test_a_corrected_address_closes_the_links_sent_to_the_wrong_one(app: Flask) -> None:
    enrolment = cohort_with(trainees=2).enrolments[0]
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    with clock.frozen(AT):
        wrong = signing_link(enrolment, at=AT)
        corrected = replace(details_of(trainee), email="la.bonne@example.org")
        change_trainee(trainee, corrected, by=SYSTEM, at=AT)
        assert wrong.revoked_at == AT
        right = signing_link(enrolment, at=AT)
    assert (right.id != wrong.id, right.email) == (True, "la.bonne@example.org")


def test_another_change_leaves_the_links_open(app: Flask) -> None:
    enrolment = cohort_with(trainees=1).enrolments[0]
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    with clock.frozen(AT):
        link = signing_link(enrolment, at=AT)
        change_trainee(trainee, replace(details_of(trainee), job="Directrice"), by=SYSTEM, at=AT)
        assert link.revoked_at is None
        assert signing_link(enrolment, at=AT).id == link.id


def test_a_link_asked_for_longer_stays_open_longer(app: Flask) -> None:
    @act
    def asked(days: int, email: str) -> links.PersonalLink:
        return links.current_or_create(
            Purpose.TRAINEE_FILE,
            actor_kind=ActorKind.TRAINEE,
            subject=("enrolment", 1),
            label="Nadia Benali",
            email=email,
            at=AT,
            expires_at=AT + timedelta(days=days),
        )

    first = asked(400, "nadia@example.org")
    again = asked(1095, "Nadia@example.org")
    assert (again is first, first.expires_at) == (True, AT + timedelta(days=1095))
    assert asked(10, "nadia@example.org").expires_at == AT + timedelta(days=1095)
    other = asked(10, "autre@example.org")
    assert (other is not first, first.revoked_at) == (True, AT)
