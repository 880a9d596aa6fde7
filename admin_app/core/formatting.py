"""How days, hours, amounts and words are written in French, for pages, documents and mails."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from babel.dates import format_date
from babel.numbers import format_decimal
from flask import Flask
from markupsafe import Markup, escape

from admin_app.core import clock
from admin_app.core.typography import FrenchSpaces, finished
from compliance.wording import of_name as of_name

LOCALE = "fr_FR"
MOST_COUNTED = 10_000  # lists are counted no further: a million rows cost as much as ten thousand
SHORT = 120  # letters: titles and names come back, paragraphs do not
F = TypeVar("F", bound=Callable[..., Any])
NBSP, NARROW = "\u00a0", "\u202f"
_BEFORE = re.compile(r"[ \u00a0\u202f]+([;:?!»%€])")
_AFTER = re.compile(r"«[ \u00a0\u202f]*")
_REFERENCE = re.compile(r"(?<![\w&;-])[A-Z0-9]+(?:-[A-Z0-9]+)+(?![\w-])")
_ARTICLE = re.compile(r"\b([LRD]|art)\. (?=\d)")
_NUMBER_UNIT = re.compile(r"(\d) (h|min|jours?|mois|ans?|stagiaires?|pages?|Mo|ko)\b")


def remembered(written: F) -> F:
    """The same, remembering what was written lately: a list writes few days and figures, often.

    For what depends on its arguments alone; their types count (`1` is not `Decimal("1.00")`).
    """
    return lru_cache(maxsize=4096, typed=True)(written)  # type: ignore[return-value]


@remembered
def day(value: date | None, *, year: bool = True) -> str:
    """« 17 septembre 2026 », « 1er octobre 2026 »; empty for None."""
    if value is None:
        return ""
    number = "1er" if value.day == 1 else str(value.day)
    rest = format_date(value, "MMMM y" if year else "MMMM", LOCALE)
    return f"{number}{NBSP}{rest}"


@remembered
def day_long(value: date | None) -> str:
    """« mardi 24 novembre 2026 »."""
    return "" if value is None else f"{format_date(value, 'EEEE', LOCALE)} {day(value)}"


@remembered
def day_short(value: date | None) -> str:
    """« 17/09/2026 », for tables."""
    return "" if value is None else format_date(value, "dd/MM/yyyy", LOCALE)


@remembered
def day_range(first: date | None, last: date | None) -> str:
    """« 17 et 18 septembre 2026 », « du 17 septembre au 2 octobre 2026 »; both days included."""
    if first is None or last is None:
        return day(first or last)
    if first == last:
        return day(first)
    if (first.year, first.month) == (last.year, last.month):
        start = "1er" if first.day == 1 else str(first.day)
        joint = "et" if (last - first).days == 1 else "au"
        opening = "" if joint == "et" else f"du{NBSP}"
        return f"{opening}{start}{NBSP}{joint}{NBSP}{day(last)}"
    return f"du {day(first, year=first.year != last.year)} au {day(last)}"


def clock_time(value: datetime | time | None) -> str:
    """« 9 h 04 », « 14 h », on the organisation's clock."""
    if value is None:
        return ""
    shown = clock.local(value).time() if isinstance(value, datetime) else value
    minutes = f"{NBSP}{shown.minute:02d}" if shown.minute else ""
    return f"{shown.hour}{NBSP}h{minutes}"


def moment(value: datetime | None) -> str:
    """« 24 novembre 2026 à 10 h 41 », on the organisation's clock."""
    if value is None:
        return ""
    shown = clock.local(value)
    return f"{day(shown.date())} à {clock_time(shown.time())}"


def exact_moment(value: datetime | None) -> str:
    """« 24/11/2026 10:41:07 », for proofs."""
    if value is None:
        return ""
    shown = clock.local(value)
    return f"{day_short(shown.date())} {shown:%H:%M:%S}"


@remembered
def minutes_as_hours(minutes: int | None) -> str:
    """« 14 h », « 3 h 30 », « 45 min »; empty for None."""
    if minutes is None:
        return ""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h" + (f"{NBSP}{rest:02d}" if rest else "")


@remembered
def euros(amount: Decimal | None) -> str:
    """« 2 400,00 € »; empty for None."""
    if amount is None:
        return ""
    return f"{format_decimal(amount, '#,##0.00', LOCALE)}{NBSP}€"


@remembered
def number(value: float | Decimal | None) -> str:
    """« 20 418 »."""
    return "" if value is None else format_decimal(value, locale=LOCALE)


def plural(count: int, singular: str, several: str | None = None) -> str:
    """« 1 stagiaire », « 12 stagiaires » (zero is singular in French)."""
    word = singular if abs(count) < 2 else several or f"{singular}s"
    return f"{number(count)}{NBSP}{word}"


def tally(count: int) -> str:
    """« 1 240 », « plus de 10 000 » for what was counted no further."""
    return number(count) if count <= MOST_COUNTED else f"plus de {number(MOST_COUNTED)}"


def phone(value: str | None) -> str:
    """« 05 56 00 00 00 », « +262 692 00 00 00 » by pairs; anything else as it was written."""
    digits = (value or "").replace(" ", "")
    if len(digits) == 10 and digits.isdecimal():
        return NBSP.join(digits[at : at + 2] for at in range(0, 10, 2))
    if len(digits) in {12, 13} and digits[0] == "+" and digits[1:].isdecimal():
        code, rest = digits[:-9], digits[-9:]
        pairs = [rest[0], *(rest[at : at + 2] for at in range(1, 9, 2))]
        return NBSP.join([code, *pairs])
    return value or ""


def declaration(value: str | None) -> str:
    """A declaration of activity as the préfet writes it: « 75 33 12345 67 »."""
    digits = (value or "").replace(" ", "")
    if len(digits) != 11 or not digits.isdecimal():
        return value or ""
    return NBSP.join((digits[:2], digits[2:4], digits[4:9], digits[9:]))


def unbroken(text: str | None) -> Markup:
    """The text with each reference (« CTG-LITTORAL ») held on one line; a long one may break."""
    found = escape(typo(text))
    return Markup(  # noqa: S704 - escaped just above
        _REFERENCE.sub(
            lambda one: f'<span class="nowrap">{one[0]}</span>' if len(one[0]) <= 24 else one[0],
            str(found),
        )
    )


def typo(text: str | None) -> Markup:
    """The text with the non-breaking spaces that French wants."""
    if not text:
        return Markup("")
    is_short = isinstance(text, str) and len(text) <= SHORT
    return _short_typo(text) if is_short else _typo(text)


def _typo(text: str) -> Markup:
    shown = str(text) if isinstance(text, Markup) else str(escape(text))
    shown = shown.replace("&#39;", "’").replace("'", "’") if not isinstance(text, Markup) else shown
    shown = _BEFORE.sub(rf"{NBSP}\1", shown)
    shown = _AFTER.sub(f"«{NBSP}", shown)
    shown = _ARTICLE.sub(rf"\1.{NBSP}", shown)
    return Markup(_NUMBER_UNIT.sub(rf"\1{NBSP}\2", shown))  # noqa: S704 - escaped above


_short_typo = remembered(_typo)


def lines(text: str | None) -> Markup:
    """The text with its line breaks kept."""
    return Markup("<br>").join(typo(line) for line in (text or "").splitlines())


FILTERS = (
    day,
    day_long,
    day_short,
    declaration,
    day_range,
    clock_time,
    moment,
    exact_moment,
    minutes_as_hours,
    euros,
    number,
    phone,
    plural,
    tally,
    of_name,
    typo,
    unbroken,
    lines,
)


def init_formatting(app: Flask) -> None:
    """Give the filters to every template, also as functions; words get their French spaces."""
    app.jinja_env.add_extension(FrenchSpaces)
    app.jinja_env.finalize = finished
    for one in FILTERS:
        app.jinja_env.filters[one.__name__] = one
    app.jinja_env.globals.update(
        day_range=day_range, plural=plural, today=clock.today, now=clock.now
    )
