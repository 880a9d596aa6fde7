"""What pages show of coverage: criteria, indicators, gaps, in the shapes of the components."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.core.pages import or_404
from admin_app.coverage.acts import place_of
from admin_app.coverage.queries import GapRow, coverage_of
from compliance import expectations as rules
from compliance.citations import Citation
from compliance.coverage import Coverage, Gap, summary
from compliance.referentiel import load
from compliance.vocabulary import Layer


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
    coverage: Coverage, cohort_id: int, selected: int | None, *, endpoint: str
) -> CohortPanel:
    """The strip of criteria and the indicators of the one that is open.

    Without a choice, the criterion that calls for attention first is open.
    """
    edition = load().edition(coverage.edition)
    summaries = summary(coverage, edition)
    chosen = selected if selected in {one.number for one in summaries} else _first(summaries)
    criteria = [
        {
            "number": one.number,
            "label": one.short,
            "url": url_for(endpoint, cohort_id=cohort_id, critere=one.number) + "#couverture",
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
            {"indicator": one, "gaps": [gap_view(gap, cohort_id) for gap in one.gaps]}
            for one in coverage.indicators
            if one.criterion == chosen
        ],
        not_followed=[one for one in coverage.not_followed if one.criterion == chosen],
    )


def page_panel(cohort_id: int) -> tuple[str, dict[str, Any]]:
    """The coverage of a cohort, as its own page shows it (three statements)."""
    cohort = or_404(cohort_by_id(cohort_id))
    selected = request.args.get("critere", type=int)
    panel = cohort_panel(coverage_of(cohort), cohort_id, selected, endpoint="cohorts_office.show")
    return "coverage/_page_panel.html", {"panel": panel}


def gap_view(gap: Gap, cohort_id: int | None) -> dict[str, Any]:
    """A gap of the engine, for `components/gaps.html`."""
    url, words = place_of(gap.act, cohort_id, gap.scope_key)
    return {
        "what": gap.title,
        "whom": gap.for_name,
        "owed_by": gap.owed_name,
        "due": gap.due_on,
        "status": gap.status,
        "why": gap.sentence,
        "citations": citations(gap.layer, gap.citations),
        "act_url": url,
        "act_label": words,
    }


def row_view(row: GapRow) -> dict[str, Any]:
    """A gap of a list, for `components/gaps.html`."""
    one = row.expectation
    piece = rules.catalogue().piece(one.piece)
    url, words = place_of(one.act, one.cohort_id, one.scope_id)
    whom = f"{one.for_name}, {row.reference}" if row.reference else one.for_name
    return {
        "what": one.title,
        "whom": whom,
        "owed_by": one.owed_name,
        "due": one.due_on,
        "status": row.status,
        "why": one.oddity or one.sentence,
        "citations": citations(piece.layer, piece.citations),
        "act_url": url,
        "act_label": words,
    }


def citations(layer: Layer, found: tuple[Citation, ...]) -> list[dict[str, Any]]:
    """Citations, each with who speaks."""
    return [
        {
            "layer": layer
            if layer is Layer.OURS
            else Layer.READING
            if _is_guide(one)
            else Layer.LAW,
            "sentence": one.sentence,
            "url": one.url or None,
        }
        for one in found
    ]


def _is_guide(citation: Citation) -> bool:
    return citation.source.startswith("guide")


def _first(summaries: Any) -> int:
    from compliance.coverage import SEVERITY

    followed = [one for one in summaries if one.worst is not None]
    if not followed:
        return int(summaries[0].number)
    return int(min(followed, key=lambda one: SEVERITY[one.worst]).number)
