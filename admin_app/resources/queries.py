"""Reading the resources of a cohort, and who fetched them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, select

from admin_app.cohorts.models import Enrolment
from admin_app.core.database import db
from admin_app.core.pages.listing import Page, paginate
from admin_app.people.models import Trainee
from admin_app.resources.models import ResourceFetch, ResourceFile


class Line(NamedTuple):
    """A resource, and how many of the trainees who take part have fetched it."""

    resource: ResourceFile
    fetched: int


class Reader(NamedTuple):
    """A trainee, and when they fetched a resource, if they did."""

    enrolment: Enrolment
    trainee: Trainee
    fetched_at: datetime | None


class Mine(NamedTuple):
    """A resource as its trainee sees it."""

    resource: ResourceFile
    fetched_at: datetime | None


def resource(cohort_id: int, resource_id: int) -> ResourceFile | None:
    """That resource, when it is that cohort's."""
    found = db.session.get(ResourceFile, resource_id)
    return found if found and found.cohort_id == cohort_id else None


def lines(cohort_id: int) -> list[Line]:
    """The resources of a cohort, newest first, withdrawn ones last (one statement)."""
    fetched = (
        select(func.count())
        .select_from(ResourceFetch)
        .join(Enrolment, Enrolment.id == ResourceFetch.enrolment_id)
        .where(ResourceFetch.resource_id == ResourceFile.id, Enrolment.departure == "")
        .correlate(ResourceFile)
        .scalar_subquery()
    )
    statement = (
        select(ResourceFile, fetched)
        .where(ResourceFile.cohort_id == cohort_id)
        .order_by(ResourceFile.withdrawn_at.is_not(None), ResourceFile.id.desc())
    )
    return [Line(*row) for row in db.session.execute(statement)]


def trainees_count(cohort_id: int) -> int:
    """How many trainees take part."""
    statement = (
        select(func.count())
        .select_from(Enrolment)
        .where(Enrolment.cohort_id == cohort_id, Enrolment.departure == "")
    )
    return db.session.scalar(statement) or 0


def readers(found: ResourceFile, number: int) -> Page[Reader]:
    """The trainees who take part, by name, each with when they fetched that resource."""
    statement: Any = (
        select(Enrolment, Trainee, ResourceFetch.fetched_at)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .outerjoin(
            ResourceFetch,
            and_(ResourceFetch.enrolment_id == Enrolment.id, ResourceFetch.resource_id == found.id),
        )
        .where(Enrolment.cohort_id == found.cohort_id, Enrolment.departure == "")
        .order_by(Trainee.search, Enrolment.id)
    )
    return paginate(statement, number).map(lambda row: Reader(*row))


def shared_in(cohort_id: int) -> Sequence[ResourceFile]:
    """The resources that trainees can fetch, in the order in which they were shared."""
    return db.session.scalars(
        select(ResourceFile)
        .where(
            ResourceFile.cohort_id == cohort_id,
            ResourceFile.shared_at.is_not(None),
            ResourceFile.withdrawn_at.is_(None),
        )
        .order_by(ResourceFile.shared_at, ResourceFile.id)
    ).all()


def unshared_in(cohort_id: int) -> Sequence[ResourceFile]:
    """The resources that were added and not shared yet."""
    return db.session.scalars(
        select(ResourceFile)
        .where(
            ResourceFile.cohort_id == cohort_id,
            ResourceFile.shared_at.is_(None),
            ResourceFile.withdrawn_at.is_(None),
        )
        .order_by(ResourceFile.id)
    ).all()


def mine(enrolment: Enrolment) -> list[Mine]:
    """What a trainee can fetch, each with when they first did."""
    statement = (
        select(ResourceFile, ResourceFetch.fetched_at)
        .outerjoin(
            ResourceFetch,
            and_(
                ResourceFetch.resource_id == ResourceFile.id,
                ResourceFetch.enrolment_id == enrolment.id,
            ),
        )
        .where(
            ResourceFile.cohort_id == enrolment.cohort_id,
            ResourceFile.shared_at.is_not(None),
            ResourceFile.withdrawn_at.is_(None),
        )
        .order_by(ResourceFile.shared_at, ResourceFile.id)
    )
    return [Mine(*row) for row in db.session.execute(statement)]


def fetches_of(cohort_id: int) -> dict[int, int]:
    """How many of the open resources each enrolment has fetched; none is not there."""
    statement = (
        select(ResourceFetch.enrolment_id, func.count())
        .join(ResourceFile, ResourceFile.id == ResourceFetch.resource_id)
        .where(
            ResourceFile.cohort_id == cohort_id,
            ResourceFile.shared_at.is_not(None),
            ResourceFile.withdrawn_at.is_(None),
        )
        .group_by(ResourceFetch.enrolment_id)
    )
    return dict(db.session.execute(statement).all())  # type: ignore[arg-type]
