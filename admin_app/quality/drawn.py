"""What came out of something: the actions opened from a row of another register."""

from collections.abc import Sequence
from typing import NamedTuple

from admin_app.quality.improvements.models import Improvement
from admin_app.quality.improvements.queries.actions import coming_from
from admin_app.quality.improvements.words import STATE_LOOKS, STATES


class Drawn(NamedTuple):
    """Actions, newest first, and the words of where they stand."""

    rows: Sequence[Improvement]
    states: dict[str, str]
    looks: dict[str, str]


def drawn_from(kind: str, key: int) -> Drawn:
    """The actions opened from that row, for its page (one statement).

    Args:
        kind: a key of `origins.KINDS`.
    """
    return Drawn(coming_from(kind, key), STATES, STATE_LOOKS)
