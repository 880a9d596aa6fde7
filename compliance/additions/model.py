"""One added file, and which ones are in use."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from compliance.tables import Source, Table


@dataclass(frozen=True, slots=True, eq=False)
class Added:
    """One added file, its head read, the rest as written.

    ``published_on`` is the day the text was published, ``applies_from`` the first day of audit
    on which it applies, both inclusive. ``sources`` are those that the file declares itself.
    """

    file: str
    title: str
    published_on: date
    applies_from: date
    sources: Mapping[str, Source]
    content: Mapping[str, object]

    def part(self, *names: str) -> Table:
        """The part of the file under those keys, to be read."""
        return Table(
            self.file, "", {name: self.content[name] for name in names if name in self.content}
        )

    @property
    def is_guide(self) -> bool:
        """True when the file holds a guide."""
        return "reading" in self.content


_in_use: tuple[Added, ...] = ()


def in_use() -> tuple[Added, ...]:
    """The files that this process reads over the shipped data, in the order of their names."""
    return _in_use


def use(files: Iterable[Added]) -> None:
    """Read these files over the shipped data from now on, in the whole process."""
    global _in_use
    _in_use = tuple(files)
