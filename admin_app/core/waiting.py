"""How much waits for the reader on a page, said beside its entry in the navigation.

A room tells what waits on one of its pages; those that the reader may open are counted together,
with one statement a page, whatever the rooms.
"""

from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Select, func, select

from admin_app.core.access import may_open
from admin_app.core.database import db
from admin_app.core.formatting import MOST_COUNTED

KEY = "liasse.waiting"
Keys = Select[int]


def show_waiting(app: Flask, endpoint: str, *which: Keys) -> None:
    """Say how many rows wait on that page (from a room's `init_room`).

    Args:
        which: statements that give the key of each row that waits; their numbers add up.
    """
    app.extensions.setdefault(KEY, {})[endpoint] = which


def waiting() -> dict[str, int]:
    """How much waits, by page, for whoever reads (pages only); counted once a request."""
    found: dict[str, int] | None = g.get("waiting")
    if found is None:
        found = g.waiting = _counted()
    return found


def _counted() -> dict[str, int]:
    pages = {
        endpoint: which
        for endpoint, which in current_app.extensions.get(KEY, {}).items()
        if may_open(endpoint)
    }
    if not pages:
        return {}
    numbers = [sum(map(_number, which[1:]), _number(which[0])) for which in pages.values()]
    return dict(zip(pages, db.session.execute(select(*numbers)).one(), strict=True))


def _number(which: Keys) -> Any:
    some = which.limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
