"""Several people at once, as on several processes: each has read before the first one writes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Barrier
from typing import Any

from flask import Flask

from admin_app.core.database import db
from admin_app.core.errors import Refused

Try = tuple[Callable[[], Any], Callable[[Any], Any]]


def at_once(app: Flask, *tries: Try) -> list[str]:
    """What each is told: « done », or why it is refused. Any other error is a failure.

    Args:
        tries: what each reads first, and what it does with that once everyone has read.
    """
    db.session.rollback()
    all_have_read = Barrier(len(tries))

    def one(read: Callable[[], Any], do: Callable[[Any], Any]) -> str:
        with app.app_context():
            try:
                found = read()
                all_have_read.wait(timeout=20)
                do(found)
            except Refused as refused:
                return refused.message
            finally:
                db.session.remove()
        return "done"

    with ThreadPoolExecutor(len(tries)) as threads:
        runs = [threads.submit(copy_context().run, one, *pair) for pair in tries]
        told = [run.result() for run in runs]
    db.session.expire_all()
    return told


def twice(app: Flask, read: Callable[[], Any], do: Callable[[Any], Any]) -> str:
    """The same thing done by two people at once: why the second is refused, the first was done."""
    told = at_once(app, (read, do), (read, do))
    assert sorted(one == "done" for one in told) == [False, True], told
    return next(one for one in told if one != "done")
