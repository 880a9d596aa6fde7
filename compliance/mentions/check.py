"""Says which mentions a document's data leave empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources.abc import Traversable

from compliance.errors import UnknownError
from compliance.mentions.model import DocumentRules, MentionRule, MissingMention
from compliance.tables import Source, Table, data_root, read, read_sources, unique
from compliance.vocabulary import Layer

FOLDER = "mentions"

Rules = Mapping[str, DocumentRules]


def missing(
    kind: str, data: Mapping[str, object], *, on: date | None = None
) -> tuple[MissingMention, ...]:
    """The mentions of a document of that ``kind`` that ``data`` does not fill, in reading order.

    0 counts as said; ``None``, False, blank texts and empty lists do not. ``on`` is the day
    of the document: mentions due since a later day are not asked for (``None``: all are).
    ``UnknownError`` for a kind without rules (see ``kinds``).
    """
    return tuple(
        MissingMention(rule.key, rule.label, empty, rule.layer, rule.remedy, rule.citations)
        for rule in rules_of(kind).mentions
        if _is_due(rule, data, on)
        for empty in (tuple(path for path in rule.paths if not _is_filled(data, path)),)
        if empty
    )


def kinds() -> tuple[str, ...]:
    """The kinds of document that have rules."""
    return tuple(_shipped())


def rules_of(kind: str) -> DocumentRules:
    """The mentions of a kind of document; ``UnknownError`` when it has no rules."""
    try:
        return _shipped()[kind]
    except KeyError:
        known = ", ".join(kinds())
        raise UnknownError(
            f"Aucune règle de mentions pour « {kind} » (documents connus : {known})."
        ) from None


@cache
def _shipped() -> Rules:
    return load_mentions(data_root())


def load_mentions(root: Traversable) -> Rules:
    """The rules of every file of the folder; ``DataError`` when one does not hold."""
    sources = read_sources(root)
    names = sorted(file.name for file in (root / FOLDER).iterdir() if file.name.endswith(".toml"))
    pairs = []
    for name in names:
        table = read(root, f"{FOLDER}/{name}")
        document = _document(table, sources)
        if f"{document.kind}.toml" != name:
            raise table.refuse(
                "document.kind", f"« {document.kind} » n’est pas le nom du fichier", "les accorder"
            )
        pairs.append((table, document))
    return {d.kind: d for d in unique(pairs, lambda document: document.kind, "document.kind")}


def _document(table: Table, sources: Mapping[str, Source]) -> DocumentRules:
    head = table.table("document")
    rules = unique(
        ((row, _rule(row, sources)) for row in table.tables("mention")),
        lambda rule: rule.key,
        "key",
    )
    document = DocumentRules(head.code("kind"), head.text("title"), rules)
    head.finish()
    table.finish()
    return document


def _rule(row: Table, sources: Mapping[str, Source]) -> MentionRule:
    rule = MentionRule(
        key=row.code("key"),
        label=row.text("label"),
        paths=row.codes("paths"),
        when=row.code("when", ""),
        since=row.maybe_day("since"),
        layer=row.choice("layer", Layer),
        remedy=row.text("remedy"),
        citations=row.citations(sources),
    )
    if not rule.paths:
        raise row.refuse("paths", "aucun chemin n’est donné", "dire où lire la mention")
    row.finish()
    return rule


def _is_due(rule: MentionRule, data: Mapping[str, object], on: date | None) -> bool:
    if rule.since is not None and on is not None and on < rule.since:
        return False
    return not rule.when or any(value for _, value in _walk(data, rule.when.split(".")))


def _is_filled(data: Mapping[str, object], path: str) -> bool:
    """True when the place is filled, for every item of the lists on the way.

    With alternatives each item needs one of them; one said above the items holds for all.
    """
    values = [found for way in path.split("|") for found in _walk(data, way.split("."))]
    said = {place for place, value in values if _is_said(value)}
    places = {place for place, _ in values}
    leaves = places - {place[:depth] for place in places for depth in range(len(place))}
    return all(any(leaf[: len(place)] == place for place in said) for leaf in leaves)


def _walk(
    data: object, steps: Sequence[str], place: tuple[int, ...] = ()
) -> Iterator[tuple[tuple[int, ...], object]]:
    """The values at a path, each with the ranks of the items passed through.

    A list without item yields ``None`` once: nothing is said there.
    """
    if not steps:
        yield place, data
        return
    step, rest = steps[0], steps[1:]
    if step != "*":
        inner = data.get(step) if isinstance(data, Mapping) else getattr(data, step, None)
        yield from _walk(inner, rest, place)
        return
    items = data if isinstance(data, Sequence) and not isinstance(data, str) else ()
    if not items:
        yield place, None
    for rank, item in enumerate(items):
        yield from _walk(item, rest, (*place, rank))


def _is_said(value: object) -> bool:
    if value is None or value is False:
        return False
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, Mapping | Sequence | set | frozenset):
        return len(value) > 0
    return True
