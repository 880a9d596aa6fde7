"""What the reader may open: a page shows no way to a door that is closed to them."""

from typing import Any

from flask import Flask, current_app, g, url_for
from flask_login import current_user
from werkzeug.exceptions import HTTPException

from admin_app.core.access.permissions import Permission
from admin_app.core.access.rules import Access, Linked, Open

OPEN_BY_NATURE = frozenset({"static"})


def init_ways(app: Flask) -> None:
    """Give `may_open("room_actor.page")`, `way_to` and `way_through` to every template."""
    app.jinja_env.globals.update(may_open=may_open, way_to=way_to, way_through=way_through)


def may_open(endpoint: str) -> bool:
    """Whether the reader may open that page, by what it declares (pages only).

    False too for a page that does not exist. Whose record it is, is asked by the page itself.
    """
    access = declared_access(current_app, endpoint)
    return access is not None and is_open(access)


def way_to(endpoint: str, **values: Any) -> str | None:
    """The address of that page; None when the reader may not open it (pages only).

    The components show no button, no tab and no link where the address is None.
    """
    return url_for(endpoint, **values) if may_open(endpoint) else None


def way_through(address: str | None) -> str | None:
    """An address of ours that was kept; None when the reader may not open its page (pages only)."""
    try:
        endpoint, _ = current_app.url_map.bind("localhost").match((address or "").partition("?")[0])
    except HTTPException:  # no page of ours, or not any more
        return None
    return address if may_open(str(endpoint)) else None


def is_open(access: Access) -> bool:
    """Whether what a page declares lets the reader in (pages only)."""
    if access is Open.PUBLIC:
        return True
    if isinstance(access, Linked):
        link = g.get("link")
        return link is not None and link.purpose in access.purposes
    reader: Any = current_user._get_current_object()  # once: a page asks dozens of times
    if not reader.is_authenticated:
        return False
    return not isinstance(access, Permission) or access in reader.permissions


def declared_access(app: Flask, endpoint: str) -> Access | None:
    """What the page declares, or None when it forgot to."""
    if endpoint in OPEN_BY_NATURE:
        return Open.PUBLIC
    return getattr(app.view_functions.get(endpoint), "access", None)
