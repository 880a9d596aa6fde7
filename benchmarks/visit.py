"""The weight of a first visit, by a real browser whose cache is empty."""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from benchmarks import signing_in
from benchmarks.doors import SIGN_IN
from benchmarks.figures import Figure, at_most
from benchmarks.instance import Instance
from benchmarks.pages import Address
from benchmarks.server import Server, served

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MOST_KB, MOST_REQUESTS = 60, 8
VISITED = ("public.catalogue", "public.programme", "public.sign_in", "today", "cohorts.list")


class NoBrowser(Exception):
    """Chromium is not installed."""


@dataclass(slots=True)
class Weight:
    """What one visit fetched: bytes on the wire, headers included."""

    bytes: float = 0
    requests: int = 0
    hosts: set[str] = field(default_factory=set)


def measure(instance: Instance, pages: Iterable[Address]) -> list[Figure]:
    """The weight of a first visit to each of these pages.

    Raises:
        NoBrowser: Chromium is not installed.
    """
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        raise NoBrowser("Chromium n’est pas installé : script/bootstrap --tests")
    found: list[Figure] = []
    with served(instance.environment, path=SIGN_IN) as server, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for one in pages:
            if one.page.name in VISITED:
                found += _figures(one.page.name, _visit(browser, server, one), server)
        browser.close()
    return found


def _visit(browser: Browser, server: Server, one: Address) -> Weight:
    host, port = server.address
    context = browser.new_context()
    if cookie := signing_in.cookie_of(server.address, one.page.reader):
        name, _, value = cookie.partition("=")
        context.add_cookies([{"name": name, "value": value, "domain": host, "path": "/"}])
    page, weight = context.new_page(), Weight()
    watcher = context.new_cdp_session(page)
    watcher.send("Network.enable")

    def asked(event: dict[str, Any]) -> None:
        weight.requests += 1
        weight.hosts.add(urlsplit(event["request"]["url"]).netloc)

    def arrived(event: dict[str, Any]) -> None:
        weight.bytes += event["encodedDataLength"]

    watcher.on("Network.requestWillBeSent", asked)
    watcher.on("Network.loadingFinished", arrived)
    page.goto(f"http://{host}:{port}{one.path}", wait_until="networkidle")
    context.close()
    return weight


def _figures(name: str, weight: Weight, server: Server) -> list[Figure]:
    foreign = weight.hosts - {f"{server.address[0]}:{server.address[1]}", ""}
    return [
        at_most(f"visit.{name}.kb", weight.bytes / 1000, "kB", MOST_KB),
        at_most(f"visit.{name}.requests", weight.requests, "requests", MOST_REQUESTS),
        at_most(f"visit.{name}.foreign_hosts", len(foreign), "hosts", 0),
    ]
