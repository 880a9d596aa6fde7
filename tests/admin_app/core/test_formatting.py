"""Days, hours, amounts and words as the French write them."""

from datetime import date, time
from decimal import Decimal

import pytest

from admin_app.core import formatting as f
from admin_app.core.formatting import declaration

PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " "})


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 9, 17), date(2026, 9, 17), "17 septembre 2026"),
        (date(2026, 9, 17), date(2026, 9, 18), "17 et 18 septembre 2026"),
        (date(2026, 9, 1), date(2026, 9, 3), "du 1er au 3 septembre 2026"),
        (date(2026, 9, 30), date(2026, 10, 1), "du 30 septembre au 1er octobre 2026"),
        (date(2026, 12, 31), date(2027, 1, 2), "du 31 décembre 2026 au 2 janvier 2027"),
    ],
)
def test_ranges_of_days(first: date, last: date, words: str) -> None:
    assert f.day_range(first, last).translate(PLAIN) == words


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Claire Vasseur", "de Claire Vasseur"),
        ("Arnaud Lescure", "d’Arnaud Lescure"),
        ("Élodie Marsac", "d’Élodie Marsac"),
        ("Hélène", "d’Hélène"),
        ("Yann", "de Yann"),
        ("Yves", "d’Yves"),
        ("Le Goff", "de Le Goff"),
        ("l’équipe administrative", "de l’équipe administrative"),
        ("le référent handicap", "du référent handicap"),
        ("le ou la stagiaire", "du ou de la stagiaire"),
        ("le formateur ou la formatrice", "du formateur ou de la formatrice"),
        ("les stagiaires", "des stagiaires"),
    ],
)
def test_elision(name: str, words: str) -> None:
    assert f.of_name(name) == words


def test_hours_amounts_and_counts() -> None:
    assert f.minutes_as_hours(840).translate(PLAIN) == "14 h"
    assert f.minutes_as_hours(215).translate(PLAIN) == "3 h 35"
    assert f.minutes_as_hours(45).translate(PLAIN) == "45 min"
    assert f.clock_time(time(9, 4)).translate(PLAIN) == "9 h 04"
    assert f.euros(Decimal("2400.5")).translate(PLAIN) == "2 400,50 €"
    assert f.plural(0, "stagiaire").translate(PLAIN) == "0 stagiaire"
    assert f.plural(2, "stagiaire").translate(PLAIN) == "2 stagiaires"


def test_typography_never_lets_markup_through() -> None:
    shown = str(f.typo("<b>L'an : « oui » ?</b>")).translate(PLAIN)
    assert shown == "&lt;b&gt;L’an : « oui » ?&lt;/b&gt;"


def test_a_declaration_of_activity_is_written_in_groups() -> None:
    assert declaration("75331234567") == "75\u00a033\u00a012345\u00a067"
    assert declaration("75 33 12345 67") == "75\u00a033\u00a012345\u00a067"
    assert declaration("en cours") == "en cours"
    assert declaration(None) == ""


def test_a_reference_stays_on_one_line() -> None:
    assert f.unbroken("Anna Lopez, CTG-LITTORAL") == (
        'Anna Lopez, <span class="nowrap">CTG-LITTORAL</span>'
    )
    assert f.unbroken("<b> Jean-Paul A-B") == (
        '&lt;b&gt; Jean-Paul <span class="nowrap">A-B</span>'
    )
    long = "-".join(["REFERENCE"] * 5)
    assert f.unbroken(long) == long
    assert f.unbroken(None) == ""
