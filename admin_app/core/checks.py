"""What acts check of what is typed."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TypeVar

from admin_app.core import clock
from admin_app.core.errors import Refused, refuse_if_any

T = TypeVar("T")
LONG = 5_000
SHORT = 200


@contextmanager
def gathered() -> Iterator[Callable[[Callable[[], T]], T]]:
    """Within this block, `attempt(check)` keeps what each check refuses; all is raised at its end.

    Raises:
        Problems: at least one check refused.
    """
    problems: list[Refused] = []

    def attempt(check: Callable[[], T]) -> T:
        try:
            return check()
        except Refused as refused:
            problems.extend(refused.problems)
            return None  # type: ignore[return-value]  # never used: the block raises at its end

    yield attempt
    refuse_if_any(problems)


def past_day(
    on: date | None,
    at: datetime,
    field: str,
    *,
    since: date | None = None,
    too_early: str = "",
) -> date:
    """The day of something that has happened.

    Args:
        at: the UTC instant of the act; the day may be that very day.
        since: the first possible day, inclusive; `too_early` says why a day before is none.

    Raises:
        Refused: no day, one to come, or one before `since`.
    """
    if on is None:
        raise Refused("Indiquez le jour.", field)
    if on > clock.day_of(at):
        raise Refused("Ce jour n’est pas encore venu.", field)
    if since is not None and on < since:
        raise Refused(
            too_early or f"Ce jour est avant le {since:%d/%m/%Y}, où tout a commencé.", field
        )
    return on


def needed(text: str, message: str, field: str, most: int = LONG) -> str:
    """The trimmed text, which must say something within its limit.

    Raises:
        Refused: it is empty, or longer than `most` characters.
    """
    text = text.strip()
    if not text:
        raise Refused(message, field)
    return limited(text, field, most)


def limited(text: str, field: str, most: int = LONG) -> str:
    """The trimmed text, within its limit.

    Raises:
        Refused: it is longer than `most` characters.
    """
    text = text.strip()
    if len(text) > most:
        raise Refused(f"{most} caractères au plus ; ce texte en compte {len(text)}.", field)
    return text


def chosen(value: str, words: dict[str, str], field: str) -> str:
    """A key of a list of words.

    Raises:
        Refused: it is not one of them.
    """
    if value not in words:
        raise Refused("Choisissez dans la liste.", field)
    return value
