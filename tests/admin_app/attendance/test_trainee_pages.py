"""What a trainee finds behind their personal link."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.attendance import operations
from admin_app.attendance.models import Signature
from admin_app.core import clock, links
from admin_app.core.actor import ActorKind
from admin_app.core.database import db
from admin_app.core.links import Purpose
from compliance.vocabulary import MarkState
from tests.factories import committed
from tests.factories.attendance import Room, room_with
from tests.support.statements import counted


@pytest.fixture
def room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    """The first morning, twenty minutes in."""
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    room = room_with(2)
    with clock.frozen(room.at(20)):
        yield room


@pytest.fixture
def home(room: Room) -> str:
    """The address of Nadia's link."""
    return address(room, 0)


def address(room: Room, rank: int) -> str:
    link = operations.signing_link(room.enrolments[rank], at=clock.now())
    return f"/l/{links.token(link)}/emargement"


def number() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Signature)) or 0


def words(text: str) -> str:
    plain = text.replace("\u00a0", " ").replace("&nbsp;", " ")
    return re.sub(r"</?span[^>]*>", "", plain)


def test_the_link_opens_the_half_day_of_the_moment(browse: FlaskClient, home: str) -> None:
    page = words(browse.get(home).text)
    assert "Votre présence, jeudi 17 septembre 2026, matin" in page
    assert "Nadia Benali, 9 h – 12 h 30, Salle Loire" in page
    assert "Réseau départemental des chargés de coopération CTG" in page
    assert "Hugo" not in page


def test_the_bare_link_leads_there(app: Flask, home: str) -> None:
    assert app.extensions["liasse.link_homes"][Purpose.SIGNING] == "attendance_trainee.home"


def test_typing_a_name_signs_and_says_when(browse: FlaskClient, room: Room, home: str) -> None:
    where = f"{home}/{room.morning.id}"
    answer = browse.post(where, data={"typed": "nadia benali"})
    assert answer.status_code == 303
    page = words(browse.get(answer.location).text)
    assert "Vous avez signé à 9 h 20" in page
    assert "Prochaine demi-journée : jeudi 17 septembre 2026, après-midi, 14 h" in page
    signature = db.session.scalars(select(Signature)).one()
    assert (signature.channel, signature.is_late) == ("link", False)
    assert "Vous avez signé à 9 h 20" in words(browse.get(home).text)
    assert browse.post(where, data={"typed": "Nadia Benali"}).status_code == 303
    assert number() == 1


def test_another_name_is_refused_and_kept(browse: FlaskClient, room: Room, home: str) -> None:
    answer = browse.post(f"{home}/{room.morning.id}", data={"typed": "Hugo Tessier"})
    assert answer.status_code == 422
    assert "Nadia Benali" in answer.text
    assert 'value="Hugo Tessier"' in answer.text
    assert number() == 0


def test_too_early_says_when(browse: FlaskClient, room: Room, home: str) -> None:
    with clock.frozen(room.at(-10)):
        assert "La signature ouvre à 9 h" in words(browse.get(home).text)
        answer = browse.post(f"{home}/{room.morning.id}", data={"typed": "Nadia Benali"})
    assert answer.status_code == 422
    assert "La signature ouvre au début de la demi-journée" in words(answer.text)
    assert number() == 0


def test_the_day_before_says_the_next_date(browse: FlaskClient, room: Room, home: str) -> None:
    with clock.frozen(room.at(-24 * 60)):
        page = words(browse.get(home).text)
    assert "Rien à signer aujourd’hui" in page
    assert "Prochaine demi-journée : jeudi 17 septembre 2026, matin" in page


def test_late_asks_why_and_keeps_the_true_time(browse: FlaskClient, room: Room, home: str) -> None:
    with clock.frozen(room.after(125)):
        where = f"{home}/{room.morning.id}"
        assert "Pourquoi signez-vous maintenant" in browse.get(where).text
        answer = browse.post(where, data={"typed": "Nadia Benali"})
        assert answer.status_code == 422
        assert "dites pourquoi" in answer.text
        given = {"typed": "Nadia Benali", "late_reason": "téléphone déchargé"}
        assert browse.post(where, data=given).status_code == 303
    signature = db.session.scalars(select(Signature)).one()
    assert (signature.is_late, signature.signed_at) == (True, room.after(125))


def test_what_was_missed_is_offered_once_today_is_signed(
    browse: FlaskClient, room: Room, home: str
) -> None:
    second_day = room.half_days[2]
    with clock.frozen(room.at(5, second_day)):
        assert "Votre présence, vendredi" in words(browse.get(home).text)
        browse.post(f"{home}/{second_day.id}", data={"typed": "Nadia Benali"})
        page = words(browse.get(home).text)
    assert "Vous avez signé" in page
    assert "Des signatures manquent encore" in page
    assert "Jeudi 17 septembre 2026, matin" in page


def test_who_is_noted_absent_is_told_and_cannot_sign(
    browse: FlaskClient, room: Room, home: str
) -> None:
    room.mark(MarkState.ABSENT)
    assert "Une absence est notée" in browse.get(home).text
    answer = browse.post(f"{home}/{room.morning.id}", data={"typed": "Nadia Benali"})
    assert answer.status_code == 422
    assert number() == 0


def test_a_half_day_of_another_cohort_is_not_found(browse: FlaskClient, home: str) -> None:
    other = room_with(1, without_provider=True)
    assert browse.get(f"{home}/{other.morning.id}").status_code == 404
    answer = browse.post(f"{home}/{other.morning.id}", data={"typed": "Nadia Benali"})
    assert answer.status_code == 404


def test_a_link_made_for_something_else_opens_nothing_here(browse: FlaskClient, room: Room) -> None:
    from admin_app.core.transaction import transaction

    with transaction():
        link = links.create(
            Purpose.POSITIONING,
            actor_kind=ActorKind.TRAINEE,
            subject=("enrolment", room.enrolments[0].id),
            label="Nadia Benali",
            email="nadia@example.org",
            at=clock.now(),
            expires_at=clock.in_days(9),
        )
    answer = browse.get(f"/l/{links.token(link)}/emargement")
    assert answer.status_code == 410


def test_an_expired_link_explains_itself(browse: FlaskClient, room: Room, home: str) -> None:
    with clock.frozen(room.at(200 * 24 * 60)):
        assert browse.get(home).status_code == 410


def test_a_cancelled_cohort_says_so(browse: FlaskClient, room: Room, home: str) -> None:
    with committed():
        room.cohort.cancelled_at = room.at(0)
    assert "Cette formation est annulée" in browse.get(home).text
    assert browse.post(f"{home}/{room.morning.id}", data={"typed": "x"}).status_code == 404


def test_a_remote_half_day_gives_its_address(browse: FlaskClient, room: Room, home: str) -> None:
    with committed():
        room.morning.is_remote = True
        room.cohort.remote_url = "https://visio.example.org/ctg"
    browse.post(f"{home}/{room.morning.id}", data={"typed": "Nadia Benali"})
    assert "https://visio.example.org/ctg" in browse.get(home).text


def test_signing_by_link_costs_few_statements(browse: FlaskClient, room: Room, home: str) -> None:
    room.mark_all()
    with counted() as statements:
        browse.post(f"{home}/{room.morning.id}", data={"typed": "Nadia Benali"})
    assert len(statements) <= 10
    with counted() as page:
        browse.get(home)
    assert len(page) <= 10


def test_the_half_day_of_a_message_is_the_one_that_opens(
    browse: FlaskClient, room: Room, home: str, outbox: list
) -> None:
    with clock.frozen(room.at(24 * 60)):  # the next day: that morning was left unsigned
        page = words(browse.get(f"{home}?pour={room.morning.id}").text)
        assert "Votre signature manque" in page
        assert "jeudi 17 septembre 2026, matin" in page
    coming = room.half_days[-1]
    page = words(browse.get(f"{home}?pour={coming.id}").text)  # not open yet: what is to sign now
    assert "Votre présence, jeudi 17 septembre 2026, matin" in page
    for nonsense in ("999999", "x", "", "9" * 40):
        answer = browse.get(f"{home}?pour={nonsense}")
        assert answer.status_code == 200
        assert "jeudi 17 septembre 2026, matin" in words(answer.text)
