"""From the bytes of a CSV or XLSX file to the rows of a list (pandas, imported late)."""

import io
import math
import zipfile
from typing import Any

from admin_app.cohorts.imports.columns import (
    FIELDS,
    FULL_NAME,
    NEEDED,
    field_of,
    header_rank,
    is_second_best,
)
from admin_app.cohorts.imports.model import (
    MOST_COLUMNS,
    MOST_LINES,
    Grid,
    Problem,
    Sheet,
    SheetRow,
)
from admin_app.core.errors import Refused
from admin_app.core.formatting import number

KINDS = frozenset({"csv", "xlsx"})
SEPARATORS = (";", ",", "\t", "|")
LARGEST_UNPACKED = 80_000_000
SAMPLE = 40


def read_sheet(data: bytes, kind: str) -> Sheet:
    """Read a list and understand its columns.

    Args:
        kind: `csv` or `xlsx`, as the content says (`core.uploads.sniff`).

    Raises:
        Refused: the file cannot be opened, is empty, or is longer than the most that is accepted.
    """
    grid = read_xlsx(data) if kind == "xlsx" else read_csv(data)
    filled = [(line, cells) for line, cells in grid.lines if any(said(cell) for cell in cells)]
    if not filled:
        raise Refused("Ce fichier est vide.", "file")
    if len(filled) > MOST_LINES + SAMPLE:
        raise _too_long(len(filled) - 1)
    return understand(grid, filled)


def said(cell: Any) -> str:
    """What a cell says, as trimmed text; empty for nothing at all."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return " ".join(str(cell).replace("\u00a0", " ").replace("\u202f", " ").split())


def understand(grid: Grid, filled: list[tuple[int, tuple[Any, ...]]]) -> Sheet:
    """Find the line that names the columns, and read the lines below it."""
    rank = header_rank([cells for _, cells in filled])
    if rank is None:
        needed = ", ".join(f"« {FIELDS[name]} »" for name in NEEDED)
        message = f"Aucune ligne ne nomme les colonnes : il faut au moins {needed}."
        return Sheet(filled[0][0], {}, (), [], problems=[Problem(filled[0][0], "", message)])
    header_line, header = filled[rank]
    below = filled[rank + 1 :]
    places, ignored, problems = _places(header_line, header, below)
    rows = [
        SheetRow(line, {name: cells[at] if at < len(cells) else "" for name, at in places.items()})
        for line, cells in below
    ]
    kept = [row for row in rows if any(said(value) for value in row.values.values())]
    if len(kept) > MOST_LINES:
        raise _too_long(len(kept))
    problems += _merged(grid, header_line, header, set(places.values()))
    if not kept and not problems:
        problems = [Problem(header_line, "", "Aucune personne sous la ligne des titres.")]
    return Sheet(
        header_line=header_line,
        titles={name: said(header[at]) for name, at in places.items()},
        ignored=tuple(ignored),
        rows=kept,
        skipped=len(rows) - len(kept),
        sheet=grid.sheet,
        starts_in_1904=grid.starts_in_1904,
        problems=problems,
    )


def _places(
    line: int, header: tuple[Any, ...], below: list[tuple[int, tuple[Any, ...]]]
) -> tuple[dict[str, int], list[str], list[Problem]]:
    """Where each field is, the titles that say nothing to us, and what is wrong with the titles."""
    places: dict[str, int] = {}
    ignored: list[str] = []
    problems: list[Problem] = []
    for at, title in enumerate(header):
        name = field_of(title)
        former = places.get(name)
        if not name or name == FULL_NAME:
            ignored += [said(title)] if said(title) else []
        elif former is None or is_second_best(header[former]) or not _is_used(former, below):
            ignored += [said(header[former])] if former is not None else []
            places[name] = at
        elif is_second_best(title) or not _is_used(at, below):
            ignored.append(said(title))
        else:
            twin = f"« {said(header[former])} » et « {said(title)} »"
            words = f"Deux colonnes disent la même chose, {twin} : n’en gardez qu’une."
            problems.append(Problem(line, said(title), words))
    both = next((said(title) for title in header if field_of(title) == FULL_NAME), "")
    for name in (one for one in NEEDED if one not in places):
        problems.append(_missing(line, name, both))
    return places, ignored, problems


def _missing(line: int, name: str, both: str) -> Problem:
    if both and name != "email":
        words = f"« {both} » tient dans une seule colonne : séparez le nom et le prénom."
        return Problem(line, FIELDS[name], words)
    return Problem(line, FIELDS[name], f"Il manque une colonne « {FIELDS[name]} ».")


def _is_used(at: int, below: list[tuple[int, tuple[Any, ...]]]) -> bool:
    return any(at < len(cells) and said(cells[at]) for _, cells in below)


def _merged(grid: Grid, line: int, header: tuple[Any, ...], read: set[int]) -> list[Problem]:
    """Merged cells hide values: across several titles, or down a column that we read."""
    found = []
    for first, last, left, right in grid.merged:
        title = said(header[left]) if left < len(header) else ""
        if first <= line <= last and right > left and read & set(range(left, right + 1)):
            words = "Ce titre est fusionné sur plusieurs colonnes : donnez-en un à chacune."
            found.append(Problem(line, title, words))
        elif first > line and read & set(range(left, right + 1)):
            words = "Cellules fusionnées : défusionnez-les, et répétez la valeur."
            found.append(Problem(first, title, words))
    return found


def _too_long(lines: int) -> Refused:
    return Refused(
        f"Ce fichier compte {number(lines)} lignes ; {number(MOST_LINES)} au plus sont acceptées"
        " à la fois. Coupez-le en plusieurs.",
        "file",
    )


def read_csv(data: bytes) -> Grid:
    """The cells of a CSV file: separator and encoding are found.

    Raises:
        Refused: a quotation mark is never closed, or there are too many columns.
    """
    text = _decoded(data)
    separator = max(SEPARATORS, key=lambda one: _promise(text, one))
    columns = max(line.count(separator) for line in text.split("\n")) + 1
    if columns > MOST_COLUMNS:
        raise Refused(f"Ce fichier a plus de {MOST_COLUMNS} colonnes.", "file")
    rows = _csv_rows(text, separator, columns)
    lines, line = [], 1
    for cells in rows:
        lines.append((line, cells))
        line += 1 + sum(str(cell).count("\n") for cell in cells)
    return Grid(lines)


def _decoded(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _promise(text: str, separator: str) -> tuple[int, int]:
    """How well a separator does: columns whose title is recognised, then columns at all."""
    rows = [tuple(line.split(separator)) for line in text.split("\n")[:SAMPLE] if line.strip()]
    rows = [tuple(cell.strip(' "') for cell in cells) for cells in rows]
    rank = header_rank(rows)
    named = len({field_of(cell) for cell in rows[rank]}) if rank is not None else 0
    return named, max((len(cells) for cells in rows), default=0)


def _csv_rows(text: str, separator: str, columns: int) -> list[tuple[Any, ...]]:
    import pandas as pd

    try:
        frame = pd.read_csv(
            io.StringIO(text),
            sep=separator,
            header=None,
            names=list(range(columns)),
            index_col=False,
            dtype=str,
            na_filter=False,
            skip_blank_lines=False,
            lineterminator="\n",
        )
    except pd.errors.EmptyDataError:
        return []
    except (pd.errors.ParserError, ValueError) as error:
        raise Refused(
            "Ce fichier CSV ne se lit pas : un guillemet y reste sans doute ouvert.", "file"
        ) from error
    return list(frame.itertuples(index=False, name=None))


def read_xlsx(data: bytes) -> Grid:
    """The cells of the first worksheet that holds something; formulas are left as formulas.

    Raises:
        Refused: the workbook cannot be opened, or would fill the memory.
    """
    import pandas as pd

    _refuse_if_huge(data)
    try:
        with pd.ExcelFile(
            io.BytesIO(data),
            engine="openpyxl",
            engine_kwargs={"read_only": False, "data_only": False},
        ) as book:
            name = next(
                (one.title for one in book.book.worksheets if one.max_row > 1), book.sheet_names[0]
            )
            frame = pd.read_excel(book, sheet_name=name, header=None, dtype=object, na_filter=False)
            ranges = book.book[name].merged_cells.ranges
            merged = tuple(
                (one.min_row, one.max_row, one.min_col - 1, one.max_col - 1) for one in ranges
            )
            starts_in_1904 = book.book.epoch.year == 1904
    except Exception as error:  # a damaged workbook fails in many ways inside its reader
        raise Refused(
            "Ce classeur Excel ne s’ouvre pas : il est abîmé ou protégé.", "file"
        ) from error
    if len(frame.columns) > MOST_COLUMNS:
        raise Refused(f"Cette feuille a plus de {MOST_COLUMNS} colonnes.", "file")
    lines = list(enumerate(frame.itertuples(index=False, name=None), start=1))
    return Grid(lines, merged, str(name), starts_in_1904)


def _refuse_if_huge(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
    except zipfile.BadZipFile as error:
        raise Refused("Ce classeur Excel ne s’ouvre pas : il est abîmé.", "file") from error
    if unpacked > LARGEST_UNPACKED:
        raise Refused("Ce classeur est trop grand une fois ouvert : allégez-le.", "file")
