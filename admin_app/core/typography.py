"""The spaces that French wants: in what templates say, put there once, when they are compiled; in
the words that they are given, when these are shown."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2.ext import Extension
from jinja2.lexer import Token

NBSP = "\u00a0"
# before « ? ! ; : » that a blank, a tag or the end follows: never inside an address or a style
_BEFORE = re.compile(r"(?:^|(?<=[^\s])) (?=[?!;:»](?:[\s<.,)]|$))")
_AFTER = re.compile(r"« ")
_PLAIN = re.compile(r" [?!;:»]|« ")


def spaced(text: str) -> str:
    """The text with non-breaking spaces before « ? ! ; : » and inside guillemets."""
    return _AFTER.sub(f"«{NBSP}", _BEFORE.sub(NBSP, text))


def finished(value: Any) -> Any:
    """A value as a page shows it: words of Python or of the database are spaced too.

    What is marked as HTML is left alone: `typo` and the templates have spaced it already.
    """
    return spaced(value) if type(value) is str and _PLAIN.search(value) else value


class FrenchSpaces(Extension):
    """Whoever writes a template types plain spaces."""

    def filter_stream(self, stream: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]
        """Mend the words between tags, and those given to macros."""
        for token in stream:
            if token.type in {"data", "string"}:
                yield Token(token.lineno, token.type, spaced(token.value))
            else:
                yield token
