"""A message leaves once, holds nobody up, is tried again for a day or two, then is said failed."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from contextvars import Context
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from admin_app.core import clock, mail
from admin_app.core.database import db
from admin_app.core.mail import MailMessage
from admin_app.core.transaction import transaction
from admin_app.journal.models import JournalEntry
from tests.factories import committed

Lost = Callable[[], list[int]]
NOW = clock.now()


def written(**values: Any) -> int:
    """A message that waits; its key."""
    with committed():
        row = MailMessage(
            **{
                "template": "x",
                "to_name": "Nadia Benali",
                "to_email": "nadia@example.org",
                "subject": "Bonjour",
                "text": "Bonjour",
                "html": "<p>Bonjour</p>",
                "attachments": [],
                "about_kind": "enrolment",
                "about_id": 1,
                "created_at": NOW,
                "state": "waiting",
                "tries": 0,
                "problem": "",
            }
            | values
        )
        db.session.add(row)
        db.session.flush()
        key = row.id
    db.session.rollback()
    return key


def read(key: int) -> MailMessage:
    db.session.rollback()
    return db.session.get_one(MailMessage, key, populate_existing=True)


def lost(app: Flask) -> list[int]:
    return list(app.extensions["liasse.sweeps"]["deliver"]())


def apart(app: Flask, work: Callable[[], Any]) -> Callable[[], Any]:
    """That work as another thread of the server does it, with its own connection."""

    def inside() -> Any:
        with app.app_context():
            try:
                return work()
            finally:
                db.session.remove()

    return lambda: Context().run(inside)


@pytest.fixture
def no_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """A mail server that nobody answers for, until it is undone."""

    def refuse(_self: object, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError("111")

    with monkeypatch.context() as patched:
        patched.setattr("flask_mailman.EmailMultiAlternatives.send", refuse)
        yield patched


def test_two_workers_send_it_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    key, sent, both = written(), [], threading.Barrier(2, timeout=1)

    def slow(_self: object, fail_silently: bool = False) -> int:
        sent.append(1)
        with suppress(threading.BrokenBarrierError):
            both.wait()  # whoever sends the same leaves together with us
        return 1

    monkeypatch.setattr("flask_mailman.EmailMultiAlternatives.send", slow)
    with ThreadPoolExecutor(2) as threads:
        done = [threads.submit(apart(app, lambda: mail.deliver(key))) for _ in range(2)]
        for each in done:
            each.result(timeout=60)
    assert sent == [1]
    assert (read(key).state, read(key).tries) == ("sent", 1)


def test_others_write_while_the_server_takes_its_time(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, states = written(), []

    def other_act() -> None:
        with transaction():
            db.session.add(
                JournalEntry(
                    at=NOW,
                    recorded_at=NOW,
                    actor_kind="system",
                    actor_label="x",
                    action="x.y",
                    summary="x",
                    details={},
                    ip="",
                    user_agent="",
                )
            )
        states.append(db.session.get_one(MailMessage, key).state)

    def slow(_self: object, fail_silently: bool = False) -> int:
        thread = threading.Thread(target=apart(app, other_act))
        thread.start()
        thread.join(timeout=5)
        assert not thread.is_alive()
        return 1

    monkeypatch.setattr("flask_mailman.EmailMultiAlternatives.send", slow)
    mail.deliver(key)
    assert states == ["sending"]
    assert read(key).state == "sent"


def test_it_is_tried_again_over_a_day_and_more_then_said_failed(
    app: Flask, no_server: pytest.MonkeyPatch
) -> None:
    key, at, waits = written(), NOW, []
    for _ in range(20):
        with clock.frozen(at):
            mail.deliver(key)
            row = read(key)
            if row.state == "failed":
                break
            assert row.state == "waiting"
            assert row.next_at is not None
            waits.append(row.next_at - at)
            assert key not in lost(app)
            mail.deliver(key)  # a second call of the queue does not hasten it
            assert read(key).tries == len(waits)
            at = row.next_at
        with clock.frozen(at):
            assert key in lost(app)
            assert key not in lost(app)  # handed to the queue once
    minutes = [one.total_seconds() / 60 for one in waits]
    assert minutes == [1, 5, 30, 120, 480, 1440]
    row = read(key)
    assert (row.state, row.tries, row.failed_at) == ("failed", 7, at)
    assert "ConnectionRefusedError" in row.problem


def test_a_file_that_is_gone_is_a_failure_like_another(app: Flask) -> None:
    key = written(attachments=[{"name": "a.pdf", "sha256": "0" * 64, "kind": "application/pdf"}])
    mail.deliver(key)
    assert (read(key).state, read(key).tries) == ("waiting", 1)
    assert read(key).problem


def test_the_sweep_leaves_what_was_just_written_or_is_being_sent(app: Flask) -> None:
    young = written(beat_at=clock.now())
    old = written(beat_at=clock.now() - timedelta(minutes=10))
    busy = written(state="sending", tries=1, beat_at=clock.now() - timedelta(minutes=10))
    stuck = written(state="sending", tries=1, beat_at=clock.now() - timedelta(hours=1))
    found = lost(app)
    assert young not in found
    assert busy not in found
    assert {old, stuck} <= set(found)
    assert read(stuck).state == "waiting"


def test_whoever_follows_a_message_is_told_of_its_failure_and_of_its_leaving(
    app: Flask,
    no_server: pytest.MonkeyPatch,
    monkeypatch: pytest.MonkeyPatch,
    outbox: list,
) -> None:
    told: list[tuple[int, bool]] = []

    def follower(message: MailMessage, *, left: bool, at: datetime) -> None:
        told.append((message.id, left))

    monkeypatch.setitem(app.extensions["liasse.mail_followers"], "x", follower)
    key = written(tries=6)
    mail.deliver(key)
    assert told == [(key, False)]
    no_server.undo()
    mail.deliver(written())  # it leaves at once: there is nothing to tell
    assert mail.send_again(key)
    assert told == [(key, False), (key, True)]
    assert read(key).state == "sent"
    assert len(outbox) == 2
    assert not mail.send_again(key)  # it left


def test_what_follows_it_going_wrong_does_not_send_it_again(
    app: Flask, monkeypatch: pytest.MonkeyPatch, outbox: list
) -> None:
    def wrong(_message: MailMessage, *, left: bool, at: object) -> None:
        raise RuntimeError

    monkeypatch.setitem(app.extensions["liasse.mail_followers"], "x", wrong)
    key = written(failed_at=NOW)
    mail.deliver(key)
    assert read(key).state == "sent"
    assert len(outbox) == 1
