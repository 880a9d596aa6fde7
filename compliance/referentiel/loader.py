"""Reads the editions, the guides and the concordance; refuses whatever does not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, lru_cache
from importlib.resources.abc import Traversable
from itertools import pairwise
from types import MappingProxyType

from compliance.additions import Added, in_use
from compliance.referentiel.concordance import read_steps
from compliance.referentiel.guides import (
    Guide,
    Sources,
    known_condition,
    read_awaited,
    read_guide,
    read_notes,
)
from compliance.referentiel.model import (
    Criterion,
    Edition,
    Indicator,
    Referentiel,
    Statement,
)
from compliance.tables import Table, data_root, read, read_sources, unique
from compliance.vocabulary import ActionCategory, Gravity, Layer

EDITION_FILES = ("law-2019.toml", "law-2026.toml")
READING_FILES = ("reading-v9.toml", "reading-v10.toml")
CONCORDANCE_FILE = "concordance.toml"


def load(root: Traversable | None = None) -> Referentiel:
    """The référentiel, read once: shipped, with the texts added since; each time for a ``root``.

    ``DataError`` names the file, the key and the remedy when something is missing, doubled,
    unknown, without citation, or when editions overlap or leave a hole.
    """
    return load_with(in_use()) if root is None else load_from(root)


@lru_cache(maxsize=16)
def load_with(added: tuple[Added, ...]) -> Referentiel:
    """The shipped référentiel with the guides, gradings and values of added files."""
    from compliance.referentiel.later import with_added

    return with_added(_load_shipped(), added) if added else _load_shipped()


@cache
def _load_shipped() -> Referentiel:
    return load_from(data_root())


def load_from(root: Traversable) -> Referentiel:
    """Read the référentiel from a folder, without cache."""
    sources = read_sources(root)
    guides = {}
    for file in READING_FILES:
        guide = read_guide(read(root, file), sources)
        guides[guide.reading.key] = guide
    pairs = [
        (table := read(root, file), _read_edition(table, sources, guides)) for file in EDITION_FILES
    ]
    editions = unique(pairs, lambda edition: edition.key, "edition.key")
    _check_calendar(pairs)
    _check_guides(guides.values(), editions)
    steps = read_steps(read(root, CONCORDANCE_FILE), sources, editions)
    readings = MappingProxyType({edition.key: (edition,) for edition in editions})
    return Referentiel(editions, steps, readings)


# Editions


def _read_edition(table: Table, sources: Sources, guides: Mapping[str, Guide]) -> Edition:
    head = table.table("edition")
    guide = _guide_of(head, guides)
    gravity = Gravities(table.table("gravity"), sources)
    rules = _condition_rules(table.table("conditions"), sources)
    category_rule = _statement(table.table("categories"), sources)
    awaited = read_awaited(table, sources, Layer.LAW)
    criteria = unique(
        ((row, _criterion(row, sources)) for row in table.tables("criterion")),
        lambda criterion: criterion.number,
        "number",
    )
    indicators = _indicators(table, sources, guide, gravity, rules, criteria)
    gravity.check({indicator.number for indicator in indicators})
    applies_from = head.day("applies_from")
    edition = Edition(
        key=head.code("key"),
        title=head.text("title"),
        applies_from=applies_from,
        applies_until=head.maybe_day("applies_until"),
        criteria=criteria,
        indicators=indicators,
        reading=guide.reading,
        awaited=awaited + guide.awaited,
        category_rule=category_rule,
        condition_rules=rules,
        citations=head.citations(sources),
        notes=read_notes(table, sources, Layer.LAW),
        read_from=applies_from,
        _by_key=MappingProxyType({indicator.key: indicator for indicator in indicators}),
    )
    _check_keys(table, "awaited", (item.requirement for item in awaited), edition)
    _check_keys(table, "note", (note.requirement for note in edition.notes), edition)
    head.finish()
    table.finish()
    return edition


def _guide_of(head: Table, guides: Mapping[str, Guide]) -> Guide:
    name = head.code("reading")
    if name not in guides:
        raise head.refuse(
            "reading", f"le guide « {name} » est inconnu", f"choisir parmi : {', '.join(guides)}"
        )
    return guides[name]


class Gravities:
    """The numbers on which a nonconformity is always major, and those not graded yet."""

    def __init__(self, table: Table, sources: Sources) -> None:
        self._table = table
        self._major = table.numbers("major")
        self._awaited = table.numbers("awaited")
        self.citations = table.citations(sources)
        table.finish()
        both = set(self._major) & set(self._awaited)
        if both:
            raise table.refuse(
                "major", f"{sorted(both)} est aussi attendu", "ranger chaque numéro une seule fois"
            )

    def of(self, number: int) -> Gravity:
        """How a nonconformity on that number may be graded."""
        if number in self._awaited:
            return Gravity.AWAITED
        return Gravity.MAJOR if number in self._major else Gravity.MINOR_OR_MAJOR

    def check(self, known: Iterable[int]) -> None:
        """Refuse a number that the edition does not have."""
        known = set(known)
        for number in (*self._major, *self._awaited):
            if number not in known:
                raise self._table.refuse(
                    "major", f"l’indicateur {number} n’existe pas ici", "retirer ce numéro"
                )


def _statement(table: Table, sources: Sources) -> Statement:
    statement = Statement(table.text("unmet"), Layer.LAW, table.citations(sources))
    table.finish()
    return statement


def _condition_rules(table: Table, sources: Sources) -> Mapping[str, Statement]:
    return MappingProxyType(
        {
            known_condition(table, name, name): _statement(table.table(name), sources)
            for name in table.rest()
        }
    )


def _criterion(table: Table, sources: Sources) -> Criterion:
    criterion = Criterion(
        table.number("number"), table.text("title"), table.text("short"), table.citations(sources)
    )
    table.finish()
    return criterion


def _indicators(
    table: Table,
    sources: Sources,
    guide: Guide,
    gravity: Gravities,
    rules: Mapping[str, Statement],
    criteria: Sequence[Criterion],
) -> tuple[Indicator, ...]:
    rows = table.tables("indicator")
    known = {criterion.number for criterion in criteria}
    pairs = []
    for row in rows:
        indicator = _indicator(row, sources, guide, gravity, rules)
        if indicator.criterion not in known:
            raise row.refuse("criterion", "ce critère n’existe pas", "corriger le numéro")
        pairs.append((row, indicator))
    unique(pairs, lambda indicator: indicator.key, "key")
    indicators = unique(pairs, lambda indicator: indicator.number, "number")
    for rank, indicator in enumerate(indicators, start=1):
        if indicator.number != rank:
            raise table.refuse(
                f"indicator.{indicator.key}",
                f"le numéro {indicator.number} vient à la place du {rank}",
                "numéroter à partir de 1, sans trou, dans l’ordre",
            )
    return indicators


def _indicator(
    table: Table,
    sources: Sources,
    guide: Guide,
    gravity: Gravities,
    rules: Mapping[str, Statement],
) -> Indicator:
    key, number = table.code("key"), table.number("number")
    categories = table.choices("categories", ActionCategory)
    indicator = Indicator(
        number=number,
        key=key,
        criterion=table.number("criterion"),
        title=table.text("title"),
        summary=table.text("summary"),
        categories=categories,
        conditions=_conditions(table, categories, rules),
        gravity=gravity.of(number),
        gravity_citations=gravity.citations,
        new_entrant=False,
        new_entrant_citations=(),
        expected="",
        expected_citations=(),
        citations=table.citations(sources),
    )
    table.finish()
    return read_with(indicator, guide)


def read_with(indicator: Indicator, guide: Guide) -> Indicator:
    """The same requirement, with what a guide says of it."""
    level = guide.levels.get(indicator.key)
    is_entrant = indicator.key in guide.new_entrants
    return replace(
        indicator,
        new_entrant=is_entrant,
        new_entrant_citations=guide.new_entrant_citations if is_entrant else (),
        new_entrant_later=indicator.key in guide.new_entrants_later,
        expected=level.expected if level else "",
        expected_citations=level.citations if level else (),
        grading=level.grading if level else "",
    )


def _conditions(
    table: Table, categories: Sequence[ActionCategory], rules: Mapping[str, Statement]
) -> Mapping[ActionCategory, tuple[str, ...]]:
    inner = table.table("conditions", optional=True)
    found: dict[ActionCategory, tuple[str, ...]] = {}
    for category in categories:
        names = inner.codes(category.value, ())
        for name in names:
            if name not in rules:
                raise inner.refuse(
                    category.value,
                    f"la condition « {name} » n’a pas d’explication dans cette édition",
                    f"ajouter [conditions.{name}] avec unmet et citations",
                )
        if names:
            found[category] = names
    inner.finish()
    return MappingProxyType(found)


# What must hold between files


def _check_calendar(pairs: Iterable[tuple[Table, Edition]]) -> None:
    ordered = sorted(pairs, key=lambda pair: pair[1].applies_from)
    for (table, before), (_, after) in pairwise(ordered):
        _check_succession(table, before.applies_until, after)
    table, last = ordered[-1]
    if last.applies_until is not None:
        raise table.refuse(
            "edition.applies_until",
            "aucune édition ne prend la suite",
            "retirer la date de fin de la dernière édition ou ajouter la suivante",
        )


def _check_succession(table: Table, until: date | None, after: Edition) -> None:
    expected = after.applies_from - timedelta(days=1)
    if until == expected:
        return
    if until is not None and until < expected:
        problem = "il y a un trou avant l’édition suivante"
    else:
        problem = "cette édition chevauche la suivante"
    raise table.refuse("edition.applies_until", problem, f"écrire {expected.isoformat()}")


def _check_guides(guides: Iterable[Guide], editions: Sequence[Edition]) -> None:
    by_key = {edition.key: edition for edition in editions}
    for guide in guides:
        edition = by_key.get(guide.reading.edition)
        if edition is None or edition.reading.key != guide.reading.key:
            raise guide.file.refuse(
                "reading.edition",
                f"« {guide.reading.edition} » n’est pas l’édition qui se lit avec ce guide",
                "écrire la clé de l’édition qui nomme ce guide",
            )
        check_guide(guide, edition)


def check_guide(guide: Guide, edition: Edition) -> None:
    """Refuse a guide that speaks of requirements which the edition does not have."""
    _check_keys(guide.file, "new_entrant.requirements", guide.new_entrants, edition)
    _check_keys(guide.file, "level", guide.levels, edition)
    _check_keys(guide.file, "awaited", (item.requirement for item in guide.awaited), edition)
    _check_keys(guide.file, "note", (note.requirement for note in guide.reading.notes), edition)
    for rule in guide.reading.rules:
        _check_keys(guide.file, f"rule.{rule.key}", rule.requirements, edition)
    if guide.reading.missions is not None:
        _check_keys(guide.file, "missions", guide.reading.missions.requirements, edition)


def _check_keys(table: Table, key: str, names: Iterable[str], edition: Edition) -> None:
    for name in names:
        if not edition.has(name):
            raise table.refuse(
                key,
                f"l’exigence « {name} » n’existe pas dans l’édition {edition.key}",
                "corriger la clé de l’exigence",
            )
