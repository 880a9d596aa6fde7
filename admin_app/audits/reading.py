"""What the reading room shows of a cohort: an indicator, its pieces, the one that is open."""

from dataclasses import dataclass

from admin_app.audits.models import Audit
from admin_app.audits.queries import piece_in
from admin_app.cohorts.models import Cohort
from admin_app.coverage.queries import coverage_of
from admin_app.coverage.review.queries import Decided, history, piece_content
from admin_app.coverage.views import gap_views
from admin_app.evidence.models import Evidence
from compliance.coverage import Coverage, IndicatorCoverage


@dataclass(frozen=True, slots=True)
class Reading:
    """The state of the room. `content` is the template and the context that show the piece."""

    coverage: Coverage
    indicator: IndicatorCoverage | None
    piece: Evidence | None
    content: tuple[str, dict[str, object]] | None
    also: tuple[int, ...]
    gaps: list[dict[str, object]]
    reviews: list[Decided]

    @property
    def where(self) -> str:
        """What is open, in words."""
        if self.indicator is None:
            return "vue d’ensemble"
        return f"indicateur {self.indicator.number}"


def cohort_reading(
    audit: Audit, cohort: Cohort, *, number: int | None, evidence_id: int | None
) -> Reading:
    """The coverage of a cohort for the day of the audit, and the piece asked for, if any."""
    coverage = coverage_of(cohort, audit_date=audit.audit_on)
    indicator = next((one for one in coverage.indicators if one.number == number), None)
    piece = piece_in(cohort, evidence_id) if evidence_id is not None else None
    return Reading(
        coverage=coverage,
        indicator=indicator,
        piece=piece,
        content=piece_content(piece) if piece is not None else None,
        also=also_serves(coverage, piece, indicator),
        reviews=history(piece) if piece is not None else [],
        gaps=[
            gap | {"act_url": None}
            for gap in gap_views(indicator.gaps if indicator else (), cohort.id)
        ],
    )


def also_serves(
    coverage: Coverage, piece: Evidence | None, indicator: IndicatorCoverage | None
) -> tuple[int, ...]:
    """The numbers of the other indicators that a piece serves."""
    if piece is None:
        return ()
    return tuple(
        one.number
        for one in coverage.indicators
        if one is not indicator and any(fact.key == piece.id for fact in one.evidence)
    )
