"""`flask doctor`: what is missing or unsafe, each in a sentence."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskCliRunner
from sqlalchemy.exc import OperationalError

from admin_app.cli import health
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.jobs import Job
from admin_app.core.mail import MailMessage
from admin_app.core.storage import Store
from admin_app.organisation import installation_code
from tests.admin_app.accounts.people import user_with_password
from tests.factories import ProviderFactory
from tests.factories.base import Factory


class JobFactory(Factory):
    class Meta:
        model = Job

    kind = "x"
    label = "x"
    arguments: dict[str, Any] = {}
    started_by = "x"
    created_at = clock.now() - timedelta(hours=1)
    beat_at = clock.now() - timedelta(hours=1)


class MailFactory(Factory):
    class Meta:
        model = MailMessage

    template = "x"
    to_email = "a@example.org"
    to_name = "A"
    subject = "x"
    text = "x"
    html = "x"
    attachments: list[Any] = []
    about_kind = "user"
    about_id = 1
    created_at = clock.now() - timedelta(hours=1)
    state = "waiting"
    tries = 0


@pytest.fixture
def sound(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """An installation in order; its migrations are tested apart."""
    monkeypatch.setattr(
        health, "migrations", lambda: health.Check("migrations", True, "La base est à jour.")
    )
    ProviderFactory()
    user_with_password(Role.ADMINISTRATOR)
    return lambda: None


def doctor(app: Flask, *options: str) -> tuple[int, dict[str, health.Check]]:
    runner: FlaskCliRunner = app.test_cli_runner()
    done = runner.invoke(args=["doctor", "--json", *options])
    answer = json.loads(done.stdout)
    found = {one["name"]: health.Check(**one) for one in answer["checks"]}
    assert answer["ok"] == all(check.ok for check in found.values())
    assert done.exit_code == (0 if answer["ok"] else 1)
    return done.exit_code, found


def with_settings(app: Flask, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], **changes))


def test_all_is_well(app: Flask, sound: Callable[[], None]) -> None:
    code, found = doctor(app, "--deep")
    assert code == 0, [check for check in found.values() if not check.ok]
    assert {
        "instance",
        "secret-key",
        "database",
        "store",
        "pdf",
        "mail",
        "worker",
        "time-zone",
    } <= set(found)
    assert "pdf-trial" in found
    assert "restent dans" in found["mail"].message
    said = app.test_cli_runner().invoke(args=["doctor"])
    assert "Tout va bien." in said.stderr
    assert "  bien   " in said.stdout


@pytest.mark.parametrize("key", ["dev", "changeme", "x" * 31])
def test_a_weak_key_is_not_fine(
    app: Flask, sound: Callable[[], None], monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    with_settings(app, monkeypatch, secret_key=key)
    code, found = doctor(app)
    assert (code, found["secret-key"].ok) == (1, False)
    assert key not in found["secret-key"].message or key == "dev"


def test_a_key_that_others_can_read_is_not_fine(
    app: Flask, sound: Callable[[], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "secret_key").write_text("k")
    (tmp_path / "secret_key").chmod(0o644)
    with_settings(app, monkeypatch, instance=tmp_path)
    assert not doctor(app)[1]["secret-key"].ok


@pytest.mark.parametrize("there", [True, False])
def test_wkhtmltopdf_or_not_is_fine(
    app: Flask, sound: Callable[[], None], monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    monkeypatch.setattr(
        health.machine.shutil, "which", lambda _name: "/usr/bin/x" if there else None
    )
    code, found = doctor(app)
    assert (code, found["wkhtmltopdf"].ok) == (0, True)


def test_before_the_first_run_it_says_where_and_with_which_code(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "migrations", lambda: health.Check("migrations", True, ""))
    code, found = doctor(app)
    assert code == 0
    assert f"/installation?code={installation_code.current()}" in found["organisation"].message
    installation_code.forget()


def test_an_office_that_has_not_begun_is_told_where(app: Flask) -> None:
    runner = app.test_cli_runner()
    said = runner.invoke(args=["installation"]).stderr
    assert f"http://localhost/installation?code={installation_code.current()}" in said
    ProviderFactory()
    assert runner.invoke(args=["installation"]).output == ""
    installation_code.forget()


def test_a_database_without_migrations_is_told_and_the_rest_is_not_asked(app: Flask) -> None:
    found = {check.name: check for check in health.checks(deep=False)}
    assert not found["migrations"].ok
    assert "flask db upgrade" in found["migrations"].message
    assert "organisation" not in found


def test_a_database_that_is_away_is_told(
    app: Flask, sound: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("connection refused"))

    monkeypatch.setattr(health.data.db.session, "execute", away)
    check = health.database()
    assert not check.ok
    assert "connection refused" in check.message


@pytest.mark.parametrize(
    ("url", "smtp", "fine"),
    [
        ("https://liasse.exemple.fr", "smtp://h", True),
        ("http://liasse.exemple.fr", "", False),
        ("http://127.0.0.1:8000", "", True),
        ("http://127.0.0.1:8000", "smtp://h", False),
    ],
)
def test_the_address_in_messages(
    app: Flask,
    sound: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    url: str,
    smtp: str,
    fine: bool,
) -> None:
    monkeypatch.setitem(app.config, "PUBLIC_URL", url)
    with_settings(app, monkeypatch, smtp_url=smtp)
    assert doctor(app)[1]["public-url"].ok is fine


def test_a_store_that_cannot_be_written_is_told(
    app: Flask, sound: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = app.config["SETTINGS"].instance / "a-file"
    file.write_text("x")
    monkeypatch.setitem(app.extensions, "liasse.store", Store("", str(file)))
    check = doctor(app)[1]["store"]
    assert not check.ok
    file.unlink()


def test_the_probe_leaves_nothing_in_the_store(app: Flask, sound: Callable[[], None]) -> None:
    doctor(app)
    folder = app.config["SETTINGS"].instance / "evidence"
    assert not (folder / "probe").exists()


@pytest.mark.parametrize("factory", [JobFactory, MailFactory])
def test_what_waits_for_an_hour_says_that_the_worker_is_away(
    app: Flask, sound: Callable[[], None], factory: type[Factory]
) -> None:
    assert doctor(app)[1]["worker"].ok
    factory()
    check = doctor(app)[1]["worker"]
    assert not check.ok
    assert "flask worker" in check.message


def test_a_message_that_failed_is_told(app: Flask, sound: Callable[[], None]) -> None:
    MailFactory(state="failed", tries=5)
    assert not doctor(app)[1]["mail"].ok


def test_nobody_to_administer_is_told(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "migrations", lambda: health.Check("migrations", True, ""))
    ProviderFactory()
    assert not doctor(app)[1]["administrator"].ok


def test_a_zone_that_this_machine_does_not_know(app: Flask, sound: Callable[[], None]) -> None:
    ProviderFactory(time_zone="Mars/Phobos")
    check = health.time_zone()
    assert not check.ok
    ProviderFactory(time_zone="Europe/Paris")


def test_a_mail_server_that_does_not_answer_is_told(app: Flask, sound: Callable[[], None]) -> None:
    settings = {"host": "127.0.0.1", "port": 9, "security": "none", "username": "", "sender": ""}
    ProviderFactory(mail_settings=settings)
    check = health.deep_mail()
    assert not check.ok
    assert "ne répond pas" in check.message
