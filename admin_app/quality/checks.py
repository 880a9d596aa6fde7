"""What the acts of the registers check of what is typed."""

from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.errors import Refused

LONG = 5_000
SHORT = 200


def past_day(on: date | None, at: datetime, field: str, *, since: date | None = None) -> date:
    """The day of something that has happened.

    Args:
        at: the UTC instant of the act; the day may be that very day.
        since: the first possible day, inclusive.

    Raises:
        Refused: no day, one to come, or one before `since`.
    """
    if on is None:
        raise Refused("Indiquez le jour.", field)
    if on > clock.day_of(at):
        raise Refused("Ce jour n’est pas encore venu.", field)
    if since is not None and on < since:
        raise Refused(f"Ce jour est avant le {since:%d/%m/%Y}, où tout a commencé.", field)
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
