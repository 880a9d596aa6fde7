"""Reads one official guide: its rules, expected levels, new entrants and awaited parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compliance.citations import Citation
from compliance.referentiel.conditions import CONDITIONS
from compliance.referentiel.model import Awaited, Reading, ReadingRule, Statement
from compliance.tables import Source, Table, unique
from compliance.vocabulary import Layer, Publication

Sources = Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as read: the part that ends in ``Reading`` and the part that ends in indicators."""

    file: Table
    reading: Reading
    new_entrants: frozenset[str]
    new_entrant_citations: tuple[Citation, ...]
    levels: Mapping[str, tuple[str, tuple[Citation, ...]]]
    awaited: tuple[Awaited, ...]


def read_guide(table: Table, sources: Sources) -> Guide:
    """One guide file, checked; ``DataError`` when something does not hold."""
    head, entrants = table.table("reading"), table.table("new_entrant")
    rules = unique(
        ((rule, _rule(rule, sources)) for rule in table.tables("rule", optional=True)),
        lambda rule: rule.key,
        "key",
    )
    reading = Reading(
        key=head.code("key"),
        title=head.text("title"),
        edition=head.code("edition"),
        status=head.choice("status", Publication),
        published_on=head.maybe_day("published_on"),
        rules=rules,
        citations=head.citations(sources),
    )
    levels = unique(
        ((level, _level(level, sources)) for level in table.tables("level", optional=True)),
        lambda level: level[0],
        "requirement",
    )
    guide = Guide(
        file=table,
        reading=reading,
        new_entrants=frozenset(entrants.codes("requirements")),
        new_entrant_citations=entrants.citations(sources),
        levels={key: (expected, citations) for key, expected, citations in levels},
        awaited=read_awaited(table, sources),
    )
    for part in (head, entrants, table):
        part.finish()
    return guide


def _rule(table: Table, sources: Sources) -> ReadingRule:
    rule = ReadingRule(
        key=table.code("key"),
        requirements=table.codes("requirements"),
        condition=known_condition(table, "condition", table.code("condition")),
        unmet=Statement(table.text("unmet"), Layer.READING, table.citations(sources)),
    )
    table.finish()
    return rule


def _level(table: Table, sources: Sources) -> tuple[str, str, tuple[Citation, ...]]:
    level = (table.code("requirement"), table.text("expected"), table.citations(sources))
    table.finish()
    return level


def read_awaited(table: Table, sources: Sources) -> tuple[Awaited, ...]:
    """The ``[[awaited]]`` tables of an edition or of a guide."""
    found = []
    for row in table.tables("awaited", optional=True):
        awaited = Awaited(
            key=row.code("key"),
            requirement=row.code("requirement"),
            when=tuple(known_condition(row, "when", name) for name in row.codes("when")),
            sentence=row.text("sentence"),
            citations=row.citations(sources),
        )
        row.finish()
        found.append((row, awaited))
    return unique(found, lambda awaited: awaited.key, "key")


def known_condition(table: Table, key: str, name: str) -> str:
    """``name`` when a condition of that name exists, else ``DataError``."""
    if name not in CONDITIONS:
        raise table.refuse(
            key,
            f"la condition « {name} » est inconnue",
            f"choisir parmi : {', '.join(sorted(CONDITIONS))}",
        )
    return name
