"""Reads the data files strictly: every value is taken by name and type, what is left is refused.

Each refusal is a ``DataError`` that names the file, the key and the remedy.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

from compliance.citations import Citation
from compliance.errors import DataError
from compliance.wording import tidy

T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)


def data_root() -> Traversable:
    """The folder of the data shipped with the package."""
    return resources.files("compliance") / "data"


def read(root: Traversable, file: str) -> Table:
    """The content of one TOML file under ``root``; ``DataError`` when unreadable."""
    place = root
    for part in file.split("/"):
        place = place / part
    try:
        values = tomllib.loads(place.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise DataError(
            file, "-", "le fichier est absent", "remettre le fichier dans compliance/data"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise DataError(
            file,
            "-",
            f"le fichier n’est pas du TOML valide ({problem})",
            "corriger la syntaxe ; une clé ne s’écrit qu’une fois",
        ) from problem
    return Table(file, "", values)


class Table:
    """One table of a data file, whose keys are taken one by one; ``finish`` refuses the rest."""

    def __init__(self, file: str, path: str, values: Mapping[str, object]) -> None:
        self.file = file
        self.path = path
        self._values = dict(values)

    def refuse(self, key: str, message: str, remedy: str) -> DataError:
        """The error to raise about ``key`` of this table."""
        place = ".".join(part for part in (self.path, key) if part)
        return DataError(self.file, place or "-", message, remedy)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def _take(self, key: str, kind: type[T], words: str) -> T:
        if key not in self._values:
            raise self.refuse(key, "la valeur manque", f"ajouter « {key} » ({words})")
        value = self._values.pop(key)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.refuse(key, f"{value!r} n’est pas {words}", f"écrire {words}")
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A non-empty text, with French typography applied."""
        if default is not None and key not in self._values:
            return default
        value = self._take(key, str, "un texte").strip()
        if not value and default is None:
            raise self.refuse(key, "le texte est vide", "écrire le texte")
        return tidy(value)

    def code(self, key: str, default: str | None = None) -> str:
        """A machine word: like ``text`` but left exactly as written."""
        if default is not None and key not in self._values:
            return default
        value = self._take(key, str, "un mot de code")
        if not value and default is None:
            raise self.refuse(key, "le mot est vide", "écrire le mot")
        return value

    def number(self, key: str, default: int | None = None) -> int:
        """An integer."""
        if default is not None and key not in self._values:
            return default
        return self._take(key, int, "un nombre entier")

    def flag(self, key: str, default: bool | None = None) -> bool:
        """True or false."""
        if default is not None and key not in self._values:
            return default
        return self._take(key, bool, "true ou false")

    def day(self, key: str) -> date:
        """A day, written YYYY-MM-DD without quotes."""
        value = self._take(key, date, "une date AAAA-MM-JJ sans guillemets")
        if isinstance(value, datetime):
            raise self.refuse(key, "une heure est de trop", "écrire la date seule")
        return value

    def maybe_day(self, key: str) -> date | None:
        """A day, or ``None`` when the key is absent."""
        return self.day(key) if key in self._values else None

    def choice(self, key: str, words: type[Word], default: Word | None = None) -> Word:
        """One value of a closed vocabulary."""
        if default is not None and key not in self._values:
            return default
        value = self._take(key, str, "un mot de code")
        return self._word(key, value, words)

    def _word(self, key: str, value: str, words: type[Word]) -> Word:
        try:
            return words(value)
        except ValueError:
            known = ", ".join(sorted(words))
            raise self.refuse(key, f"« {value} » est inconnu", f"choisir parmi : {known}") from None

    def choices(self, key: str, words: type[Word]) -> tuple[Word, ...]:
        """Several values of a closed vocabulary, in the order written."""
        return tuple(self._word(key, value, words) for value in self.codes(key))

    def codes(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of machine words without duplicate."""
        if default is not None and key not in self._values:
            return default
        values = self._take(key, list, "une liste de mots de code")
        seen: list[str] = []
        for value in values:
            if not isinstance(value, str) or not value:
                raise self.refuse(key, f"{value!r} n’est pas un mot", "écrire un mot de code")
            if value in seen:
                raise self.refuse(key, f"« {value} » est en double", "n’écrire le mot qu’une fois")
            seen.append(value)
        return tuple(seen)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of integers."""
        values = self._take(key, list, "une liste de nombres entiers")
        for value in values:
            if not isinstance(value, int) or isinstance(value, bool):
                raise self.refuse(key, f"{value!r} n’est pas un entier", "écrire un entier")
        return tuple(values)

    def table(self, key: str, *, optional: bool = False) -> Table:
        """A sub-table."""
        if optional and key not in self._values:
            return Table(self.file, key, {})
        values = self._take(key, dict, "une table")
        return Table(self.file, ".".join(p for p in (self.path, key) if p), values)

    def tables(self, key: str, *, optional: bool = False) -> list[Table]:
        """A list of tables; each is named by its own ``key`` or rank in error messages."""
        if optional and key not in self._values:
            return []
        values = self._take(key, list, "une liste de tables")
        found: list[Table] = []
        for rank, value in enumerate(values, start=1):
            if not isinstance(value, dict):
                raise self.refuse(key, f"{value!r} n’est pas une table", "écrire [[…]]")
            name = value.get("key", rank)
            found.append(
                Table(self.file, f"{self.path}{'.' if self.path else ''}{key}.{name}", value)
            )
        return found

    def raw(self, key: str) -> object:
        """A value as written, left to be read elsewhere."""
        return self._values[key]

    def rest(self) -> tuple[str, ...]:
        """The keys not taken yet (for tables whose keys are free)."""
        return tuple(self._values)

    def citations(self, sources: Mapping[str, Source]) -> tuple[Citation, ...]:
        """The citations of this statement: at least one, all of known sources."""
        remedy = 'ajouter citations = [{ source = "…", locator = "…" }]'
        if "citations" not in self._values:
            raise self.refuse("citations", "cet énoncé n’a pas de citation", remedy)
        tables = self.tables("citations")
        if not tables:
            raise self.refuse("citations", "cet énoncé n’a pas de citation", remedy)
        return tuple(self._citation(table, sources) for table in tables)

    def _citation(self, table: Table, sources: Mapping[str, Source]) -> Citation:
        key = table.code("source")
        if key not in sources:
            raise table.refuse(
                "source",
                f"la source « {key} » est inconnue",
                "déclarer la source dans sources.toml ou corriger son nom",
            )
        source = sources[key]
        provisional = table.flag("provisional", source.provisional)
        why = table.text("why", source.why if provisional else "")
        if provisional and not why:
            raise table.refuse("why", "provisoire sans raison", "dire pourquoi c’est provisoire")
        citation = Citation(
            source=key,
            text=source.text,
            locator=table.text("locator"),
            url=table.code("url", source.url),
            consulted_on=table.maybe_day("consulted_on") or source.consulted_on,
            provisional=provisional,
            why=why,
            edition=source.edition,
        )
        table.finish()
        return citation

    def finish(self) -> None:
        """Refuse any key that nobody took."""
        for key in self._values:
            raise self.refuse(key, "cette clé est inconnue", "la corriger ou la retirer")


class Source:
    """One text, guide or page that statements cite (``sources.toml``)."""

    __slots__ = (
        "consulted_on",
        "edition",
        "is_own",
        "key",
        "provisional",
        "text",
        "title",
        "url",
        "why",
    )

    def __init__(self, table: Table, key: str) -> None:
        self.key = key
        self.text = table.text("text")
        self.title = table.text("title", "")
        self.is_own = table.flag("own", False)
        self.url = table.code("url", "" if self.is_own else None)
        self.consulted_on = table.day("consulted_on")
        self.edition = table.code("edition", "")
        self.provisional = table.flag("provisional", False)
        self.why = table.text("why", "")
        if self.provisional and not self.why:
            raise table.refuse("why", "provisoire sans raison", "dire pourquoi c’est provisoire")
        table.finish()


def read_sources(root: Traversable) -> dict[str, Source]:
    """All the sources by key."""
    table = read(root, "sources.toml")
    return {key: Source(table.table(key), key) for key in table.rest()}


def unique(
    tables: Iterable[tuple[Table, T]], name: Callable[[T], object], word: str
) -> tuple[T, ...]:
    """The values in order; ``DataError`` when two of them have the same name."""
    seen: set[object] = set()
    values: list[T] = []
    for table, value in tables:
        if name(value) in seen:
            raise table.refuse(
                word, f"« {name(value)} » est en double", "donner à chacun un nom différent"
            )
        seen.add(name(value))
        values.append(value)
    return tuple(values)
