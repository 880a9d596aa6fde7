"""What an auditor reads of a half-day: who, when, what was changed; no reason of absence."""

import pytest
from flask import Flask, render_template

from admin_app.attendance import operations
from admin_app.attendance.models import RemoteFollowUp
from admin_app.attendance.operations import MarkInput
from admin_app.core.database import db
from compliance.vocabulary import MarkState
from tests.factories import committed
from tests.factories.attendance import MANAGER, TRAINER, room_with


def shown(app: Flask, kind: str, key: int) -> str:
    found = app.extensions["liasse.piece_views"][kind](key)
    assert found is not None
    template, content = found
    with app.test_request_context():
        return render_template(template, content=content).replace("\u00a0", " ")


def test_a_half_day_is_shown_with_its_hours_and_what_came_after(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    room = room_with(3)
    room.mark(MarkState.PRESENT, MarkState.ABSENT, MarkState.PRESENT, reason="enfant malade")
    room.sign(0), room.sign(2)
    room.close()
    operations.correct(
        room.morning,
        room.enrolments[2],
        MarkInput(MarkState.LATE, 30),
        why="Relevé de la porte",
        by=MANAGER,
        at=room.after(60),
    )
    text = shown(app, "half-day", room.morning.id)
    assert "17/09/2026 09:12:00" in text
    assert "motif donné" in text
    assert "malade" not in text
    assert "Relevé de la porte" in text


def test_remote_work_is_shown_as_it_was_written(app: Flask) -> None:
    room = room_with(1)
    with committed():
        room.morning.is_remote = True
    found = operations.record_remote_follow_up(
        room.enrolments[0],
        activities="Quiz rendu le 18",
        exchanges="Appel du 19",
        by=TRAINER,
        at=room.after(0),
    )
    assert isinstance(found, RemoteFollowUp)
    text = shown(app, "remote-follow-up", found.id)
    assert "Quiz rendu le 18" in text
    assert "Nadia Benali" in text


def test_what_is_gone_is_shown_as_nothing(app: Flask) -> None:
    views = app.extensions["liasse.piece_views"]
    assert views["half-day"](999) is None
    assert views["remote-follow-up"](999) is None
    assert db.session.is_active
