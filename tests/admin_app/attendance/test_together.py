"""A whole room signs at once, and some press twice: nothing is lost, nothing is doubled."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin_app.attendance import operations
from admin_app.attendance.models import Closing, Signature
from admin_app.cohorts.models import Assignment, Enrolment, HalfDay
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.evidence.models import Evidence
from tests.factories.attendance import STROKES, TRAINER, Room, room_with


@pytest.fixture
def room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    room = room_with(8)
    room.mark_all()
    db.session.rollback()
    return room


def at_once(app: Flask, acts: list[Callable[[], object]]) -> list[BaseException | None]:
    """Do these acts at the same time, each with a connection of its own."""

    def one(act: Callable[[], object]) -> BaseException | None:
        with app.app_context():
            try:
                act()
            except Refused as refused:
                return refused
            finally:
                db.session.remove()
        return None

    with ThreadPoolExecutor(len(acts)) as threads:
        done = [threads.submit(copy_context().run, one, act) for act in acts]
        return [each.result(timeout=60) for each in done]


def sign(room: Room, enrolment_id: int, minutes: int, reason: str = "") -> Callable[[], object]:
    half_day_id, at = room.morning.id, room.at(minutes)
    return lambda: operations.sign_as_trainee(
        db.session.get_one(HalfDay, half_day_id),
        db.session.get_one(Enrolment, enrolment_id),
        way="drawn",
        strokes=STROKES,
        channel="link",
        late_reason=reason,
        by=TRAINER,
        at=at,
    )


def close(room: Room, left: set[int]) -> Callable[[], object]:
    half_day_id, assignment_id, at = room.morning.id, room.assignment.id, room.after(1)
    return lambda: operations.sign_as_trainer_and_close(
        db.session.get_one(HalfDay, half_day_id),
        db.session.get_one(Assignment, assignment_id),
        way="typed",
        typed_name="Claire Vasseur",
        left_unsigned=left,
        by=TRAINER,
        at=at,
    )


def number(model: type, *which: object) -> int:
    db.session.rollback()  # what the others wrote meanwhile
    return db.session.scalar(select(func.count()).select_from(model).where(*which)) or 0  # type: ignore[arg-type]


def test_everyone_signs_twice_at_once(app: Flask, room: Room) -> None:
    acts = [sign(room, one.id, 5) for one in room.enrolments for _ in range(2)]
    assert at_once(app, acts) == [None] * 16
    assert number(Signature) == 8


def test_the_last_two_late_signatures_at_once_complete_the_half_day(app: Flask, room: Room) -> None:
    first, last, *others = (one.id for one in room.enrolments)
    assert at_once(app, [sign(room, one, 5) for one in others]) == [None] * 6
    assert at_once(app, [close(room, {first, last})] * 2) == [None, None]
    assert number(Closing) == 1
    late = [sign(room, one, 300, "par lien") for one in (first, last)]
    assert at_once(app, late) == [None, None]
    assert number(Evidence, Evidence.withdrawn_at.is_(None)) == 1
    assert number(Signature) == 9


def test_closing_while_the_last_one_signs_loses_neither(app: Flask, room: Room) -> None:
    last, *others = (one.id for one in room.enrolments)
    at_once(app, [sign(room, one, 5) for one in others])
    refused = at_once(app, [close(room, {last}), sign(room, last, 209, "au même instant")])
    assert refused == [None, None]
    assert number(Signature) == 9
    assert number(Evidence, Evidence.withdrawn_at.is_(None)) == 1
