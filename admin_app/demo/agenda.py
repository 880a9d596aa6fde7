"""What happens and when: acts are noted in any order, and played in the order of their instants.

So numbers, the journal and the expectations grow as they would have.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from typing import Any

from flask import Flask

from admin_app.core import clock

Deed = Callable[..., object]


@dataclass(order=True, slots=True)
class _Entry:
    at: datetime
    rank: int
    deed: Deed = field(compare=False)
    about: tuple[Any, ...] = field(compare=False)


class Agenda:
    """The acts of the demonstration, each with its instant."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._ranks = count()

    def note(self, day: date, hour: str, deed: Deed, *about: Any) -> None:
        """Have `deed(*about, at)` played that day, at that hour of the organisation's clock."""
        self.note_at(clock.at(day, time.fromisoformat(hour)), deed, *about)

    def note_at(self, at: datetime, deed: Deed, *about: Any) -> None:
        """Have `deed(*about, at)` played at that UTC instant; equal ones keep their order."""
        self._entries.append(_Entry(at, next(self._ranks), deed, about))

    def play(self, app: Flask, *, until: datetime, told: Callable[[int, int], None]) -> int:
        """Play what happened before that UTC instant, each act with its own context; how many.

        Args:
            told: called with how many are done, and of how many.
        """
        due = sorted(entry for entry in self._entries if entry.at < until)
        for done, entry in enumerate(due, 1):
            with app.app_context(), clock.frozen(entry.at):
                entry.deed(*entry.about, entry.at)
            told(done, len(due))
        return len(due)
