"""Reading evidence."""

from admin_app.core.database import db
from admin_app.evidence.models import Evidence


def piece(evidence_id: int) -> Evidence | None:
    """The piece of that key."""
    return db.session.get(Evidence, evidence_id)
