"""Reading the needs analysed with clients."""

from collections.abc import Sequence

from sqlalchemy import select

from admin_app.core.database import db
from admin_app.needs.models import NeedsAnalysis


def analysis(analysis_id: int) -> NeedsAnalysis | None:
    """The analysis of that key."""
    return db.session.get(NeedsAnalysis, analysis_id)


def of_request(request_id: int) -> NeedsAnalysis | None:
    """The analysis made for a request for adaptation, the newest."""
    return db.session.scalars(
        select(NeedsAnalysis)
        .where(NeedsAnalysis.request_id == request_id, NeedsAnalysis.superseded_at.is_(None))
        .order_by(NeedsAnalysis.id.desc())
        .limit(1)
    ).first()


def of_cohort(cohort_id: int) -> dict[int, NeedsAnalysis]:
    """The analysis in use for each client of a cohort that has one, by the client's key."""
    rows = db.session.scalars(
        select(NeedsAnalysis)
        .where(NeedsAnalysis.cohort_id == cohort_id, NeedsAnalysis.superseded_at.is_(None))
        .order_by(NeedsAnalysis.id)
    )
    return {row.client_id: row for row in rows}


def former_of(found: NeedsAnalysis) -> Sequence[NeedsAnalysis]:
    """The analyses that this one replaced, newest first."""
    same = (
        NeedsAnalysis.request_id == found.request_id
        if found.request_id is not None
        else NeedsAnalysis.cohort_id == found.cohort_id
    )
    return db.session.scalars(
        select(NeedsAnalysis)
        .where(
            same,
            NeedsAnalysis.client_id == found.client_id,
            NeedsAnalysis.superseded_at.is_not(None),
            NeedsAnalysis.id < found.id,
        )
        .order_by(NeedsAnalysis.id.desc())
    ).all()
