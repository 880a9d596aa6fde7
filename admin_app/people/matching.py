"""Whether skills cover what is required, over given days. Nothing here asks the database."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol


class Held(Protocol):
    """A skill as it is kept: checked one day, valid until another, or for ever."""

    @property
    def skill(self) -> str: ...
    @property
    def checked_on(self) -> date: ...
    @property
    def valid_until(self) -> date | None: ...


def lacking(
    required: Iterable[str], skills: Sequence[Held], first_day: date, last_day: date
) -> list[str]:
    """The required skills that none of these shows from the first day to the last (inclusive).

    Two names are the same skill whatever their case and their spaces.
    """
    held = {plainly(one.skill) for one in skills if holds(one, first_day, last_day)}
    return [skill for skill in required if plainly(skill) not in held]


def holds(skill: Held, first_day: date, last_day: date) -> bool:
    """Whether it was checked by the first day and is still valid on the last (inclusive)."""
    is_checked = skill.checked_on <= first_day
    return is_checked and (skill.valid_until is None or skill.valid_until >= last_day)


def plainly(text: str) -> str:
    """A skill's name as it is compared."""
    return " ".join(text.casefold().split())
