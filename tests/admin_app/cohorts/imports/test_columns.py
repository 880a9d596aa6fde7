"""Recognising columns whatever people call them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from admin_app.cohorts.imports.columns import _SAID, FULL_NAME, field_of, header_rank

TITLES = [(title, field) for field, titles in _SAID.items() for title in titles]
ACCENTS = {"e": "éèêë", "a": "àâ", "o": "ô", "i": "îï", "u": "ùû", "c": "ç"}


@st.composite
def as_people_write(draw: st.DrawFn) -> tuple[str, str]:
    """A known title with capitals, accents, spaces and signs as people put them."""
    title, field = draw(st.sampled_from(TITLES))
    written = ""
    for letter in title:
        choices = letter + letter.upper() + ACCENTS.get(letter, "")
        written += (
            draw(st.sampled_from(choices))
            if letter != " "
            else draw(st.sampled_from([" ", "  ", "-", "_", "’", "'", "\u00a0", "."]))
        )
    before, after = (
        draw(st.sampled_from(["", " ", "\t"])),
        draw(st.sampled_from(["", " ", " *", " :", " (obligatoire)", "\n"])),
    )
    return f"{before}{written}{after}", field


@given(as_people_write())
def test_a_title_is_known_whatever_its_accents_and_case(written: tuple[str, str]) -> None:
    title, field = written
    assert field_of(title) == field


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Prénom", "first_name"),
        ("PRENOM", "first_name"),
        ("nom de famille", "last_name"),
        ("Courriel", "email"),
        ("e-mail", "email"),
        ("Adresse e-mail", "email"),
        ("Adresse mél.", "email"),
        ("Mél professionnel", "email"),
        ("Né(e) le", "birth_date"),
        ("N° de téléphone", "phone"),
        ("Employeur (raison sociale)", "employer"),
        ("Nom et prénom", FULL_NAME),
        ("Civilité", ""),
        ("N°", ""),
        (None, ""),
        (3.5, ""),
    ],
)
def test_titles_that_offices_write(title: Any, field: str) -> None:
    assert field_of(title) == field


def test_the_line_of_titles_may_come_after_a_heading() -> None:
    rows = [("Liste des participants", "", ""), ("N°", "Nom", "Prénom"), ("1", "Nom", "x")]
    assert header_rank(rows) == 1


def test_one_known_word_does_not_make_a_line_of_titles() -> None:
    assert header_rank([("Nom", "x"), ("a", "b")]) is None
