"""Signing in and out: what is told, what is slowed down, when a session ends."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.accounts import passwords, throttle
from admin_app.accounts.models import SignInAttempt, User
from admin_app.accounts.signed_in import safe_next
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.journal.models import JournalEntry
from tests.admin_app.accounts.people import PASSWORD, user_with_password
from tests.factories import UserFactory, committed

NOON = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
WRONG = "Adresse e-mail ou mot de passe incorrect."


def send(browse: FlaskClient, email: str, password: str = PASSWORD, **more: str) -> object:
    return browse.post("/connexion", data={"email": email, "password": password, **more})


def test_the_right_password_lets_in_and_is_written(browse: FlaskClient) -> None:
    user = user_with_password()
    with clock.frozen(NOON):
        reply = send(browse, f"  {user.email.upper()} ")
    assert reply.status_code == 303
    assert browse.get("/mon-compte").status_code == 200
    assert db.session.get(User, user.id).last_sign_in_at == NOON
    entry = db.session.scalars(select(JournalEntry)).one()
    assert (entry.action, entry.actor_id) == ("accounts.signed-in", user.id)
    assert entry.ip == "127.0.0.1"


@pytest.mark.parametrize("state", ["unknown", "wrong", "invited", "disabled"])
def test_the_same_words_whatever_is_wrong(browse: FlaskClient, state: str) -> None:
    email = "inconnu@example.org"
    if state == "wrong":
        email = user_with_password().email
    elif state == "invited":
        email = UserFactory().email
    elif state == "disabled":
        email = user_with_password(disabled_at=NOON).email
    reply = send(browse, email, "Un autre mot de passe 42!")
    assert reply.status_code == 422
    assert WRONG in reply.text
    assert f'value="{email}"' in reply.text
    assert "Un autre mot de passe" not in reply.text
    assert browse.get("/mon-compte").status_code == 303


def test_the_same_work_whether_the_account_exists(
    browse: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One verification of the same cost each time (the clock of a shared machine is no judge)."""
    verified: list[str] = []

    class Spy:
        def verify(self, kept: str, password: str) -> bool:
            verified.append(kept)
            return passwords_hasher.verify(kept, password)

        def check_needs_rehash(self, kept: str) -> bool:
            return False

    passwords_hasher = passwords.HASHER
    monkeypatch.setattr(passwords, "HASHER", Spy())
    user = user_with_password()
    invited = UserFactory()
    for email in (user.email, "inconnu@example.org", invited.email):
        send(browse, email, "Un autre mot de passe 42!")
    assert verified == [user.password_hash, passwords.NOBODYS_HASH, passwords.NOBODYS_HASH]


def test_a_closed_access_is_told_to_its_owner_alone(browse: FlaskClient) -> None:
    user = user_with_password(access_until=NOON)
    with clock.frozen(NOON):
        assert "Cet accès est fermé" in send(browse, user.email).text
        assert WRONG in send(browse, user.email, "Un autre mot de passe 42!").text


@pytest.mark.parametrize("known", [True, False])
def test_guessing_is_slowed_down_more_and_more(browse: FlaskClient, known: bool) -> None:
    email = user_with_password().email if known else "inconnu@example.org"
    for _ in range(throttle.FREE_FOR_ADDRESS):
        with clock.frozen(NOON):
            assert send(browse, email, "faux").status_code == 422
    with clock.frozen(NOON + timedelta(seconds=59)):
        reply = send(browse, email)  # even the right password: nothing is checked
    assert reply.status_code == 429
    assert "Réessayez dans 1\u00a0minute." in reply.text
    later = NOON + timedelta(seconds=60)
    with clock.frozen(later):
        assert send(browse, email, "faux").status_code == 422
    with clock.frozen(later + timedelta(seconds=61)):
        assert "Réessayez dans 1\u00a0minute." in send(browse, email, "faux").text
    with clock.frozen(later + timedelta(minutes=2)):
        assert send(browse, email, "faux").status_code == 422


def test_at_most_some_twenty_tries_a_day(app: Flask) -> None:
    at, tries = NOON, 0
    while at < NOON + timedelta(hours=24):
        wait = throttle.must_wait("a@example.org", "", at)
        if wait:
            at += wait
            continue
        throttle.note_failure("a@example.org", "192.0.2.1", at)
        tries += 1
    assert tries <= 25


def test_a_network_address_is_slowed_down_too(app: Flask) -> None:
    for rank in range(throttle.FREE_FOR_NETWORK):
        throttle.note_failure(f"a{rank}@example.org", "192.0.2.1", NOON)
    assert throttle.must_wait("new@example.org", "192.0.2.1", NOON) == timedelta(minutes=1)
    assert throttle.must_wait("new@example.org", "192.0.2.2", NOON) == timedelta(0)


def test_success_forgets_failures_and_old_ones_go(browse: FlaskClient) -> None:
    user = user_with_password()
    with clock.frozen(NOON):
        send(browse, user.email, "faux")
        send(browse, "autre@example.org", "faux")
        send(browse, user.email)
    assert count_attempts() == 1
    with clock.frozen(NOON + timedelta(hours=25)):
        send(browse, "encore@example.org", "faux")
    assert count_attempts() == 1


def test_attempts_hold_no_readable_address(browse: FlaskClient) -> None:
    send(browse, "inconnu@example.org", "faux")
    row = db.session.scalars(select(SignInAttempt)).one()
    assert "inconnu" not in row.email_hash
    assert len(row.email_hash) == 64


def test_empty_fields_are_told_and_nothing_is_counted(browse: FlaskClient) -> None:
    reply = send(browse, "a@example.org", "")
    assert reply.status_code == 422
    assert "Indiquez votre mot de passe." in reply.text
    assert count_attempts() == 0


def test_one_goes_back_to_the_page_that_was_wanted(browse: FlaskClient) -> None:
    user = user_with_password()
    asked = browse.get("/mon-compte?x=1")
    assert asked.headers["Location"] == "/connexion?suite=/mon-compte?x%3D1"
    form = browse.get(asked.headers["Location"])
    assert 'value="/mon-compte?x=1"' in form.text
    reply = send(browse, user.email, suite="/mon-compte?x=1")
    assert reply.headers["Location"] == "/mon-compte?x=1"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:x", "x", ""]
)
def test_one_is_never_sent_elsewhere(browse: FlaskClient, wanted: str) -> None:
    assert safe_next(wanted) == ""
    user = user_with_password()
    location = send(browse, user.email, suite=wanted).headers["Location"]
    assert location.startswith("/")
    assert "evil" not in location


def test_signing_out_ends_the_session(browse: FlaskClient) -> None:
    user = user_with_password()
    send(browse, user.email)
    assert browse.post("/deconnexion").status_code == 303
    assert browse.get("/mon-compte").status_code == 303
    actions = db.session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)).all()
    assert actions == ["accounts.signed-in", "accounts.signed-out"]


def test_signing_out_by_a_mere_link_does_nothing(browse: FlaskClient) -> None:
    send(browse, user_with_password().email)
    assert browse.get("/deconnexion").status_code == 405
    assert browse.get("/mon-compte").status_code == 200


def test_a_session_ends_after_the_minutes_that_the_settings_say(
    browse: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    minutes = app.config["SETTINGS"].session_minutes
    send(browse, user_with_password().email)
    real = time.time
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: int(real()) + (minutes - 1) * 60)
    assert browse.get("/mon-compte").status_code == 200  # and the cookie starts again from here
    monkeypatch.setattr(
        "itsdangerous.timed.time.time", lambda: int(real()) + (2 * minutes - 2) * 60
    )
    assert browse.get("/mon-compte").status_code == 200
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: int(real()) + 5 * minutes * 60)
    assert browse.get("/mon-compte").status_code == 303


@pytest.mark.parametrize("what", ["stamp", "disabled", "until", "gone"])
def test_the_row_ends_the_session_at_once(browse: FlaskClient, what: str) -> None:
    user = user_with_password()
    send(browse, user.email)
    assert browse.get("/mon-compte").status_code == 200
    with committed():
        if what == "stamp":
            user.stamp = "other"
        elif what == "disabled":
            user.disabled_at = clock.now()
        elif what == "until":
            user.access_until = clock.now() - timedelta(minutes=1)
        else:
            db.session.delete(user)
    assert browse.get("/mon-compte").status_code == 303


@pytest.mark.parametrize("cookie", ["", "x", "1", "1:", "999999999:abc", "9" * 30 + ":a", "-1:a"])
def test_a_strange_session_is_nobodys(browse: FlaskClient, cookie: str) -> None:
    user_with_password()
    with browse.session_transaction() as session:
        session["_user_id"] = cookie
    assert browse.get("/mon-compte").status_code == 303


def test_an_act_sent_after_the_end_says_that_nothing_was_written(browse: FlaskClient) -> None:
    reply = browse.post("/mon-compte", data={}, headers={"Referer": "http://localhost/mon-compte"})
    assert reply.headers["Location"] == "/connexion?suite=/mon-compte"
    assert "n’a pas été enregistré" in browse.get(reply.headers["Location"]).text


def test_a_fragment_asked_after_the_end_leads_the_whole_page_there(browse: FlaskClient) -> None:
    reply = browse.get("/mon-compte", headers={"HX-Request": "true"})
    assert reply.status_code == 401
    assert reply.headers["HX-Redirect"].startswith("/connexion")


def test_someone_signed_in_is_not_asked_again(sign_in: Callable[..., FlaskClient]) -> None:
    assert sign_in(Role.OFFICE).get("/connexion").status_code == 302


def count_attempts() -> int:
    return db.session.scalar(select(func.count(SignInAttempt.id)))
