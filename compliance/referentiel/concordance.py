"""Reads what ties an edition to the next: every requirement of both, once and only once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from compliance.citations import Citation
from compliance.referentiel.model import Change, Edition, Step
from compliance.tables import Source, Table
from compliance.vocabulary import ChangeKind


def read_steps(
    table: Table, sources: Mapping[str, Source], editions: Sequence[Edition]
) -> tuple[Step, ...]:
    """One step for each pair of successive editions; ``DataError`` when one is missing."""
    by_key = {edition.key: edition for edition in editions}
    steps = []
    for row in table.tables("step"):
        before, after = (_edition(row, name, by_key) for name in ("from", "to"))
        steps.append(_step(row, sources, before, after))
        row.finish()
    table.finish()
    found = [(step.before, step.after) for step in steps]
    ordered = sorted(editions, key=lambda edition: edition.applies_from)
    for one, two in pairwise(ordered):
        if found.count((one.key, two.key)) != 1:
            raise table.refuse(
                "step",
                f"le passage de {one.key} à {two.key} n’est pas décrit une fois",
                "écrire un seul [[step]] pour chaque passage d’une édition à la suivante",
            )
    return tuple(steps)


def _edition(row: Table, name: str, by_key: Mapping[str, Edition]) -> Edition:
    key = row.code(name)
    if key not in by_key:
        raise row.refuse(name, f"l’édition « {key} » est inconnue", "corriger la clé")
    return by_key[key]


def _step(row: Table, sources: Mapping[str, Source], before: Edition, after: Edition) -> Step:
    citations = row.citations(sources)
    said: dict[str, tuple[ChangeKind, str, tuple[Citation, ...]]] = {}

    def say(key: str, kind: ChangeKind, sentence: str, cited: tuple[Citation, ...]) -> None:
        if key in said:
            raise row.refuse(key, "cette exigence est rangée deux fois", "n’en garder qu’une")
        said[key] = (kind, sentence, cited)

    for key in row.codes("unchanged"):
        say(key, ChangeKind.UNCHANGED, "Exigence inchangée.", citations)
    for key in row.codes("wording"):
        say(key, ChangeKind.WORDING, "Rédaction modifiée, sans effet sur l’exigence.", citations)
    for change in row.tables("change", optional=True):
        say(
            change.code("key"),
            change.choice("kind", ChangeKind),
            change.text("sentence"),
            change.citations(sources),
        )
        change.finish()
    _check_whole(row, said, before, after)
    ordered = [indicator.key for indicator in after.indicators]
    ordered += [i.key for i in before.indicators if not after.has(i.key)]
    return Step(
        before.key, after.key, tuple(_change(key, *said[key], before, after) for key in ordered)
    )


def _change(
    key: str,
    kind: ChangeKind,
    sentence: str,
    citations: tuple[Citation, ...],
    before: Edition,
    after: Edition,
) -> Change:
    return Change(
        key=key,
        kind=kind,
        sentence=sentence,
        number_before=before.by_key(key).number if before.has(key) else None,
        number_after=after.by_key(key).number if after.has(key) else None,
        citations=citations,
    )


def _check_whole(
    row: Table,
    said: Mapping[str, tuple[ChangeKind, str, tuple[Citation, ...]]],
    before: Edition,
    after: Edition,
) -> None:
    known = {i.key for i in before.indicators} | {i.key for i in after.indicators}
    for key in known - said.keys():
        raise row.refuse(key, "cette exigence n’est pas rangée", "dire ce qu’elle devient")
    for key in said.keys() - known:
        raise row.refuse(key, "aucune des deux éditions ne connaît cette exigence", "la retirer")
    for key, (kind, _, _) in said.items():
        expected = {
            ChangeKind.NEW: (False, True),
            ChangeKind.WITHDRAWN: (True, False),
        }.get(kind, (True, True))
        if (before.has(key), after.has(key)) != expected:
            raise row.refuse(
                key, f"« {kind.label} » ne correspond pas aux éditions", "corriger le changement"
            )
