"""What a picky auditor would look at: dates, places, channels, and words that repeat."""

from collections import Counter, defaultdict
from datetime import time, timedelta

from flask import Flask
from sqlalchemy import select

from admin_app.adaptations.models import AdaptationRequest
from admin_app.attendance.models import Signature
from admin_app.cohorts.models import Assignment, Cohort, CohortClient, Enrolment, HalfDay
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.demo import days
from admin_app.evaluations.models import Survey
from admin_app.journal.models import JournalEntry
from admin_app.needs.models import NeedsAnalysis, Positioning
from admin_app.organisation.models import Provider
from admin_app.programmes.models import ProgrammeVersion
from tests.support.demonstration import TODAY

AT_WORK = {"user", "client"}
TEXTS = {"job", "difficulty", "expectation"}


def test_who_follows_from_afar_signs_by_link(today: Flask) -> None:
    statement = (
        select(Signature.channel)
        .join(HalfDay, HalfDay.id == Signature.half_day_id)
        .where(HalfDay.is_remote, Signature.enrolment_id.is_not(None))
    )
    assert set(db.session.scalars(statement)) == {"link"}


def test_people_at_work_act_on_worked_days_at_decent_hours(today: Flask) -> None:
    for entry in db.session.scalars(select(JournalEntry)):
        if entry.actor_kind in AT_WORK:
            at = clock.local(entry.at)
            assert days.is_worked(at.date()), entry.summary
            assert time(7, 30) <= at.time() <= time(19), entry.summary


def test_nobody_teaches_and_no_room_is_used_twice_at_once(today: Flask) -> None:
    held = (
        select(HalfDay.starts_at, Cohort.place_id)
        .join(Cohort, Cohort.id == HalfDay.cohort_id)
        .where(Cohort.cancelled_at.is_(None), Cohort.place_id.is_not(None))
    )
    assert max(Counter(tuple(row) for row in db.session.execute(held)).values()) == 1
    taught = (
        select(HalfDay.starts_at, Assignment.trainer_id)
        .join(Cohort, Cohort.id == HalfDay.cohort_id)
        .join(Assignment, Assignment.cohort_id == Cohort.id)
        .where(Cohort.cancelled_at.is_(None))
    )
    assert max(Counter(tuple(row) for row in db.session.execute(taught)).values()) == 1


def test_the_surveillance_audit_falls_in_its_window(today: Flask) -> None:
    house = db.session.scalars(select(Provider)).one()
    assert house.certified_on is not None
    assert house.next_audit_on is not None
    months = (house.next_audit_on - house.certified_on).days / 30.44
    assert 14 < months < 22


def test_each_need_was_analysed_in_its_own_words(today: Flask) -> None:
    analyses = db.session.scalars(select(NeedsAnalysis)).all()
    assert len(analyses) >= 8
    for name in ("context", "sponsor_expectations", "trainee_expectations", "constraints", "level"):
        assert len({getattr(one, name) for one in analyses}) == len(analyses), name


def test_two_people_of_a_group_never_say_the_same(today: Flask) -> None:
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(Enrolment.cohort_id, Positioning).join(
            Positioning, Positioning.enrolment_id == Enrolment.id
        )
    )
    for cohort_id, row in rows:
        for key in TEXTS & row.answers.keys():
            said[cohort_id, key].append(row.answers[key])
    for survey in db.session.scalars(select(Survey)):
        for key in ("use", "example", "effects", "incidents"):
            if text := survey.answers.get(key):
                said[survey.cohort_id, f"{survey.kind} {key}"].append(text)
    assert len(said) > 20
    for where, texts in said.items():
        assert len(set(texts)) == len(texts), where


def test_groups_are_as_large_as_the_request_says(today: Flask) -> None:
    asked = db.session.scalars(
        select(AdaptationRequest).where(AdaptationRequest.cohort_id.is_not(None))
    ).one()
    enrolled = select(Enrolment).where(Enrolment.cohort_id == asked.cohort_id)
    assert asked.headcount == len(db.session.scalars(enrolled).all())


def test_prices_follow_the_programme(today: Flask) -> None:
    rows = db.session.execute(
        select(CohortClient, ProgrammeVersion)
        .join(Cohort, Cohort.id == CohortClient.cohort_id)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .where(ProgrammeVersion.price_basis == "trainee")
    ).all()
    assert rows
    for row, version in rows:
        paid = select(Enrolment).where(
            Enrolment.cohort_id == row.cohort_id,
            Enrolment.client_id == row.client_id,
            Enrolment.replaces_id.is_(None),
        )
        count = len(db.session.scalars(paid).all())
        assert row.price == version.price * count


def test_no_training_is_planned_over_christmas(today: Flask) -> None:
    ahead = select(HalfDay.day).where(HalfDay.day > TODAY + timedelta(days=1))
    for day in db.session.scalars(ahead):
        assert (day.month, day.day) < (12, 24), day
