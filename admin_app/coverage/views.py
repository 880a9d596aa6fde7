"""What pages show of coverage: criteria, indicators, gaps, in the shapes of the components."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core.access import way_to
from admin_app.core.pages import or_404
from admin_app.core.received import asked_key
from admin_app.coverage.acts import way_of
from admin_app.coverage.queries import GapRow, coverage_of
from compliance import expectations as rules
from compliance.citations import Citation
from compliance.coverage import Coverage, Gap, IndicatorCoverage, summary
from compliance.facts import EvidenceFact
from compliance.referentiel import load
from compliance.vocabulary import Layer, PieceStatus, ScopeKind
from compliance.wording import some_names

MOST_PIECES = 30  # of one indicator, on one page; the story of the cohort holds them all


OUR_PRACTICE = "pratique"  # the source of what Liasse chooses by itself


@dataclass(frozen=True, slots=True)
class CohortPanel:
    """The coverage of a cohort as its page shows it."""

    coverage: Coverage
    criteria: list[dict[str, Any]]
    selected: int
    title: str
    indicators: list[dict[str, Any]]
    not_followed: list[Any]


def cohort_panel(
    coverage: Coverage,
    cohort_id: int | None,
    selected: int | None,
    *,
    endpoint: str,
    **address: str | None,
) -> CohortPanel:
    """The strip of criteria and the indicators of the one that is open.

    Without a choice, the criterion that calls for attention first is open. `cohort_id` is None
    for the organisation itself; `address` is what links keep (the day shown).
    """
    values: dict[str, Any] = {**address}
    if cohort_id is not None:
        values["cohort_id"] = cohort_id
    edition = load().edition(coverage.edition)
    summaries = summary(coverage, edition)
    chosen = selected if selected in {one.number for one in summaries} else _first(summaries)
    criteria = [
        {
            "number": one.number,
            "label": one.short,
            "url": url_for(endpoint, critere=one.number, **values) + "#couverture",
            "cells": [
                indicator.status
                for indicator in coverage.indicators
                if indicator.criterion == one.number
            ],
        }
        for one in summaries
    ]
    return CohortPanel(
        coverage=coverage,
        criteria=criteria,
        selected=chosen,
        title=edition.criterion(chosen).title,
        indicators=[
            _indicator(one, cohort_id) for one in coverage.indicators if one.criterion == chosen
        ],
        not_followed=[one for one in coverage.not_followed if one.criterion == chosen],
    )


def page_panel(cohort_id: int) -> tuple[str, dict[str, Any]]:
    """The coverage of a cohort, as its own page shows it (three statements)."""
    cohort = or_404(cohort_by_id(cohort_id))
    selected = asked_key("critere")
    panel = cohort_panel(coverage_of(cohort), cohort_id, selected, endpoint="cohorts_office.show")
    file_url = url_for("coverage_office.cohort", cohort_id=cohort_id)
    return "coverage/_page_panel.html", {"panel": panel, "file_url": file_url}


def _indicator(one: IndicatorCoverage, cohort_id: int | None) -> dict[str, Any]:
    """An indicator with what calls for someone now; its reasons tell what is to come."""
    pressing = [gap for gap in one.gaps if gap.status is not PieceStatus.UPCOMING]
    return {
        "indicator": one,
        "gaps": gap_views(pressing, cohort_id, one.evidence),
        "reasons": _not_said_by(one.reasons, pressing),
        "citations": citations(one.layer, one.citations),
        "pieces": one.evidence[:MOST_PIECES],
        "more": max(0, len(one.evidence) - MOST_PIECES),
    }


def _not_said_by(reasons: Iterable[str], gaps: list[Gap]) -> list[str]:
    """The reasons but for those that a gap, written beneath, tells in the same words."""
    told = " ".join(gap.sentence for gap in gaps)
    return [one for one in reasons if one.split(" Échéance", maxsplit=1)[0] not in told]


def gap_views(
    gaps: Iterable[Gap], cohort_id: int | None, evidence: Iterable[EvidenceFact] = ()
) -> list[dict[str, Any]]:
    """Gaps of the engine, for `components/gaps.html`; one line for all who owe the same piece.

    Of a piece to be looked at, the link leads to its review, when it is among the `evidence`.
    """
    found = {(one.piece, one.scope_kind, one.scope_key): one.key for one in evidence}
    groups: dict[tuple[str, str], list[Gap]] = {}
    for gap in gaps:
        groups.setdefault((gap.piece, gap.status), []).append(gap)
    return [_gap_view(group, cohort_id, found) for group in groups.values()]


def act_of(
    gap: Gap, cohort_id: int | None, evidence: Mapping[tuple[str, ScopeKind, int], int]
) -> tuple[str, str]:
    """Where a gap is filled, and the words of the link; the review of a piece to be looked at."""
    key = evidence.get((gap.piece, gap.scope_kind, gap.scope_key))
    if gap.status is PieceStatus.REVIEW and key is not None:
        return way_to("coverage_office.review", evidence_id=key) or "", "Examiner"
    return way_of(gap.act, cohort_id, gap.scope_key)


def _gap_view(
    group: list[Gap], cohort_id: int | None, evidence: Mapping[tuple[str, ScopeKind, int], int]
) -> dict[str, Any]:
    first, alone = group[0], len(group) == 1
    url, words = act_of(first, cohort_id, evidence)
    return {
        "what": first.title,
        "whom": some_names([gap.for_name for gap in group]),
        # the sentence of a single gap says itself who owes it and for when
        "owed_by": "" if alone else _owed([gap.owed_name for gap in group]),
        "due": None if alone else min(gap.due_on for gap in group),
        "status": first.status,
        "why": first.sentence if alone else "",
        "citations": citations(first.layer, first.citations),
        "act_url": url,
        "act_label": words,
    }


def _owed(names: list[str]) -> str:
    """Who owes it; nothing when each person owes their own, which the names already say."""
    return names[0] if len(set(names)) == 1 else ""


def row_views(rows: Iterable[GapRow]) -> list[dict[str, Any]]:
    """Rows of a list, in their order; one line for all who owe the same piece of a cohort."""
    groups: dict[tuple[int | None, str, str], list[GapRow]] = {}
    for row in rows:
        one = row.expectation
        groups.setdefault((one.cohort_id, one.piece, row.status), []).append(row)
    return [_row_view(group) for group in groups.values()]


def _row_view(group: list[GapRow]) -> dict[str, Any]:
    one, reference = group[0].expectation, group[0].reference
    piece = rules.catalogue().piece(one.piece)
    url, words = way_of(one.act, one.cohort_id, one.scope_id)
    if group[0].status is PieceStatus.REVIEW:
        url, words = way_to("coverage_office.reviews", q=one.for_name) or "", "Examiner"
    if not url and one.cohort_id is not None:
        url, words = way_to("cohorts_office.show", cohort_id=one.cohort_id) or "", "Voir la session"
    names = some_names([row.expectation.for_name for row in group])
    is_cohort = one.scope_kind in {ScopeKind.COHORT, ScopeKind.PROGRAMME}
    return {
        "what": one.title,
        "whom": reference if reference and is_cohort else f"{names}, {reference}".strip(", "),
        "owed_by": _owed([row.expectation.owed_name for row in group]),
        "due": min(row.expectation.due_on for row in group),
        "status": group[0].status,
        "why": (one.oddity or one.sentence) if len(group) == 1 else "",
        "citations": citations(piece.layer, piece.citations),
        "act_url": url,
        "act_label": words,
    }


def citations(layer: Layer, found: tuple[Citation, ...]) -> list[dict[str, Any]]:
    """Citations, each with who speaks; in a piece of ours it is always us."""
    return [
        {
            "layer": _who_speaks(layer, one),
            "sentence": one.sentence,
            "url": one.url or None,
        }
        for one in found
    ]


def _who_speaks(layer: Layer, citation: Citation) -> Layer:
    """Ours is said to be ours, even beside a text: a rhythm that no text sets is no duty."""
    if layer is Layer.OURS or citation.source == OUR_PRACTICE:
        return Layer.OURS
    return Layer.READING if citation.source.startswith("guide") else Layer.LAW


def _first(summaries: Any) -> int:
    from compliance.coverage import SEVERITY

    followed = [one for one in summaries if one.worst is not None]
    if not followed:
        return int(summaries[0].number)
    return int(min(followed, key=lambda one: SEVERITY[one.worst]).number)
