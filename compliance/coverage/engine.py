"""Expectations × evidence, on a day, under an edition: the coverage of each indicator."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, tzinfo

from compliance.citations import Citation
from compliance.coverage import explain
from compliance.coverage.challenge import challenges
from compliance.coverage.matching import assess, counting, match
from compliance.coverage.model import (
    Coverage,
    Gap,
    IndicatorCoverage,
    NotFollowed,
    PieceCoverage,
)
from compliance.coverage.status import SEVERITY, indicator_status
from compliance.expectations import Catalogue, Expectation, Piece
from compliance.expectations import catalogue as shipped_catalogue
from compliance.facts import CohortFacts, EvidenceFact, ProviderFacts, action_of
from compliance.referentiel import Awaited, Edition, Indicator, NotApplicable, applicable
from compliance.vocabulary import CoverageStatus, Layer, PieceStatus

_GAP_ORDER = {PieceStatus.LATE: 0, PieceStatus.REVIEW: 1, PieceStatus.UPCOMING: 2}


def cover(
    facts: CohortFacts | ProviderFacts,
    expectations: Iterable[Expectation],
    evidence: Iterable[EvidenceFact],
    *,
    edition: Edition,
    as_of: date,
    audit_date: date | None = None,
    zone: tzinfo = UTC,
    catalogue: Catalogue | None = None,
) -> Coverage:
    """The coverage of a cohort (or of the organisation) at the end of the day ``as_of``.

    ``expectations`` are those of ``expectations_of`` and, to see permanent pieces too, of
    ``provider_expectations``. Evidence recorded, occurred or withdrawn after ``as_of`` in
    ``zone`` is taken as it stood that day. ``edition`` is that of the audit date, which is
    only recorded here. ``catalogue`` must be the one the expectations were made with.
    """
    book = catalogue or shipped_catalogue()
    pieces = tuple(
        assess(matched, book, as_of, zone)
        for matched in match(expectations, counting(evidence, as_of, zone))
    )
    served = _by_requirement(pieces, book, edition)
    scope = applicable(edition, action_of(facts))
    doubts = challenges(facts)
    set_aside = {item.indicator.key: item for item in scope.not_applicable}
    awaited: dict[str, list[Awaited]] = {}
    for item in scope.awaited:
        awaited.setdefault(item.requirement, []).append(item)
    indicators: list[IndicatorCoverage] = []
    not_followed: list[NotFollowed] = []
    for indicator in edition.indicators:
        doubt = _doubt(indicator, facts, doubts)
        if (reason := set_aside.get(indicator.key)) is not None:
            indicators.append(_not_applicable(reason))
        elif doubt:
            found = _followed(indicator, served.get(indicator.key, {}), (), edition, as_of)
            indicators.append(_doubted(found, doubt))
        elif (groups := served.get(indicator.key)) is not None:
            texts = awaited.get(indicator.key, [])
            indicators.append(_followed(indicator, groups, texts, edition, as_of))
        else:
            not_followed.append(_not_followed(indicator, facts, book, edition))
    return Coverage(
        reference=facts.reference if isinstance(facts, CohortFacts) else facts.name,
        edition=edition.key,
        edition_title=edition.title,
        as_of=as_of,
        audit_date=audit_date,
        pieces=pieces,
        indicators=tuple(indicators),
        not_followed=tuple(not_followed),
    )


_Groups = dict[str, tuple[Piece, list[PieceCoverage]]]


def _by_requirement(
    pieces: Iterable[PieceCoverage], book: Catalogue, edition: Edition
) -> Mapping[str, _Groups]:
    """For each requirement, its pieces by kind, in the order of the expectations."""
    kinds: dict[str, list[PieceCoverage]] = {}
    for found in pieces:
        kinds.setdefault(found.expectation.piece, []).append(found)
    served: dict[str, _Groups] = {}
    for key, group in kinds.items():
        piece = book.piece(key)
        for link in piece.links:
            if link.holds_in(edition.key):
                served.setdefault(link.requirement, {})[key] = (piece, group)
    return served


def _followed(
    indicator: Indicator,
    groups: _Groups,
    awaited: Sequence[Awaited],
    edition: Edition,
    as_of: date,
) -> IndicatorCoverage:
    status = indicator_status(
        ((piece.each, [one.status for one in found]) for piece, found in groups.values()),
        is_awaited=bool(awaited),
    )
    reasons = [
        reason for piece, found in groups.values() for reason in explain.piece_reasons(piece, found)
    ]
    reasons.extend(item.sentence for item in awaited)
    everything = [(piece, one) for piece, found in groups.values() for one in found]
    return IndicatorCoverage(
        number=indicator.number,
        key=indicator.key,
        criterion=indicator.criterion,
        title=indicator.title,
        gravity=indicator.gravity,
        status=status,
        reasons=tuple(dict.fromkeys(reasons)),
        evidence=tuple(fact for _, one in everything for fact in one.evidence),
        gaps=_gaps(everything, indicator, edition, as_of),
        oddities=tuple(oddity for _, one in everything for oddity in one.oddities),
        layer=Layer.LAW,
        citations=_with_awaited(indicator.citations, awaited),
        is_awaited=bool(awaited),
    )


def _doubt(
    indicator: Indicator, facts: CohortFacts | ProviderFacts, doubts: Mapping[str, str]
) -> str:
    """Why the indicator was said not to apply though the facts show that it does; or nothing."""
    if not doubts or not isinstance(facts, CohortFacts):
        return ""
    names = indicator.conditions.get(facts.category, ())
    return " ".join(doubts[name] for name in names if name in doubts)


def _doubted(found: IndicatorCoverage, doubt: str) -> IndicatorCoverage:
    """To be looked at, unless something is missing already."""
    worse = SEVERITY[found.status] < SEVERITY[CoverageStatus.REVIEW]
    return replace(
        found,
        status=found.status if worse else CoverageStatus.REVIEW,
        reasons=(doubt, *found.reasons),
    )


def _with_awaited(
    citations: tuple[Citation, ...], awaited: Sequence[Awaited]
) -> tuple[Citation, ...]:
    return (*citations, *(citation for item in awaited for citation in item.citations))


def _gaps(
    everything: Iterable[tuple[Piece, PieceCoverage]],
    indicator: Indicator,
    edition: Edition,
    as_of: date,
) -> tuple[Gap, ...]:
    """Late first, then to be looked at, then upcoming; each oldest due first."""
    gaps = [
        gap_of(found, piece, indicator, edition, as_of)
        for piece, found in everything
        if found.is_gap
    ]
    return tuple(sorted(gaps, key=lambda gap: (_GAP_ORDER[gap.status], gap.due_on)))


def gap_of(
    found: PieceCoverage, piece: Piece, indicator: Indicator, edition: Edition, as_of: date
) -> Gap:
    """The gap that an unsettled piece makes in an indicator, with the texts that ask for it."""
    expectation = found.expectation
    texts = [*indicator.citations, *piece.citations]
    texts.extend(citation for oddity in found.oddities for citation in oddity.citations)
    return Gap(
        piece=piece.key,
        title=piece.title,
        scope_kind=expectation.scope_kind,
        scope_key=expectation.scope_key,
        for_name=expectation.for_name,
        owed_by=expectation.owed_by,
        owed_name=expectation.owed_name,
        due_on=expectation.due_on,
        status=found.status,
        sentence=explain.gap_sentence(found, as_of),
        act=expectation.act,
        layer=piece.layer,
        citations=tuple(dict.fromkeys(text for text in texts if text.edition in ("", edition.key))),
    )


def _not_applicable(reason: NotApplicable) -> IndicatorCoverage:
    indicator = reason.indicator
    return IndicatorCoverage(
        number=indicator.number,
        key=indicator.key,
        criterion=indicator.criterion,
        title=indicator.title,
        gravity=indicator.gravity,
        status=CoverageStatus.NOT_APPLICABLE,
        reasons=(reason.reason,),
        evidence=(),
        gaps=(),
        oddities=(),
        layer=reason.layer,
        citations=reason.citations,
    )


def _not_followed(
    indicator: Indicator,
    facts: CohortFacts | ProviderFacts,
    book: Catalogue,
    edition: Edition,
) -> NotFollowed:
    if isinstance(facts, CohortFacts) and facts.cancelled:
        reason = explain.CANCELLED
    elif indicator.key in book.requirements_in(edition.key):
        reason = explain.NOTHING_EXPECTED
    else:
        reason = explain.NOT_IN_CATALOGUE
    return NotFollowed(
        number=indicator.number,
        key=indicator.key,
        criterion=indicator.criterion,
        title=indicator.title,
        reason=reason,
        citations=indicator.citations,
    )
