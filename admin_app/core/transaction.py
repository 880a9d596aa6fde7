"""One act, one transaction: everything it writes is there, or nothing is.

The only `commit` of the house. What an act touched (a cohort, the provider) is brought up to
date before the commit, by whoever registered for it in `create_app`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Flask, current_app

from admin_app.core.database import db, writing

P = ParamSpec("P")
R = TypeVar("R")


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
    touched: Touched = field(default_factory=Touched)
    afterwards: list[Callable[[], None]] = field(default_factory=list)


_current: ContextVar[_Act | None] = ContextVar("current_act", default=None)


@contextmanager
def transaction() -> Iterator[None]:
    """Write all that happens inside together. Inside another one, joins it."""
    if _current.get() is not None:
        yield
        return
    act = _Act()
    act_token, writing_token = _current.set(act), _start_writing()
    try:
        try:
            yield
            db.session.flush()
            _refresh(act)
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
    finally:
        _current.reset(act_token)
        writing.reset(writing_token)
    for callback in act.afterwards:
        callback()


def act(operation: Callable[P, R]) -> Callable[P, R]:
    """Make a function an act: it is written whole, or not at all."""

    @wraps(operation)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        with transaction():
            return operation(*args, **kwargs)

    return inner


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


def _start_writing() -> Token[bool]:
    session = db.session()
    untouched = not (session.new or session.dirty or session.deleted)
    if session.in_transaction() and untouched and not writing.get():
        session.commit()  # ends a mere reading, so that the write lock is taken from the start
    return writing.set(True)


def _refresh(act: _Act) -> None:
    if not act.touched:
        return
    for refresher in current_app.extensions.get("liasse.refreshers", ()):
        refresher(act.touched)
    db.session.flush()
