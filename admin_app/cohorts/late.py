"""Someone who joins a cohort that has begun: from which day, unless the office says otherwise.

Attendance, a room above, tells which half-days are closed (`tell_closed`, from its `init_room`).
"""

from collections.abc import Callable, Collection
from datetime import date

from flask import Flask, current_app

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import half_days

CLOSED = "liasse.closed_half_days"
Closed = Callable[[int], Collection[int]]


def tell_closed(app: Flask, closed: Closed) -> None:
    """Have this say, from the key of a cohort, the keys of its closed half-days."""
    app.extensions[CLOSED] = closed


def proposed_first_day(cohort: Cohort, on: date) -> date | None:
    """The first day that is proposed to whoever is enrolled on that day.

    The first one after every closed half-day: they are not expected where nobody can sign any
    more. The first of the cohort when none is closed, or when all are: the office says which. None
    before the cohort has begun: there is nothing to ask.
    """
    closed: Closed = current_app.extensions.get(CLOSED, lambda _: ())
    there = half_days(cohort.id)
    keys = set(closed(cohort.id)) if cohort.starts_on <= on else set()
    last_closed = max((one.day for one in there if one.id in keys), default=None)
    if last_closed is None:
        return cohort.starts_on if cohort.starts_on < on else None
    return min((one.day for one in there if one.day > last_closed), default=cohort.starts_on)
