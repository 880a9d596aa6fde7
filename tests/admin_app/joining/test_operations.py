"""Sending joining instructions, and what it proves."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.cohorts import operations as cohorts
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.operations import HalfDayPlan
from admin_app.cohorts.queries import half_days, roster
from admin_app.core import clock, links
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.core.jobs import Job
from admin_app.core.links import Purpose
from admin_app.core.mail import MailMessage
from admin_app.coverage.models import Expectation
from admin_app.coverage.queries import coverage_of
from admin_app.documents.models import Document
from admin_app.documents.queries import data as data_of
from admin_app.evidence.models import Evidence
from admin_app.joining import jobs, operations, queries
from admin_app.joining.gathering import common, data_for, gather
from admin_app.joining.models import JoiningInstructions
from admin_app.journal.models import JournalEntry
from compliance.vocabulary import HalfDayPeriod, PieceStatus
from tests.factories import committed
from tests.factories.joining import cohort_ready_to_join, house_document

AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
OFFICE = Actor(ActorKind.USER, "Hélène Marchand", 1)
ACTS: dict[str, Any] = {"by": OFFICE, "at": AT}


def proofs(piece: str, enrolment_id: int) -> list[Evidence]:
    """The valid pieces of that key for that enrolment, oldest first."""
    statement = select(Evidence).where(
        Evidence.piece == piece,
        Evidence.scope_kind == "enrolment",
        Evidence.scope_id == enrolment_id,
        Evidence.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(statement.order_by(Evidence.id)))


def moved(cohort: Cohort, days: int) -> list[HalfDayPlan]:
    """The half-days of a cohort, that many days later."""
    return [
        HalfDayPlan(
            day=one.day + timedelta(days=days),
            starts=clock.local(one.starts_at).time(),
            ends=clock.local(one.ends_at).time(),
            period=HalfDayPeriod(one.period),
            id=one.id,
        )
        for one in half_days(cohort.id)
    ]


def test_what_is_sent_says_all_that_a_trainee_must_know(app: Flask) -> None:
    cohort = cohort_ready_to_join(1)
    person = roster(cohort.id)[0]
    data = data_for(common(cohort, AT), person)
    action = data["action"]
    assert [half["period"] for half in action["half_days"]] == ["matin", "après-midi"] * 2
    assert action["place"].endswith("12 rue des Tilleuls, 33000 Bordeaux")
    assert action["trainers"]
    assert action["objectives"]
    assert action["assessment"]
    assert data["house_rules"]["version"] == 1
    assert "Paul Ribeiro" in data["contacts"]["disability"]
    assert data["trainee"]["name"] == person.trainee.name


def test_sending_writes_the_document_the_message_and_the_proofs_together(
    app: Flask, outbox: list
) -> None:
    cohort = cohort_ready_to_join(1)
    person = roster(cohort.id)[0]
    row = operations.send_instructions(cohort, person, **ACTS)
    document = queries.document_of(row)
    (sent,) = outbox
    assert sent.to == [f"{person.trainee.name} <{person.trainee.email}>"]
    assert len(sent.attachments) == 4
    link = links.current(Purpose.TRAINEE_FILE, ("enrolment", person.enrolment.id), AT)
    assert link is not None
    assert links.url(link) in sent.body
    (joined,) = proofs("joining-instructions", person.enrolment.id)
    assert (joined.occurred_on, joined.document_id) == (date(2026, 9, 1), document.id)
    (told,) = proofs("safeguarding-information", person.enrolment.id)
    assert "Procédure de prévention, version 1" in told.label
    actions = list(db.session.scalars(select(JournalEntry.action)))
    assert actions.count("joining.send") == 1


def test_without_a_safeguarding_procedure_nothing_is_said_of_it(app: Flask) -> None:
    cohort = cohort_ready_to_join(1, kinds=("house-rules", "welcome-booklet"))
    person = roster(cohort.id)[0]
    operations.send_instructions(cohort, person, **ACTS)
    assert proofs("joining-instructions", person.enrolment.id)
    assert proofs("safeguarding-information", person.enrolment.id) == []


def test_a_procedure_that_comes_into_force_later_is_not_enclosed(app: Flask) -> None:
    cohort = cohort_ready_to_join(1, kinds=("house-rules", "welcome-booklet"))
    house_document("safeguarding-procedure", since=date(2026, 11, 1))
    row = operations.send_instructions(cohort, roster(cohort.id)[0], **ACTS)
    assert [one["kind"] for one in row.enclosed] == ["house-rules", "welcome-booklet"]


def test_what_is_missing_is_said_with_its_text_and_nothing_leaves(app: Flask, outbox: list) -> None:
    cohort = cohort_ready_to_join(1, kinds=("welcome-booklet",))
    person = roster(cohort.id)[0]
    with pytest.raises(Problems) as refused:
        operations.send_instructions(cohort, person, **ACTS)
    (problem,) = refused.value.problems
    assert problem.field == "house-rules"
    assert "L. 6353-8" in problem.message
    assert outbox == []
    assert db.session.scalars(select(JoiningInstructions)).all() == []
    assert db.session.scalars(select(Document).where(Document.kind == operations.KIND)).all() == []


def test_a_cohort_without_place_or_trainer_cannot_summon(app: Flask) -> None:
    cohort = cohort_ready_to_join(1)
    with committed():
        cohort.place_id = None
    keys = {one.field for one in operations.missing(cohort, roster(cohort.id)[0], at=AT)}
    assert keys == {"place"}


def test_sending_again_keeps_the_first_and_repeats_the_same_document(app: Flask) -> None:
    cohort = cohort_ready_to_join(1)
    person = roster(cohort.id)[0]
    first = operations.send_instructions(cohort, person, **ACTS)
    later = {"by": OFFICE, "at": AT + timedelta(days=2)}
    second = operations.send_instructions(cohort, person, **later)
    assert (first.superseded_at, second.superseded_at) == (later["at"], None)
    assert first.document_id == second.document_id
    assert len(proofs("joining-instructions", person.enrolment.id)) == 2


def test_new_dates_before_the_start_take_the_proof_back_until_it_is_sent_again(
    app: Flask,
) -> None:
    cohort = cohort_ready_to_join(1)
    person = roster(cohort.id)[0]
    operations.send_instructions(cohort, person, **ACTS)
    cohorts.set_half_days(cohort, moved(cohort, 7), **ACTS)
    assert proofs("joining-instructions", person.enrolment.id) == []
    assert proofs("safeguarding-information", person.enrolment.id)
    (line,) = queries.sent_page(cohort.id, 1).items
    assert line.is_outdated(common(cohort, AT).data["action"])
    row = operations.send_instructions(cohort, person, **ACTS)
    assert data_of(queries.document_of(row))["action"]["starts_on"] == cohort.starts_on
    assert queries.document_of(row).version == 2
    assert len(proofs("joining-instructions", person.enrolment.id)) == 1


def test_a_theme_that_changes_takes_nothing_back(app: Flask) -> None:
    cohort = cohort_ready_to_join(1)
    person = roster(cohort.id)[0]
    operations.send_instructions(cohort, person, **ACTS)
    plans = [replace(plan, theme="Autre") for plan in moved(cohort, 0)]
    cohorts.set_half_days(cohort, plans, **ACTS)
    assert len(proofs("joining-instructions", person.enrolment.id)) == 1


def test_once_it_has_started_what_was_told_stays_proved(app: Flask) -> None:
    cohort = cohort_ready_to_join(1)
    person = roster(cohort.id)[0]
    operations.send_instructions(cohort, person, **ACTS)
    during = {"by": OFFICE, "at": datetime(2026, 9, 18, 8, 0, tzinfo=UTC)}
    cohorts.set_half_days(cohort, moved(cohort, 1), **during)
    assert len(proofs("joining-instructions", person.enrolment.id)) == 1


def test_nobody_who_left_is_written_to(app: Flask, outbox: list) -> None:
    cohort = cohort_ready_to_join(2)
    gone = roster(cohort.id)[0]
    cohorts.withdraw(gone.enrolment, on=AT.date(), reason="Mutation", **ACTS)
    with pytest.raises(Refused, match="ne participe plus"):
        operations.send_instructions(cohort, gone, **ACTS)
    assert jobs.send_to_all(cohort, again=False, **ACTS) == (1, None)
    assert len(outbox) == 1


def test_a_cancelled_cohort_summons_nobody(app: Flask) -> None:
    cohort = cohort_ready_to_join(1)
    cohorts.cancel_cohort(cohort, why="Report", **ACTS)
    with pytest.raises(Refused, match="annulée"):
        operations.send_instructions(cohort, roster(cohort.id)[0], **ACTS)


def test_sending_to_all_writes_only_to_those_left(app: Flask, outbox: list) -> None:
    cohort = cohort_ready_to_join(3)
    operations.send_instructions(cohort, roster(cohort.id)[0], **ACTS)
    assert jobs.send_to_all(cohort, again=False, **ACTS) == (2, None)
    with pytest.raises(Refused, match="déjà reçu"):
        jobs.send_to_all(cohort, again=False, **ACTS)
    assert jobs.send_to_all(cohort, again=True, **ACTS) == (3, None)
    assert len(outbox) == 6


def test_many_are_written_to_by_the_worker_which_can_start_again(
    app: Flask, outbox: list, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MANY", 2)
    cohort = cohort_ready_to_join(4)
    operations.send_instructions(cohort, roster(cohort.id)[0], **ACTS)
    with clock.frozen(AT):
        count, job = jobs.send_to_all(cohort, again=False, **ACTS)
    assert job is not None
    done = db.session.get_one(Job, job.id, populate_existing=True)
    assert (count, done.state, done.done, len(outbox)) == (3, "done", 4, 4)
    jobs.send(_Silent(), **job.arguments)  # type: ignore[arg-type]  # starts again: nobody twice
    assert len(outbox) == 4


class _Silent:
    """Progress that nobody watches."""

    def start(self, total: int) -> None: ...

    def advance(self, done: int, message: str = "") -> None: ...


def test_many_are_refused_at_once_when_something_is_missing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MANY", 1)
    cohort = cohort_ready_to_join(3, kinds=())
    with pytest.raises(Problems):
        jobs.send_to_all(cohort, again=False, **ACTS)
    assert db.session.scalars(select(Job)).all() == []


def test_opening_is_noted_once(app: Flask) -> None:
    cohort = cohort_ready_to_join(1)
    row = operations.send_instructions(cohort, roster(cohort.id)[0], **ACTS)
    nadia = Actor(ActorKind.TRAINEE, "Nadia Benali", 1)
    operations.note_opened(row, cohort.id, by=nadia, at=AT)
    operations.note_opened(row, cohort.id, by=nadia, at=AT + timedelta(days=1))
    assert row.opened_at == AT
    opened = select(JournalEntry).where(JournalEntry.action == "joining.opened")
    assert len(db.session.scalars(opened).all()) == 1


def test_the_command_line_gathers_one_for_each_who_takes_part(app: Flask) -> None:
    cohort = cohort_ready_to_join(3)
    gone = roster(cohort.id)[0]
    cohorts.withdraw(gone.enrolment, on=AT.date(), reason="Mutation", **ACTS)
    assert len(gather(cohort.id)) == 2
    assert gather(999_999) == []


def test_a_message_that_never_leaves_is_seen(app: Flask) -> None:
    cohort = cohort_ready_to_join(1)
    row = operations.send_instructions(cohort, roster(cohort.id)[0], **ACTS)
    with committed():
        db.session.get_one(MailMessage, row.message_id).state = "failed"
    (line,) = queries.sent_page(cohort.id, 1).items
    assert line.message is not None
    assert line.message.state == "failed"


@pytest.mark.parametrize(
    ("days", "flags", "is_odd"),
    [
        (12, [], False),
        (10, [], False),
        (9, ["short-notice"], False),
        (1, ["short-notice"], False),
        (0, [], True),
        (-1, [], True),
    ],
)
def test_a_late_sending_is_told_as_it_is(
    app: Flask, days: int, flags: list[str], is_odd: bool
) -> None:
    cohort = cohort_ready_to_join(1)
    with committed():  # typed on the very day: that excuses nothing
        for one in cohort.enrolments:
            one.enrolled_at = AT
    person = roster(cohort.id)[0]
    at = clock.at(cohort.starts_on - timedelta(days=days), time(9, 0))
    with clock.frozen(at):
        operations.send_instructions(cohort, person, by=OFFICE, at=at)
        (proof,) = proofs("joining-instructions", person.enrolment.id)
        row = db.session.scalars(
            select(Expectation).where(
                Expectation.cohort_id == cohort.id, Expectation.piece == "joining-instructions"
            )
        ).one()
        (fact,) = [
            one
            for one in coverage_of(cohort).pieces
            if one.expectation.piece == "joining-instructions"
        ]
    assert (proof.flags, row.is_odd) == (flags, is_odd)
    assert (fact.status is PieceStatus.REVIEW) == is_odd
    assert any("que la maison ne le prévoit" in said for said in fact.mentions) == bool(flags)
