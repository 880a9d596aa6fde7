"""Who funds a cohort, and who could."""

from sqlalchemy import or_, select

from admin_app.cohorts.models import CohortFunder
from admin_app.core.database import db
from admin_app.people.models import Client
from admin_app.people.words import FUNDER

OFFERED = 200


def funders_of(cohort_id: int) -> list[int]:
    """The keys of those that fund the cohort."""
    statement = select(CohortFunder.client_id).where(CohortFunder.cohort_id == cohort_id)
    return list(db.session.scalars(statement.order_by(CohortFunder.id)))


def funder_names(cohort_id: int) -> list[str]:
    """Their names, in order."""
    statement = (
        select(Client.name)
        .join(CohortFunder, CohortFunder.client_id == Client.id)
        .where(CohortFunder.cohort_id == cohort_id)
        .order_by(Client.search)
    )
    return list(db.session.scalars(statement))


def funder_choices(cohort_id: int) -> list[tuple[int, str]]:
    """The funders in use, and those of the cohort whatever they have become."""
    there = select(CohortFunder.client_id).where(CohortFunder.cohort_id == cohort_id)
    usable = (Client.kind == FUNDER) & Client.archived_at.is_(None)
    rows = db.session.execute(
        select(Client.id, Client.name)
        .where(or_(usable, Client.id.in_(there)))
        .order_by(Client.search)
        .limit(OFFERED)
    )
    return [(row.id, row.name) for row in rows]
