"""What happens and when: acts are noted in any order, and played in the order of their instants.

So numbers, the journal and the expectations grow as they would have.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count

from flask import Flask

from admin_app.core import clock

Deed = Callable[[datetime], object]


@dataclass(order=True, slots=True)
class _Entry:
    at: datetime
    rank: int
    deed: Deed = field(compare=False)


class Agenda:
    """The acts of the demonstration, each with its instant."""

    def __init__(self) -> None:
        self._entries: list[_Entry] = []
        self._ranks = count()

    def note(self, day: date, hour: str, deed: Deed) -> None:
        """Have `deed(at)` played that day, when the organisation's clock shows that hour."""
        self.note_at(clock.at(day, time.fromisoformat(hour)), deed)

    def note_at(self, at: datetime, deed: Deed) -> None:
        """Have `deed(at)` played at that UTC instant; two at the same one keep their order."""
        self._entries.append(_Entry(at, next(self._ranks), deed))

    def play(self, app: Flask, *, until: datetime, told: Callable[[int, int], None]) -> int:
        """Play what happened before that UTC instant, each act with its own context; how many.

        Args:
            told: called with how many are done, and of how many.
        """
        due = sorted(entry for entry in self._entries if entry.at < until)
        for done, entry in enumerate(due, 1):
            with app.app_context(), clock.frozen(entry.at):
                entry.deed(entry.at)
            told(done, len(due))
        return len(due)
