"""The messages page: what left, what waits, what was given up and is sent again."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.mail import MailMessage
from admin_app.journal.models import JournalEntry
from tests.factories import committed

SignIn = Callable[..., FlaskClient]


def written(**values: Any) -> int:
    """A message that was given up; its key."""
    with committed():
        row = MailMessage(
            **{
                "template": "x",
                "to_name": "Nadia Benali",
                "to_email": "nadia@example.org",
                "subject": "Votre convocation",
                "text": "Bonjour",
                "html": "<p>Bonjour</p>",
                "attachments": [],
                "about_kind": "enrolment",
                "about_id": 1,
                "created_at": clock.now(),
                "state": "failed",
                "failed_at": clock.now(),
                "tries": 7,
                "problem": "",
            }
            | values
        )
        db.session.add(row)
        db.session.flush()
        return row.id


def state_of(key: int) -> str:
    db.session.rollback()
    return db.session.get_one(MailMessage, key, populate_existing=True).state


def test_what_was_given_up_is_sent_again_and_the_journal_says_so(
    app: Flask, sign_in: SignIn, outbox: list
) -> None:
    key, office = written(), sign_in(Role.OFFICE)
    assert f"/messages/{key}/renvoyer" in office.get("/messages/").text
    assert office.post(f"/messages/{key}/renvoyer").status_code == 303
    assert state_of(key) == "sent"
    assert [one.to for one in outbox] == [["Nadia Benali <nadia@example.org>"]]
    (entry,) = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action == "messages.resent")
    )
    assert entry.subject_id == key
    assert "renvoyer" not in office.get("/messages/").text


@pytest.mark.parametrize("state", ["sent", "waiting", "sending"])
def test_nothing_else_is_sent_again(app: Flask, sign_in: SignIn, outbox: list, state: str) -> None:
    key, office = written(state=state, failed_at=None), sign_in(Role.OFFICE)
    reply = office.post(f"/messages/{key}/renvoyer", follow_redirects=True)
    assert "déjà parti, ou son envoi est encore en cours" in reply.text
    assert (state_of(key), outbox) == (state, [])


def test_whoever_only_reads_cannot(app: Flask, sign_in: SignIn) -> None:
    key, reader = written(), sign_in(Role.AUDITOR)
    assert reader.post(f"/messages/{key}/renvoyer").status_code in {403, 404}
    assert state_of(key) == "failed"
    assert sign_in(Role.OFFICE).post("/messages/999/renvoyer").status_code == 404


def test_what_will_be_tried_again_says_when(app: Flask, sign_in: SignIn) -> None:
    written(state="waiting", failed_at=None, tries=2, next_at=clock.now())
    page = sign_in(Role.OFFICE).get("/messages/?state=waiting").text
    assert "prochain le" in page
    assert "en cours d’envoi" in page  # among the states to choose from
