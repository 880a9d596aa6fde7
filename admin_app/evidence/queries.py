"""Reading evidence."""

from sqlalchemy import select

from admin_app.core.database import db
from admin_app.evidence.models import Evidence


def piece(evidence_id: int) -> Evidence | None:
    """The piece of that key."""
    return db.session.get(Evidence, evidence_id)


def is_proved(piece: str, scope: tuple[str, int]) -> bool:
    """Whether that piece was obtained for that scope, and stands."""
    statement = select(Evidence.id).where(
        Evidence.piece == piece,
        Evidence.scope_kind == scope[0],
        Evidence.scope_id == scope[1],
        Evidence.outcome == "obtained",
        Evidence.withdrawn_at.is_(None),
    )
    return db.session.scalar(statement.limit(1)) is not None
