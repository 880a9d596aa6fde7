"""Reads one official guide: its rules, expected levels, new entrants and awaited parts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from compliance.citations import Citation
from compliance.referentiel.conditions import CONDITIONS
from compliance.referentiel.model import (
    Awaited,
    Missions,
    Note,
    Reading,
    ReadingRule,
    Statement,
)
from compliance.tables import Source, Table, unique
from compliance.vocabulary import Layer, Publication

Sources = Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Level:
    """What a guide expects of one requirement, and how it grades what is missing."""

    requirement: str
    expected: str
    grading: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide as read: the part that ends in ``Reading`` and the part that ends in indicators."""

    file: Table
    reading: Reading
    new_entrants: frozenset[str]
    new_entrant_citations: tuple[Citation, ...]
    new_entrants_later: frozenset[str]
    levels: Mapping[str, Level]
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
        status=head.choice("status", Publication, Publication.PUBLISHED),
        published_on=head.maybe_day("published_on"),
        rules=rules,
        citations=head.citations(sources),
        notes=read_notes(table, sources, Layer.READING),
        missions=_missions(table, sources),
    )
    levels = unique(
        ((level, _level(level, sources)) for level in table.tables("level", optional=True)),
        lambda level: level.requirement,
        "requirement",
    )
    later = entrants.codes("later", ())
    expected = entrants.codes("requirements")
    for key in later:
        if key not in expected:
            raise entrants.refuse(
                "later", f"« {key} » n’est pas dans requirements", "l’y ajouter ou le retirer"
            )
    guide = Guide(
        file=table,
        reading=reading,
        new_entrants=frozenset(expected),
        new_entrant_citations=entrants.citations(sources),
        new_entrants_later=frozenset(later),
        levels={level.requirement: level for level in levels},
        awaited=read_awaited(table, sources, Layer.READING),
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


def _level(table: Table, sources: Sources) -> Level:
    level = Level(
        requirement=table.code("requirement"),
        expected=table.text("expected"),
        grading=table.text("grading", ""),
        citations=table.citations(sources),
    )
    table.finish()
    return level


def _missions(table: Table, sources: Sources) -> Missions | None:
    if "missions" not in table:
        return None
    row = table.table("missions")
    missions = Missions(
        requirements=row.codes("requirements"),
        unmet=Statement(row.text("unmet"), Layer.READING, row.citations(sources)),
    )
    row.finish()
    return missions


def read_notes(table: Table, sources: Sources, layer: Layer) -> tuple[Note, ...]:
    """The ``[[note]]`` tables of an edition or of a guide."""
    found = []
    for row in table.tables("note", optional=True):
        note = Note(
            key=row.code("key"),
            requirement=row.code("requirement"),
            when=tuple(known_condition(row, "when", name) for name in row.codes("when", ())),
            says=Statement(row.text("sentence"), layer, row.citations(sources)),
        )
        row.finish()
        found.append((row, note))
    return unique(found, lambda note: note.key, "key")


def read_awaited(table: Table, sources: Sources, layer: Layer) -> tuple[Awaited, ...]:
    """The ``[[awaited]]`` tables of an edition or of a guide."""
    found = []
    for row in table.tables("awaited", optional=True):
        awaited = Awaited(
            key=row.code("key"),
            requirement=row.code("requirement"),
            when=tuple(known_condition(row, "when", name) for name in row.codes("when")),
            sentence=row.text("sentence"),
            citations=row.citations(sources),
            layer=layer,
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
