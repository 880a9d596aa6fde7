"""Rebuilding every expectation, after a change of data: long work that goes on where it stopped."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock, jobs
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.jobs import Job, Progress
from admin_app.core.transaction import act, locked, transaction
from admin_app.coverage.models import Rebuild
from admin_app.coverage.operations.editions import Editions, editions_now
from admin_app.coverage.operations.refreshing import refresh_everything_else, write_cohorts

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


@jobs.kind(KIND)
def rebuild(progress: Progress, rebuild_id: int) -> None:
    """Do it, batch by batch, from the last cohort done: stopping it loses nothing."""
    total = db.session.scalar(select(func.count(Cohort.id))) or 0
    done = db.session.get_one(Rebuild, rebuild_id).done
    progress.start(total)
    editions = editions_now()
    with _undisturbed():
        while count := _batch(rebuild_id, editions):
            done += count
            progress.advance(done, f"{done} sessions sur {total}")
    with transaction():
        refresh_everything_else()
        db.session.get_one(Rebuild, rebuild_id).finished_at = clock.now()


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
