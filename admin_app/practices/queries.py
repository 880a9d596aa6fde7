"""What the organisation chose; read from its own row, which every request has already read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from admin_app.core import clock
from admin_app.organisation.queries import provider
from compliance import expectations as rules
from compliance.expectations import Catalogue
from compliance.values import DatedValue, load_values
from compliance.values import value_on as text_value_on
from compliance.vocabulary import Layer


@dataclass(frozen=True, slots=True)
class OwnValue:
    """A dated value, and what the organisation uses today: `own` is None when it is ours."""

    value: DatedValue
    used: int | None
    own: int | None
    since: date | None
    why: str
    by: str


@dataclass(frozen=True, slots=True)
class Without:
    """A piece of good practice that the organisation does without."""

    piece: str
    since: date
    why: str
    by: str


def chosen(day: date | None = None) -> dict[str, int]:
    """The organisation's own values on a day (today), by key."""
    on = day or clock.today()
    found = {key: _last(entries, on) for key, entries in _practices("values").items()}
    return {key: int(entry["value"]) for key, entry in found.items() if entry and _is_editable(key)}


def value_on(key: str, day: date) -> int:
    """The value of `key` on a day: the organisation's own, else that of the texts or ours.

    Raises:
        UnknownError: there is no such value.
        NotKnownError: it is announced, and not published on that day.
    """
    own = chosen(day).get(key)
    return text_value_on(key, day) if own is None else own


def switched_off(day: date | None = None) -> frozenset[str]:
    """The keys of the pieces that the organisation does without: good practice only.

    On a past day, those that it did without already (and still does: no more is kept).
    """
    book = rules.catalogue()
    return frozenset(
        key
        for key, told in _practices("without").items()
        if key in book
        and book.piece(key).is_optional
        and (day is None or date.fromisoformat(told["since"]) <= day)
    )


def without() -> dict[str, Without]:
    """The pieces that the organisation does without, since when, and why."""
    kept = switched_off()
    return {
        key: Without(key, date.fromisoformat(told["since"]), told["why"], told["by"])
        for key, told in _practices("without").items()
        if key in kept
    }


def book(day: date | None = None) -> Catalogue:
    """The catalogue of pieces, with the organisation's own delays on a day (today)."""
    return rules.catalogue(chosen(day))


def own_values() -> list[OwnValue]:
    """Every value that may be chosen, or that a text is awaited for, in the order of the data."""
    today = clock.today()
    return [
        _own(value, today) for value in load_values().values() if value.editable or value.awaited
    ]


def own_value(key: str) -> OwnValue | None:
    """A value that may be chosen, if it is one."""
    value = load_values().get(key)
    if value is None or not _is_editable(key):
        return None
    return _own(value, clock.today())


def _own(value: DatedValue, today: date) -> OwnValue:
    entry = _last(_practices("values").get(value.key, []), today)
    own = int(entry["value"]) if entry else None
    return OwnValue(
        value=value,
        used=value.on(today) if own is None else own,
        own=own,
        since=date.fromisoformat(entry["from"]) if entry else None,
        why=entry["why"] if entry else "",
        by=entry["by"] if entry else "",
    )


def _is_editable(key: str) -> bool:
    """Ours alone: what a text fixes, or will fix, is not the organisation's to choose."""
    value = load_values().get(key)
    return value is not None and value.editable and value.layer is Layer.OURS


def _last(entries: list[dict[str, Any]], day: date) -> dict[str, Any] | None:
    begun = [one for one in entries if date.fromisoformat(one["from"]) <= day]
    last = begun[-1] if begun else None
    return last if last and last["value"] is not None else None


def _practices(part: str) -> dict[str, Any]:
    row = provider()
    found: dict[str, Any] = (row.practices or {}).get(part, {}) if row is not None else {}
    return found
