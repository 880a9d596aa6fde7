"""Reads added files, and refuses whatever does not hold with the shipped data.

Each file is tried over the shipped data and the files accepted before it: a file is taken whole
or not at all, and one that is wrong does not take the others with it.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources.abc import Traversable

from compliance.additions.model import Added
from compliance.errors import DataError
from compliance.referentiel.loader import load_with
from compliance.tables import Source, Table, data_root, read, read_sources
from compliance.values import load_values_with
from compliance.wording import day_words

# A new version of the guide applies at the latest that long after its publication (guide V9).
GUIDE_MONTHS = 2
GUIDE_PARTS = ("reading", "new_entrant", "rule", "missions", "note", "level", "awaited")
PARTS = ("addition", "sources", "value", "gravity", *GUIDE_PARTS)


@dataclass(frozen=True, slots=True)
class Tried:
    """The files of a folder that hold, and why the others do not."""

    accepted: tuple[Added, ...]
    refused: tuple[DataError, ...]


def tried(folder: Traversable) -> Tried:
    """Try every ``.toml`` file of a folder, in the order of their names; none when it is absent."""
    accepted: list[Added] = []
    refused: list[DataError] = []
    names = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    for name in names:
        if not name.endswith(".toml"):
            continue
        try:
            accepted.append(try_one(folder, name, accepted))
        except DataError as problem:
            refused.append(problem)
    return Tried(tuple(accepted), tuple(refused))


def try_one(folder: Traversable, name: str, accepted: Sequence[Added] = ()) -> Added:
    """One file, read and tried over the shipped data and ``accepted``.

    ``DataError`` names the file, the key and the remedy.
    """
    added = read_added(folder, name)
    together = (*accepted, added)
    load_with(together)
    load_values_with(together)
    return added


def read_added(folder: Traversable, name: str) -> Added:
    """The head of one file, checked; what it changes is checked by the loaders."""
    place = folder / name
    try:
        size = len(place.read_bytes())
    except OSError as problem:
        raise DataError(
            name, "-", f"le fichier ne se lit pas ({problem.strerror})", "vérifier ses droits"
        ) from problem
    if not size:
        raise DataError(name, "-", "le fichier est vide", "le remplir ou le retirer")
    table = read(folder, name)
    parts = {key: table.raw(key) for key in table.rest()}
    for key in parts:
        if key not in PARTS:
            raise DataError(
                name, key, "cette partie est inconnue", f"choisir parmi : {', '.join(PARTS)}"
            )
    added = _head(table, name, parts)
    if not {"reading", "value", "gravity"} & parts.keys():
        raise DataError(
            name, "-", "ce fichier n’ajoute rien", "écrire [reading], [[value]] ou [gravity]"
        )
    if not added.is_guide and set(GUIDE_PARTS) & parts.keys():
        extra = sorted(set(GUIDE_PARTS) & parts.keys())[0]
        raise DataError(name, extra, "cette partie appartient à un guide", "écrire aussi [reading]")
    return added


def _head(table: Table, name: str, parts: dict[str, object]) -> Added:
    head = table.table("addition")
    title = head.text("title")
    published_on, applies_from = head.day("published_on"), head.day("applies_from")
    if applies_from < published_on:
        raise head.refuse(
            "applies_from",
            "le texte s’appliquerait avant d’être publié",
            f"écrire {published_on.isoformat()} ou une date plus tardive",
        )
    latest = _months_after(published_on, GUIDE_MONTHS)
    if "reading" in parts and applies_from > latest:
        raise head.refuse(
            "applies_from",
            f"un guide s’applique au plus tard {GUIDE_MONTHS} mois après sa publication, "
            f"donc le {day_words(latest)}",
            f"écrire {latest.isoformat()} ou une date moins tardive",
        )
    head.finish()
    return Added(
        file=name,
        title=title,
        published_on=published_on,
        applies_from=applies_from,
        sources=_sources(table, name),
        content={key: value for key, value in parts.items() if key not in ("addition", "sources")},
    )


def _sources(table: Table, name: str) -> dict[str, Source]:
    declared = table.table("sources") if "sources" in table else Table(name, "sources", {})
    known = read_sources(data_root())
    found = {}
    for key in declared.rest():
        if key in known:
            raise declared.refuse(
                key, "Liasse connaît déjà une source de ce nom", "lui donner un autre nom"
            )
        found[key] = Source(declared.table(key), key)
    return found


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or the last of that month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
