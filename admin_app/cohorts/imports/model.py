"""What a list is made of, once read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_LINES = 5_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in the file: the line as a spreadsheet numbers it, the column's title."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells as the file holds them.

    `lines` are pairs (number in the file, cells); `merged` are merged cells: first line, last
    line, first column, last column, columns counted from 0; `sheet` names the worksheet.
    """

    lines: list[tuple[int, tuple[Any, ...]]]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    sheet: str = ""
    starts_in_1904: bool = False


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line of the list: what each recognised column says."""

    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list whose columns were understood.

    `titles` gives the file's own title of each recognised field; `ignored` the titles of the
    columns that say nothing to us; `skipped` how many lines hold nothing that we read.
    """

    header_line: int
    titles: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: list[SheetRow]
    skipped: int = 0
    sheet: str = ""
    starts_in_1904: bool = False
    problems: list[Problem] = field(default_factory=list)
