"""What the registers remember from one act to the next, and how their entries get their day."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from admin_app.core.actor import Actor
from admin_app.core.database import Base, db
from admin_app.demo import days
from admin_app.demo.agenda import Deed
from admin_app.demo.files import read
from admin_app.demo.world import World

Known = dict[str, Any]
T = TypeVar("T", bound=Base)


@dataclass(slots=True)
class Book:
    """The keys of the rows of the registers, by their kind and their name in the data file."""

    world: World
    keys: dict[tuple[str, str], int] = field(default_factory=dict)

    @property
    def quality(self) -> Actor:
        """Who keeps the registers of quality."""
        return self.world.users["quality"]

    def entries(self, name: str) -> Iterable[tuple[int, Known]]:
        """The entries of a table of `files/registers.toml`, with their ranks."""
        return enumerate(read("registers")[name])

    def note(self, ago: int, hour: str, deed: Deed, *about: Any) -> None:
        """Have `deed(*about, at)` played that many days before today, at that hour."""
        self.world.agenda.note(self.world.days.ago(ago), hour, deed, *about)

    def note_after(self, ago: int, worked: int, hour: str, deed: Deed, *about: Any) -> None:
        """The same, that many worked days after the day that is `ago` days before today."""
        day = days.after(self.world.days.ago(ago), worked)
        self.world.agenda.note(day, hour, deed, *about)

    def note_since(self, ago: int, later: int, hour: str, deed: Deed, *about: Any) -> None:
        """The same, that many days later, or as soon as people work again."""
        day = days.since(self.world.days.ago(ago) + timedelta(days=later))
        self.world.agenda.note(day, hour, deed, *about)

    def day(self, ago: int) -> date:
        """The day that is that many days before today; to come when it is negative."""
        return self.world.days.ago(ago) if ago >= 0 else self.world.days.ahead(-ago)

    def keep(self, kind: str, name: str, row: Any) -> None:
        """Remember a row by its name in the data file."""
        self.keys[kind, name] = row.id

    def row(self, model: type[T], kind: str, name: str) -> T:
        """The row of that name, read again."""
        return db.session.get_one(model, self.keys[kind, name])
