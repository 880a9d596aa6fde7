"""Long work: a row of ours that shows its progress, done by a worker after the commit.

The queue stands outside the transaction, so the row is the truth: it is enqueued once the act is
written, and a sweep picks up what the queue has lost.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import structlog
from flask import Flask, current_app
from sqlalchemy import String, select, update
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import Row, db
from admin_app.core.errors import Refused
from admin_app.core.late import later
from admin_app.core.transaction import act, after_commit, transaction

if TYPE_CHECKING:
    from huey import Huey

log = structlog.get_logger(__name__)
STALE_AFTER = timedelta(minutes=5)
BEAT_EVERY = timedelta(minutes=1)  # a step may last longer than `STALE_AFTER`
Work = Callable[..., None]
_kinds: dict[str, Work] = {}


class JobState(StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(Row):
    """A piece of long work and how far it is."""

    __tablename__ = "job"

    kind: Mapped[str] = mapped_column(String(60))
    label: Mapped[str] = mapped_column(String(200))
    arguments: Mapped[dict[str, Any]]
    started_by: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(20), default=JobState.QUEUED.value, index=True)
    total: Mapped[int | None]
    done: Mapped[int] = mapped_column(default=0)
    message: Mapped[str] = mapped_column(String(500), default="")
    back_url: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime]
    beat_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]

    @property
    def percent(self) -> int:
        """How far it is, in whole per cent."""
        if self.state == JobState.DONE:
            return 100
        return min(100, 100 * self.done // self.total) if self.total else 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class Cancelled(Exception):
    """Someone asked the job to stop; what was done stays done."""


class Progress:
    """What a job tells of itself while it works."""

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id

    def start(self, total: int) -> None:
        """Say how many steps there will be."""
        self._write(total=total, done=0)

    def advance(self, done: int, message: str = "") -> None:
        """Say how many steps are done.

        Raises:
            Cancelled: someone asked the job to stop.
        """
        self._write(done=done, message=message)
        state = db.session.scalar(select(Job.state).where(Job.id == self.job_id))
        if state == JobState.CANCELLED:
            raise Cancelled

    def _write(self, **values: Any) -> None:
        with transaction():
            db.session.execute(
                update(Job).where(Job.id == self.job_id).values(beat_at=clock.now(), **values)
            )


def kind(name: str) -> Callable[[Work], Work]:
    """Register the work of a kind of job: `fn(progress, **arguments)`. It must bear re-running."""

    def register(work: Work) -> Work:
        _kinds[name] = work
        return work

    return register


@act
def start(
    name: str, *, label: str, by: Actor, at: datetime, back_url: str = "", **arguments: Any
) -> Job:
    """Ask for a long piece of work; it begins once the act around it is written.

    Args:
        label: what it is, in French, for whoever watches.
        back_url: the page to go back to when it is over.
    """
    job = Job(
        kind=name,
        label=label,
        arguments=arguments,
        started_by=by.label,
        state=JobState.QUEUED.value,
        done=0,
        message="",
        back_url=back_url,
        created_at=at,
        beat_at=clock.now(),
    )
    db.session.add(job)
    db.session.flush()
    job_id = job.id
    after_commit(lambda: enqueue("run_job", job_id))
    return job


@act
def cancel(job: Job, *, at: datetime) -> None:
    """Ask a job to stop at its next step.

    Raises:
        Refused: it is over already.
    """
    stopped = db.session.execute(
        update(Job)
        .where(Job.id == job.id, Job.state.in_((JobState.QUEUED.value, JobState.RUNNING.value)))
        .values(state=JobState.CANCELLED.value, finished_at=at)
    )
    db.session.refresh(job)
    if stopped.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("Ce travail est déjà terminé.")


def enqueue(task: str, *arguments: Any) -> None:
    """Hand a task to the queue of this installation."""
    queue()
    current_app.extensions["liasse.tasks"][task](*arguments)


def queue() -> "Huey":
    """The queue of this installation; it is opened when it is first asked for."""
    return current_app.extensions["liasse.huey"]


def init_jobs(app: Flask) -> None:
    """Say how the queue that the settings name is opened, and what is done with it."""
    app.extensions["liasse.works"] = {}
    app.extensions["liasse.sweeps"] = {"run_job": _lost_jobs}
    later(app, "liasse.huey", lambda: _opened(app))
    add_task(app, "run_job", _run)


def add_task(app: Flask, name: str, work: Callable[..., None]) -> None:
    """Declare a task that the worker can do. To be done while the application is built."""

    def run(*arguments: Any) -> None:
        with app.app_context():
            work(*arguments)

    app.extensions["liasse.works"][name] = run


def _opened(app: Flask) -> "Huey":
    from huey import crontab

    huey = _open_queue(app)
    works: dict[str, Work] = app.extensions["liasse.works"]
    app.extensions["liasse.tasks"] = {
        name: huey.task(name=name)(run) for name, run in works.items()
    }

    @huey.periodic_task(crontab(minute="*"), name="sweep")  # type: ignore[untyped-decorator]
    def sweep() -> None:
        with app.app_context():
            do_sweeps(app)

    @huey.periodic_task(crontab(minute="*/20"), name="rounds")  # type: ignore[untyped-decorator]
    def rounds() -> None:
        with app.app_context():
            do_rounds(app)

    return huey


@contextmanager
def apart(what: str, **where: Any) -> Iterator[None]:
    """Do a part of what is done by itself: if it fails, that is logged, and stops no other."""
    try:
        yield
    except Exception as error:
        db.session.rollback()
        log.exception("round.failed", what=what, error=type(error).__name__, **where)


def do_sweeps(app: Flask) -> None:
    """Hand to the queue again what it has lost."""
    for task, keys in app.extensions["liasse.sweeps"].items():
        with apart(f"sweep {task}"):
            for key in keys():
                with apart(f"sweep {task}", key=key):
                    enqueue(task, key)


def do_rounds(app: Flask) -> None:
    """Do what each room does by itself."""
    for do_round in app.extensions.get("liasse.rounds", ()):
        with apart(getattr(do_round, "__qualname__", repr(do_round))):
            do_round()


def do_starts(app: Flask) -> None:
    """Do what each room does once a worker starts, before any work."""
    for do_start in app.extensions.get("liasse.starts", ()):
        with apart(getattr(do_start, "__qualname__", repr(do_start))):
            do_start()


def _open_queue(app: Flask) -> "Huey":
    from huey import RedisHuey, SqliteHuey  # with its drivers, a tenth of a cold start

    settings = app.config["SETTINGS"]
    immediate = bool(app.config.get("JOBS_IMMEDIATE"))
    if settings.queue_url.startswith("redis"):
        return RedisHuey("liasse", url=settings.queue_url, immediate=immediate)
    path = settings.queue_url.removeprefix("sqlite:///") or str(settings.instance / "queue.sqlite")
    return SqliteHuey("liasse", filename=path, immediate=immediate)


def _lost_jobs() -> list[int]:
    """Jobs that wait or have gone silent for long: the queue or their worker has lost them."""
    before = clock.now() - STALE_AFTER
    waiting = (JobState.QUEUED.value, JobState.RUNNING.value)
    with transaction():
        lost = list(
            db.session.scalars(select(Job.id).where(Job.state.in_(waiting), Job.beat_at < before))
        )
        db.session.execute(
            update(Job)
            .where(Job.id.in_(lost))
            .values(state=JobState.QUEUED.value, beat_at=clock.now())
        )
    return lost


def _run(job_id: int) -> None:
    with transaction():
        taken = db.session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == JobState.QUEUED.value)
            .values(state=JobState.RUNNING.value, beat_at=clock.now())
        )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return  # someone else does it, or it was cancelled
    job = db.session.get_one(Job, job_id, populate_existing=True)
    try:
        with _beating(job_id):
            _kinds[job.kind](Progress(job_id), **job.arguments)
    except Cancelled:
        return
    except Refused as refused:
        _finish(job_id, JobState.FAILED, refused.message)
    except Exception as error:
        db.session.rollback()
        log.exception("job.failed", job=job_id, kind=job.kind, error=type(error).__name__)
        _finish(job_id, JobState.FAILED, "Ce travail s’est arrêté sur une erreur. Relancez-le.")
    else:
        _finish(job_id, JobState.DONE, "")


@contextmanager
def _beating(job_id: int) -> Iterator[None]:
    """Say every minute that the job lives, for as long as its worker does."""
    app, over = current_app._get_current_object(), threading.Event()  # type: ignore[attr-defined]

    def beat() -> None:
        while not over.wait(BEAT_EVERY.total_seconds()):
            with app.app_context(), apart("beat", job=job_id):
                Progress(job_id)._write()

    thread = threading.Thread(target=beat, name=f"job-{job_id}", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _finish(job_id: int, state: JobState, message: str) -> None:
    values: dict[str, Any] = {"state": state.value, "finished_at": clock.now()}
    if message:
        values["message"] = message
    with transaction():
        db.session.execute(
            update(Job)
            .where(Job.id == job_id, Job.state == JobState.RUNNING.value)
            .values(**values)
        )
