"""From bytes to rows."""

import io
import zipfile
from datetime import date, datetime
from itertools import permutations
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.cohorts.imports.model import MOST_LINES
from admin_app.cohorts.imports.reading import read_sheet
from admin_app.core.errors import Refused

COLUMNS = {"Nom": "Benali", "Prénom": "Nadia", "Courriel": "n@example.org", "Fonction": "Chargée"}
FIELDS = ("last_name", "first_name", "email", "job")


def workbook(*rows: tuple[object, ...], merge: str = "") -> bytes:
    """A workbook of these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merge:
        book.active.merge_cells(merge)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@given(
    st.sampled_from(list(permutations(COLUMNS))),
    st.sampled_from([";", ",", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp1252"]),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_order_separator_encoding_and_line_ends_do_not_matter(
    order: tuple[str, ...], separator: str, encoding: str, end: str
) -> None:
    lines = [separator.join(order), separator.join(COLUMNS[name] for name in order)]
    sheet = read_sheet((end.join(lines) + end).encode(encoding), "csv")
    assert sheet.problems == []
    (row,) = sheet.rows
    assert tuple(row.values[field] for field in FIELDS) == tuple(COLUMNS.values())
    assert row.line == 2


def test_lines_are_numbered_as_a_spreadsheet_shows_them() -> None:
    text = 'Nom;Prénom;Courriel;Fonction\n"Ben\nali";Nadia;n@e.org;\n\n;;;\nTessier;Hugo;h@e.org;\n'
    sheet = read_sheet(text.encode(), "csv")
    assert [row.line for row in sheet.rows] == [2, 6]


def test_commas_within_quotes_stay_in_their_cell() -> None:
    sheet = read_sheet(b'Nom,Prenom,Mail,Employeur\nB,N,n@e.org,"CAF, Aubree"\n', "csv")
    assert sheet.rows[0].values["employer"] == "CAF, Aubree"


def test_short_lines_and_long_lines_are_read() -> None:
    sheet = read_sheet(b"Nom;Prenom;Mail\nB;N\nB;N;n@e.org;x;y\n", "csv")
    assert [row.values["email"] for row in sheet.rows][1] == "n@e.org"
    assert len(sheet.rows) == 2


def test_what_we_do_not_read_is_said(data_folder: Path) -> None:
    sheet = read_sheet((data_folder / "imports" / "liste.xlsx").read_bytes(), "xlsx")
    assert sheet.problems == []
    assert (sheet.header_line, sheet.ignored, sheet.skipped) == (3, ("N°",), 1)
    assert [row.line for row in sheet.rows] == [4, 5]
    assert sheet.sheet == "Participants"


@pytest.mark.parametrize("data", [b"", b"\n\n", b";;;\n ; ;\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="vide"):
        read_sheet(data, "csv")


def test_an_open_quotation_mark_is_refused() -> None:
    with pytest.raises(Refused, match="guillemet"):
        read_sheet(b'Nom;Prenom;Mail\n"B;N;n@e.org\n', "csv")


@pytest.mark.parametrize(
    ("header", "column", "words"),
    [
        ("Nom;Prénom", "Courriel", "manque une colonne"),
        ("Nom et prénom;Mail;Fonction", "Nom", "séparez"),
        ("Nom;Prénom;Mail;Courriel", "Courriel", "la même chose"),
        ("a;b;c", "", "Aucune ligne ne nomme"),
    ],
)
def test_what_is_wrong_with_the_titles(header: str, column: str, words: str) -> None:
    sheet = read_sheet(f"{header}\nx;y;z@e.org;w@e.org\n".encode(), "csv")
    problem = sheet.problems[0]
    assert (problem.line, problem.column) == (1, column)
    assert words in problem.message


def test_a_second_best_title_gives_way() -> None:
    text = "Nom de naissance;Nom;Prénom;Adresse;Courriel\nA;B;C;1 rue;c@e.org\n"
    sheet = read_sheet(text.encode(), "csv")
    assert sheet.problems == []
    assert sheet.titles["last_name"] == "Nom"
    assert sheet.titles["email"] == "Courriel"
    assert set(sheet.ignored) == {"Nom de naissance", "Adresse"}


def test_an_empty_twin_column_is_left_aside() -> None:
    sheet = read_sheet(b"Nom;Prenom;Mail;Courriel\nA;B;a@e.org;\n", "csv")
    assert sheet.problems == []


def test_merged_titles_are_a_problem_of_their_line() -> None:
    data = workbook(("Nom", None, "Prénom", "Mail"), ("B", "x", "N", "n@e.org"), merge="A1:B1")
    (problem,) = read_sheet(data, "xlsx").problems
    assert (problem.line, problem.column) == (1, "Nom")
    assert "fusionné" in problem.message


def test_merged_values_are_a_problem_too() -> None:
    rows = (
        ("Nom", "Prénom", "Mail", "Employeur"),
        ("B", "N", "n@e.org", "CAF"),
        ("T", "H", "h@e.org"),
    )
    (problem,) = read_sheet(workbook(*rows, merge="D2:D3"), "xlsx").problems
    assert (problem.line, problem.column) == (2, "Employeur")


def test_a_merged_heading_above_the_titles_does_no_harm() -> None:
    data = workbook(
        ("Liste", None, None), ("Nom", "Prénom", "Mail"), ("B", "N", "n@e.org"), merge="A1:C1"
    )
    assert read_sheet(data, "xlsx").problems == []


def test_formulas_are_seen_as_formulas() -> None:
    data = workbook(("Nom", "Prénom", "Mail"), ("B", "N", '=A2&"@e.org"'))
    assert str(read_sheet(data, "xlsx").rows[0].values["email"]).startswith("=")


def test_days_of_a_workbook_stay_days() -> None:
    data = workbook(("Nom", "Prénom", "Mail", "Né le"), ("B", "N", "n@e.org", date(1985, 4, 3)))
    found = read_sheet(data, "xlsx").rows[0].values["birth_date"]
    assert isinstance(found, datetime)
    assert found.date() == date(1985, 4, 3)


@pytest.mark.parametrize("data", [b"PK\x03\x04 nothing", b"not a workbook"])
def test_a_damaged_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(Refused, match="ne s’ouvre pas"):
        read_sheet(data, "xlsx")


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(Refused, match="ne s’ouvre pas"):
        read_sheet(out.getvalue(), "xlsx")


def test_a_workbook_that_would_fill_the_memory_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 90_000_000)
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(Refused, match="trop grand"):
        read_sheet(out.getvalue(), "xlsx")


def test_more_lines_than_the_most_are_refused_in_words() -> None:
    lines = "".join(f"N{n};P;p{n}@e.org\n" for n in range(MOST_LINES + 1))
    with pytest.raises(Refused, match=r"5.001 lignes.*5.000 au plus"):
        read_sheet(f"Nom;Prenom;Mail\n{lines}".encode(), "csv")


def refusal(data: bytes) -> str:
    """Why these bytes are refused; « read » when they are not."""
    try:
        read_sheet(data, "csv")
    except Refused as refused:
        return refused.message
    return "read"


@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    assert refusal(data)


@given(st.text(alphabet='ab;,\t|"\n\r éNom', max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    assert refusal(text.encode())


def test_odd_line_separators_within_a_cell_lose_nothing() -> None:
    text = "Nom;Prenom;Mail\nA\x0b;B\x0cC;a@e.org\n"
    (row,) = read_sheet(text.encode(), "csv").rows
    assert row.values["email"] == "a@e.org"
