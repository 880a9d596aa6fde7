"""What a page costs the processor, in one process: figures that a busy machine hardly moves.

    .venv/bin/python -m benchmarks.work [--keep DOSSIER] [--only PAGE…] [--times 60]

Each page is asked of the application itself, without a server, in turns with the floor. The least
time of many visits is what the work takes when nobody disturbs it; calls are counted apart.
"""

import argparse
import gc
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from benchmarks.data.house import PASS_PHRASE
from benchmarks.doors import FLOOR, SIGN_IN
from benchmarks.figures import machine, say
from benchmarks.instance import Instance, instance
from benchmarks.pages import Address, addresses
from benchmarks.signing_in import TOKEN
from benchmarks.sizes import SIZES

BROWSER = {"Accept": "text/html", "Accept-Encoding": "gzip, br", "User-Agent": "liasse-bench"}
WARM = 5
LEAST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Work:
    """The least processor time of one answer, in seconds, and how many calls it took."""

    seconds: float
    calls: int


def main() -> None:
    """Measure each page against the floor."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--keep", type=Path, metavar="DOSSIER")
    parser.add_argument("--size", default="small", choices=SIZES)
    parser.add_argument("--only", nargs="*", default=())
    parser.add_argument("--times", type=int, default=60)
    options = parser.parse_args()
    with instance(SIZES[options.size], "sqlite", options.keep) as made:
        floor = _floor(made)
        app = made.application()
        pages = addresses(app, made.targets, options.only)
        _measure(app, floor, pages, options.times)


def _floor(made: Instance) -> Flask:
    os.environ["LIASSE_INSTANCE"] = str(made.folder)
    os.environ.pop("LIASSE_DATABASE_URL", None)
    from benchmarks.floor import app  # reads its settings as it is imported

    return app


def _measure(app: Flask, floor: Flask, pages: list[Address], times: int) -> None:
    bare = _asked(floor, FLOOR, "")
    cookies = {reader: _cookie(app, reader) for reader in {one.page.reader for one in pages}}
    for one in pages:
        ours = _asked(app, one.path, cookies[one.page.reader])
        page, least = _works(ours, bare, times)
        say(one.page.name)
        share = least.seconds / page.seconds
        sys.stdout.write(
            f"| {one.page.name:<20} | {1000 * page.seconds:6.2f} | {page.calls:6d} "
            f"| {share:.2f}{'' if share >= LEAST_SHARE else ' ✗'} |\n"
        )
    sys.stdout.write(f"floor {1000 * least.seconds:.2f} ms, {least.calls} calls; {machine()}\n")


Ask = Callable[[], None]


def _asked(app: Flask, path: str, cookie: str) -> Ask:
    """A visit of that page, as a browser makes it."""
    builder = EnvironBuilder(
        path.partition("?")[0],
        query_string=path.partition("?")[2],
        headers=Headers(BROWSER),
    )
    environment = builder.get_environ()
    if cookie:
        environment["HTTP_COOKIE"] = cookie

    def ask() -> None:
        _, status, headers = run_wsgi_app(app, dict(environment), buffered=True)
        if not status.startswith("200"):
            raise RuntimeError(f"{path} : {status}")
        if "Set-Cookie" in headers:  # signed anew once a minute, kept as browsers do
            environment["HTTP_COOKIE"] = headers["Set-Cookie"].partition(";")[0]

    return ask


def _works(ours: Ask, bare: Ask, times: int) -> tuple[Work, Work]:
    for ask in (ours, bare):
        for _ in range(WARM):
            ask()
    gc.collect()
    gc.freeze()  # as wsgi.py does
    seconds: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for ask, found in zip((ours, bare), seconds, strict=True):
            start = time.process_time()
            ask()
            found.append(time.process_time() - start)
    return Work(min(seconds[0]), _calls(ours)), Work(min(seconds[1]), _calls(bare))


def _calls(ask: Ask) -> int:
    number = 0

    def note(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal number
        number += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        ask()
    finally:
        sys.setprofile(None)
    return number


def _cookie(app: Flask, email: str) -> str:
    if not email:
        return ""
    client = app.test_client()
    token = TOKEN.search(client.get(SIGN_IN).get_data(as_text=True))
    assert token is not None
    fields = {"csrf_token": token[1], "email": email, "password": PASS_PHRASE, "suite": ""}
    client.post(SIGN_IN, data=fields)
    kept = client.get_cookie("liasse")
    assert kept is not None, email
    return f"liasse={kept.value}"


if __name__ == "__main__":
    main()
