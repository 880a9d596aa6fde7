"""Every way that a page offers, and whether whoever reads the page may take it."""

import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from functools import lru_cache
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask, Response, current_app, g, request
from flask.testing import FlaskClient
from flask_login import current_user
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import RequestRedirect

from admin_app.core.access import Permission, declared_access
from admin_app.core.access.rules import Linked, Open

TAG = re.compile(r"<(a|form|button|img|iframe|embed|object|source|div|tr|section)\b([^>]*)>")
ATTRIBUTE = re.compile(r'\s(href|action|formaction|method|src|data|hx-get|hx-post)="([^"]*)"')
HERE = frozenset({"", "localhost", "127.0.0.1:8000", "demo.example.org"})
FILES = ("/static/", "/bootstrap/")
WAY_OUT = "accounts_public.sign_out"
Way = tuple[str, str]  # method and address


def ways_of(html: str, base: str) -> Iterator[Way]:
    """Every internal address that a page offers, with the method it is asked by."""
    for tag, words in TAG.findall(html):
        found = {name: unescape(value) for name, value in ATTRIBUTE.findall(f" {words}")}
        method = found.pop("method", "get").upper()
        if tag == "form":
            found.setdefault("action", base)
        for name, value in found.items():
            asked = method if name == "action" else "POST" if "post" in name else "GET"
            asked = "POST" if name == "formaction" else asked
            parts = urlsplit(urljoin(base, value))
            if parts.scheme not in {"", "http", "https"} or parts.netloc not in HERE:
                continue
            if not value.startswith("#") and not parts.path.startswith(FILES):
                yield asked, parts.path + (f"?{parts.query}" if parts.query else "")


def endpoint_of(app: Flask, way: Way) -> str | None:
    """The page at that address, None when there is none."""
    method, address = way
    return _endpoint(app, method, urlsplit(address).path)


@lru_cache(maxsize=50_000)  # every page has the same menu
def _endpoint(app: Flask, method: str, path: str) -> str | None:
    try:
        endpoint, _ = app.url_map.bind("localhost").match(path, method=method)
    except (NotFound, MethodNotAllowed):
        return None
    except RequestRedirect:
        return "redirected"
    return str(endpoint)


def closed_ways(html: str) -> list[str]:
    """What a page offers to whoever made this request, and that they may not open."""
    offered = set(ways_of(html, request.full_path.rstrip("?")))
    return sorted(f"{way[0]} {way[1]}" for way in offered if not _is_open(way))


def _is_open(way: Way) -> bool:
    endpoint = endpoint_of(current_app, way)
    if endpoint == "redirected":
        return True
    access = declared_access(current_app, endpoint or "")
    if access is None:
        return False
    if isinstance(access, Linked):  # another person's link is theirs to open
        link = g.get("link")
        own = request.view_args and f"/{request.view_args.get('token')}/" in way[1]
        return not own or link is None or link.purpose in access.purposes
    if access is Open.PUBLIC:
        return True
    reader = g.get("_login_user")
    if reader is None or not current_user.is_authenticated:
        return False
    return not isinstance(access, Permission) or access in current_user.permissions


def look_at(response: Response) -> Response:
    """Refuse, in every test, a page that offers its reader a closed door, or sends them to one."""
    if response.mimetype == "text/html" and not response.is_streamed:
        closed = closed_ways(response.get_data(as_text=True))
        assert closed == [], f"{request.full_path} offers closed doors: {closed}"
    return response


def crawl(
    app: Flask,
    client: FlaskClient,
    start: str,
    most: int,
    shown: Callable[[str, str], None] = lambda html, address: None,
) -> list[str]:
    """Follow every way that pages offer; what does not answer as it should.

    Args:
        start: where the reader arrives.
        most: how many addresses of each kind are opened (a kind: page and names of its query).
        shown: called with each page, and its address.
    """
    todo, seen, kinds = deque([(start, "")]), {start}, Counter[str]()
    wrong = []
    while todo:
        address, where = todo.popleft()
        kind = f"{endpoint_of(app, ('GET', address))} {_names(address)}"
        kinds[kind] += 1
        if kinds[kind] > most or kind.startswith(WAY_OUT):
            continue
        reply = client.get(address)
        if reply.mimetype == "text/html":
            shown(reply.get_data(as_text=True), address)
        if reply.status_code >= 400:
            wrong.append(f"{reply.status_code} {address} (from {where})")
        for found in _onwards(reply, address):
            if found not in seen:
                seen.add(found)
                todo.append((found, address))
    return wrong


def _onwards(reply: object, address: str) -> Iterator[str]:
    if reply.status_code in {301, 302, 303}:  # type: ignore[attr-defined]
        yield from (way for _, way in ways_of(f'<a href="{reply.location}">', address))  # type: ignore[attr-defined]
    elif reply.mimetype == "text/html":  # type: ignore[attr-defined]
        page = reply.get_data(as_text=True)  # type: ignore[attr-defined]
        yield from (way for method, way in ways_of(page, address) if method == "GET")


def _names(address: str) -> str:
    return " ".join(sorted(part.partition("=")[0] for part in urlsplit(address).query.split("&")))
