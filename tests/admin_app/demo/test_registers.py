"""What the registers hold once the demonstration is loaded."""

from collections import Counter
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin_app.adaptations.models import NetworkContact
from admin_app.core.database import Base, db
from admin_app.core.mail import MailMessage
from admin_app.demo.files import read
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.organisation.house import KINDS
from admin_app.organisation.models import HouseDocument, Place
from admin_app.people.models import (
    FunderFeedback,
    Trainer,
    TrainerDevelopment,
    TrainerDiploma,
    TrainerReview,
)
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.improvements.models import Improvement, QualityReview
from admin_app.quality.risks.models import Risk, RiskAnalysis, RiskFact, RiskMeasure
from admin_app.quality.watch.models import WatchEffect, WatchNote, WatchTold
from admin_app.results.models import PublishedResults
from admin_app.safeguarding.models import NarrativeOpening, Report, ReportAction
from admin_app.staff.models import ChartApproval, StaffMember
from admin_app.subcontracting.models import ClauseCheck, Subcontractor
from tests.admin_app.demo.conftest import Quick
from tests.support.demonstration import TODAY


def test_each_domain_is_watched_and_used(today: Flask) -> None:
    notes = db.session.scalars(select(WatchNote)).all()
    assert min(Counter(one.topic for one in notes).values()) >= 4
    assert {one.topic for one in notes if one.decision} == {"legal", "trades", "teaching"}
    assert [one.title for one in notes if not one.analysis] != []  # one is still to be read
    written = [one for one in read("registers")["watch"] if "effect" in one]
    effects = db.session.scalar(select(func.count()).select_from(WatchEffect))
    assert effects == len(written) + 1  # the one of the decree
    assert set(db.session.scalars(select(WatchTold.how))) == {"mail", "meeting"}


def test_the_decree_is_read_told_and_applied(today: Flask) -> None:
    note = db.session.scalars(select(WatchNote).where(WatchNote.title.contains("2026-728"))).one()
    assert note.published_on == date(2026, 8, 4)
    assert note.decision
    assert note.shared_on is not None
    effect = db.session.scalars(select(WatchEffect).where(WatchEffect.note_id == note.id)).one()
    assert effect.done_on is not None


def test_complaints_and_incidents_are_at_every_step(today: Flask) -> None:
    rows = db.session.scalars(select(Complaint).order_by(Complaint.id)).all()
    complaints = [one for one in rows if not one.is_incident]
    steps = {
        (one.acknowledged_on is None, one.answered_on is None, one.closed_on is None)
        for one in complaints
    }
    assert steps == {(True, True, True), (False, True, True), (False, False, False)}
    assert [one.solved_on is None for one in rows if one.is_incident] == [False, True, False]


def test_actions_have_origins_and_one_led_to_another(today: Flask) -> None:
    rows = db.session.scalars(select(Improvement)).all()
    origins = {one.origin_kind for one in rows}
    assert origins == {"complaint", "survey", "risk", "idea", "improvement"}
    assert [one.title for one in rows if one.follows_id] == [
        "Suite : Rappeler l’essai de connexion la veille"
    ]
    assert Counter(one.is_effective for one in rows)[True] == 1
    kinds = set(db.session.scalars(select(QualityReview.kind)))
    assert kinds == {"feedback-analysis", "improvement-review"}
    assert all(db.session.scalars(select(QualityReview.figures)))


def test_risks_have_measures_and_facts(today: Flask) -> None:
    risks = db.session.scalars(select(Risk)).all()
    measured = set(db.session.scalars(select(RiskMeasure.risk_id)))
    assert measured == {one.id for one in risks}
    assert set(db.session.scalars(select(RiskFact.kind))) == {"incident", "departure"}
    analysis = db.session.scalars(select(RiskAnalysis)).one()
    assert len(analysis.risks) == len(risks)


def test_trainers_are_followed(today: Flask) -> None:
    guest = db.session.scalars(select(Trainer).where(Trainer.last_name == "Hervieu")).one()
    (diploma,) = db.session.scalars(
        select(TrainerDiploma).where(TrainerDiploma.trainer_id == guest.id)
    )
    assert diploma.valid_until is not None
    assert diploma.valid_until < TODAY
    assert len(db.session.scalars(select(TrainerReview)).all()) == 2
    assert len(db.session.scalars(select(TrainerDevelopment)).all()) == 3
    assert len(db.session.scalars(select(PublishedResults)).all()) == 3


def test_the_house_is_written_down(today: Flask) -> None:
    published = set(db.session.scalars(select(HouseDocument.kind)))
    assert published == {kind.key for kind in KINDS}
    assert not [one for one in db.session.scalars(select(HouseDocument.text)) if "[À" in one]
    rooms = db.session.scalars(select(Place).where(~Place.is_remote)).all()
    assert all(one.checked_on for one in rooms)
    assert Counter(one.has_defect for one in rooms) == {False: 2, True: 1}


def test_the_team_has_a_chart_and_everyone_a_role(today: Flask) -> None:
    members = db.session.scalars(select(StaffMember)).all()
    assert {one.trainer_id is None for one in members} == {True, False}
    approvals = db.session.scalars(select(ChartApproval)).all()
    assert len(approvals[-1].roles) == len(read("registers")["role"])


def test_those_outside_are_followed(today: Flask) -> None:
    subs = {one.id: one.name for one in db.session.scalars(select(Subcontractor))}
    senders = db.session.scalars(
        select(Trainer.subcontractor_id).where(Trainer.status == "subcontractor")
    )
    assert set(senders) == set(subs)
    assert set(db.session.scalars(select(ClauseCheck.is_complete))) == {True}
    answered = db.session.scalars(select(NetworkContact.answered)).all()
    assert Counter(answered) == {True: 2, False: 1}
    outcomes = db.session.scalars(select(FunderFeedback.outcome).order_by(FunderFeedback.id))
    assert outcomes.all() == ["asked", "obtained"]


def test_what_was_reported_is_written_nowhere_else(today: Flask) -> None:
    """A report was opened by someone named, handled and closed; its words stay in the room."""
    report = db.session.scalars(select(Report)).one()
    assert report.closed_on is not None
    kinds = set(db.session.scalars(select(ReportAction.kind)))
    assert kinds == {"heard", "followed"}
    assert db.session.scalars(select(NarrativeOpening.opened_by)).all() == ["Irène Delmas"]
    words = str(read("registers")["report"]["text"])
    for table in (JournalEntry, Evidence, MailMessage):
        rows = db.session.execute(select(*table.__table__.columns)).all()
        assert rows
        assert not [row for row in rows if words in repr(tuple(row))], table


@pytest.mark.slow
@pytest.mark.parametrize("day", [date(2027, 2, 3)])
def test_nothing_in_a_register_is_to_come(quick: Quick, day: date) -> None:
    columns = (
        WatchNote.found_on,
        Complaint.received_on,
        Improvement.created_on,
        Risk.created_on,
        Report.received_on,
    )
    with quick(day).app_context():
        for column in columns:
            last = db.session.scalar(select(func.max(column)))
            assert last is not None
            assert last < day, column
        tables: list[type[Base]] = [WatchNote, Complaint, Improvement, Risk, Report]
        assert all(db.session.scalar(select(func.count()).select_from(one)) for one in tables)
