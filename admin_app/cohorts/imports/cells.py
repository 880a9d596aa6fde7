"""What a cell says: a name, an address, a day, a phone number. ValueError says what is wrong."""

import re
import unicodedata
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from admin_app.cohorts.imports.reading import said
from admin_app.core.addresses import clean_email, clean_phone
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.search import plain

YOUNGEST, OLDEST = 14, 110
SERIALS = range(10_000, 80_000)
EPOCH_1900, EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_NUMBERS = re.compile(r"(\d{1,4})[/.\-\s](\d{1,2})[/.\-\s](\d{1,4})")
_WORDS = re.compile(r"(\d{1,2})(?: ?er)? ([a-z]+) (\d{2,4})")
_TIME = re.compile(r"[T ]+00:00(:00(\.0+)?)?Z?$")
_MONTHS = (
    ("janvier", "janv", "jan"),
    ("fevrier", "fevr", "fev"),
    ("mars", "mar"),
    ("avril", "avr"),
    ("mai",),
    ("juin",),
    ("juillet", "juil"),
    ("aout",),
    ("septembre", "sept", "sep"),
    ("octobre", "oct"),
    ("novembre", "nov"),
    ("decembre", "dec"),
)
MONTHS = {name: rank for rank, names in enumerate(_MONTHS, start=1) for name in names}


def read_text(cell: Any, most: int) -> str:
    """A text of at most that many characters, no formula.

    Raises:
        ValueError: it is a formula, or too long; the message is for the office.
    """
    text = said(cell)
    if text.startswith("="):
        raise ValueError("Cette cellule est une formule : collez sa valeur.")
    if any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text):
        raise ValueError("Cette cellule contient des caractères illisibles.")
    if len(text) > most:
        raise ValueError(f"{most} caractères au plus ; cette cellule en compte {len(text)}.")
    return text


def read_name(cell: Any) -> str:
    """A name: it must hold a letter.

    Raises:
        ValueError: it is empty, has no letter, or cannot be a text.
    """
    text = read_text(cell, 80)
    if not text:
        raise ValueError("Cette cellule est vide.")
    if not any(sign.isalpha() for sign in text) or "@" in text:
        raise ValueError(f"« {text} » ne paraît pas être un nom.")
    return text


def read_email(cell: Any) -> str:
    """An e-mail address, in lower case.

    Raises:
        ValueError: it is empty, or cannot be an address.
    """
    text = read_text(cell, 254).removeprefix("mailto:").strip(" ;,<>")
    if not text:
        raise ValueError("Cette cellule est vide : la convocation et l’émargement y passent.")
    return _address(text)


@lru_cache(maxsize=16_384)  # each address is read twice: to look it up, then to check it
def _address(text: str) -> str:
    try:
        return clean_email(text)
    except Refused as refused:
        raise ValueError(refused.message) from refused


def read_phone(cell: Any) -> str:
    """A phone number; the zero that spreadsheets drop is put back.

    Raises:
        ValueError: it cannot be a phone number.
    """
    text = read_text(cell, 60)
    text = text.removesuffix(".0")
    if not text:
        return ""
    digits = re.sub(r"[\s.\-/()]", "", text)
    try:
        return clean_phone(f"0{digits}" if re.fullmatch(r"[1-9]\d{8}", digits) else text)
    except Refused as refused:
        raise ValueError(refused.message) from refused


def read_birth_date(cell: Any, *, today: date, starts_in_1904: bool = False) -> date | None:
    """A birth date: a real one, or written the French way or the ISO way, or a serial number.

    Args:
        today: the day from which the age is told.
        starts_in_1904: whether the workbook counts its days from 1904 (old Macs).

    Raises:
        ValueError: no such day exists, it cannot be told which, or the age makes no sense.
    """
    if cell is None or cell == "" or said(cell) == "":
        return None
    found = _day(cell, today, EPOCH_1904 if starts_in_1904 else EPOCH_1900)
    age = today.year - found.year - ((today.month, today.day) < (found.month, found.day))
    if age < YOUNGEST or age > OLDEST:
        raise ValueError(
            f"Une naissance le {day(found)} paraît fausse : de {YOUNGEST} à {OLDEST} ans attendus."
        )
    return found


def read_first_day(
    cell: Any, *, days: tuple[date, date], starts_in_1904: bool = False
) -> date | None:
    """From which day someone takes part, None when the cell does not say it.

    Args:
        days: the first and the last day of the cohort.

    Raises:
        ValueError: no such day exists, it cannot be told which, or it is none of the cohort's.
    """
    if cell is None or cell == "" or said(cell) == "":
        return None
    first, last = days
    soon = last.replace(year=last.year + YOUNGEST, day=1)  # « 26 » is the year of the cohort
    found = _day(cell, soon, EPOCH_1904 if starts_in_1904 else EPOCH_1900)
    if not first <= found <= last:
        raise ValueError(
            f"Le {day(found)} n’est pas un jour de la session, du {day(first)} au {day(last)}."
        )
    return found


def _day(cell: Any, today: date, epoch: date) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_serial(int(cell), epoch)
    text = read_text(cell, 60)
    bare = _TIME.sub("", text)
    if bare.isdecimal():
        return _from_figures(bare, epoch)
    numbers, words = _NUMBERS.fullmatch(bare), _WORDS.fullmatch(plain(bare))
    if numbers:
        return _from_numbers(*numbers.groups(), text=text, today=today)
    if words and words.group(2) in MONTHS:
        year = _full_year(words.group(3), today)
        return _civil(year, MONTHS[words.group(2)], int(words.group(1)), text)
    raise ValueError(f"« {text} » n’est pas une date. Écrivez-la ainsi : 03/04/1985.")


def _from_serial(number: int, epoch: date) -> date:
    if number not in SERIALS:
        raise ValueError(f"« {number} » n’est pas une date. Écrivez-la ainsi : 03/04/1985.")
    return epoch + timedelta(days=number)


def _from_figures(text: str, epoch: date) -> date:
    """Figures alone: a serial number, or a day without separators when only one reading holds."""
    if len(text) != 8:
        return _from_serial(int(text), epoch)
    readings = set()
    for pattern in ("%d%m%Y", "%Y%m%d"):
        try:
            readings.add(datetime.strptime(text, pattern).date())  # noqa: DTZ007 - a day
        except ValueError:
            continue
    likely = {one for one in readings if one.year >= 1900}
    if len(likely) != 1:
        raise ValueError(f"« {text} » ne dit pas quel jour. Écrivez-le ainsi : 03/04/1985.")
    return likely.pop()


def _from_numbers(first: str, second: str, third: str, *, text: str, today: date) -> date:
    if len(first) == 4:
        return _civil(int(first), int(second), int(third), text)
    if len(first) == 3 or len(third) in {1, 3}:
        raise ValueError(f"« {text} » n’est pas une date. Écrivez-la ainsi : 03/04/1985.")
    return _civil(_full_year(third, today), int(second), int(first), text)


def _full_year(text: str, today: date) -> int:
    """Two figures are a year that gives an age that makes sense."""
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if 2000 + year <= today.year - YOUNGEST else 1900 + year


def _civil(year: int, month: int, number: int, text: str) -> date:
    if not 1 <= month <= 12:
        raise ValueError(
            f"« {text} » n’existe pas : il n’y a pas de mois {month}."
            " Écrivez-la ainsi : 03/04/1985."
        )
    try:
        return date(year, month, number)
    except ValueError as error:
        raise ValueError(f"« {text} » n’existe pas : ce mois n’a pas de {number}.") from error
