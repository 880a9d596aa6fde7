"""What the coverage of a cohort, or of the organisation, is made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from compliance.citations import Citation
from compliance.expectations import Expectation
from compliance.facts import EvidenceFact
from compliance.vocabulary import (
    CoverageStatus,
    Gravity,
    Layer,
    OddityKind,
    Owner,
    PieceStatus,
    ScopeKind,
)


@dataclass(frozen=True, slots=True)
class Matched:
    """An expectation with the evidence that answers it, oldest recorded first."""

    expectation: Expectation
    evidence: tuple[EvidenceFact, ...]


@dataclass(frozen=True, slots=True)
class Oddity:
    """An « incohérence de date » of a piece: it explains, it does not accuse."""

    kind: OddityKind
    sentence: str
    layer: Layer
    citations: tuple[Citation, ...]
    evidence_key: int


@dataclass(frozen=True, slots=True)
class PieceCoverage:
    """One expectation on a given day: its status, its evidence and what dates tell.

    ``oddities`` are those that nobody has explained; ``mentions`` what is shown openly
    without changing the status (regularised signature, explained date, attempt in vain).
    ``evidence`` is what counts that day; ``expired`` what no longer does, for its date alone.
    ``fresh_until`` is the last day on which the evidence counts, or counted (``None``: for ever);
    the due day of ``expectation`` is then no earlier: that is when it must be renewed.
    """

    expectation: Expectation
    status: PieceStatus
    evidence: tuple[EvidenceFact, ...]
    oddities: tuple[Oddity, ...]
    mentions: tuple[str, ...]
    expired: tuple[EvidenceFact, ...] = ()
    fresh_until: date | None = None

    @property
    def is_gap(self) -> bool:
        """True when somebody has still something to do or to look at."""
        return self.status in (PieceStatus.LATE, PieceStatus.UPCOMING, PieceStatus.REVIEW)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing, due or to be looked at: what, for whom, owed by whom, when, and why.

    ``sentence`` is whole French; ``act`` names the form that does it; ``citations`` say why
    it counts. ``due_on`` is the last day in time.
    """

    piece: str
    title: str
    scope_kind: ScopeKind
    scope_key: int
    for_name: str
    owed_by: Owner
    owed_name: str
    due_on: date
    status: PieceStatus
    sentence: str
    act: str
    layer: Layer
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class IndicatorCoverage:
    """One indicator: its status, the reasons in French, the evidence and the gaps.

    ``layer`` says who speaks when the indicator is set aside (the text or its guide);
    ``is_awaited``: an announced text that matters here is not published.
    """

    number: int
    key: str
    criterion: int
    title: str
    gravity: Gravity
    status: CoverageStatus
    reasons: tuple[str, ...]
    evidence: tuple[EvidenceFact, ...]
    gaps: tuple[Gap, ...]
    oddities: tuple[Oddity, ...]
    layer: Layer
    citations: tuple[Citation, ...]
    is_awaited: bool = False


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """An applicable indicator of which nothing can be said here, and why; never « couvert »."""

    number: int
    key: str
    criterion: int
    title: str
    reason: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage on a day, under the edition of an audit date.

    ``pieces`` holds every expectation, whatever the edition; ``indicators`` those followed
    and those not applicable, in the edition's order; ``not_followed`` the others.
    """

    reference: str
    edition: str
    edition_title: str
    as_of: date
    audit_date: date | None
    pieces: tuple[PieceCoverage, ...]
    indicators: tuple[IndicatorCoverage, ...]
    not_followed: tuple[NotFollowed, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Each gap once, oldest due first, whatever the number of indicators it touches."""
        found: dict[tuple[str, ScopeKind, int], Gap] = {}
        for indicator in self.indicators:
            for gap in indicator.gaps:
                found.setdefault((gap.piece, gap.scope_kind, gap.scope_key), gap)
        return tuple(sorted(found.values(), key=lambda gap: gap.due_on))

    def indicator(self, key: str) -> IndicatorCoverage | None:
        """The coverage of the requirement ``key``; ``None`` when it is not followed here."""
        return next((found for found in self.indicators if found.key == key), None)
