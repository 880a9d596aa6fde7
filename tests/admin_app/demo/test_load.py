"""What the demonstration holds once it is loaded."""

from collections import Counter
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from admin_app.adaptations.models import Accommodation, Adaptation, AdaptationRequest
from admin_app.agreements.models import Agreement
from admin_app.attendance.models import Closing
from admin_app.audits.models import Audit, AuditReader
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.cohorts.state import CohortState, state_of
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.jobs import Job, queue
from admin_app.core.mail import MailMessage
from admin_app.core.storage import store
from admin_app.demo import days
from admin_app.demo.load import dawn_of
from admin_app.documents.models import Document
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.people.models import ClientContact, Trainee, Trainer
from compliance.vocabulary import Departure
from tests.support.demonstration import TODAY


def test_cohorts_are_in_every_state(today: Flask) -> None:
    states = Counter(state_of(one, TODAY) for one in db.session.scalars(select(Cohort)))
    assert set(states) == set(CohortState)
    assert states.total() >= 6
    assert states[CohortState.RUNNING] == 1


def test_it_spans_eighteen_months(today: Flask) -> None:
    first = db.session.scalar(select(func.min(JournalEntry.at)))
    last = db.session.scalar(select(func.max(Cohort.ends_on)))
    assert first is not None
    assert last is not None
    assert 17 * 30 < (last - clock.day_of(first)).days < 20 * 30


def test_trainees_are_some_dozens_and_live_nowhere(today: Flask) -> None:
    assert 50 <= len(db.session.scalars(select(Trainee)).all()) <= 80
    for model in (Trainee, Trainer, ClientContact):
        for email in db.session.scalars(select(model.email)):
            assert email.endswith(".example.org"), email


def test_half_days_are_worked(today: Flask) -> None:
    held = db.session.scalars(select(HalfDay.day)).all()
    assert held
    assert all(days.is_worked(day) for day in held)


def test_the_running_cohort_has_a_day_behind_and_one_today(today: Flask) -> None:
    running = db.session.scalar(select(Cohort).where(Cohort.reference == "CTG-LEGE"))
    assert running is not None
    closed = set(db.session.scalars(select(Closing.half_day_id)))
    assert [one.id in closed for one in running.half_days] == [True, True, False, False]
    assert running.half_days[2].day == TODAY


def test_nothing_happens_after_dawn(today: Flask) -> None:
    dawn = dawn_of(TODAY)
    for column in (JournalEntry.at, JournalEntry.recorded_at, Evidence.recorded_at):
        assert db.session.scalar(select(func.max(column))) <= dawn
    assert db.session.scalar(select(func.max(Document.issued_at))) < dawn


def test_the_journal_grows_in_order(today: Flask) -> None:
    instants = db.session.scalars(select(JournalEntry.at).order_by(JournalEntry.id)).all()
    late = [b for a, b in pairwise(instants) if b < a - timedelta(minutes=1)]
    assert not late


def test_messages_are_sent_and_none_left(today: Flask) -> None:
    states = set(db.session.scalars(select(MailMessage.state)))
    assert states == {"sent"}
    assert not list((Path(today.config["SETTINGS"].instance) / "outbox").iterdir())


def test_jobs_are_done_and_the_queue_is_empty(today: Flask) -> None:
    assert set(db.session.scalars(select(Job.state))) == {"done"}
    assert queue().pending_count() == 0
    assert not queue().immediate


def test_every_document_has_its_bytes(today: Flask) -> None:
    for document in db.session.scalars(select(Document)):
        assert store.exists(document.sha256), document.number


def test_departures_are_told(today: Flask) -> None:
    found = Counter(db.session.scalars(select(Enrolment.departure)))
    assert found[Departure.WITHDRAWN_BEFORE.value] == 1
    assert found[Departure.REPLACED.value] == 1
    assert found[Departure.DROPOUT.value] == 1
    assert db.session.scalar(select(func.count()).where(Enrolment.replaces_id.is_not(None))) == 1


def test_people_who_pay_have_a_contract(today: Flask) -> None:
    payers = set(db.session.scalars(select(Enrolment.id).where(Enrolment.pays_personally)))
    contracts = select(Agreement.enrolment_id).where(Agreement.kind == "contract")
    assert payers == set(db.session.scalars(contracts)) != set()


def test_one_request_is_told_to_its_half_days_and_one_waits_for_today(today: Flask) -> None:
    told, waiting = db.session.scalars(select(AdaptationRequest).order_by(AdaptationRequest.id))
    assert (told.state, waiting.state) == ("accepted", "acknowledged")
    assert waiting.answer_due_on == TODAY
    assert told.adapted_version_id is not None
    promises = db.session.scalars(select(Adaptation)).all()
    assert promises
    assert all(one.half_day_id for one in promises)


def test_one_accommodation_is_decided_and_one_waits(today: Flask) -> None:
    states = db.session.scalars(select(Accommodation.state).order_by(Accommodation.id)).all()
    assert states == ["decided", "received"]


def test_an_audit_is_prepared(today: Flask) -> None:
    audit = db.session.scalars(select(Audit)).one()
    assert audit.audit_on > TODAY
    assert db.session.scalars(select(AuditReader)).one().audit_id == audit.id
