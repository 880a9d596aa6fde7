"""What one reads when a page does not open: what happened, what to do, whom to write to."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from admin_app import create_app
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.organisation import context
from tests.factories import ProviderFactory

WHOM = "contact@atelier.example.org"


def test_an_unknown_address(browse: FlaskClient) -> None:
    reply = browse.get("/nulle-part")
    assert reply.status_code == 404
    assert "Page introuvable" in reply.text
    assert WHOM in reply.text


def test_what_ones_role_does_not_open(sign_in: Callable[..., FlaskClient]) -> None:
    reply = sign_in(Role.TRAINER).get("/acces")
    assert reply.status_code == 403
    assert "ne vous est pas ouverte" in reply.text
    assert "demandez-le à la personne qui administre" in reply.text


def test_an_act_opened_as_a_page(sign_in: Callable[..., FlaskClient]) -> None:
    reply = sign_in(Role.OFFICE).get("/deconnexion")
    assert reply.status_code == 405
    assert "Rien n’a été changé" in reply.text


def test_too_much_at_once(browse: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100)
    reply = browse.post("/connexion", data={"email": "x" * 200, "password": "x"})
    assert reply.status_code == 413
    assert "10\u00a0Mo" in reply.text or "10 Mo" in reply.text


def test_a_form_that_is_no_longer_valid(
    sign_in: Callable[..., FlaskClient], app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    reply = sign_in(Role.ADMINISTRATOR).post("/acces/inviter", data={"name": "A"})
    assert reply.status_code == 400
    assert "n’est plus valable" in reply.text


def test_too_many_requests(app: Flask, tmp_path: Path) -> None:
    from admin_app.accounts.limits import limiter

    settings = replace(app.config["SETTINGS"], instance=tmp_path)
    limited = create_app(
        settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=True, JOBS_IMMEDIATE=True
    )
    ProviderFactory()
    try:
        visitor = limited.test_client()
        replies = [visitor.post("/mot-de-passe-oublie", data={}) for _ in range(7)]
    finally:
        limiter.enabled = False  # one for all applications of this process
    assert [reply.status_code for reply in replies] == [422] * 6 + [429]
    assert "Trop de demandes" in replies[-1].text


@contextmanager
def as_in_production(app: Flask) -> Iterator[None]:
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    try:
        yield
    finally:
        app.testing = True
        app.config["PROPAGATE_EXCEPTIONS"] = None


def test_a_fault_of_ours_has_a_number_and_no_detail(
    browse: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fault() -> str:
        raise RuntimeError("detail of ours")

    fault.access = app.view_functions["accounts_public.sign_in"].access  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, "accounts_public.sign_in", fault)
    with as_in_production(app):
        reply = browse.get("/connexion")
    assert reply.status_code == 500
    assert "Elle vient de nous" in reply.text
    assert "detail of ours" not in reply.text
    assert "transmettez ce numéro" in reply.text


def test_without_its_database_the_page_is_still_said(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("SELECT", {}, Exception("gone"))

    monkeypatch.setattr(context, "provider", away)
    assert context.layout_words()["provider_name"] == ""


def test_the_size_that_is_said_is_the_setting(
    browse: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ProviderFactory()
    settings = replace(app.config["SETTINGS"], max_upload_mb=25)
    monkeypatch.setitem(app.config, "SETTINGS", settings)
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100)
    reply = browse.post("/connexion", data={"email": "x" * 200})
    assert "25" in reply.text
    db.session.rollback()
