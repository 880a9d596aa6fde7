"""Reads the catalogue of pieces and the chronology; refuses whatever does not hold together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from compliance.additions import Added, in_use
from compliance.errors import UnknownError
from compliance.expectations.conditions import CONDITIONS
from compliance.expectations.model import (
    Catalogue,
    ChronologyRule,
    Halfway,
    Link,
    Mention,
    Piece,
    RecordedLate,
    ToExamine,
)
from compliance.expectations.subjects import ANCHORS
from compliance.referentiel import Referentiel, load_from
from compliance.referentiel.loader import load_with
from compliance.tables import Source, Table, data_root, read, read_sources, unique
from compliance.values import Values, load_values, load_values_with
from compliance.vocabulary import EvidenceFlag, Layer, Owner, ScopeKind

# In the order of the catalogue.
PIECES_FILES = tuple(
    f"pieces/{name}.toml"
    for name in (
        "cohort",
        "enrolment",
        "teaching",
        "adaptation",
        "provider",
        "catalogue",
        "partners",
        "registers",
    )
)
CHRONOLOGY_FILE = "chronology.toml"
Sources = Mapping[str, Source]

# What templates may name, with a stand-in to try them when loading.
_PIECE_WORDS = {"for": "", "of_for": "", "owed": "", "cohort": ""}
_RULE_WORDS = {"for": "", "of_for": "", "occurred": "", "anchor": "", "limit": ""}
_LATE_WORDS = {"title": "", "for": "", "occurred": "", "recorded": "", "lag": ""}
_EXAMINE_WORDS = {"title": "", "for": "", "occurred": ""}
_MENTION_WORDS = {"title": "", "for": "", "note": ""}


def catalogue(settings: Mapping[str, int] | None = None) -> Catalogue:
    """The shipped catalogue, read once.

    ``settings`` replaces editable dated values by the organisation's own (key -> days);
    ``UnknownError`` when a key is not an editable value.
    """
    return _with_settings(tuple(sorted((settings or {}).items())), in_use())


@cache
def _with_settings(settings: tuple[tuple[str, int], ...], added: tuple[Added, ...]) -> Catalogue:
    values = load_values_with(added)
    chosen = dict(settings)
    for key in chosen:
        if key not in values or not values[key].editable:
            raise UnknownError(f"« {key} » n’est pas un réglage modifiable.")
    return _read(data_root(), load_with(added), values, chosen)


def load_catalogue(root: Traversable) -> Catalogue:
    """The catalogue of another folder of data, without cache."""
    return _read(root, load_from(root), load_values(root), {})


def _read(
    root: Traversable, referentiel: Referentiel, values: Values, chosen: Mapping[str, int]
) -> Catalogue:
    sources = read_sources(root)
    numbers = {key: value.latest for key, value in values.items() if value.history} | dict(chosen)
    found: list[tuple[Table, Piece]] = []
    for file in PIECES_FILES:
        table = read(root, file)
        found += (
            (row, _piece(row, sources, numbers, referentiel)) for row in table.tables("piece")
        )
        table.finish()
    pieces = unique(found, lambda piece: piece.key, "key")
    return _with_chronology(read(root, CHRONOLOGY_FILE), sources, numbers, pieces)


# Pieces


def _piece(
    row: Table, sources: Sources, numbers: Mapping[str, int], referentiel: Referentiel
) -> Piece:
    scope = row.choice("scope", ScopeKind)
    links = tuple(_link(link, referentiel) for link in row.tables("links"))
    piece = Piece(
        key=row.code("key"),
        title=row.text("title"),
        scope=scope,
        owed_by=row.choice("owed_by", Owner),
        anchor=_anchor(row, scope),
        offset_days=_days(row, "offset", numbers),
        latest_offset_days=row.number("latest_offset_days")
        if "latest_offset_days" in row
        else None,
        fresh_days=_days(row, "fresh", numbers) if _is_fresh(row) else None,
        conditions=_conditions(row, scope),
        each=row.flag("each"),
        sentence=_template(row, "sentence", _PIECE_WORDS),
        act=row.code("act"),
        tried=row.text("tried"),
        tried_counts=row.flag("tried_counts"),
        discreet=row.flag("discreet", False),
        needed=row.flag("needed", False),
        since=row.maybe_day("since"),
        layer=row.choice("layer", Layer),
        links=links,
        citations=row.citations(sources),
        requirements=tuple(link.requirement for link in links),
        halfway=_halfway(row, scope) if "halfway" in row else None,
    )
    if not piece.links:
        raise row.refuse("links", "cette pièce ne sert à rien", "nommer au moins une exigence")
    row.finish()
    return piece


def _anchor(row: Table, scope: ScopeKind) -> str:
    anchor = row.code("anchor")
    if anchor not in ANCHORS[scope]:
        raise row.refuse(
            "anchor",
            f"« {anchor} » n’a pas de sens pour {scope.label}",
            f"choisir parmi : {', '.join(sorted(ANCHORS[scope]))}",
        )
    return anchor


def _is_fresh(row: Table) -> bool:
    return "fresh_days" in row or "fresh_value" in row


def _days(row: Table, name: str, numbers: Mapping[str, int]) -> int:
    """A number of days, written as such or as the key of a dated value."""
    if f"{name}_value" not in row:
        return row.number(f"{name}_days")
    value = row.code(f"{name}_value")
    if value not in numbers:
        raise row.refuse(
            f"{name}_value", f"la valeur « {value} » est inconnue", "la déclarer dans values.toml"
        )
    return numbers[value]


def _conditions(row: Table, scope: ScopeKind) -> tuple[str, ...]:
    names = row.codes("conditions", ())
    for name in names:
        _check_condition(row, "conditions", name, scope)
    return names


def _check_condition(row: Table, key: str, name: str, scope: ScopeKind) -> None:
    if name not in CONDITIONS:
        raise row.refuse(
            key,
            f"la condition « {name} » est inconnue",
            f"choisir parmi : {', '.join(sorted(CONDITIONS))}",
        )
    if scope not in CONDITIONS[name].scopes:
        raise row.refuse(
            key,
            f"la condition « {name} » n’a pas de sens pour {scope.label}",
            "retirer la condition ou changer la portée",
        )


def _halfway(row: Table, scope: ScopeKind) -> Halfway:
    """What is said, and of whom it is asked, once the piece is half done."""
    found = Halfway(
        condition=row.code("halfway"),
        owed_by=row.choice("halfway_owed_by", Owner),
        sentence=_template(row, "halfway_sentence", _PIECE_WORDS),
    )
    _check_condition(row, "halfway", found.condition, scope)
    return found


def _link(row: Table, referentiel: Referentiel) -> Link:
    link = Link(row.code("requirement"), row.codes("editions", ()))
    known = {edition.key: edition for edition in referentiel.editions}
    for name in link.editions:
        if name not in known:
            raise row.refuse("editions", f"l’édition « {name} » est inconnue", "corriger la clé")
        if not known[name].has(link.requirement):
            raise _unknown_requirement(row, link.requirement)
    if link.requirement not in referentiel.requirement_keys:
        raise _unknown_requirement(row, link.requirement)
    row.finish()
    return link


def _unknown_requirement(row: Table, key: str) -> Exception:
    return row.refuse("requirement", f"l’exigence « {key} » est inconnue", "corriger la clé")


def _template(row: Table, key: str, words: Mapping[str, str], default: str | None = None) -> str:
    sentence = row.text(key, default)
    try:
        sentence.format(**words)
    except (KeyError, IndexError, ValueError) as problem:
        raise row.refuse(
            key,
            f"le modèle de phrase ne se lit pas ({problem})",
            f"n’employer que : {', '.join(sorted(words))}",
        ) from None
    return sentence


# Chronology


def _with_chronology(
    table: Table, sources: Sources, numbers: Mapping[str, int], pieces: Iterable[Piece]
) -> Catalogue:
    by_key = {piece.key: piece for piece in pieces}
    rules = [(row, _rule(row, sources, by_key)) for row in table.tables("rule")]
    unique(rules, lambda rule: rule.key, "key")
    unique(rules, lambda rule: (rule.piece, rule.is_deadline), "piece")
    for _, rule in rules:
        piece = by_key[rule.piece]
        by_key[rule.piece] = (
            replace(piece, deadline=rule) if rule.is_deadline else replace(piece, earliest=rule)
        )
    examine = _to_examine(table.table("to_examine"), sources)
    late = _recorded_late(table.table("recorded_late"), sources, numbers, by_key)
    mentions = unique(
        ((row, _mention(row, sources)) for row in table.tables("mention")),
        lambda mention: mention.flag,
        "flag",
    )
    table.finish()
    return Catalogue(
        pieces=tuple(by_key.values()),
        mentions=MappingProxyType({mention.flag.value: mention for mention in mentions}),
        recorded_late=late,
        to_examine=examine,
        _by_key=MappingProxyType(by_key),
    )


def _rule(row: Table, sources: Sources, pieces: Mapping[str, Piece]) -> ChronologyRule:
    piece = _known_piece(row, "piece", row.code("piece"), pieces)
    kind = row.code("kind")
    if kind not in ("not-after", "not-before"):
        raise row.refuse("kind", f"« {kind} » est inconnu", "écrire not-after ou not-before")
    rule = ChronologyRule(
        key=row.code("key"),
        piece=piece,
        is_deadline=kind == "not-after",
        anchor=_anchor(row, pieces[piece].scope),
        offset_days=row.number("offset_days"),
        sentence=_template(row, "sentence", _RULE_WORDS),
        same_day=_template(row, "same_day", _RULE_WORDS, ""),
        layer=row.choice("layer", Layer),
        citations=row.citations(sources),
    )
    row.finish()
    return rule


def _known_piece(row: Table, key: str, name: str, pieces: Mapping[str, Piece]) -> str:
    if name not in pieces:
        raise row.refuse(key, f"la pièce « {name} » est inconnue", "corriger la clé de la pièce")
    return name


def _recorded_late(
    row: Table, sources: Sources, numbers: Mapping[str, int], pieces: Mapping[str, Piece]
) -> RecordedLate:
    name = row.code("value")
    if name not in numbers:
        raise row.refuse("value", f"la valeur « {name} » est inconnue", "la déclarer")
    late = RecordedLate(
        days=numbers[name],
        exceptions=frozenset(
            _known_piece(row, "except", key, pieces) for key in row.codes("except")
        ),
        sentence=_template(row, "sentence", _LATE_WORDS),
        layer=row.choice("layer", Layer),
        citations=row.citations(sources),
    )
    row.finish()
    return late


def _to_examine(row: Table, sources: Sources) -> ToExamine:
    found = ToExamine(
        sentence=_template(row, "sentence", _EXAMINE_WORDS),
        layer=row.choice("layer", Layer),
        citations=row.citations(sources),
    )
    row.finish()
    return found


def _mention(row: Table, sources: Sources) -> Mention:
    mention = Mention(
        flag=row.choice("flag", EvidenceFlag),
        sentence=_template(row, "sentence", _MENTION_WORDS),
        layer=row.choice("layer", Layer),
        citations=row.citations(sources),
    )
    row.finish()
    return mention
