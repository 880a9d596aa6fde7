"""Rebuilding every expectation, after a change of data: long work that goes on where it stopped."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock, jobs
from admin_app.core.actor import SYSTEM, Actor
from admin_app.core.database import db
from admin_app.core.jobs import Job, JobState, Progress
from admin_app.core.transaction import act, locked, transaction
from admin_app.coverage.models import Rebuild
from admin_app.coverage.operations.editions import Editions, editions_now
from admin_app.coverage.operations.refreshing import refresh_everything_else, write_cohorts
from admin_app.coverage.operations.rules import rules_in_use
from admin_app.organisation.queries import provider

KIND = "rebuild-expectations"
BATCH = 40
_COLUMNS = tuple(Cohort.__table__.c)


@act
def start_rebuild(*, why: str, by: Actor, at: datetime, back_url: str = "") -> Job:
    """Ask for every expectation to be worked out again; it begins once the act is written.

    Args:
        why: what changed, in French, for whoever watches.
    """
    row = Rebuild(started_at=at, started_by=by.label, why=why, last_cohort_id=0, done=0, changed=0)
    db.session.add(row)
    db.session.flush()
    label = "Nouveau calcul de tout ce qui est attendu"
    return jobs.start(KIND, label=label, by=by, at=at, back_url=back_url, rebuild_id=row.id)


@act
def rebuild_if_rules_changed(at: datetime) -> Job | None:
    """Ask for it when the rows were worked out with other rules: an upgrade, a text added.

    Nothing is asked while such work waits or is under way, nor of a house that has no row yet and
    nothing to expect.
    """
    if _is_under_way() or _last_rules() == rules_in_use() or not _has_something():
        return None
    why = "Les règles, les textes ou les réglages ont changé."
    return start_rebuild(why=why, by=SYSTEM, at=at)


def rebuild_when_needed() -> None:
    """What the worker does when it starts, and at each round."""
    rebuild_if_rules_changed(clock.now())


def _is_under_way() -> bool:
    waiting = (JobState.QUEUED.value, JobState.RUNNING.value)
    found = select(Job.id).where(Job.kind == KIND, Job.state.in_(waiting)).limit(1)
    return db.session.scalar(found) is not None


def _last_rules() -> str | None:
    done = select(Rebuild.rules).where(Rebuild.finished_at.is_not(None))
    return db.session.scalar(done.order_by(Rebuild.id.desc()).limit(1))


def _has_something() -> bool:
    return provider() is not None or db.session.scalar(select(Cohort.id).limit(1)) is not None


@jobs.kind(KIND)
def rebuild(progress: Progress, rebuild_id: int) -> None:
    """Do it, batch by batch, from the last cohort done: stopping it loses nothing."""
    total = db.session.scalar(select(func.count(Cohort.id))) or 0
    done = db.session.get_one(Rebuild, rebuild_id).done
    progress.start(total)
    editions, rules = editions_now(), rules_in_use()
    with _undisturbed():
        while count := _batch(rebuild_id, editions):
            done += count
            progress.advance(done, f"{done} sessions sur {total}")
    with transaction():
        refresh_everything_else()
        row = db.session.get_one(Rebuild, rebuild_id)
        row.finished_at, row.rules = clock.now(), rules


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without looking again and again through what was there before for things to forget: each
    batch makes tens of thousands of short-lived facts, and a quarter of the time went there."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@act
def _batch(rebuild_id: int, editions: Editions) -> int:
    """The next cohorts: how many; zero when none is left."""
    row = locked(db.session.get_one(Rebuild, rebuild_id))
    cohorts = db.session.execute(
        select(*_COLUMNS).where(Cohort.id > row.last_cohort_id).order_by(Cohort.id).limit(BATCH)
    ).all()
    if not cohorts:
        return 0
    row.changed += write_cohorts(cohorts, editions).rows
    row.done += len(cohorts)
    row.last_cohort_id = cohorts[-1].id
    return len(cohorts)
