"""Searching and sorting lists by words, whatever the accents and the capitals.

SQLite and PostgreSQL fold letters differently, so each searched row keeps its words folded.
"""

import re
import unicodedata
from typing import Any, ClassVar, TypeVar

from sqlalchemy import ColumnElement, Select, String, event, or_
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

S = TypeVar("S", bound=Select[Any])
MOST_WORDS, LONGEST = 5, 500
ESCAPE = "/"
_NOT_WORD = re.compile(r"[^\w@]+|_+")


def plain(text: str) -> str:
    """« Émilie  D’Œuvre, CAF » -> « emilie d oeuvre caf »."""
    folded = text.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).casefold())
    bare = "".join(sign for sign in bare if not unicodedata.combining(sign))
    return " ".join(_NOT_WORD.sub(" ", bare).split())


class Searchable:
    """A row that lists find by the words of some of its columns, and sort by the first of them."""

    searched: ClassVar[tuple[str, ...]]

    @declared_attr
    def search(cls) -> Mapped[str]:  # noqa: N805 - a class attribute, in SQLAlchemy's way
        """The folded words; kept by the row itself, never written by hand."""
        names = cls.searched

        def folded(context: DefaultExecutionContext) -> str:
            row = context.get_current_parameters()
            return _folded([row.get(name) for name in names])

        return mapped_column(String(LONGEST), default=folded, index=True)


@event.listens_for(Searchable, "before_update", propagate=True)
def _fold_again(_mapper: Any, _connection: Any, row: Any) -> None:
    row.search = _folded([getattr(row, name) for name in row.searched])


def _folded(values: list[str | None]) -> str:
    return plain(" ".join(value or "" for value in values))[:LONGEST]


def matching(statement: S, text: str, column: Any) -> S:
    """The statement, kept to rows whose folded words hold each word of the text."""
    for word in plain(text).split()[:MOST_WORDS]:
        statement = statement.where(column.contains(word, autoescape=True))
    return statement


def holding(text: str, *columns: Any) -> ColumnElement[bool]:
    """That one of the columns holds the text, its own `%` and `_` being letters like others.

    For columns that are not folded; rows that are `Searchable` are found by `matching`.
    """
    return or_(*(column.ilike(like(text), escape=ESCAPE) for column in columns))


def like(text: str) -> str:
    """The same as a value, for a statement that is made once: `ilike(…, escape=ESCAPE)`."""
    kept = text.strip()
    for sign in (ESCAPE, "%", "_"):
        kept = kept.replace(sign, ESCAPE + sign)
    return f"%{kept}%"
