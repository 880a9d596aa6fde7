"""What an edition of the référentiel is made of. Numbers are data: they live in editions only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from compliance.citations import Citation
from compliance.errors import UnknownError
from compliance.vocabulary import ActionCategory, ChangeKind, Gravity, Layer, Publication
from compliance.wording import day_words


@dataclass(frozen=True, slots=True)
class Criterion:
    """One of the seven criteria; ``short`` is a title for narrow places."""

    number: int
    title: str
    short: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Indicator:
    """One requirement as an edition numbers it.

    ``key`` is stable across editions. ``conditions`` gives, for each category, the named
    conditions (see ``conditions.py``) that the action must meet. ``new_entrant`` is True when
    the guide looks only at the process on paper at a new entrant's initial audit.
    ``expected`` is what the guide expects, in one line, empty when no guide could be read.
    """

    number: int
    key: str
    criterion: int
    title: str
    summary: str
    categories: tuple[ActionCategory, ...]
    conditions: Mapping[ActionCategory, tuple[str, ...]]
    gravity: Gravity
    gravity_citations: tuple[Citation, ...]
    new_entrant: bool
    new_entrant_citations: tuple[Citation, ...]
    expected: str
    expected_citations: tuple[Citation, ...]
    citations: tuple[Citation, ...]

    @property
    def is_common(self) -> bool:
        """True when every category of action is concerned."""
        return len(self.categories) == len(ActionCategory)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A text that is announced and not published: what it leaves open, for which requirement.

    ``when`` names the conditions under which it matters (all must hold; none: always).
    """

    key: str
    requirement: str
    when: tuple[str, ...]
    sentence: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A French sentence of a layer, with the texts it rests on."""

    sentence: str
    layer: Layer
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ReadingRule:
    """A guide's rule: these requirements apply only when ``condition`` holds."""

    key: str
    requirements: tuple[str, ...]
    condition: str
    unmet: Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """An official guide, that reads one edition."""

    key: str
    title: str
    edition: str
    status: Publication
    published_on: date | None
    rules: tuple[ReadingRule, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: the audits from ``applies_from`` to ``applies_until``, both inclusive
    (``None``: until further notice)."""

    key: str
    title: str
    applies_from: date
    applies_until: date | None
    criteria: tuple[Criterion, ...]
    indicators: tuple[Indicator, ...]
    reading: Reading
    awaited: tuple[Awaited, ...]
    category_rule: Statement
    condition_rules: Mapping[str, Statement]
    citations: tuple[Citation, ...]
    _by_key: Mapping[str, Indicator] = field(repr=False, compare=False)

    def has(self, key: str) -> bool:
        """True when this edition knows the requirement ``key``."""
        return key in self._by_key

    def by_key(self, key: str) -> Indicator:
        """The indicator of a requirement; ``UnknownError`` when this edition has none."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownError(
                f"L’exigence « {key} » n’existe pas dans « {self.title} »."
            ) from None

    def by_number(self, number: int) -> Indicator:
        """The indicator of that number in this edition; ``UnknownError`` when none."""
        for indicator in self.indicators:
            if indicator.number == number:
                return indicator
        raise UnknownError(f"« {self.title} » n’a pas d’indicateur {number}.")

    def criterion(self, number: int) -> Criterion:
        """The criterion of that number; ``UnknownError`` when none."""
        for criterion in self.criteria:
            if criterion.number == number:
                return criterion
        raise UnknownError(f"« {self.title} » n’a pas de critère {number}.")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one requirement from an edition to the next."""

    key: str
    kind: ChangeKind
    sentence: str
    number_before: int | None
    number_after: int | None
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """The concordance of two successive editions: every requirement of both, once."""

    before: str
    after: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Referentiel:
    """All the editions, oldest first, and what ties them."""

    editions: tuple[Edition, ...]
    steps: tuple[Step, ...]

    def edition(self, key: str) -> Edition:
        """The edition of that key; ``UnknownError`` when there is none."""
        for edition in self.editions:
            if edition.key == key:
                return edition
        known = ", ".join(edition.key for edition in self.editions)
        raise UnknownError(f"L’édition « {key} » est inconnue (éditions connues : {known}).")

    def edition_on(self, audit_date: date) -> Edition:
        """The edition that applies to an audit held on ``audit_date``.

        The date of the *audit* decides, surveillance included, whenever the training took
        place. ``UnknownError`` before the first edition.
        """
        for edition in reversed(self.editions):
            if edition.applies_from <= audit_date:
                return edition
        raise UnknownError(
            f"Aucune édition du référentiel ne s’applique à un audit du {day_words(audit_date)}."
        )

    def diff(self, before: str, after: str) -> tuple[Change, ...]:
        """What changed between two successive editions, unchanged requirements included."""
        self.edition(before), self.edition(after)
        for step in self.steps:
            if (step.before, step.after) == (before, after):
                return step.changes
        raise UnknownError(f"Les éditions « {before} » et « {after} » ne se suivent pas.")

    @property
    def requirement_keys(self) -> frozenset[str]:
        """The stable keys known by at least one edition."""
        return frozenset(
            indicator.key for edition in self.editions for indicator in edition.indicators
        )
