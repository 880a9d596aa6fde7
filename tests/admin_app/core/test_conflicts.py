"""What the database refuses because of someone else is read as a refusal, never as a fault."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from admin_app.cohorts.models import Enrolment
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.errors import Overtaken, Refused
from admin_app.core.transaction import act, locked
from admin_app.organisation.models import Place
from admin_app.people import operations as people
from admin_app.people.models import Client, Trainer
from admin_app.quality.watch.models import WatchDomain
from tests.admin_app.core.test_error_pages import as_in_production
from tests.factories import ClientFactory, ProviderFactory, TrainerFactory, cohort_with
from tests.factories.base import A_DAY

PLACE = {"name": "Salle Loire", "address": "1 quai, Bordeaux"}
DOMAIN = {"topic": "legal", "reader_name": "Inès", "assigned_on": A_DAY.date()}


def names(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


@act
def write(*rows: object) -> None:
    """Write these rows as an act does."""
    db.session.add_all(rows)


def test_the_same_thing_twice_is_refused_and_nothing_is_written(app: Flask) -> None:
    write(WatchDomain(**DOMAIN))
    with pytest.raises(Overtaken, match="Quelqu’un vient de faire la même chose"):
        write(Place(**PLACE), WatchDomain(**DOMAIN))
    assert (names(WatchDomain), names(Place)) == (1, 0)


def test_what_is_about_something_that_is_gone_is_refused(app: Flask) -> None:
    ProviderFactory()
    cohort = cohort_with(trainees=0)
    with pytest.raises(Overtaken, match="retiré ou remplacé"):
        write(Enrolment(cohort_id=cohort.id, trainee_id=999_999, enrolled_at=A_DAY))


def test_a_fault_of_ours_stays_one(app: Flask) -> None:
    with pytest.raises(IntegrityError):  # a column that must be filled is not
        write(Enrolment(cohort_id=None, trainee_id=None, enrolled_at=A_DAY))


def test_a_row_that_is_gone_is_said_gone(app: Flask) -> None:
    trainer = TrainerFactory()
    write_off(trainer)
    with pytest.raises(Overtaken, match="retiré"):
        hold_again(trainer)


@act
def hold_again(trainer: Trainer) -> None:
    """Hold a row as an act does."""
    locked(trainer)


def write_off(trainer: Trainer) -> None:
    """Someone else removes it: this session does not know."""
    table = Trainer.__table__
    db.session.execute(table.delete().where(table.c.id == trainer.id))  # type: ignore[attr-defined]
    db.session.commit()


@pytest.mark.parametrize("error", [Overtaken("Trop tard."), Refused("Pas ainsi.")])
def test_an_act_that_no_form_can_say_refused_has_its_page(
    app: Flask,
    sign_in: Callable[..., FlaskClient],
    monkeypatch: pytest.MonkeyPatch,
    error: Refused,
) -> None:
    def view(**_: object) -> str:
        raise error

    name = "people_office.clients"
    view.access = app.view_functions[name].access  # type: ignore[attr-defined]
    monkeypatch.setitem(app.view_functions, name, view)
    client = sign_in(Role.OFFICE)
    with as_in_production(app):
        reply = client.get("/clients", headers={"Referer": "http://localhost/sessions"})
    assert reply.status_code == 409
    assert error.message in reply.text.replace("\u00a0", " ")
    assert 'href="http://localhost/sessions"' in reply.text


def test_a_form_that_was_overtaken_is_kept(
    sign_in: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    there = ClientFactory()

    @act
    def twice(*_: object, **__: object) -> Client:
        """Someone else has just written the same."""
        db.session.add_all([WatchDomain(**DOMAIN), WatchDomain(**DOMAIN)])
        db.session.flush()
        return there

    monkeypatch.setattr(people, "create_client", twice)
    data = {"kind": "company", "name": "Mairie d’Élan", "city": "Élan"}
    reply = sign_in(Role.OFFICE).post("/clients/ajouter", data=data)
    assert reply.status_code == 422
    assert "Quelqu’un vient de faire la même chose" in reply.text.replace("\u00a0", " ")
    assert 'value="Mairie d’Élan"' in reply.text
    assert names(WatchDomain) == 0
