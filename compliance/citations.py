"""Citations: where a statement comes from, and when somebody last looked it up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Citation:
    """One place in one text.

    ``source`` is a key of ``data/sources.toml``; ``text`` the short name of the text;
    ``locator`` the article, indicator or page; ``consulted_on`` the day it was read.
    ``provisional`` marks what is not confirmed by the text itself, ``why`` says the reason
    (both are shown to users). ``edition`` is set for a text that speaks of one edition of the
    référentiel only.
    """

    source: str
    text: str
    locator: str
    url: str
    consulted_on: date
    provisional: bool = False
    why: str = ""
    edition: str = ""

    @property
    def sentence(self) -> str:
        """The citation as one French line: text, place, and « provisoire » when it is."""
        place = f", {self.locator}" if self.locator and self.locator not in self.text else ""
        doubt = " (provisoire)" if self.provisional else ""
        return f"{self.text}{place}{doubt}"
