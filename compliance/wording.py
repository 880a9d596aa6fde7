"""French wording: days, lists, plurals and typography, with the standard library alone."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from functools import lru_cache

NBSP = "\u00a0"

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_BEFORE = re.compile(r"(?<=\S) (?=[:;?!»%€])")
_AFTER = re.compile(r"(?<=«) (?=\S)")


def tidy(text: str) -> str:
    """Put non-breaking spaces before : ; ? ! % € and inside « », and real apostrophes."""
    return _AFTER.sub(NBSP, _BEFORE.sub(NBSP, text)).replace("'", "’")


def day_words(day: date) -> str:
    """``date(2026, 12, 1)`` -> « 1er décembre 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[day.month - 1]} {day.year}"


def clock_words(at: datetime) -> str:
    """The hour of an instant already in local time: « 9 h », « 13 h 30 »."""
    minutes = f"{NBSP}{at.minute:02d}" if at.minute else ""
    return f"{at.hour}{NBSP}h{minutes}"


def minutes_words(minutes: int) -> str:
    """A duration in minutes: « 45 min », « 3 h », « 3 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


def counted(number: int, one: str, many: str | None = None) -> str:
    """« 1 jour », « 3 jours »; French counts 0 and 1 as singular."""
    word = one if number < 2 else (many or f"{one}s")
    return f"{number} {word}"


def counted_unit(number: int, unit: str) -> str:
    """A dated value with its unit (days, minutes, percent, people): « 7 jours », « 30 % »."""
    if unit == "minutes":
        return minutes_words(number)
    if unit == "percent":
        return f"{number}{NBSP}%"
    return counted(number, {"days": "jour", "people": "personne"}.get(unit, unit))


def joined(words: Sequence[str]) -> str:
    """« A », « A et B », « A, B et C »."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def some_names(names: Sequence[str], most: int = 3) -> str:
    """The first names, then how many others: « A, B, C et 4 autres » (never « 1 autre »)."""
    distinct = list(dict.fromkeys(name for name in names if name))
    rest = len(distinct) - most
    if rest <= 1:
        return joined(distinct)
    return f"{', '.join(distinct[:most])} et {counted(rest, 'autre')}"


@lru_cache(maxsize=4096)
def of_name(name: str) -> str:
    """« de Claire Vasseur », « d’Arnaud Lescure », « d’Hélène », « de Yann », « d’Yves ».

    And « du référent handicap », « des stagiaires » for words that come with their article.
    """
    for article, contracted in (("le ", "du "), ("les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article).replace("ou la ", "ou de la ", 1)
    bare = unicodedata.normalize("NFD", name.strip().lower()[:2])
    letters = [sign for sign in bare if not unicodedata.combining(sign)]
    start, after = (*letters, "", "")[:2]
    elided = start in "aeiouhœæ" if start != "y" else after not in "aeiou"
    return f"d’{name}" if start and elided else f"de {name}"


def capitalised(text: str) -> str:
    """The text with its first letter in capital, the rest untouched."""
    return text[:1].upper() + text[1:]
