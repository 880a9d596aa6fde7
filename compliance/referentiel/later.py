"""Texts published after the shipped data: each makes another reading of an edition, from a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from compliance.additions import Added
from compliance.referentiel.guides import Guide, Sources, read_guide
from compliance.referentiel.loader import Gravities, check_guide, read_with
from compliance.referentiel.model import Edition, Referentiel
from compliance.tables import Table, data_root, read_sources
from compliance.vocabulary import Layer, Publication

_GUIDE = ("reading", "new_entrant", "rule", "missions", "note", "level", "awaited")


def with_added(shipped: Referentiel, added: Iterable[Added]) -> Referentiel:
    """The référentiel with what each file adds, oldest application first.

    ``DataError`` names the file, the key and the remedy.
    """
    sources = dict(read_sources(data_root()))
    readings = {key: list(found) for key, found in shipped.readings.items()}
    for file in sorted(added, key=lambda one: one.applies_from):
        known = {**sources, **file.sources}
        if file.is_guide:
            _add_guide(file, known, readings)
        if "gravity" in file.content:
            _add_gravity(file, known, readings)
        _add_values(file, readings)
    return Referentiel(
        tuple(readings[edition.key][-1] for edition in shipped.editions),
        shipped.steps,
        MappingProxyType({key: tuple(found) for key, found in readings.items()}),
    )


Readings = dict[str, list[Edition]]


def _add_guide(file: Added, sources: Sources, readings: Readings) -> None:
    table = file.part(*_GUIDE)
    guide = read_guide(table, sources)
    edition = _last(table, "reading.edition", guide.reading.edition, file, readings)
    if guide.reading.status is not Publication.PUBLISHED:
        raise table.refuse(
            "reading.status", "un guide que l’on ajoute est publié", 'écrire "published"'
        )
    if guide.reading.published_on not in (None, file.published_on):
        raise table.refuse(
            "reading.published_on",
            "ce n’est pas la date de [addition]",
            f"écrire {file.published_on.isoformat()} ou retirer cette clé",
        )
    if edition.reading.key == guide.reading.key and (
        edition.reading.status is Publication.PUBLISHED
    ):
        raise table.refuse(
            "reading.key",
            f"le guide « {guide.reading.key} » est déjà connu",
            "retirer ce fichier si Liasse porte désormais ce guide, ou lui donner une autre clé",
        )
    check_guide(guide, edition)
    _put(_read_by(edition, guide, file), readings)


def _read_by(edition: Edition, guide: Guide, file: Added) -> Edition:
    """The edition as the new guide reads it: what its former guide awaited is no longer."""
    indicators = tuple(read_with(indicator, guide) for indicator in edition.indicators)
    return replace(
        edition,
        read_from=file.applies_from,
        indicators=indicators,
        reading=replace(
            guide.reading, published_on=file.published_on, applies_from=file.applies_from
        ),
        awaited=tuple(item for item in edition.awaited if item.layer is Layer.LAW) + guide.awaited,
        _by_key=MappingProxyType({indicator.key: indicator for indicator in indicators}),
    )


def _add_gravity(file: Added, sources: Sources, readings: Readings) -> None:
    whole = file.part("gravity")
    table = whole.table("gravity")
    edition = _last(table, "edition", table.code("edition"), file, readings)
    gravity = Gravities(table, sources)
    gravity.check(indicator.number for indicator in edition.indicators)
    indicators = tuple(
        replace(
            indicator,
            gravity=gravity.of(indicator.number),
            gravity_citations=gravity.citations,
        )
        for indicator in edition.indicators
    )
    _put(
        replace(
            edition,
            read_from=file.applies_from,
            indicators=indicators,
            _by_key=MappingProxyType({indicator.key: indicator for indicator in indicators}),
        ),
        readings,
    )


def _add_values(file: Added, readings: Readings) -> None:
    """A value that was awaited is no longer: the requirements that it left open are settled."""
    settled = {row.code("key") for row in file.part("value").tables("value", optional=True)}
    for found in list(readings.values()):
        edition = found[-1]
        kept = tuple(item for item in edition.awaited if item.key not in settled)
        if kept != edition.awaited:
            day = max(file.applies_from, edition.applies_from)
            _put(replace(edition, read_from=day, awaited=kept), readings)


def _put(edition: Edition, readings: Readings) -> None:
    """Keep one reading a day: two texts that apply from the same day make one."""
    found = readings[edition.key]
    if found[-1].read_from == edition.read_from:
        found[-1] = edition
    else:
        found.append(edition)


def _last(table: Table, place: str, key: str, file: Added, readings: Readings) -> Edition:
    """The newest reading of the edition that a file names, if the file applies while it does."""
    if key not in readings:
        raise table.refuse(
            place, f"l’édition « {key} » est inconnue", f"choisir parmi : {', '.join(readings)}"
        )
    edition = readings[key][-1]
    if edition.applies_until is not None and file.applies_from > edition.applies_until:
        raise table.refuse(
            place,
            f"l’édition « {key} » ne s’applique plus après le {edition.applies_until.isoformat()}",
            "corriger l’édition ou la date applies_from de [addition]",
        )
    if file.applies_from < readings[key][0].applies_from:
        raise table.refuse(
            place,
            f"l’édition « {key} » commence le {edition.applies_from.isoformat()}",
            "corriger l’édition ou la date applies_from de [addition]",
        )
    return edition
