from datetime import date, datetime

import pytest

from compliance.wording import (
    clock_words,
    counted,
    day_words,
    joined,
    minutes_words,
    of_name,
    some_names,
    tidy,
)


def test_days_and_hours_read_as_french() -> None:
    assert day_words(date(2026, 12, 1)) == "1er décembre 2026"
    assert day_words(date(2026, 8, 21)) == "21 août 2026"
    assert clock_words(datetime(2026, 1, 1, 9, 0)) == "9\u00a0h"  # noqa: DTZ001
    assert clock_words(datetime(2026, 1, 1, 13, 5)) == "13\u00a0h\u00a005"  # noqa: DTZ001


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0\u00a0min"), (45, "45\u00a0min"), (60, "1\u00a0h"), (215, "3\u00a0h\u00a035")],
)
def test_minutes(minutes: int, words: str) -> None:
    assert minutes_words(minutes) == words


def test_lists_and_counts() -> None:
    assert joined([]) == ""
    assert joined(["A"]) == "A"
    assert joined(["A", "B", "C"]) == "A, B et C"
    assert counted(0, "jour") == "0 jour"
    assert counted(1, "jour") == "1 jour"
    assert counted(2, "jour") == "2 jours"
    assert some_names(["A", "B", "B", "C"]) == "A, B et C"
    assert some_names(["A", "B", "C", "D"]) == "A, B, C et D"
    assert some_names(["A", "B", "C", "D", "E"]) == "A, B, C et 2 autres"


def test_typography() -> None:
    assert tidy("Qui ? « Moi » : l'un ; 30 %") == (
        "Qui\u00a0? «\u00a0Moi\u00a0»\u00a0: l’un\u00a0; 30\u00a0%"
    )
    assert tidy(tidy("Qui ?")) == "Qui\u00a0?"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Claire Vasseur", "de Claire Vasseur"),
        ("Anne Meyer", "d’Anne Meyer"),
        ("Émile", "d’Émile"),
        ("Œuvres sociales", "d’Œuvres sociales"),
        ("Hélène", "d’Hélène"),
        ("Yann", "de Yann"),
        ("Yves", "d’Yves"),
        ("3D Conseil", "de 3D Conseil"),
        ("l’équipe administrative", "de l’équipe administrative"),
        ("le référent handicap", "du référent handicap"),
        ("le ou la responsable qualité", "du ou de la responsable qualité"),
        ("les stagiaires", "des stagiaires"),
        ("", "de "),
    ],
)
def test_of_somebody(name: str, words: str) -> None:
    assert of_name(name) == words
