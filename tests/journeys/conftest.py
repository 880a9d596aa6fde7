"""A real server and a real Chromium: each step of a story leaves screenshots.

Stories move through time: `house.now` is what the clock says to every request.
Screenshots go to `instance/journeys/` (1280 and 390 px), to be looked at; `script/test` without
arguments takes none but of what fails (LIASSE_TEST_SHOTS).
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from playwright.sync_api import Browser, Error

from tests.journeys.stage import SHOTS, Camera, House, Windows, open_chromium, open_house

STOPPED: dict[str, str] = {}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with nothing in it yet."""
    with open_house(tmp_path_factory.mktemp("house")) as opened:
        yield opened


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser."""
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def people(chromium: Browser, house: House) -> Iterator[Windows]:
    """The windows of the story's people."""
    windows = Windows(chromium, house)
    yield windows
    windows.close()


@pytest.fixture
def shoot(request: pytest.FixtureRequest) -> Camera:
    """The camera of a step."""
    return Camera(re.sub(r"\W+", "-", request.node.name).strip("-"))  # the name of a file


@pytest.fixture(autouse=True)
def _nothing_broke(people: Windows) -> Iterator[None]:
    yield
    faults, people.faults = people.faults, []
    assert not faults, "\n".join(faults)


def pytest_runtest_setup(item: pytest.Item) -> None:
    """In a story a step stands on the one before: after a failure the story stops."""
    is_story = getattr(getattr(item, "module", None), "IN_ORDER", False)
    if is_story and (stopped := STOPPED.get(_story(item))) is not None:
        pytest.skip(f"the story stopped at {stopped}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Any:
    """Remember where the story stopped, and what was on the screens."""
    report = yield
    if report.failed:
        STOPPED.setdefault(_story(item), item.name)
        _keep_what_is_seen(item)
    return report


def _keep_what_is_seen(item: pytest.Item) -> None:
    """A screenshot of every window, to see why a step failed."""
    windows = getattr(item, "funcargs", {}).get("people")
    if windows is not None:
        SHOTS.mkdir(parents=True, exist_ok=True)
        for name, page in windows.pages.items():
            with suppress(Error):
                page.screenshot(path=SHOTS / f"echec-{item.name}-{name}.png", full_page=True)


def _story(item: pytest.Item) -> str:
    return item.nodeid.partition("::")[0]
