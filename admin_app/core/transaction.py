"""One act, one transaction: everything it writes is there, or nothing is.

The only `commit` of the house. What an act touched (a cohort, the provider) is brought up to
date before the commit, by whoever registered for it in `create_app`. When the database finds that
someone else was first, the act is refused: pages, commands and jobs say it as any refusal.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, ParamSpec, TypeVar

import structlog
from flask import Flask, current_app
from sqlalchemy import Select

from admin_app.core.conflicts import overtaken_by
from admin_app.core.database import Row, db, writing
from admin_app.core.locks import hold, hold_all

log = structlog.get_logger(__name__)
P = ParamSpec("P")
R = TypeVar("R")
Held = TypeVar("Held", bound=Row)


@dataclass(slots=True)
class Touched:
    """What an act touched: cohorts by key, the organisation, and things shared by cohorts."""

    cohorts: set[int] = field(default_factory=set)
    scopes: set[tuple[str, int]] = field(default_factory=set)
    provider: bool = False

    def __bool__(self) -> bool:
        return bool(self.cohorts or self.scopes or self.provider)


Refresher = Callable[[Touched], None]


@dataclass(slots=True)
class _Act:
    name: str = ""
    held: set[Any] = field(default_factory=set)
    touched: Touched = field(default_factory=Touched)
    afterwards: list[Callable[[], None]] = field(default_factory=list)


_current: ContextVar[_Act | None] = ContextVar("current_act", default=None)


@contextmanager
def transaction(name: str = "", *, forgets: bool = False) -> Iterator[None]:
    """Write all that happens inside together. Inside another one, joins it.

    Args:
        name: of the act, for the log.
        forgets: what was read before is read again, as others may have written since.

    Raises:
        Overtaken: someone else was first; nothing is written.
    """
    if _current.get() is not None:
        yield
        return
    act = _Act(name)
    act_token, writing_token = _current.set(act), _start_writing(forgets)
    try:
        try:
            yield
            db.session.flush()
            _refresh(act)
            db.session.commit()
        except BaseException as error:
            db.session.rollback()
            overtaken = overtaken_by(error)
            if overtaken is None:
                raise
            log.warning("act.overtaken", act=name, error=_first_line(error))
            raise overtaken from error
    finally:
        _current.reset(act_token)
        writing.reset(writing_token)
    for callback in act.afterwards:
        callback()


def act(operation: Callable[P, R]) -> Callable[P, R]:
    """Make a function an act: it is written whole, or not at all.

    The rows that it is given are locked and read again before it begins, so that what it checks
    stays true while it writes: of two people who do the same thing, the second is refused.
    """

    @wraps(operation)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction(_name(operation), forgets=True):
            for given in (*args, *kwargs.values()):
                if isinstance(given, Row):
                    locked(given)
            return operation(*args, **kwargs)

    return inner


def act_beside(operation: Callable[P, R]) -> Callable[P, R]:
    """Make a function an act that only adds something beside the rows that it is given.

    They are not held, so that a whole room can do it at once: each of its writings must bear it.
    """

    @wraps(operation)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction(_name(operation)):
            return operation(*args, **kwargs)

    return inner


def locked(row: Held) -> Held:
    """Hold a row until the act is over: as it is written now, and nobody changes it meanwhile.

    For a row that the act finds by itself, before it checks where it stands.

    Raises:
        Overtaken: it is gone.
    """
    hold(row, _running().held)
    return row


def all_locked(statement: Select[Held]) -> Sequence[Held]:
    """Hold the rows that a statement gives, in its order: as they are written now.

    Those that no longer answer it once we have waited for them are left out.
    """
    return hold_all(statement, _running().held)


def touch_cohort(cohort_id: int | None) -> None:
    """Say that what is expected of, or proved for, this cohort has changed."""
    if cohort_id is not None:
        _running().touched.cohorts.add(cohort_id)


def touch_provider() -> None:
    """Say that what is expected of, or proved for, the organisation itself has changed."""
    _running().touched.provider = True


def touch_scope(kind: str, key: int) -> None:
    """Say that what is proved of something that cohorts share (a trainer…) has changed."""
    _running().touched.scopes.add((kind, key))


def after_commit(callback: Callable[[], None]) -> None:
    """Run this once the act is safely written. Give it keys, not rows."""
    _running().afterwards.append(callback)


def register_refresher(app: Flask, refresher: Refresher) -> None:
    """Have `refresher(touched)` called before each commit of an act that touched something."""
    app.extensions.setdefault("liasse.refreshers", []).append(refresher)


def _running() -> _Act:
    running = _current.get()
    if running is None:
        raise RuntimeError("this must be called within an act")
    return running


def _name(operation: Callable[..., object]) -> str:
    return f"{operation.__module__}.{operation.__qualname__}"


def _first_line(error: BaseException) -> str:
    """What happened, without the values that PostgreSQL tells in the lines below."""
    return str(getattr(error, "orig", error)).partition("\n")[0]


def _start_writing(forgets: bool) -> Token[bool]:
    session = db.session()
    untouched = not (session.new or session.dirty or session.deleted)
    reading = session.in_transaction() and not writing.get()
    if untouched and reading:
        session.commit()  # ends a mere reading, so that the write lock is taken from the start
    if forgets and untouched and (reading or db.engine.dialect.name != "sqlite"):
        session.expire_all()  # on SQLite, a request that writes holds the one lock from its start
    return writing.set(True)


def _refresh(act: _Act) -> None:
    if not act.touched:
        return
    for refresher in current_app.extensions.get("liasse.refreshers", ()):
        refresher(act.touched)
    db.session.flush()
