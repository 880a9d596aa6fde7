"""Checking several fields, so that everything wrong is said at once."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from admin_app.core.errors import Refused, refuse_if_any

T = TypeVar("T")
LONGEST_NAME = 80


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
