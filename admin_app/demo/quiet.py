"""While a year is lived again: no message leaves, and jobs are done on the spot."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

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
