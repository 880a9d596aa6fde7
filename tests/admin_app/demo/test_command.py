"""`flask demo load` and `flask demo show`."""

import json
from pathlib import Path

import pytest
from flask import Flask, g

from admin_app import create_app
from admin_app.accounts.passwords import is_right, weakness
from admin_app.accounts.queries import user_of_email
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.config import Settings
from admin_app.demo import show
from admin_app.demo.load import dawn_of
from admin_app.demo.story.house import PASSWORD
from tests.support.demonstration import TODAY


def test_a_loaded_installation_is_refused(demo: Flask) -> None:
    answer = demo.test_cli_runner().invoke(args=["demo", "load", "--today", "2026-11-24"])
    assert answer.exit_code == 1
    assert "installation neuve" in answer.stderr


def test_a_wrong_day_is_refused(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["demo", "load", "--today", "24/11/2026"])
    assert answer.exit_code == 2
    assert "2026-11-24" in answer.stderr


def test_an_installation_without_tables_is_refused(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, secret_key="k" * 40, log_level="ERROR")
    answer = create_app(settings).test_cli_runner().invoke(args=["demo", "load"])
    assert answer.exit_code == 1
    assert "flask db upgrade" in answer.stderr


def test_show_elsewhere_is_refused(app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["demo", "show"])
    assert answer.exit_code == 1
    assert "ne porte pas la démonstration" in answer.stderr


def test_show_may_first_bring_the_database_up_to_date(tmp_path: Path) -> None:
    settings = Settings(instance=tmp_path, secret_key="k" * 40, log_level="ERROR")
    answer = create_app(settings).test_cli_runner().invoke(args=["demo", "show", "--upgrade"])
    assert answer.exit_code == 1
    assert "ne porte pas la démonstration" in answer.stderr  # the tables are there, empty


def test_every_role_has_an_account_that_opens(today: Flask) -> None:
    accounts = show.sign_ins()
    assert {one.role for one in accounts} == {role.label for role in Role}
    for one in accounts:
        assert not weakness(PASSWORD, email=one.email, name=one.name)
        user = user_of_email(one.email)
        assert user is not None
        assert is_right(PASSWORD, user.password_hash)
        assert user.is_open_at(clock.now())


@pytest.mark.parametrize("rank", range(len(show.WAYS)))
def test_every_link_opens_its_page(today: Flask, rank: int) -> None:
    way = show.ways()[rank]
    assert way.url.startswith("https://demo.example.org/l/")
    vars(g._get_current_object()).clear()
    path = way.url.removeprefix("https://demo.example.org")
    answer = today.test_client().get(path, follow_redirects=True)
    assert answer.status_code == 200, way.who


def test_show_prints_absolute_addresses(demo: Flask) -> None:
    with clock.frozen(dawn_of(TODAY)):
        answer = demo.test_cli_runner().invoke(args=["demo", "show"])
        listed = demo.test_cli_runner().invoke(args=["demo", "show", "--json"])
    assert answer.exit_code == 0
    assert PASSWORD in answer.stdout
    found = json.loads(listed.stdout)
    for one in found["links"]:
        assert one["url"] in answer.stdout
    assert found["sign_in"].startswith("https://demo.example.org/")
