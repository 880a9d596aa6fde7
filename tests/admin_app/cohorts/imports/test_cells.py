"""What a cell says."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.cohorts.imports.cells import read_birth_date, read_email, read_name, read_phone

TODAY = date(2026, 11, 24)
BIRTHS = st.dates(date(1930, 1, 1), date(2010, 1, 1))


@given(BIRTHS, st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %m %Y"]))
def test_a_day_is_read_as_the_french_write_it(day: date, pattern: str) -> None:
    assert read_birth_date(day.strftime(pattern), today=TODAY) == day


@given(BIRTHS)
def test_a_serial_number_of_a_spreadsheet_is_a_day(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert read_birth_date(serial, today=TODAY) == day
    assert read_birth_date(str(serial), today=TODAY) == day
    since_1904 = (day - date(1904, 1, 1)).days
    if since_1904 >= 10_000:
        assert read_birth_date(since_1904, today=TODAY, starts_in_1904=True) == day


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("03/04/1985", date(1985, 4, 3)),  # never the 4th of March
        ("3/4/85", date(1985, 4, 3)),
        ("1/1/05", date(2005, 1, 1)),
        ("1er avril 1985", date(1985, 4, 1)),
        ("12 Août 1979", date(1979, 8, 12)),
        ("12-févr.-79", date(1979, 2, 12)),
        ("1985-04-03 00:00:00", date(1985, 4, 3)),
        ("1985-04-03T00:00:00Z", date(1985, 4, 3)),
        ("25121985", date(1985, 12, 25)),
        ("19851225", date(1985, 12, 25)),
        (datetime(1985, 4, 3, tzinfo=UTC), date(1985, 4, 3)),
        (date(1985, 4, 3), date(1985, 4, 3)),
        (31140.0, date(1985, 4, 3)),
        (" ", None),
        ("", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_ways_of_writing_a_day(cell: Any, day: date | None) -> None:
    assert read_birth_date(cell, today=TODAY) == day


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("1985-13-02", "pas de mois 13"),
        ("12/25/1985", "pas de mois 25"),
        ("31/02/1990", "n’existe pas"),
        ("29/02/1985", "n’existe pas"),
        ("00/01/1985", "n’existe pas"),
        ("1985", "n’est pas une date"),
        ("03/1985", "n’est pas une date"),
        ("hier", "n’est pas une date"),
        ("=A1", "formule"),
        (True, "n’est pas une date"),
        (99_999, "n’est pas une date"),
        (date(2025, 1, 1), "paraît fausse"),
        ("24/11/1850", "paraît fausse"),
        ("24/11/2030", "paraît fausse"),
    ],
)
def test_a_day_that_cannot_be_is_explained(cell: Any, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_birth_date(cell, today=TODAY)


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        (" Nadia.Benali@Example.ORG ", "nadia.benali@example.org"),
        ("mailto:nadia@example.org", "nadia@example.org"),
        ("<nadia@example.org>;", "nadia@example.org"),
        ("nadia@example.org\u00a0", "nadia@example.org"),
    ],
)
def test_an_address_is_tidied(cell: str, address: str) -> None:
    assert read_email(cell) == address


@pytest.mark.parametrize("cell", ["", None, "nadia", "nadia@", "a b@example.org", "=B1", "n@e,fr"])
def test_an_address_that_cannot_be_is_refused(cell: Any) -> None:
    with pytest.raises(ValueError, match=r"vide|adresse|formule"):
        read_email(cell)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("06 12 34 56 78", "0612345678"),
        (612345678, "0612345678"),
        (612345678.0, "0612345678"),
        ("06.12.34.56.78", "0612345678"),
        ("+33 6 12 34 56 78", "0612345678"),
        ("+262 692 12 34 56", "+262692123456"),
        ("", ""),
    ],
)
def test_a_phone_number_gets_its_zero_back(cell: Any, number: str) -> None:
    assert read_phone(cell) == number


@pytest.mark.parametrize("cell", ["demander au secrétariat", "12", "06 12 34 56 78 ou 07"])
def test_what_is_no_phone_number_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="numéro"):
        read_phone(cell)


@pytest.mark.parametrize("cell", ["", None, "  ", "12", "x@y.fr", "=A2", "a" * 81, "Na\x07dia"])
def test_what_is_no_name_is_refused(cell: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_name(cell)


def said_or_refused(read: Callable[[str], object], text: str) -> str:
    """What was read, or why it was refused."""
    try:
        return str(read(text))
    except ValueError as refused:
        return f"refused: {refused}"


@given(st.text(max_size=60))
def test_no_text_breaks_a_reader(text: str) -> None:
    for read in (read_name, read_email, read_phone, partial(read_birth_date, today=TODAY)):
        assert said_or_refused(read, text) != "refused: "
