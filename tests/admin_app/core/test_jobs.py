"""Long work, and what is done each minute: one that fails or is slow harms no other."""

import time
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import update

from admin_app.core import clock, jobs
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.jobs import Job
from admin_app.core.transaction import transaction
from tests.factories import committed


def a_job(**values: Any) -> Job:
    with committed():
        row = Job(
            **{
                "kind": "trial",
                "label": "Essai",
                "arguments": {},
                "started_by": "x",
                "state": "queued",
                "done": 0,
                "message": "",
                "back_url": "",
                "created_at": clock.now(),
                "beat_at": clock.now(),
            }
            | values
        )
        db.session.add(row)
    db.session.rollback()
    return row


def read(key: int) -> Job:
    db.session.rollback()
    return db.session.get_one(Job, key, populate_existing=True)


def broken() -> list[int]:
    raise RuntimeError("what fails each minute")


def test_one_round_that_fails_stops_none_of_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setitem(
        app.extensions,
        "liasse.rounds",
        [broken, lambda: done.append("a"), broken, lambda: done.append("b")],
    )
    jobs.do_rounds(app)
    assert done == ["a", "b"]


def test_one_sweep_that_fails_stops_none_of_the_others(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[tuple[str, int]] = []

    def hand(task: str, key: int) -> None:
        if key == 1:
            raise RuntimeError("the queue is full")
        handed.append((task, key))

    monkeypatch.setattr("admin_app.core.jobs.enqueue", hand)
    monkeypatch.setitem(app.extensions, "liasse.sweeps", {"bad": broken, "deliver": lambda: [1, 2]})
    jobs.do_sweeps(app)
    assert handed == [("deliver", 2)]


def test_a_step_that_lasts_is_not_taken_for_lost(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "BEAT_EVERY", timedelta(milliseconds=20))
    row = a_job()
    long_ago = clock.now() - timedelta(hours=1)
    seen: list[bool] = []

    def work(_progress: jobs.Progress) -> None:
        with transaction():
            db.session.execute(update(Job).where(Job.id == row.id).values(beat_at=long_ago))
        deadline = time.monotonic() + 10
        while read(row.id).beat_at == long_ago and time.monotonic() < deadline:
            time.sleep(0.02)
        seen.append(row.id in app.extensions["liasse.sweeps"]["run_job"]())

    monkeypatch.setitem(jobs._kinds, "trial", work)
    jobs._run(row.id)
    assert seen == [False]
    assert read(row.id).state == "done"


def test_cancelling_what_has_just_finished_is_refused(app: Flask) -> None:
    row = a_job(state="running")
    stale = db.session.get_one(Job, row.id)
    with transaction():
        db.session.execute(
            update(Job)
            .where(Job.id == row.id)
            .values(state="done")
            .execution_options(synchronize_session=False)
        )
    with pytest.raises(Refused, match="déjà terminé"):
        jobs.cancel(stale, at=clock.now())
    assert read(row.id).state == "done"


def test_cancelling_stops_what_runs(app: Flask) -> None:
    row = a_job(state="running")
    jobs.cancel(row, at=clock.now())
    assert row.is_over
    assert read(row.id).state == "cancelled"


def test_a_worker_that_fails_says_so_whoever_started(app: Flask) -> None:
    row = a_job(kind="unknown", started_by=SYSTEM.label)
    jobs._run(row.id)
    assert read(row.id).state == "failed"
