"""What is expected: the catalogue's pieces, and the expectations they become for given facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from compliance.citations import Citation
from compliance.errors import UnknownError
from compliance.vocabulary import EvidenceFlag, Layer, Owner, ScopeKind


@dataclass(frozen=True, slots=True)
class Link:
    """A piece serves a requirement, in every edition or in the ``editions`` named."""

    requirement: str
    editions: tuple[str, ...]

    def holds_in(self, edition: str) -> bool:
        """True when the link holds in the edition of that key."""
        return not self.editions or edition in self.editions


@dataclass(frozen=True, slots=True)
class ChronologyRule:
    """What the date of a piece should tell: on or before (``is_deadline``), or on or after,
    the ``anchor`` day plus ``offset_days``. Sentences are templates."""

    key: str
    piece: str
    is_deadline: bool
    anchor: str
    offset_days: int
    sentence: str
    same_day: str
    layer: Layer
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """What a flag of a piece of evidence makes the reader see; never an accusation."""

    flag: EvidenceFlag
    sentence: str
    layer: Layer
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class ToExamine:
    """What is said of a piece that a person marked « à examiner »."""

    sentence: str
    layer: Layer
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class RecordedLate:
    """A piece recorded more than ``days`` days after the fact is to be looked at, but for the
    pieces in ``exceptions``, whose paper may be older than the software."""

    days: int
    exceptions: frozenset[str]
    sentence: str
    layer: Layer
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Halfway:
    """A piece half done: once ``condition`` holds, ``owed_by`` owes the rest, said otherwise."""

    condition: str
    owed_by: Owner
    sentence: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One kind of piece: about what, owed by whom, due when, under which conditions.

    ``offset_days`` after ``anchor`` gives the due day, inclusive; ``latest_offset_days`` after
    the start bounds it. ``fresh_days``: how many days after the fact it still counts, inclusive
    (``None``: for ever). ``each``: one missing among several makes the indicator partial.
    ``tried_counts``: having asked in vain is enough. ``since``: first day on which the piece
    is expected at all. ``discreet``: nobody is told whom it is about. ``requirements`` are the
    keys served, whatever the edition. ``halfway``: who owes the rest once it is half done.
    ``deadline`` and ``earliest`` are its chronology rules. ``needed``: how it is done is our
    practice, that it is done is not.
    """

    key: str
    title: str
    scope: ScopeKind
    owed_by: Owner
    anchor: str
    offset_days: int
    latest_offset_days: int | None
    fresh_days: int | None
    conditions: tuple[str, ...]
    each: bool
    sentence: str
    act: str
    tried: str
    tried_counts: bool
    discreet: bool
    since: date | None
    layer: Layer
    links: tuple[Link, ...]
    citations: tuple[Citation, ...]
    requirements: tuple[str, ...]
    halfway: Halfway | None = None
    deadline: ChronologyRule | None = None
    earliest: ChronologyRule | None = None
    needed: bool = False

    @property
    def is_optional(self) -> bool:
        """True when a house may do without: a practice of ours, unless a text needs it so."""
        return self.layer is Layer.OURS and not self.needed

    def serves(self, requirement: str, edition: str) -> bool:
        """True when this piece counts for ``requirement`` in ``edition`` (a key)."""
        return any(
            link.requirement == requirement and link.holds_in(edition) for link in self.links
        )


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every kind of piece, in the order of the data file, and how dates are looked at."""

    pieces: tuple[Piece, ...]
    mentions: Mapping[str, Mention]
    recorded_late: RecordedLate
    to_examine: ToExamine
    _by_key: Mapping[str, Piece] = field(repr=False, compare=False)

    def piece(self, key: str) -> Piece:
        """The piece of that key; ``UnknownError`` when there is none."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownError(f"La pièce « {key} » n’est pas au catalogue.") from None

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def requirements_in(self, edition: str) -> frozenset[str]:
        """The requirements for which some piece is expected in ``edition`` (a key)."""
        return frozenset(
            link.requirement
            for piece in self.pieces
            for link in piece.links
            if link.holds_in(edition)
        )


@dataclass(frozen=True, slots=True)
class Expectation:
    """This piece, for this person or this cohort, owed by this role, due on this day.

    ``piece``, ``scope_kind`` and ``scope_key`` identify it and are what evidence is matched
    on. ``due_on`` is the last day in time. ``must_occur_by`` and ``must_not_occur_before``
    are the bounds of the chronology rules, both inclusive (``None``: no bound);
    ``chronology_day`` is the day of the anchor that the explanation names. ``needed_until`` is
    the last day on which what expires must still be fresh (``None``: for ever).
    """

    piece: str
    scope_kind: ScopeKind
    scope_key: int
    for_name: str
    owed_by: Owner
    owed_name: str
    due_on: date
    must_occur_by: date | None
    title: str
    sentence: str
    act: str
    requirements: tuple[str, ...]
    must_not_occur_before: date | None = None
    chronology_day: date | None = None
    needed_until: date | None = None

    @property
    def identity(self) -> tuple[str, ScopeKind, int]:
        """What makes it the same expectation from one computation to the next."""
        return (self.piece, self.scope_kind, self.scope_key)
