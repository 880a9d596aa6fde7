"""Dated values: numbers that a text or a practice sets, by the day they begin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from compliance.additions import Added, in_use
from compliance.citations import Citation
from compliance.errors import NotKnownError, UnknownError
from compliance.tables import Source, Table, data_root, read, read_sources, unique
from compliance.vocabulary import Layer
from compliance.wording import day_words

FILE = "values.toml"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value and its history, oldest first.

    ``unit`` is days, minutes, percent or people. ``editable`` values may be replaced by the
    organisation's own, from ``least`` to ``most`` (inclusive). An ``awaited`` value is announced
    and not published: not a zero.
    """

    key: str
    label: str
    unit: str
    layer: Layer
    editable: bool
    awaited: bool
    history: tuple[tuple[date, int], ...]
    citations: tuple[Citation, ...]
    least: int = 0
    most: int = 1_000_000

    @property
    def is_provisional(self) -> bool:
        """True when a citation says that the value is not confirmed by a text."""
        return any(citation.provisional for citation in self.citations)

    def on(self, day: date) -> int | None:
        """The value on ``day``; ``None`` when awaited or not begun."""
        found = None
        for begins, value in self.history:
            if begins <= day:
                found = value
        return found

    @property
    def latest(self) -> int:
        """The last value; ``NotKnownError`` when there is none yet."""
        if not self.history:
            raise NotKnownError(f"« {self.label} » n’est pas encore publié.")
        return self.history[-1][1]


Values = Mapping[str, DatedValue]


def load_values(root: Traversable | None = None) -> Values:
    """All the dated values by key, read once: shipped, with the texts added since."""
    return load_values_with(in_use()) if root is None else _load(root)


@lru_cache(maxsize=16)
def load_values_with(added: tuple[Added, ...]) -> Values:
    """The shipped values with those of added files; ``DataError`` when they do not hold."""
    values = dict(_shipped())
    for file in added:
        for row in file.part("value").tables("value", optional=True):
            value = _published(row, file, values)
            values[value.key] = value
    return MappingProxyType(values)


@cache
def _shipped() -> Values:
    return _load(data_root())


def _published(row: Table, file: Added, values: Values) -> DatedValue:
    """A known value with one more entry, from the day on which the text applies."""
    key = row.code("key")
    if key not in values:
        raise row.refuse(
            "key", f"la valeur « {key} » est inconnue", f"choisir parmi : {', '.join(values)}"
        )
    known = values[key]
    if known.layer is Layer.OURS:
        raise row.refuse(
            "key",
            f"« {known.label} » n’est fixé par aucun texte",
            "le régler dans Liasse, page « Délais et seuils »",
        )
    if known.history and known.history[-1][0] >= file.applies_from:
        raise row.refuse(
            "value",
            f"« {known.label} » a déjà une valeur au {day_words(known.history[-1][0])}",
            "retirer ce fichier si Liasse porte désormais ce texte, ou corriger applies_from",
        )
    number = row.number("value")
    if not known.least <= number <= known.most:
        raise row.refuse(
            "value",
            f"{number} n’est pas une valeur possible de « {known.label} »",
            f"écrire un nombre de {known.least} à {known.most}",
        )
    citations = row.citations({**read_sources(data_root()), **file.sources})
    row.finish()
    kept = tuple(citation for citation in known.citations if not known.awaited)
    return replace(
        known,
        awaited=False,
        history=(*known.history, (file.applies_from, number)),
        citations=(*citations, *kept),
    )


def value_on(key: str, day: date) -> int:
    """The shipped value of ``key`` on ``day``; refuses to guess an awaited one."""
    values = load_values()
    if key not in values:
        raise UnknownError(f"La valeur « {key} » est inconnue.")
    found = values[key].on(day)
    if found is None:
        raise NotKnownError(f"« {values[key].label} » n’est pas fixé au {day_words(day)}.")
    return found


def _load(root: Traversable) -> Values:
    sources = read_sources(root)
    table = read(root, FILE)
    values = unique(
        ((row, _value(row, sources)) for row in table.tables("value")),
        lambda value: value.key,
        "key",
    )
    table.finish()
    return MappingProxyType({value.key: value for value in values})


# The largest number that makes sense, by unit, when a value does not say its own.
_MOST = {"percent": 100, "people": 100, "minutes": 1440}


def _value(row: Table, sources: Mapping[str, Source]) -> DatedValue:
    unit = row.code("unit")
    value = DatedValue(
        key=row.code("key"),
        label=row.text("label"),
        unit=unit,
        layer=row.choice("layer", Layer),
        editable=row.flag("editable"),
        awaited=row.flag("awaited", False),
        history=tuple(_entry(entry) for entry in row.tables("history")),
        citations=row.citations(sources),
        least=row.number("least", 0),
        most=row.number("most", _MOST.get(unit, 3650)),
    )
    if value.awaited == bool(value.history):
        raise row.refuse(
            "history",
            "une valeur est soit attendue, soit datée",
            "vider history ou retirer awaited",
        )
    days = [day for day, _ in value.history]
    if days != sorted(set(days)):
        raise row.refuse("history", "les dates ne se suivent pas", "ranger de la plus ancienne")
    row.finish()
    return value


def _entry(entry: Table) -> tuple[date, int]:
    found = (entry.day("from"), entry.number("value"))
    entry.finish()
    return found
