"""A real server and a real Chromium: each step of a story leaves a screenshot.

Stories move through time: `house.now` is what the clock says to every request.
Screenshots go to `instance/journeys/` (1280 and 390 px), to be looked at.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect, sync_playwright
from werkzeug.serving import make_server

from admin_app import create_app
from admin_app.core import clock
from admin_app.core.config import ROOT, Settings
from admin_app.core.database import db

expect.set_options(timeout=20_000)
CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    "",
)
SHOTS = Path(os.environ.get("LIASSE_TEST_SHOTS", ROOT / "instance" / "journeys"))
WIDTHS = (1280, 390)


@dataclass
class House:
    """The running application, its clock and its outbox."""

    app: Flask
    url: str
    now: datetime
    notes: dict[str, Any] = field(default_factory=dict)

    @property
    def outbox(self) -> list[Any]:
        """The messages that left."""
        return list(self.app.extensions["mailman"].outbox)

    def last_link(self, to: str) -> str:
        """The personal link of the last message sent to that address."""
        for message in reversed(self.outbox):
            if any(to in one for one in message.to):
                found = re.search(r"https?://[^/\s]+(/l/\S+)", message.body)
                if found:
                    return found.group(1)
        raise AssertionError(f"no link was sent to {to}")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with nothing in it yet."""
    folder = tmp_path_factory.mktemp("house")
    settings = Settings(
        instance=folder, secret_key="journey-key-that-is-long-enough-for-anyone", log_level="ERROR"
    )
    app = create_app(
        settings, TESTING=False, JOBS_IMMEDIATE=True, MAIL_BACKEND="locmem", RATELIMIT_ENABLED=False
    )
    app.extensions["mailman"].outbox = []
    with app.app_context():
        db.create_all()
    opened = House(app, "", datetime.fromisoformat("2026-06-01T08:00:00+00:00"))
    app.wsgi_app = _at_house_time(app.wsgi_app, opened)  # type: ignore[method-assign]
    server = make_server("127.0.0.1", 0, app, threaded=True)
    opened.url = f"http://127.0.0.1:{server.server_port}"
    app.config["PUBLIC_URL"] = opened.url
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield opened
    server.shutdown()
    thread.join()


def _at_house_time(inner: Callable[..., Any], house: House) -> Callable[..., Any]:
    def application(environ: Any, start_response: Any) -> Any:
        with clock.frozen(house.now):
            # the reply is made whole here: what is lazy would be made at another time
            return [b"".join(inner(environ, start_response))]

    return application


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    if not CHROMIUM:
        pytest.fail("Chromium manque : script/bootstrap --tests l’installe.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def people(chromium: Browser, house: House) -> Iterator[Callable[[str], Page]]:
    """`people("office")`: that person's own browser window, kept from step to step."""
    windows: dict[str, Page] = {}

    def window(name: str, width: int = 1280) -> Page:
        if name not in windows:
            context = chromium.new_context(
                base_url=house.url, viewport={"width": width, "height": 900}, locale="fr-FR"
            )
            context.set_default_timeout(60_000)
            page = context.new_page()
            page.on("pageerror", lambda error: pytest.fail(f"script: {error}"))
            windows[name] = page
        return windows[name]

    yield window
    for page in windows.values():
        page.context.close()


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Keep what is on the screen, wide and narrow; a page wider than a phone is a failure."""

    def keep(page: Page, name: str = "") -> None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        size = page.viewport_size
        label = f"{request.node.name}{'-' + name if name else ''}"
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=SHOTS / f"{label}-{width}.png", full_page=True)
            over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert over <= 0, f"{label}: {over} px too wide at {width}"
        if size:
            page.set_viewport_size(size)

    return keep
