"""Mandatory mentions of documents, as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from compliance.citations import Citation
from compliance.vocabulary import Layer


@dataclass(frozen=True, slots=True)
class MentionRule:
    """One mention that a kind of document must carry.

    ``paths`` are dotted places in the document's data that must all be filled: ``a|b`` means
    either, ``.*`` every item of a list that is not empty. ``when`` is a place that must be
    true for the mention to be due; ``since`` the first day on which it is due.
    """

    key: str
    label: str
    paths: tuple[str, ...]
    when: str
    since: date | None
    layer: Layer
    remedy: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class DocumentRules:
    """The mentions of one kind of document, in reading order."""

    kind: str
    title: str
    mentions: tuple[MentionRule, ...]


@dataclass(frozen=True, slots=True)
class MissingMention:
    """A mention that the data do not fill: what, why (texts), and what to do in French.

    ``paths`` are the places left empty; ``is_mandatory`` is True when the text itself asks.
    """

    key: str
    label: str
    paths: tuple[str, ...]
    layer: Layer
    remedy: str
    citations: tuple[Citation, ...]

    @property
    def is_mandatory(self) -> bool:
        """True for what the text itself asks for (« exigence du texte »)."""
        return self.layer is Layer.LAW

    @property
    def sentence(self) -> str:
        """The mention, what to do, and the first text that asks for it."""
        return f"{self.label}\u00a0: {self.remedy} ({_first(self.citations)})"


def _first(citations: Sequence[Citation]) -> str:
    return citations[0].sentence
