"""While a year is lived again: no message leaves, jobs are done on the spot, the disk follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from admin_app.core.database import db
from admin_app.core.jobs import queue


@contextmanager
def no_post(app: Flask) -> Iterator[None]:
    """Within this block messages are written and marked as sent, and go nowhere.

    Neither the mail server nor the outbox of the instance is touched.
    """
    mailman = app.extensions["mailman"]
    usual, mailman.backend = mailman.backend, "dummy"
    try:
        yield
    finally:
        mailman.backend = usual


@contextmanager
def jobs_at_once(app: Flask) -> Iterator[None]:
    """Within this block a job is done by whoever asks for it, as soon as the act is written."""
    with app.app_context():
        tasks = queue()
    usual, tasks.immediate = tasks.immediate, True
    try:
        yield
    finally:
        tasks.immediate = usual


@contextmanager
def disk_later(app: Flask) -> Iterator[None]:
    """Within this block SQLite does not wait for the disk at each act.

    A power cut would spoil the file; it is being made, and would be made again.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "sqlite":
        yield
        return
    event.listen(engine, "connect", _hurry)
    engine.dispose()
    try:
        yield
    finally:
        event.remove(engine, "connect", _hurry)
        engine.dispose()


def _hurry(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA synchronous=OFF")
