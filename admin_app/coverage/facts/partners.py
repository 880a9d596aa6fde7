"""Those with whom the organisation works: team, subcontractors, funders."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, literal, select

from admin_app.cohorts.models import Assignment, Cohort, CohortFunder
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.coverage.facts.reading import (
    FIRST,
    LAST,
    Chosen,
    chosen,
    end_of,
    held,
    past,
    rows,
    teaching,
)
from admin_app.people.models import Client, Trainer
from admin_app.staff.models import StaffMember
from admin_app.subcontracting.models import Subcontractor
from compliance.registers import FunderRecord, Record, StaffRecord, SubcontractorRecord
from compliance.vocabulary import ScopeKind


def staff(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    """The members of the team, and since when."""
    statement = select(StaffMember).order_by(StaffMember.id)
    if as_of is not None:
        statement = statement.where(StaffMember.since <= as_of)
    for row in db.session.scalars(chosen(statement, StaffMember.id, ids)):
        yield StaffRecord(
            key=row.id, name=row.name, arrived_on=row.since, left_on=past(row.left_on, as_of)
        )


def subcontractors(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    """The subcontractors, with their first and their last mission."""
    missions = (
        select(Trainer.subcontractor_id.label("key"), FIRST.label("first"), LAST.label("last"))
        .join(Assignment, Assignment.trainer_id == Trainer.id)
        .join(Cohort, Cohort.id == Assignment.cohort_id)
        .where(Trainer.subcontractor_id.is_not(None), teaching(as_of), held(as_of))
        .group_by(Trainer.subcontractor_id)
        .subquery()
    )
    statement = (
        select(Subcontractor, missions.c.first, missions.c.last)
        .outerjoin(missions, missions.c.key == Subcontractor.id)
        .order_by(Subcontractor.id)
    )
    if as_of is not None:
        statement = statement.where(Subcontractor.added_on <= as_of)
    for row, first, last in rows(chosen(statement, Subcontractor.id, ids)):
        archived = _archived_on(row.archived_at, as_of)
        if archived is not None and first is None:
            continue  # never worked for us: nothing is asked of it any more
        yield SubcontractorRecord(
            key=row.id,
            name=row.name,
            added_on=row.added_on,
            first_mission_on=first,
            last_mission_on=last,
            archived_on=archived,
        )


def _archived_on(at: datetime | None, as_of: date | None) -> date | None:
    until = end_of(as_of)
    return None if at is None or (until is not None and at >= until) else clock.day_of(at)


def funders(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    """The funders, with the first and the last day of what they fund."""
    statement = (
        select(Client.id, Client.name, FIRST, LAST)
        .join(CohortFunder, CohortFunder.client_id == Client.id)
        .join(Cohort, Cohort.id == CohortFunder.cohort_id)
        .where(held(as_of))
        .group_by(Client.id, Client.name)
        .order_by(Client.id)
    )
    if as_of is not None:
        statement = statement.where(CohortFunder.added_at < end_of(as_of))
    for key, name, first, last in rows(chosen(statement, Client.id, ids)):
        yield FunderRecord(key=key, name=name, first_funded_on=first, last_funded_on=last)


def first_subcontractor_on(as_of: date | None) -> date | None:
    """The day on which the first subcontractor was entered."""
    first: date | None = db.session.scalar(select(func.min(Subcontractor.added_on)))
    return past(first, as_of)


def shared_parts(cohorts: Any) -> list[Any]:
    """Kind and key of the subcontractors and funders of these cohorts."""
    return [
        select(literal(ScopeKind.SUBCONTRACTOR.value), Trainer.subcontractor_id)
        .join(Assignment, Assignment.trainer_id == Trainer.id)
        .where(Assignment.cohort_id.in_(cohorts), Trainer.subcontractor_id.is_not(None)),
        select(literal(ScopeKind.FUNDER.value), CohortFunder.client_id).where(
            CohortFunder.cohort_id.in_(cohorts)
        ),
    ]
