"""Invitations and resets by personal link: once, for a while, for one person."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.accounts import operations
from admin_app.accounts.models import User
from admin_app.accounts.operations import NewAccount
from admin_app.accounts.passwords import is_right
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.core.links import PersonalLink, Purpose
from tests.admin_app.accounts.people import PASSWORD, user_with_password
from tests.factories import UserFactory, committed

NOON = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
NEW = "Huit girafes bleues comptent les nuages lentement"


def invited(**more: object) -> PersonalLink:
    account = NewAccount(
        **{
            "name": "Paul Ribeiro",
            "email": "Paul@example.org",
            "roles": frozenset({Role.OFFICE}),
            **more,
        }
    )
    with clock.frozen(NOON):
        return operations.invite(account, by=SYSTEM, at=NOON)


def path(link: PersonalLink, end: str) -> str:
    return f"/l/{links.token(link)}/{end}"


def bare(page: str, email: str) -> str:
    return re.sub(r'nonce="[^"]*"', "", page).replace(email, "X")


def test_an_invitation_is_sent_and_opens_an_account_once(browse: FlaskClient, outbox: list) -> None:
    link = invited()
    address = path(link, "acces")
    (message,) = outbox
    assert message.to == ["Paul Ribeiro <paul@example.org>"]
    assert address in message.body
    assert "secrétariat" in message.body
    with clock.frozen(NOON + timedelta(days=6)):
        assert "Bienvenue, Paul Ribeiro" in browse.get(address).text
        reply = browse.post(address, data={"password": NEW})
        assert reply.status_code == 303
        assert browse.get("/mon-compte").status_code == 200
        again = browse.get(address)
    assert again.status_code == 410
    assert "Ce lien a déjà servi" in again.text
    user = db.session.scalars(select(User)).one()
    assert is_right(NEW, user.password_hash)


def test_an_invitation_lasts_seven_days(browse: FlaskClient) -> None:
    address = path(invited(), "acces")
    with clock.frozen(NOON + timedelta(days=7)):
        reply = browse.get(address)
    assert reply.status_code == 410
    assert "Ce lien a expiré" in reply.text
    assert "9 juin 2026" in reply.text.replace("\u00a0", " ")
    assert "contact@atelier.example.org" in reply.text


def test_a_weak_password_changes_nothing(browse: FlaskClient) -> None:
    address = path(invited(), "acces")
    with clock.frozen(NOON):
        for password, why in (
            ("court", "Trop court"),
            ("Paul-Ribeiro-2026!", "votre nom"),
            ("", "Choisissez"),
        ):
            reply = browse.post(address, data={"password": password})
            assert reply.status_code == 422
            assert why in reply.text
        assert browse.get(address).status_code == 200
    assert db.session.scalars(select(User)).one().password_hash == ""


def test_inviting_again_revokes_the_first_link(browse: FlaskClient) -> None:
    first = invited()
    user = db.session.scalars(select(User)).one()
    with clock.frozen(NOON + timedelta(days=1)):
        second = operations.invite_again(user, by=SYSTEM, at=clock.now())
        reply = browse.get(path(first, "acces"))
        assert reply.status_code == 410
        assert "remplacé" in reply.text
        assert browse.get(path(second, "acces")).status_code == 200


def test_an_invitation_opens_no_reset_and_a_wrong_token_nothing(browse: FlaskClient) -> None:
    link = invited()
    with clock.frozen(NOON):
        other = browse.get(path(link, "mot-de-passe"))
        assert other.status_code == 410
        assert "sert à autre chose" in other.text
        unknown = browse.get(path(link, "acces").replace("/l/", "/l/x"))
    assert unknown.status_code == 404
    assert "n’ouvre rien" in unknown.text


def test_a_closed_access_cannot_be_opened_by_its_invitation(browse: FlaskClient) -> None:
    link = invited()
    user = db.session.scalars(select(User)).one()
    with committed():
        user.disabled_at = NOON
    with clock.frozen(NOON):
        reply = browse.post(path(link, "acces"), data={"password": NEW})
    assert reply.status_code == 422
    assert "fermé" in reply.text


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"name": " "}, "name"),
        ({"email": "paul"}, "email"),
        ({"roles": frozenset()}, "roles"),
        ({"roles": frozenset({Role.AUDITOR})}, "access_until"),
        ({"roles": frozenset({Role.CLIENT, Role.OFFICE})}, "roles"),
        ({"roles": frozenset({Role.TRAINER})}, "trainer"),
        ({"roles": frozenset({Role.CLIENT})}, "client"),
        ({"access_until": NOON.date() - timedelta(days=1)}, "access_until"),
    ],
)
def test_what_cannot_be_invited(app: Flask, outbox: list, more: dict, field: str) -> None:
    with pytest.raises(Refused) as refused:
        invited(**more)
    assert field in {problem.field for problem in refused.value.problems}
    assert db.session.scalars(select(User)).first() is None
    assert outbox == []


def test_an_address_has_one_access(app: Flask) -> None:
    UserFactory(email="paul@example.org")
    with pytest.raises(Refused, match="déjà un accès"):
        invited()


def test_several_troubles_are_told_together(app: Flask) -> None:
    with pytest.raises(Problems) as refused:
        invited(name="", roles=frozenset())
    assert len(refused.value.problems) == 2


def test_a_reset_is_the_same_for_an_unknown_address(browse: FlaskClient, outbox: list) -> None:
    user = user_with_password()
    known = browse.post("/mot-de-passe-oublie", data={"email": user.email})
    unknown = browse.post("/mot-de-passe-oublie", data={"email": "inconnu@example.org"})
    assert known.status_code == unknown.status_code == 200
    assert bare(known.text, user.email) == bare(unknown.text, "inconnu@example.org")
    assert [message.to for message in outbox] == [[f"{user.name} <{user.email}>"]]


def test_a_reset_lasts_an_hour_serves_once_and_ends_sessions(
    browse: FlaskClient, app: Flask, outbox: list
) -> None:
    user = user_with_password()
    elsewhere = app.test_client()
    elsewhere.post("/connexion", data={"email": user.email, "password": PASSWORD})
    with clock.frozen(NOON):
        browse.post("/mot-de-passe-oublie", data={"email": user.email.upper()})
    link = db.session.scalars(select(PersonalLink)).one()
    assert path(link, "mot-de-passe") in outbox[0].body
    with clock.frozen(NOON + timedelta(minutes=60)):
        assert browse.get(path(link, "mot-de-passe")).status_code == 410
    with clock.frozen(NOON + timedelta(minutes=59)):
        reply = browse.post(path(link, "mot-de-passe"), data={"password": NEW})
        assert reply.status_code == 303
        assert "déjà servi" in browse.get(path(link, "mot-de-passe")).text
    assert browse.get("/mon-compte").status_code == 200
    assert elsewhere.get("/mon-compte").status_code == 303
    assert is_right(NEW, db.session.get(User, user.id).password_hash)


def test_a_reset_asked_twice_in_a_row_is_sent_once_then_replaced(
    browse: FlaskClient, outbox: list
) -> None:
    user = user_with_password()
    for seconds in (0, 30, 150):
        with clock.frozen(NOON + timedelta(seconds=seconds)):
            browse.post("/mot-de-passe-oublie", data={"email": user.email})
    assert len(outbox) == 2
    first, second = db.session.scalars(select(PersonalLink).order_by(PersonalLink.id))
    assert first.revoked_at is not None
    assert second.revoked_at is None


def test_a_closed_access_gets_no_reset(browse: FlaskClient, outbox: list) -> None:
    user = user_with_password(disabled_at=NOON)
    browse.post("/mot-de-passe-oublie", data={"email": user.email})
    assert outbox == []


def test_changing_ones_password_keeps_this_session_and_ends_the_others(
    browse: FlaskClient, app: Flask
) -> None:
    user = user_with_password()
    elsewhere = app.test_client()
    for client in (browse, elsewhere):
        client.post("/connexion", data={"email": user.email, "password": PASSWORD})
    reply = browse.post("/mon-compte", data={"present": PASSWORD, "password": NEW})
    assert reply.status_code == 303
    assert browse.get("/mon-compte").status_code == 200
    assert elsewhere.get("/mon-compte").status_code == 303


@pytest.mark.parametrize(
    ("present", "new", "why"),
    [
        ("faux", NEW, "pas votre mot de passe actuel"),
        (PASSWORD, "court", "Trop court"),
        (PASSWORD, PASSWORD, "le même"),
    ],
)
def test_a_refused_change_changes_nothing(
    browse: FlaskClient, present: str, new: str, why: str
) -> None:
    user = user_with_password()
    browse.post("/connexion", data={"email": user.email, "password": PASSWORD})
    reply = browse.post("/mon-compte", data={"present": present, "password": new})
    assert reply.status_code == 422
    assert why in reply.text
    assert is_right(PASSWORD, db.session.get(User, user.id).password_hash)


def test_signing_out_everywhere(browse: FlaskClient, app: Flask) -> None:
    user = user_with_password()
    elsewhere = app.test_client()
    for client in (browse, elsewhere):
        client.post("/connexion", data={"email": user.email, "password": PASSWORD})
    assert browse.post("/mon-compte/deconnecter-partout").status_code == 303
    assert browse.get("/mon-compte").status_code == 303
    assert elsewhere.get("/mon-compte").status_code == 303


def test_an_auditor_is_invited_then_let_in_longer(app: Flask, outbox: list) -> None:
    until = NOON + timedelta(days=3)
    with clock.frozen(NOON):
        first = operations.invite_auditor(
            name="Alix", email="alix@example.org", access_until=until, by=SYSTEM, at=NOON
        )
        again = operations.invite_auditor(
            name="Alix",
            email="alix@example.org",
            access_until=until + timedelta(days=30),
            by=SYSTEM,
            at=NOON,
        )
    assert first.id == again.id
    assert again.roles == {Role.AUDITOR}
    assert again.last_day == (until + timedelta(days=30)).date()
    assert len(outbox) == 2
    office = UserFactory()
    with clock.frozen(NOON), pytest.raises(Refused, match="auditeur"):
        operations.invite_auditor(
            name="X", email=office.email, access_until=until, by=SYSTEM, at=NOON
        )


def test_every_purpose_of_this_room_has_a_home(app: Flask) -> None:
    homes = app.extensions["liasse.link_homes"]
    for purpose in (Purpose.INVITATION, Purpose.PASSWORD_RESET):
        assert homes[purpose] in app.view_functions
