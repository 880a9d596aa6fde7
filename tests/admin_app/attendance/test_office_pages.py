"""The office's pages: the grid, each half-day, corrections, the sheet."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.attendance.models import Closing, Correction, Mark
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.documents.models import Document
from compliance.vocabulary import MarkState
from tests.factories import committed
from tests.factories.attendance import Room, room_with
from tests.support.statements import counted


@pytest.fixture
def room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """The end of the first morning: one absent, one who left without signing."""
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    room = room_with(3)
    room.mark(MarkState.PRESENT, MarkState.ABSENT, MarkState.LATE)
    room.sign(0)
    room.close(left_unsigned={room.enrolments[2].id})
    with clock.frozen(room.after(30)):
        yield room


@pytest.fixture
def office(room: Room, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in(Role.OFFICE)


@pytest.fixture
def manager(room: Room, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    return sign_in(Role.QUALITY_MANAGER)


def url(room: Room, rest: str = "") -> str:
    return f"/sessions/{room.cohort.id}/emargement{rest}"


def words(text: str) -> str:
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def test_the_grid_shows_states_minutes_and_what_is_missing(room: Room, office: FlaskClient) -> None:
    page = words(office.get(url(room)).text)
    assert "1 demi-journée close sur 4" in page
    assert "3 h 30 de formation tenues sur 14 h" in page
    assert "6 h 40 suivies" in page
    assert "retard de 20 min" in page
    assert "Signatures qui manquent" in page
    assert "Absences sans motif" in page
    for word in ("signé", "non signé", "absence", "à venir"):
        assert word in page


def test_the_grid_costs_the_same_whatever_the_rows(
    app: Flask, monkeypatch: pytest.MonkeyPatch, sign_in: Callable[..., FlaskClient]
) -> None:
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    costs, details = [], []
    for trainees, days in ((1, 1), (20, 5)):
        room = room_with(trainees, days=days, without_provider=trainees > 1)
        room.hold(room.morning)
        with committed():
            room.half_days[-1].is_remote = True
        client = sign_in(Role.OFFICE)
        with counted() as statements:
            assert client.get(url(room)).status_code == 200
        costs.append(len(statements))
        with counted() as statements:
            assert client.get(url(room, f"/{room.morning.id}")).status_code == 200
        details.append(len(statements))
    assert costs[0] == costs[1] <= 10
    assert details[0] == details[1] <= 10


def test_many_half_days_are_paged_around_today(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    room = room_with(1, days=10)
    with clock.frozen(room.at(10, room.half_days[13])):
        page = sign_in(Role.OFFICE).get(url(room)).text
    assert "Jour 7, matin" in page
    assert "Jour 1, matin" not in page
    assert "Jour 1, matin" in sign_in(Role.OFFICE).get(url(room, "?page=1")).text
    assert sign_in(Role.OFFICE).get(url(room, "?page=zzz")).status_code == 200
    assert "Jour 10, après-midi" in sign_in(Role.OFFICE).get(url(room, "?page=99999")).text


def test_a_cohort_without_days_or_trainees_says_what_to_do_first(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    empty = room_with(0)
    assert "Personne n’est inscrit" in sign_in(Role.OFFICE).get(url(empty)).text
    from tests.factories import CohortFactory

    bare = CohortFactory()
    page = sign_in(Role.OFFICE).get(f"/sessions/{bare.id}/emargement").text
    assert "Aucune demi-journée" in page


def test_the_half_day_shows_each_signature_with_its_hour(room: Room, office: FlaskClient) -> None:
    page = office.get(url(room, f"/{room.morning.id}")).text
    assert "17/09/2026 09:12:00" in page
    assert "<polyline" in page
    assert "Corriger" not in page


@pytest.mark.parametrize("rest", ["", "/{morning}", "/{morning}/rouvrir", "/feuille-vierge"])
def test_what_does_not_exist_is_not_found(room: Room, manager: FlaskClient, rest: str) -> None:
    path = rest.format(morning=room.morning.id)
    assert manager.get(f"/sessions/999/emargement{path}").status_code == 404


def test_the_half_day_of_another_cohort_is_not_found(room: Room, manager: FlaskClient) -> None:
    other = room_with(1, without_provider=True)
    assert manager.get(url(other, f"/{room.morning.id}")).status_code == 404
    stranger = other.enrolments[0].id
    where = url(room, f"/{room.morning.id}/stagiaires/{stranger}/corriger")
    assert manager.get(where).status_code == 404


def test_the_office_sends_links_and_notes_reasons(
    room: Room, office: FlaskClient, outbox: list
) -> None:
    answer = office.post(url(room, f"/{room.morning.id}/liens"), follow_redirects=True)
    assert "1 lien envoyé" in words(answer.text)
    assert "Votre signature manque" in outbox[0].subject
    where = url(room, f"/{room.morning.id}/stagiaires/{room.enrolments[1].id}/motif")
    assert office.post(where, data={}).status_code == 422
    assert office.post(where, data={"reason": "x" * 301}).status_code == 422
    assert office.post(where, data={"reason": "grève des trains"}).status_code == 303
    assert "Absences sans motif" not in office.get(url(room)).text


def test_links_with_nobody_left_say_so(room: Room, office: FlaskClient) -> None:
    room.sign(2, at=room.after(10), late_reason="partie tôt")
    answer = office.post(url(room, f"/{room.morning.id}/liens"))
    assert answer.status_code == 422
    assert "Personne n’a plus à signer" in words(answer.text)


def test_the_quality_manager_corrects_and_the_old_state_stays(
    room: Room, manager: FlaskClient
) -> None:
    where = url(room, f"/{room.morning.id}/stagiaires/{room.enrolments[2].id}/corriger")
    answer = manager.post(where, data={"state": "late", "minutes_late": "45"})
    assert answer.status_code == 422
    assert "Dites pourquoi vous corrigez" in answer.text
    assert 'value="45"' in answer.text
    given = {"state": "late", "minutes_late": "45", "why": "Relevé de la porte"}
    assert manager.post(where, data=given).status_code == 303
    assert db.session.scalars(select(Correction)).one().before["minutes_late"] == 20
    page = words(manager.get(url(room, f"/{room.morning.id}")).text)
    assert "« retard de 20 min » devient « retard de 45 min »" in page
    assert "Relevé de la porte" in page


def test_the_quality_manager_reopens_with_a_reason(room: Room, manager: FlaskClient) -> None:
    where = url(room, f"/{room.morning.id}/rouvrir")
    assert "ne prouve plus rien" in manager.get(where).text
    assert manager.post(where, data={"why": " "}).status_code == 422
    assert manager.post(where, data={"why": "Close par mégarde"}).status_code == 303
    assert db.session.scalars(select(Closing)).first() is None
    assert "Rouverte par" in manager.get(url(room, f"/{room.morning.id}")).text


@pytest.mark.parametrize(
    ("role", "rest", "status"),
    [
        (Role.OFFICE, "/{h}/stagiaires/{e}/corriger", 403),
        (Role.OFFICE, "/{h}/rouvrir", 403),
        (Role.QUALITY_MANAGER, "/{h}/stagiaires/{e}/motif", 403),
        (Role.TRAINER, "", 403),
        (Role.AUDITOR, "", 403),
        (Role.CLIENT, "/{h}", 403),
        (Role.DISABILITY_OFFICER, "", 200),
        (Role.QUALITY_MANAGER, "/{h}", 200),
    ],
)
def test_who_may_open_what(
    room: Room, sign_in: Callable[..., FlaskClient], role: Role, rest: str, status: int
) -> None:
    path = rest.format(h=room.morning.id, e=room.enrolments[0].id)
    assert sign_in(role).get(url(room, path)).status_code == status


def test_the_sheet_is_issued_once_and_opens(room: Room, office: FlaskClient) -> None:
    first = office.post(url(room, "/feuille"))
    again = office.post(url(room, "/feuille"))
    assert (first.status_code, again.status_code) == (303, 303)
    assert first.location == again.location
    assert len(list(db.session.scalars(select(Document)))) == 1
    assert "Ouvrir la feuille" in office.get(url(room)).text


def test_there_is_no_sheet_before_anything_is_closed(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    room = room_with(1)
    answer = sign_in(Role.OFFICE).post(url(room, "/feuille"))
    assert answer.status_code == 422
    assert "rien à établir" in answer.text
    assert db.session.scalars(select(Mark)).first() is None


def test_remote_work_can_be_written_by_the_office(room: Room, office: FlaskClient) -> None:
    with committed():
        room.morning.is_remote = True
    where = url(room, f"/suivi/{room.enrolments[0].id}")
    assert office.post(where, data={"activities": "Quiz du 18"}).status_code == 422
    given = {"activities": "Quiz du 18", "exchanges": "Message du 19"}
    assert office.post(where, data=given).status_code == 303
    assert "consigné le" in office.get(url(room)).text
