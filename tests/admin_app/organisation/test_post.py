"""The mail server set from a page: tried, used, its password apart."""

import socket
from collections.abc import Callable, Iterator
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.mail import MailMessage
from admin_app.core.smtp import REASONS, explained
from admin_app.journal.models import JournalEntry
from admin_app.organisation.context import mail_sender
from admin_app.organisation.models import Provider
from admin_app.organisation.queries import mail_server, smtp_password_file
from tests.admin_app.accounts.people import user_with_password
from tests.factories import ProviderFactory

SignIn = Callable[..., FlaskClient]


class Received:
    """What a mail server took in."""

    def __init__(self) -> None:
        self.messages: list[SimpleNamespace] = []

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        self.messages.append(
            SimpleNamespace(
                sender=envelope.mail_from, to=envelope.rcpt_tos, text=envelope.content.decode()
            )
        )
        return "250 OK"


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@pytest.fixture
def smtp() -> Iterator[SimpleNamespace]:
    """A mail server of this machine, which wants « liasse » and « s3cret »."""
    received = Received()

    def allowed(
        _server: object, _session: object, _envelope: object, _way: str, data: object
    ) -> AuthResult:
        fine = (data.login, data.password) == (b"liasse", b"s3cret")
        return AuthResult(success=fine, handled=False)

    controller = Controller(
        received,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=allowed,
        auth_require_tls=False,
    )
    controller.start()
    yield SimpleNamespace(port=controller.port, messages=received.messages)
    controller.stop()


@pytest.fixture
def office(sign_in: SignIn) -> Iterator[FlaskClient]:
    client = sign_in(user=user_with_password(Role.ADMINISTRATOR, email="helene@example.org"))
    yield client
    smtp_password_file().unlink(missing_ok=True)


def typed(port: int, **changes: object) -> dict[str, object]:
    return {
        "host": "127.0.0.1",
        "port": port,
        "security": "none",
        "username": "liasse",
        "password": "s3cret",
        "sender": "formation@example.org",
        "trial_to": "helene@example.org",
        **changes,
    }


def test_a_trial_leaves_at_once_and_keeps_nothing(
    office: FlaskClient, smtp: SimpleNamespace
) -> None:
    assert 'value="helene@example.org"' in office.get("/organisme/courrier").text
    reply = office.post("/organisme/courrier", data=typed(smtp.port, essai="1"))
    assert reply.status_code == 200
    assert "est parti vers helene@example.org" in reply.text
    (message,) = smtp.messages
    assert (message.sender, message.to) == ("formation@example.org", ["helene@example.org"])
    assert mail_server() is None
    assert "s3cret" not in reply.text


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"password": "wrong"}, "username", "refuse ce nom d’utilisateur"),
        ({"host": "nulle-part.invalid"}, "host", "Aucun serveur"),
        ({"security": "starttls"}, "security", "chiffrement"),
        ({"trial_to": "x"}, "trial_to", "n’est pas une adresse"),
        ({"host": ""}, "host", "Indiquez le nom du serveur"),
        ({"port": "99999"}, "port", "de 1 à 65535"),
        ({"port": "abc"}, "port", "nombre entier"),
        ({"username": ""}, "username", "Indiquez le nom d’utilisateur"),
        ({"sender": "x"}, "sender", "n’est pas une adresse"),
    ],
)
def test_a_failed_trial_says_why_next_to_the_field(
    office: FlaskClient, smtp: SimpleNamespace, changes: dict, field: str, why: str
) -> None:
    reply = office.post("/organisme/courrier", data=typed(smtp.port, essai="1") | changes)
    assert reply.status_code == 422
    assert f'id="{field}-erreur"' in reply.text
    assert why in reply.text
    assert smtp.messages == []


def test_a_closed_port_is_explained(office: FlaskClient, smtp: SimpleNamespace) -> None:
    reply = office.post("/organisme/courrier", data=typed(free_port(), essai="1"))
    assert "refuse la connexion sur ce port" in reply.text


def test_once_set_messages_leave_through_it(
    office: FlaskClient, smtp: SimpleNamespace, outbox: list
) -> None:
    assert office.post("/organisme/courrier", data=typed(smtp.port)).status_code == 303
    row = db.session.scalars(select(Provider)).one()
    assert "s3cret" not in str(row.mail_settings)
    assert smtp_password_file().read_text() == "s3cret"
    assert smtp_password_file().stat().st_mode & 0o777 == 0o600
    office.post(
        "/acces/inviter", data={"name": "Paul", "email": "paul@example.org", "roles": ["office"]}
    )
    (message,) = smtp.messages
    assert message.sender == "formation@example.org"
    assert "From: Atelier des Territoires <formation@example.org>" in message.text
    assert outbox == []
    assert db.session.scalars(select(MailMessage)).one().state == "sent"
    assert "s3cret" not in str(db.session.scalars(select(JournalEntry.details)).all())


def test_an_empty_password_keeps_the_one_of_the_same_user(
    office: FlaskClient, smtp: SimpleNamespace
) -> None:
    office.post("/organisme/courrier", data=typed(smtp.port))
    page = office.get("/organisme/courrier")
    assert "s3cret" not in page.text
    again = office.post("/organisme/courrier", data=typed(smtp.port, password="", essai="1"))
    assert again.status_code == 200
    other = office.post("/organisme/courrier", data=typed(smtp.port, password="", username="autre"))
    assert other.status_code == 303
    assert not smtp_password_file().exists()


def test_it_can_be_taken_away(office: FlaskClient, smtp: SimpleNamespace) -> None:
    office.post("/organisme/courrier", data=typed(smtp.port))
    assert office.post("/organisme/courrier/retirer").status_code == 303
    assert mail_server() is None
    assert not smtp_password_file().exists()
    assert "Aucun message ne part" in office.get("/organisme/courrier").text


def test_the_sender_is_the_organisation(app: Flask) -> None:
    assert mail_sender() == "Liasse <liasse@localhost>"
    ProviderFactory()
    assert mail_sender() == "Atelier des Territoires <contact@atelier.example.org>"


def test_every_reason_is_french_and_the_unforeseen_is_said_too() -> None:
    assert all(message.endswith(".") for _, message, _ in REASONS)
    assert "RuntimeError" in explained(RuntimeError("x")).message
