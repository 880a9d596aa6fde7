"""Joining instructions that never left prove nothing; once they leave they do."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from admin_app.cohorts.queries import roster
from admin_app.core import clock, mail
from admin_app.core.database import db
from admin_app.core.mail import MailMessage
from admin_app.evidence.models import Evidence
from admin_app.joining import operations
from admin_app.joining.models import JoiningInstructions
from tests.admin_app.joining.test_operations import ACTS, AT, proofs
from tests.factories.joining import cohort_ready_to_join

PIECES = ("joining-instructions", "safeguarding-information")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """A mail server that is down until it is said to be up."""
    state = {"up": False}

    def send(_self: object, fail_silently: bool = False) -> int:
        if not state["up"]:
            raise ConnectionRefusedError("111")
        return 1

    monkeypatch.setattr("flask_mailman.EmailMultiAlternatives.send", send)
    return state


def given_up(**cohort: Any) -> tuple[JoiningInstructions, int]:
    """Instructions whose message was tried in vain, to the last; and for whom."""
    found = cohort_ready_to_join(1, **cohort)
    person = roster(found.id)[0]
    with clock.frozen(AT):
        row = operations.send_instructions(found, person, **ACTS)
    give_up(row)
    return row, person.enrolment.id


def give_up(row: JoiningInstructions) -> None:
    assert row.message_id is not None
    at = AT
    while db.session.get_one(MailMessage, row.message_id).state == "waiting":
        at += timedelta(hours=25)
        with clock.frozen(at):
            mail.deliver(row.message_id)
    assert db.session.get_one(MailMessage, row.message_id).state == "failed"


def outcomes(enrolment_id: int) -> list[list[str]]:
    return [[one.outcome for one in proofs(piece, enrolment_id)] for piece in PIECES]


def test_what_never_left_was_only_tried(app: Flask, server: dict[str, bool]) -> None:
    row, enrolment_id = given_up()
    assert outcomes(enrolment_id) == [["tried"], ["tried"]]
    (tried,) = proofs(PIECES[0], enrolment_id)
    assert tried.label.endswith("message non remis")
    former = db.session.get_one(Evidence, tried.facts["undelivered"])
    assert former.withdrawn_why == "Le message n’a pas pu être remis."
    assert tried.source_id == row.id


def test_sent_again_it_proves_from_that_day(app: Flask, server: dict[str, bool]) -> None:
    row, enrolment_id = given_up()
    server["up"] = True
    with clock.frozen(at := datetime(2026, 9, 12, 9, tzinfo=UTC)):
        mail.send_again(row.message_id)
    assert outcomes(enrolment_id) == [["obtained"], ["obtained"]]
    (proof,) = proofs(PIECES[0], enrolment_id)
    assert proof.occurred_on == clock.day_of(at)
    assert "non remis" not in proof.label
    assert "undelivered" not in proof.facts


def test_what_was_opened_by_the_link_was_received(app: Flask, server: dict[str, bool]) -> None:
    found = cohort_ready_to_join(1)
    person = roster(found.id)[0]
    with clock.frozen(AT):
        row = operations.send_instructions(found, person, **ACTS)
    operations.note_opened(row, found.id, **ACTS)
    give_up(row)
    assert outcomes(person.enrolment.id) == [["obtained"], ["obtained"]]


def test_what_was_replaced_meanwhile_proves_nothing_when_it_leaves(
    app: Flask, server: dict[str, bool]
) -> None:
    found = cohort_ready_to_join(1)
    person = roster(found.id)[0]
    with clock.frozen(AT):
        first = operations.send_instructions(found, person, **ACTS)
    give_up(first)
    with clock.frozen(AT):
        operations.send_instructions(found, person, **ACTS)
        server["up"] = True
        mail.send_again(first.message_id)
    assert outcomes(person.enrolment.id) == [["tried", "obtained"]] * 2
