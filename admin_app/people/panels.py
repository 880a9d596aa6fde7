"""What other rooms show on a person's page: enrolments, cohorts, agreements.

They stand above this room, so they say here what they have about a trainee, a trainer, a client.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: its words, its page, when (words), and its state if it has one."""

    title: str
    url: str = ""
    detail: str = ""
    when: str = ""
    state: str = ""
    state_label: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """A few lines under a title; `more_url` leads to all of them, `empty` says there is none."""

    title: str
    lines: Sequence[Line]
    empty: str = ""
    more_url: str = ""


Maker = Callable[[int], Panel]


def add_panel(app: Flask, kind: str, maker: Maker) -> None:
    """Show `maker(key)` on each page of that kind: `trainee`, `trainer` or `client`.

    A panel is made with a fixed number of statements (one, usually) and shows a few lines only.
    """
    app.extensions.setdefault("liasse.people_panels", {}).setdefault(kind, []).append(maker)


def of(kind: str, key: int) -> list[Panel]:
    """The panels of that person's page."""
    makers: list[Maker] = current_app.extensions.get("liasse.people_panels", {}).get(kind, [])
    return [maker(key) for maker in makers]
