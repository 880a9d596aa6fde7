"""Who is a new entrant: first year of activity, or first year of a category of action.

The guide (V9, preamble): at its initial audit a new entrant shows some processes on paper, whose
use is looked at by the surveillance audit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from compliance.vocabulary import ActionCategory


def is_new_entrant(
    category: ActionCategory, on: date, started: Mapping[ActionCategory, date]
) -> bool:
    """True during the first year of that category: until the day before its anniversary.

    ``started`` gives the first day of each category that the organisation practises; a category
    not begun on ``on``, or whose beginning is not known, is not a new entrant's: a lighter
    audit is never taken for granted.
    """
    began = started.get(category)
    return began is not None and began <= on < _anniversary(began)


def new_entrant_categories(
    on: date, started: Mapping[ActionCategory, date]
) -> tuple[ActionCategory, ...]:
    """The categories in which the organisation is a new entrant on that day."""
    return tuple(category for category in ActionCategory if is_new_entrant(category, on, started))


def _anniversary(day: date) -> date:
    """A year later; 1 March for 29 February."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return date(day.year + 1, 3, 1)
