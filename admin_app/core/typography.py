"""The spaces that French wants in what templates say, put there once, when they are compiled."""

import re
from collections.abc import Iterable, Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token

NBSP = "\u00a0"
# before « ? ! ; : » that a blank, a tag or the end follows: never inside an address or a style
_BEFORE = re.compile(r"(?:^|(?<=[^\s])) (?=[?!;:»](?:[\s<.,)]|$))")
_AFTER = re.compile(r"« ")


def spaced(text: str) -> str:
    """The text with non-breaking spaces before « ? ! ; : » and inside guillemets."""
    return _AFTER.sub(f"«{NBSP}", _BEFORE.sub(NBSP, text))


class FrenchSpaces(Extension):
    """Whoever writes a template types plain spaces; what comes from the database goes by `typo`."""

    def filter_stream(self, stream: Iterable[Token]) -> Iterator[Token]:  # type: ignore[override]
        """Mend the words between tags, and those given to macros."""
        for token in stream:
            if token.type in {"data", "string"}:
                yield Token(token.lineno, token.type, spaced(token.value))
            else:
                yield token
