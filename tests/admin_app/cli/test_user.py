"""`flask user`: accounts from the command line."""

import json

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.accounts.passwords import is_right
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.journal.models import JournalEntry
from tests.factories import TrainerFactory, UserFactory

PASSWORD = "Sept chevaux verts boivent du lait tiède"
WHO = ["--email", "Paul@example.org", "--name", "Paul Ribeiro"]


@pytest.fixture
def command(app: Flask) -> FlaskCliRunner:
    return app.test_cli_runner()


def test_an_account_is_made_with_its_password(command: FlaskCliRunner) -> None:
    done = command.invoke(
        args=[
            "user",
            "create",
            *WHO,
            "--role",
            "office",
            "--role",
            "quality-manager",
            "--password-stdin",
            "--json",
        ],
        input=f"{PASSWORD}\n",
    )
    assert done.exit_code == 0
    answer = json.loads(done.stdout)
    assert answer["roles"] == ["office", "quality-manager"]
    assert answer["email"] == "paul@example.org"
    user = db.session.scalars(select(User)).one()
    assert is_right(PASSWORD, user.password_hash)
    assert db.session.scalars(select(JournalEntry.actor_label)).one() == "ligne de commande"


def test_the_password_is_asked_twice(command: FlaskCliRunner) -> None:
    done = command.invoke(
        args=["user", "create", *WHO, "--role", "office"], input=f"{PASSWORD}\n{PASSWORD}\n"
    )
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert "Paul Ribeiro (paul@example.org) : secrétariat." in done.stderr


def test_an_invitation_is_sent_and_its_link_said(command: FlaskCliRunner, outbox: list) -> None:
    trainer = TrainerFactory(email="paul@example.org")
    done = command.invoke(args=["user", "invite", *WHO, "--role", "trainer"])
    assert done.exit_code == 0
    assert done.stdout.strip().startswith("http://localhost/l/")
    assert done.stdout.strip() in outbox[0].body
    assert db.session.scalars(select(User)).one().trainer_id == trainer.id


@pytest.mark.parametrize(
    ("more", "password", "why"),
    [
        (["--role", "office"], "court", "Trop court"),
        (["--role", "trainer"], PASSWORD, "fiche de formateur"),
        (["--role", "auditor"], PASSWORD, "a une fin"),
    ],
)
def test_what_is_refused_says_why(
    command: FlaskCliRunner, more: list[str], password: str, why: str
) -> None:
    done = command.invoke(
        args=["user", "create", *WHO, *more, "--password-stdin", "--json"], input=f"{password}\n"
    )
    assert done.exit_code == 1
    assert why in done.stderr
    assert done.stdout == ""
    assert db.session.scalars(select(User)).first() is None


def test_a_taken_address_is_refused(command: FlaskCliRunner) -> None:
    UserFactory(email="paul@example.org", roles=(Role.OFFICE,))
    done = command.invoke(args=["user", "invite", *WHO, "--role", "office"])
    assert (done.exit_code, "déjà un accès" in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "wrong", [["--role", "king"], [], ["--role", "auditor", "--until", "31/12/2026"]]
)
def test_wrong_usage_is_2(command: FlaskCliRunner, wrong: list[str]) -> None:
    assert command.invoke(args=["user", "invite", *WHO, *wrong]).exit_code == 2


def test_an_empty_password_makes_no_account(command: FlaskCliRunner) -> None:
    done = command.invoke(
        args=["user", "create", *WHO, "--role", "office", "--password-stdin"], input=""
    )
    assert (done.exit_code, "entrée standard" in done.stderr) == (1, True)
    assert db.session.scalars(select(User)).first() is None
