"""How much waits for the reader on a page, said beside its entry in the navigation.

A room tells what waits on one of its pages; those that the reader may open are counted together,
with one statement a page, whatever the rooms.
"""

from typing import Any

from flask import Flask, current_app, g
from sqlalchemy import Select, func, select

from admin_app.core.access import may_open
from admin_app.core.database import read
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
    pages = tuple(name for name in current_app.extensions.get(KEY, {}) if may_open(name))
    if not pages:
        return {}
    built: dict[Any, Any] = current_app.extensions.setdefault(f"{KEY}.statements", {})
    if pages not in built:  # once for all who may open the same pages
        built[pages] = _statement(pages)
    return dict(zip(pages, read(built[pages]).one(), strict=True))


def _statement(pages: tuple[str, ...]) -> Any:
    told = current_app.extensions[KEY]
    return select(*(sum(map(_number, told[name][1:]), _number(told[name][0])) for name in pages))


def _number(which: Keys) -> Any:
    some = which.limit(MOST_COUNTED + 1).subquery()
    return select(func.count()).select_from(some).scalar_subquery()
