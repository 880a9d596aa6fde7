"""Civil days of the demonstration: what counts is how far from `today` they are.

Nobody trains on a Saturday, a Sunday or a French public holiday.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter  # type: ignore[import-untyped]  # comes with pandas

ONE = timedelta(days=1)
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
MOVING = (1, 39, 50)  # days after Easter: its Monday, the Ascension, Whit Monday


@cache
def holidays(year: int) -> frozenset[date]:
    """The public holidays of a year in metropolitan France (C. trav., L. 3133-1)."""
    fixed = {date(year, month, day) for month, day in FIXED}
    return frozenset(fixed | {easter(year) + timedelta(days=rank) for rank in MOVING})


def is_worked(day: date) -> bool:
    """Whether people work on that day."""
    return day.weekday() < 5 and day not in holidays(day.year)


def by(day: date) -> date:
    """That day, or the last one worked before it."""
    while not is_worked(day):
        day -= ONE
    return day


def since(day: date) -> date:
    """That day, or the first one worked after it."""
    while not is_worked(day):
        day += ONE
    return day


def after(day: date, worked: int = 1) -> date:
    """The day that many worked days later."""
    for _ in range(worked):
        day = since(day + ONE)
    return day


def before(day: date, worked: int = 1) -> date:
    """The day that many worked days earlier."""
    for _ in range(worked):
        day = by(day - ONE)
    return day


@dataclass(frozen=True, slots=True)
class Days:
    """Days around `today`, which itself may be a Sunday."""

    today: date

    def ago(self, days: int) -> date:
        """Worked, that many days before today or a little more."""
        return by(self.today - timedelta(days=days))

    def ahead(self, days: int) -> date:
        """Worked, that many days after today or a little more."""
        return since(self.today + timedelta(days=days))

    def in_a_row(self, day: date, count: int) -> tuple[date, ...]:
        """That many worked days without a break between them, the last not after `day`."""
        last = by(day)
        while not all(is_worked(last - ONE * rank) for rank in range(count)):
            last = by(last - ONE)
        return tuple(last - ONE * rank for rank in reversed(range(count)))

    def astride(self) -> tuple[date, date]:
        """The worked day before today, and today (the next worked day when nobody works)."""
        return before(self.today), since(self.today)
