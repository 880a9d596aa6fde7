"""Checking several fields, so that everything wrong is said at once."""

from admin_app.core.checks import gathered
from admin_app.core.errors import Refused

__all__ = ["LONGEST_NAME", "gathered", "tidy_name"]
LONGEST_NAME = 80


def tidy_name(text: str, field: str, word: str, longest: int = LONGEST_NAME) -> str:
    """The text with single spaces.

    Args:
        word: what it is, with its article: « le prénom ».

    Raises:
        Refused: it is empty or too long.
    """
    name = " ".join(text.split())
    if not name:
        raise Refused(f"Indiquez {word}.", field)
    if len(name) > longest:
        raise Refused(f"{longest} caractères au plus.", field)
    return name
