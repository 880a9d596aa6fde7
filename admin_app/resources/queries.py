"""Reading resources: the files of a cohort, and who fetched them."""

from dataclasses import dataclass

from sqlalchemy import select

from admin_app.cohorts.models import Enrolment
from admin_app.core.database import db
from admin_app.people.models import Trainee
from admin_app.resources.models import ResourceFetch, ResourceFile


@dataclass(frozen=True, slots=True)
class Handed:
    """A file, and who fetched it (name and when, by name)."""

    file: ResourceFile
    fetched: list[tuple[str, ResourceFetch]]


def files(cohort_id: int) -> list[Handed]:
    """The files of a cohort, withdrawn ones too, with who fetched them (two statements)."""
    rows = db.session.scalars(
        select(ResourceFile).where(ResourceFile.cohort_id == cohort_id).order_by(ResourceFile.id)
    ).all()
    fetched: dict[int, list[tuple[str, ResourceFetch]]] = {row.id: [] for row in rows}
    found = db.session.execute(
        select(ResourceFetch, Trainee)
        .join(ResourceFile, ResourceFile.id == ResourceFetch.resource_id)
        .join(Enrolment, Enrolment.id == ResourceFetch.enrolment_id)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .where(ResourceFile.cohort_id == cohort_id)
        .order_by(Trainee.last_name, Trainee.first_name)
    )
    for fetch, trainee in found:
        fetched[fetch.resource_id].append((trainee.name, fetch))
    return [Handed(row, fetched[row.id]) for row in rows]


def file_of(cohort_id: int, file_id: int) -> ResourceFile | None:
    """The file, when it is one of this cohort's."""
    return db.session.scalar(
        select(ResourceFile).where(ResourceFile.id == file_id, ResourceFile.cohort_id == cohort_id)
    )


def shared(cohort_id: int) -> list[ResourceFile]:
    """What the trainees of a cohort may fetch."""
    return list(
        db.session.scalars(
            select(ResourceFile)
            .where(
                ResourceFile.cohort_id == cohort_id,
                ResourceFile.shared_at.is_not(None),
                ResourceFile.withdrawn_at.is_(None),
            )
            .order_by(ResourceFile.id)
        )
    )


def fetch_of(file_id: int, enrolment_id: int) -> ResourceFetch | None:
    """That a trainee fetched a file, if so."""
    return db.session.scalar(
        select(ResourceFetch).where(
            ResourceFetch.resource_id == file_id, ResourceFetch.enrolment_id == enrolment_id
        )
    )
