"""Rebuilding everything: the same rows, from where it stopped."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from admin_app.core import clock, jobs
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.jobs import Cancelled, Job
from admin_app.core.transaction import transaction
from admin_app.coverage.models import Expectation, Rebuild
from admin_app.coverage.operations import rebuild as module
from admin_app.coverage.operations import refresh_cohort, refresh_everything_else
from admin_app.coverage.operations.rebuild import (
    rebuild,
    rebuild_if_rules_changed,
    start_rebuild,
)
from admin_app.coverage.operations.rules import rules_in_use
from admin_app.organisation.queries import forget_provider
from tests.factories import ProviderFactory, cohort_with
from tests.support.statements import counted

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)


class Watched:
    """Progress without a job; it may stop the work after some steps."""

    def __init__(self, stop_at: int = 0) -> None:
        self.stop_at, self.seen = stop_at, []

    def start(self, total: int) -> None:
        self.total = total

    def advance(self, done: int, message: str = "") -> None:
        self.seen.append(done)
        if done == self.stop_at:
            raise Cancelled


def content() -> list[tuple[Any, ...]]:
    columns = [c for c in Expectation.__table__.c if c.name not in ("id", "refreshed_at")]
    return sorted(map(repr, db.session.execute(select(*columns)).all()))


def asked() -> int:
    with transaction():
        row = Rebuild(started_at=NOW, started_by="x", why="", last_cohort_id=0, done=0, changed=0)
        db.session.add(row)
    return row.id


@pytest.fixture
def house(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """Five cohorts up to date, rebuilt two by two."""
    monkeypatch.setattr(module, "BATCH", 2)
    ProviderFactory()
    with clock.frozen(NOW):
        for trainees in (1, 2, 0, 3, 1):
            refresh_cohort(cohort_with(trainees=trainees))
        refresh_everything_else()
    return content()


def test_it_finds_again_what_acts_had_written(house: list[tuple[Any, ...]]) -> None:
    with clock.frozen(NOW):
        key = asked()
        rebuild(Watched(), key)
        assert db.session.get_one(Rebuild, key).changed == 0
        with transaction():
            db.session.execute(delete(Expectation).where(Expectation.id % 3 == 0))
            db.session.execute(update(Expectation).values(sentence="Autre chose."))
        rebuild(Watched(), asked())
    assert content() == house


def test_it_goes_on_from_where_it_stopped(house: list[tuple[Any, ...]]) -> None:
    with clock.frozen(NOW):
        with transaction():
            db.session.execute(delete(Expectation))
        key, first, second = asked(), Watched(stop_at=4), Watched()
        with pytest.raises(Cancelled):
            rebuild(first, key)
        assert db.session.get_one(Rebuild, key).finished_at is None
        rebuild(second, key)
    assert (first.seen, second.seen) == ([2, 4], [5])
    assert content() == house
    assert db.session.get_one(Rebuild, key).finished_at is not None


def test_it_is_a_job_with_progress(house: list[tuple[Any, ...]]) -> None:
    with clock.frozen(NOW):
        job = start_rebuild(why="Un délai a changé.", by=SYSTEM, at=NOW)
    key = job.id
    db.session.remove()  # the job works in a session of its own
    done = db.session.get_one(Job, key)
    assert done.state == jobs.JobState.DONE
    assert (done.total, done.done) == (5, 5)


def test_a_batch_costs_the_same_whatever_the_cohorts(house: list[tuple[Any, ...]]) -> None:
    with clock.frozen(NOW), counted() as few:
        rebuild(Watched(), asked())
    with clock.frozen(NOW), pytest.MonkeyPatch.context() as patch, counted() as many:
        patch.setattr(module, "BATCH", 5)
        rebuild(Watched(), asked())
    assert len(many) < len(few)


def test_other_rules_have_everything_worked_out_again_once(
    house: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after an upgrade: the rows are there, written by other rules, or none ever was."""
    with clock.frozen(NOW):
        with transaction():
            db.session.execute(delete(Expectation).where(Expectation.id % 2 == 0))
            db.session.execute(update(Expectation).values(sentence="Ancienne phrase."))
        assert rebuild_if_rules_changed(NOW) is not None
        db.session.remove()
        assert content() == house
        assert rebuild_if_rules_changed(NOW) is None
        monkeypatch.setattr(module, "rules_in_use", lambda: "autres")
        assert rebuild_if_rules_changed(NOW) is not None
        db.session.remove()
        assert rebuild_if_rules_changed(NOW) is None


def test_it_is_not_asked_twice_nor_of_an_empty_house(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rebuild_if_rules_changed(NOW) is None
    ProviderFactory()
    forget_provider()
    monkeypatch.setattr(jobs, "enqueue", lambda *_: None)  # it waits for a worker
    assert rebuild_if_rules_changed(NOW) is not None
    assert rebuild_if_rules_changed(NOW) is None


def test_the_mark_follows_what_the_organisation_chooses(app: Flask) -> None:
    row = ProviderFactory()
    before = rules_in_use()
    with transaction():
        row.practices = {"values": {"x": []}}
    forget_provider()
    assert rules_in_use() != before


def test_the_worker_looks_at_it_when_it_starts(app: Flask) -> None:
    ProviderFactory()
    jobs.do_starts(app)
    db.session.remove()
    assert db.session.scalar(select(Rebuild.rules)) == rules_in_use()
