"""The coverage in one strip: a count by criterion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from compliance.coverage.model import Coverage
from compliance.coverage.status import SEVERITY, worst
from compliance.referentiel import Edition
from compliance.vocabulary import CoverageStatus
from compliance.wording import NBSP, counted, joined

_PLURALS = {
    CoverageStatus.COVERED: "couverts",
    CoverageStatus.PARTIAL: "partiels",
    CoverageStatus.NOT_APPLICABLE: "non applicables",
}


@dataclass(frozen=True, slots=True)
class CriterionSummary:
    """One criterion: how many indicators in each status, and how many are not followed.

    ``worst`` is the status that calls for attention first, not applicable ones left out;
    ``None`` when nothing is followed here.
    """

    number: int
    title: str
    short: str
    counts: Mapping[CoverageStatus, int]
    not_followed: int
    worst: CoverageStatus | None

    @property
    def sentence(self) -> str:
        """The counts in words: « Critère 3 : 1 en retard, 2 couverts »."""
        parts = [
            counted(self.counts[status], status.label, _PLURALS.get(status, status.label))
            for status in sorted(self.counts, key=SEVERITY.__getitem__)
        ]
        if self.not_followed:
            parts.append(f"{self.not_followed} hors suivi")
        return f"Critère {self.number}{NBSP}: {joined(parts) or 'rien à suivre'}"


def summary(coverage: Coverage, edition: Edition) -> tuple[CriterionSummary, ...]:
    """One line a criterion of ``edition``, which must be that of the coverage."""
    return tuple(
        _criterion(coverage, criterion.number, criterion.title, criterion.short)
        for criterion in edition.criteria
    )


def _criterion(coverage: Coverage, number: int, title: str, short: str) -> CriterionSummary:
    counts = Counter(
        indicator.status for indicator in coverage.indicators if indicator.criterion == number
    )
    followed = [status for status in counts if status is not CoverageStatus.NOT_APPLICABLE]
    return CriterionSummary(
        number=number,
        title=title,
        short=short,
        counts=MappingProxyType(dict(counts)),
        not_followed=sum(1 for item in coverage.not_followed if item.criterion == number),
        worst=worst(followed),
    )
