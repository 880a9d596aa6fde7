"""What nobody has looked at again for long: citations, provisional points, awaited texts."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from compliance import expectations as rules
from compliance.citations import Citation
from compliance.referentiel import load
from compliance.values import load_values
from compliance.vocabulary import Publication
from compliance.wording import day_words

CITATIONS = "looked-again-days"
DOUBTS = "doubt-looked-again-days"


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """One thing to look at again: `kind` is citation, provisional or awaited; `consulted_on` the
    last day somebody did, `due_on` the day from which it is stale."""

    kind: str
    what: str
    why: str
    url: str
    consulted_on: date
    due_on: date
    is_stale: bool

    @property
    def sentence(self) -> str:
        """The same as one French line."""
        seen = day_words(self.consulted_on)
        reason = f" {self.why}" if self.why else ""
        return f"{self.what} (lu le {seen}).{reason}"

    def as_json(self) -> dict[str, Any]:
        """The same, for programs."""
        return {
            "kind": self.kind,
            "what": self.what,
            "why": self.why,
            "url": self.url,
            "consulted_on": self.consulted_on,
            "due_on": self.due_on,
            "stale": self.is_stale,
        }


def to_look_at(day: date, own: Mapping[str, int]) -> list[ToLookAt]:
    """Awaited texts and provisional points, whatever their age, then citations that are stale;
    in each, the oldest first. `own` holds the delays that the organisation chose."""
    doubts, citations = (
        own.get(key, load_values()[key].on(day) or 0) for key in (DOUBTS, CITATIONS)
    )
    rhythm = {"awaited": doubts, "provisional": doubts, "citation": citations}
    found: dict[tuple[str, str], ToLookAt] = {}
    for kind, what, why, one in (*_awaited(day), *_cited()):
        due_on = one.consulted_on + timedelta(days=rhythm[kind])
        told = ToLookAt(kind, what, why, one.url, one.consulted_on, due_on, due_on < day)
        known = found.setdefault((kind, what), told)
        if told.consulted_on < known.consulted_on:
            found[kind, what] = told
    order = list(rhythm)
    kept = [one for one in found.values() if one.kind != "citation" or one.is_stale]
    return sorted(kept, key=lambda one: (order.index(one.kind), one.due_on, _natural(one.what)))


def _natural(words: str) -> list[tuple[int, str]]:
    """Numbers in their order: two before twelve."""
    return [
        (int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", words)
    ]


Found = Iterator[tuple[str, str, str, Citation]]


def _awaited(day: date) -> Found:
    for edition in load().editions_on(day):
        if edition.reading.status is Publication.AWAITED:
            for one in edition.reading.citations[:1]:
                yield "awaited", edition.reading.title, "Publication attendue.", one
        for item in edition.awaited:
            for one in item.citations[:1]:
                number = edition.by_key(item.requirement).number
                yield "awaited", f"Indicateur {number} ({edition.key})", item.sentence, one
    for value in load_values().values():
        if value.awaited:
            for one in value.citations[:1]:
                yield "awaited", value.label, "Le nombre n’est pas publié.", one


def _cited() -> Found:
    for one in dict.fromkeys(_every_citation()):
        if one.provisional and one.source != "pratique":
            yield "provisional", f"{one.text}, {one.locator}", one.why, one
        elif one.url:  # what is ours has nowhere to be read again
            yield "citation", one.text, "", one


def _every_citation() -> Iterable[Citation]:
    for edition in load().editions:
        yield from edition.citations
        yield from edition.reading.citations
        for indicator in edition.indicators:
            yield from indicator.citations
            yield from indicator.gravity_citations[:1]
            yield from indicator.expected_citations
            yield from indicator.new_entrant_citations[:1]
        for note in (*edition.notes, *edition.reading.notes):
            yield from note.says.citations
    for step in load().steps:
        for change in step.changes:
            yield from change.citations
    for value in load_values().values():
        yield from value.citations
    for piece in rules.catalogue().pieces:
        yield from piece.citations
