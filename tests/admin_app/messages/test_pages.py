"""The messages page: what left, what waits, what was given up and is sent again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.mail import MailMessage, deliver
from admin_app.core.storage import store
from admin_app.journal.models import JournalEntry
from admin_app.messages.queries import messages
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


SECRET = "Zk3vQ8pXw2LmN7tYb5RdHs"


@pytest.fixture
def without_server(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Messages are kept as files, since no server is known."""
    monkeypatch.setattr(app.extensions["mailman"], "backend", "file")
    monkeypatch.setattr(app.extensions["mailman"], "file_path", str(tmp_path), raising=False)
    monkeypatch.setitem(app.config, "MAIL_FILE_PATH", str(tmp_path))
    return tmp_path


def test_without_a_server_a_message_is_kept_and_says_where_it_is_read(
    app: Flask, sign_in: SignIn, without_server: Path
) -> None:
    key = written(state="waiting", failed_at=None, tries=0)
    deliver(key)
    assert state_of(key) == "kept"
    assert len(list(without_server.iterdir())) == 1
    office = sign_in(Role.OFFICE)
    page = office.get("/messages/").text
    assert "gardé, non envoyé" in page
    assert "outbox" in page
    assert ">parti<" not in page
    assert "outbox" in office.get(f"/messages/{key}").text


def test_what_was_kept_leaves_once_a_server_is_known(
    app: Flask, sign_in: SignIn, outbox: list
) -> None:
    key, office = written(state="kept", failed_at=None, tries=1), sign_in(Role.OFFICE)
    assert f"/messages/{key}/renvoyer" in office.get(f"/messages/{key}").text
    office.post(f"/messages/{key}/renvoyer")
    assert (state_of(key), len(outbox)) == ("sent", 1)


def test_a_message_is_read_whole_but_for_what_opens_its_links(app: Flask, sign_in: SignIn) -> None:
    sha256 = store.put(b"%PDF-1.7 convocation")
    key = written(
        text=f"Bonjour Nadia,\n\nSignez ici :\nhttp://localhost/l/{SECRET}/emargement/3\n",
        attachments=[{"name": "CONV-1.pdf", "sha256": sha256, "kind": "application/pdf"}],
    )
    office = sign_in(Role.OFFICE)
    page = office.get(f"/messages/{key}").text
    for words in ("Votre convocation", "nadia@example.org", "Bonjour Nadia", "7 essais", "CONV-1"):
        assert words in page.replace("\u00a0", " ")
    assert "/emargement/3" in page
    assert SECRET not in page
    file = office.get(f"/messages/{key}/pieces/1")
    assert file.data == b"%PDF-1.7 convocation"
    for wrong in (f"/messages/{key}/pieces/2", f"/messages/{key}/pieces/0", "/messages/999"):
        assert office.get(wrong).status_code == 404
    assert sign_in(Role.QUALITY_MANAGER).get(f"/messages/{key}").status_code in {403, 404}


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


@pytest.mark.parametrize(("text", "count"), [("a_b", 1), ("0 %", 1), ("%", 1), ("NADIA", 3)])
def test_a_search_takes_its_signs_as_letters(app: Flask, text: str, count: int) -> None:
    written(subject="Session a_b", to_name="Hugo")
    written(subject="Remise de 10 %")
    written(subject="Session axb")
    assert len(db.session.scalars(messages(text=text)).all()) == count
