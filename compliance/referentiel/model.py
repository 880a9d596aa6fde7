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
    ``new_entrant_later`` is True when the guide leaves it wholly to the surveillance audit.
    ``expected`` is what the guide expects, in one line, and ``grading`` how it grades what is
    missing; both are empty when no guide could be read.
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
    new_entrant_later: bool = False
    grading: str = ""

    @property
    def is_provisional(self) -> bool:
        """True when a text that it rests on is not confirmed."""
        return any(
            citation.provisional
            for citation in (*self.citations, *self.gravity_citations, *self.expected_citations)
        )

    @property
    def is_common(self) -> bool:
        """True when every category of action is concerned."""
        return len(self.categories) == len(ActionCategory)


@dataclass(frozen=True, slots=True)
class Awaited:
    """A text that is announced and not published: what it leaves open, for which requirement.

    ``when`` names the conditions under which it matters (all must hold; none: always);
    ``layer`` says whether the text or its guide leaves it open.
    """

    key: str
    requirement: str
    when: tuple[str, ...]
    sentence: str
    citations: tuple[Citation, ...]
    layer: Layer = Layer.LAW


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
class Note:
    """What a text or its guide adds about one requirement, when its conditions hold."""

    key: str
    requirement: str
    when: tuple[str, ...]
    says: Statement


@dataclass(frozen=True, slots=True)
class Missions:
    """Requirements that, of a subcontractor, are judged only if its contract entrusts them."""

    requirements: tuple[str, ...]
    unmet: Statement


@dataclass(frozen=True, slots=True)
class Reading:
    """An official guide, that reads one edition, for the audits from ``applies_from``
    (``None``: since the edition began)."""

    key: str
    title: str
    edition: str
    status: Publication
    published_on: date | None
    rules: tuple[ReadingRule, ...]
    citations: tuple[Citation, ...]
    notes: tuple[Note, ...] = ()
    missions: Missions | None = None
    applies_from: date | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition: the audits from ``applies_from`` to ``applies_until``, both inclusive
    (``None``: until further notice), as it is read from ``read_from`` on (a new guide, or an
    arrêté that was awaited, makes another reading of the same edition)."""

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
    notes: tuple[Note, ...]
    read_from: date
    _by_key: Mapping[str, Indicator] = field(repr=False, compare=False)

    def notes_on(self, key: str) -> tuple[Note, ...]:
        """What the text, then the guide, add about the requirement ``key``."""
        return tuple(note for note in (*self.notes, *self.reading.notes) if note.requirement == key)

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
    """All the editions, oldest first, and what ties them.

    ``editions`` holds each edition as the last text known reads it; ``readings`` every reading
    of each, oldest first: the first is that of the day when the edition began.
    """

    editions: tuple[Edition, ...]
    steps: tuple[Step, ...]
    readings: Mapping[str, tuple[Edition, ...]]

    def edition(self, key: str, on: date | None = None) -> Edition:
        """The edition of that key, as it is read for an audit held on that day.

        Without a day: as the last text known reads it. Before the edition begins, as it is read
        on its first day; after it ended, as on its last. ``UnknownError`` when there is none.
        """
        readings = self.readings.get(key)
        if readings is None:
            known = ", ".join(edition.key for edition in self.editions)
            raise UnknownError(f"L’édition « {key} » est inconnue (éditions connues : {known}).")
        if on is None:
            return readings[-1]
        begun = [edition for edition in readings if edition.read_from <= on]
        return begun[-1] if begun else readings[0]

    def edition_on(self, audit_date: date) -> Edition:
        """The edition that applies to an audit held on ``audit_date``, as it is read that day.

        The date of the *audit* decides, surveillance included, whenever the training took
        place. ``UnknownError`` before the first edition.
        """
        for edition in reversed(self.editions):
            if edition.applies_from <= audit_date:
                return self.edition(edition.key, audit_date)
        raise UnknownError(
            f"Aucune édition du référentiel ne s’applique à un audit du {day_words(audit_date)}."
        )

    def editions_on(self, day: date) -> tuple[Edition, ...]:
        """Every edition, each as it is read for an audit held on ``day``."""
        return tuple(self.edition(edition.key, day) for edition in self.editions)

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
