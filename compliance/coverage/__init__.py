"""Coverage: expectations matched with evidence on a day, explained in French."""

from compliance.coverage.engine import cover, gap_of
from compliance.coverage.explain import gap_sentence
from compliance.coverage.matching import assess, counting, match, oddities_of
from compliance.coverage.model import (
    Coverage,
    Gap,
    IndicatorCoverage,
    Matched,
    NotFollowed,
    Oddity,
    PieceCoverage,
)
from compliance.coverage.next_steps import Step, Turn, next_steps
from compliance.coverage.status import (
    SEVERITY,
    ExpectationLike,
    indicator_status,
    piece_status,
    status_of,
    worst,
)
from compliance.coverage.summary import CriterionSummary, summary

__all__ = [
    "SEVERITY",
    "Coverage",
    "CriterionSummary",
    "ExpectationLike",
    "Gap",
    "IndicatorCoverage",
    "Matched",
    "NotFollowed",
    "Oddity",
    "PieceCoverage",
    "Step",
    "Turn",
    "assess",
    "counting",
    "cover",
    "gap_of",
    "gap_sentence",
    "indicator_status",
    "match",
    "next_steps",
    "oddities_of",
    "piece_status",
    "status_of",
    "summary",
    "worst",
]
