"""A real server on a real clock that we turn, and real browser windows, one a person."""

import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

from flask import Flask
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright
from werkzeug.serving import make_server

from admin_app import create_app
from admin_app.core import clock, jobs
from admin_app.core.config import ROOT, Settings
from admin_app.core.database import db
from tests.support.databases import trust_the_machine

expect.set_options(timeout=20_000)
PATIENCE = 30_000  # milliseconds: two cores may be busy with other tests
CHROMIUM = next(
    (
        found
        for name in ("chromium", "chromium-browser", "google-chrome")
        if (found := shutil.which(name))
    ),
    "",
)
SHOTS = Path(os.environ.get("LIASSE_TEST_SHOTS") or ROOT / "instance" / "journeys")
IS_LOOKED_AT = os.environ.get("LIASSE_TEST_SHOTS") != ""  # script/test whole: nobody looks
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
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

    def last_message(self, to: str) -> Any:
        """The last message sent to that address."""
        for message in reversed(self.outbox):
            if any(to in one for one in message.to):
                return message
        raise AssertionError(f"nothing was sent to {to}")

    def last_link(self, to: str) -> str:
        """The personal link of the last message sent to that address."""
        found = re.search(r"https?://[^/\s]+(/l/\S+)", self.last_message(to).body)
        assert found, f"no link in the last message to {to}"
        return found.group(1)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Within the application, at the hour it is in the story."""
        with self.app.app_context(), clock.frozen(self.now):
            yield

    def rounds(self) -> None:
        """What the worker does by itself every day."""
        with self.inside():
            for do_round in self.app.extensions["liasse.rounds"]:
                do_round()

    def work(self) -> int:
        """Do what waits in the queue, as the worker would; how many tasks were done."""
        done = 0
        with self.inside():
            queue = jobs.queue()
            while (task := queue.dequeue()) is not None:
                queue.execute(task)
                done += 1
        return done

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Long work waits in the queue, instead of being done at once."""
        with self.inside():
            queue = jobs.queue()
        queue.immediate = False
        try:
            yield
        finally:
            queue.immediate = True


@contextmanager
def open_house(folder: Path, port: int = 0) -> Iterator[House]:
    """A house with nothing in it yet (or what `folder` holds), served for the time of a story."""
    settings = Settings(
        instance=folder, secret_key="journey-key-that-is-long-enough-for-anyone", log_level="ERROR"
    )
    app = create_app(
        settings, TESTING=False, JOBS_IMMEDIATE=True, MAIL_BACKEND="locmem", RATELIMIT_ENABLED=False
    )
    app.extensions["mailman"].outbox = []
    with app.app_context():
        trust_the_machine(db.engine)
        db.create_all()
    house = House(app, "", datetime.fromisoformat("2026-06-01T08:00:00+00:00"))
    app.wsgi_app = _at_house_time(app.wsgi_app, house)  # type: ignore[method-assign]
    server = make_server("127.0.0.1", port, app, threaded=True)
    house.url = f"http://127.0.0.1:{server.server_port}"
    app.config["PUBLIC_URL"] = house.url
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield house
    server.shutdown()
    thread.join()


def _at_house_time(inner: Callable[..., Any], house: House) -> Callable[..., Any]:
    def application(environ: Any, start_response: Any) -> Any:
        with clock.frozen(house.now):
            # the reply is made whole here: what is lazy would be made at another time
            return [b"".join(inner(environ, start_response))]

    return application


@contextmanager
def open_chromium() -> Iterator[Browser]:
    """The system's Chromium, headless."""
    assert CHROMIUM, "Chromium is missing: script/bootstrap --tests installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-quic"],
            env={**os.environ, "LANGUAGE": "fr"},  # dates and files as the office sees them
        )
        yield browser
        browser.close()


class Windows:
    """`people("office")`: that person's own browser window, kept from step to step."""

    def __init__(self, chromium: Browser, house: House) -> None:
        self.chromium, self.house = chromium, house
        self.pages: dict[str, Page] = {}
        self.faults: list[str] = []

    def __call__(self, name: str, width: int = 1280, **kept: Any) -> Page:
        if name not in self.pages:
            context = self.chromium.new_context(
                base_url=self.house.url,
                viewport={"width": width, "height": 900},
                locale="fr-FR",
                has_touch=width < 600,
                **kept,
            )
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            self._listen(page, name)
            self.pages[name] = page
        return self.pages[name]

    def _listen(self, page: Page, name: str) -> None:
        """Note what a person would not see: a script that fails, a policy broken, a crash."""
        page.on("pageerror", lambda error: self.faults.append(f"{name}: script: {error}"))

        def heard(message: Any) -> None:
            if message.type == "error" and "Failed to load resource" not in message.text:
                self.faults.append(f"{name}: console: {message.text}")

        def answered(reply: Any) -> None:
            if reply.status >= 500:
                self.faults.append(f"{name}: {reply.status} at {reply.url}")
            if reply.url.startswith("http") and not reply.url.startswith(self.house.url):
                self.faults.append(f"{name}: a foreign host, {reply.url}")

        page.on("console", heard)
        page.on("response", answered)

    def close(self) -> None:
        """Close every window."""
        for page in self.pages.values():
            page.context.close()


class Camera:
    """Keeps what is on the screen, wide and narrow, and judges what a machine can judge."""

    def __init__(self, step: str) -> None:
        self.step, self.source = step, AXE.read_text()

    def __call__(self, page: Page, name: str = "") -> None:
        for is_last in (False, False, True):
            page.wait_for_load_state()
            try:
                self._take(page, name)
            except Error:  # what was pressed just before was still leading elsewhere
                if is_last:
                    raise
            else:
                return

    def _take(self, page: Page, name: str) -> None:
        size = page.viewport_size
        label = f"{self.step}-{name}" if name else self.step
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            if IS_LOOKED_AT:
                page.screenshot(path=SHOTS / f"{label}-{width}.png", full_page=True)
            over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert over <= 0, f"{label}: {over} px too wide at {width}"
        if size:
            page.set_viewport_size(size)
        self.judge(page, label)

    def judge(self, page: Page, label: str) -> None:
        """Fail on what axe calls serious or critical."""
        page.evaluate(self.source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        grave = [one for one in found if one["impact"] in {"serious", "critical"}]
        said = {one["id"]: [node["html"][:160] for node in one["nodes"][:3]] for one in grave}
        assert not grave, f"{label}: {json.dumps(said, ensure_ascii=False, indent=1)}"
