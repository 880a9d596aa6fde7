"""Extensions that arrive when they are first named: what no page needs must not slow the start."""

from collections.abc import Callable
from threading import RLock
from typing import Any

from flask import Flask

Maker = Callable[[], Any]


class Late(dict[str, Any]):
    """The extensions of an application, some of which are still to be made."""

    def __init__(self, known: dict[str, Any]) -> None:
        super().__init__(known)
        self.makers: dict[str, Maker] = {}
        self._lock = RLock()

    def __missing__(self, name: str) -> Any:
        if name not in self.makers:
            raise KeyError(name)
        with self._lock:  # two requests may name it at once
            if name not in self:
                self[name] = self.makers[name]()
        return self[name]


def init_late(app: Flask) -> None:
    """Let extensions arrive late. The first thing to do with an application."""
    app.extensions = Late(app.extensions)


def later(app: Flask, name: str, make: Maker) -> None:
    """Have `app.extensions[name]` made when it is first asked for, once."""
    assert isinstance(app.extensions, Late)
    app.extensions.makers[name] = make
