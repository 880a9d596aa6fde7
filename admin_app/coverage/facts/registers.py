"""The records of the registers: chosen ones, or all, as they stood on a day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select, true

from admin_app.cohorts.models import Assignment, Cohort, HalfDay
from admin_app.coverage.facts import partners
from admin_app.coverage.facts.reading import (
    FIRST,
    LAST,
    Chosen,
    chosen,
    end_of,
    held,
    kept,
    past,
    rows,
    teaching,
)
from admin_app.evidence.models import Evidence
from admin_app.organisation.models import Place
from admin_app.people.models import Trainer
from admin_app.programmes.models import Programme, ProgrammeVersion
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.risks.models import Risk
from admin_app.safeguarding.models import Report
from compliance.registers import (
    CatalogueEntryRecord,
    ComplaintRecord,
    ImprovementRecord,
    PlaceRecord,
    Record,
    ReportRecord,
    RiskRecord,
    TrainerRecord,
)
from compliance.vocabulary import RecognitionKind, ScopeKind
from compliance.wording import day_words

_CERTIFYING = [one.value for one in RecognitionKind if one.is_certifying]


def records(subjects: Mapping[ScopeKind, Chosen], as_of: date | None = None) -> list[Record]:
    """The records of these subjects (one statement a kind); `None` stands for all of a kind.

    What owes nothing any more, or is not known yet on that day, is left out.
    """
    return [
        record
        for kind, read in REGISTERED.items()
        if kind in subjects
        for record in read(subjects[kind], as_of)
    ]


def _trainers(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    statement = (
        select(Trainer.id, Trainer.first_name, Trainer.last_name, FIRST, LAST)
        .join(Assignment, Assignment.trainer_id == Trainer.id)
        .join(Cohort, Cohort.id == Assignment.cohort_id)
        .where(kept(Trainer.archived_at, as_of), teaching(as_of), held(as_of))
        .group_by(Trainer.id, Trainer.first_name, Trainer.last_name)
        .order_by(Trainer.id)
    )
    for key, first, last, begins, ends in rows(chosen(statement, Trainer.id, ids)):
        yield TrainerRecord(
            key=key, name=f"{first} {last}", first_mission_on=begins, last_mission_on=ends
        )


def _catalogue(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    taught = (
        select(ProgrammeVersion.programme_id, func.min(Cohort.starts_on).label("taught_on"))
        .join(Cohort, Cohort.standard_version_id == ProgrammeVersion.id)
        .where(held(as_of))
        .group_by(ProgrammeVersion.programme_id)
    )
    certifying = (
        select(ProgrammeVersion.programme_id)
        .where(
            *_in_force(as_of),
            or_(
                ProgrammeVersion.is_certifying.is_(True),
                ProgrammeVersion.recognition.in_(_CERTIFYING),
            ),
        )
        .distinct()
    )
    if ids is not None:
        taught = taught.where(ProgrammeVersion.programme_id.in_(list(ids)))
        certifying = certifying.where(ProgrammeVersion.programme_id.in_(list(ids)))
    first, which = taught.subquery(), certifying.subquery()
    statement = (
        select(
            Programme.id,
            Programme.title,
            Programme.first_published_on,
            first.c.taught_on,
            which.c.programme_id.label("certifying"),
        )
        .outerjoin(first, first.c.programme_id == Programme.id)
        .outerjoin(which, which.c.programme_id == Programme.id)
        .where(Programme.adapted_from_id.is_(None), kept(Programme.archived_at, as_of))
        .order_by(Programme.id)
    )
    for row in rows(chosen(statement, Programme.id, ids)):
        published = past(row.first_published_on, as_of)
        days = [day for day in (published, row.taught_on) if day is not None]
        yield CatalogueEntryRecord(
            key=row.id,
            title=row.title,
            entered_on=min(days, default=None),
            published_on=published,
            is_certifying=row.certifying is not None,
        )


def _in_force(as_of: date | None) -> tuple[Any, Any]:
    """Published and not superseded, as far as was known on that day."""
    published, superseded = ProgrammeVersion.published_at, ProgrammeVersion.superseded_at
    until = end_of(as_of)
    if until is None:
        return published.is_not(None), superseded.is_(None)
    return published < until, or_(superseded.is_(None), superseded >= until)


def _places(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    half_days = select(HalfDay.place_id, HalfDay.cohort_id).where(HalfDay.place_id.is_not(None))
    cohorts = select(Cohort.place_id, Cohort.id.label("cohort_id")).where(
        Cohort.place_id.is_not(None)
    )
    if ids is not None:
        half_days = half_days.where(HalfDay.place_id.in_(list(ids)))
        cohorts = cohorts.where(Cohort.place_id.in_(list(ids)))
    used = half_days.union(cohorts).subquery()
    statement = (
        select(Place.id, Place.name, FIRST, LAST)
        .join(used, used.c.place_id == Place.id)
        .join(Cohort, Cohort.id == used.c.cohort_id)
        .where(Place.is_remote.is_(False), kept(Place.archived_at, as_of), held(as_of))
        .group_by(Place.id, Place.name)
        .order_by(Place.id)
    )
    for key, name, first, last in rows(chosen(statement, Place.id, ids)):
        yield PlaceRecord(key=key, name=name, first_use_on=first, last_use_on=last)


def _complaints(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    statement = select(Complaint.id, Complaint.label_short, Complaint.received_on, Complaint.kind)
    if as_of is not None:
        statement = statement.where(Complaint.recorded_at < end_of(as_of))
    for key, label, received, kind in rows(chosen(statement, Complaint.id, ids)):
        yield ComplaintRecord(
            key=key, label=label, received_on=received, is_incident=kind == "incident"
        )


def _improvements(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    statement = select(Improvement, _done_was_written(as_of)).order_by(Improvement.id)
    if as_of is None:
        statement = statement.where(Improvement.cancelled_on.is_(None))
    else:
        statement = statement.where(
            Improvement.recorded_at < end_of(as_of),
            or_(Improvement.cancelled_on.is_(None), Improvement.cancelled_on > as_of),
        )
    for row, is_written in rows(chosen(statement, Improvement.id, ids)):
        yield ImprovementRecord(
            key=row.id,
            title=row.title,
            owner=row.owner_name,
            due_on=row.due_on,
            done_on=past(row.done_on, as_of) if is_written else None,
        )


def _done_was_written(as_of: date | None) -> Any:
    """Whether it had been written, by the end of that day, that the action was done."""
    if as_of is None:
        return true()
    return (
        select(Evidence.id)
        .where(
            Evidence.piece == "improvement-done",
            Evidence.scope_kind == ScopeKind.IMPROVEMENT.value,
            Evidence.scope_id == Improvement.id,
            Evidence.recorded_at < end_of(as_of),
        )
        .correlate(Improvement)
        .exists()
    )


def _risks(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    statement = select(Risk.id, Risk.title, Risk.created_on, Risk.closed_on).order_by(Risk.id)
    if as_of is not None:
        statement = statement.where(Risk.recorded_at < end_of(as_of))
    for key, title, opened, closed in rows(chosen(statement, Risk.id, ids)):
        yield RiskRecord(key=key, title=title, opened_on=opened, closed_on=past(closed, as_of))


def _reports(ids: Chosen, as_of: date | None) -> Iterable[Record]:
    """The reference and the day alone: nothing else leaves the closed register."""
    statement = select(Report.id, Report.reference, Report.received_on).order_by(Report.id)
    if as_of is not None:
        statement = statement.where(Report.recorded_at < end_of(as_of))
    for key, reference, received in rows(chosen(statement, Report.id, ids)):
        label = f"signalement {reference} du {day_words(received)}"
        yield ReportRecord(key=key, label=label, received_on=received)


Reader = Callable[[Chosen, date | None], Iterable[Record]]
REGISTERED: Mapping[ScopeKind, Reader] = {
    ScopeKind.CATALOGUE_ENTRY: _catalogue,
    ScopeKind.TRAINER: _trainers,
    ScopeKind.STAFF: partners.staff,
    ScopeKind.SUBCONTRACTOR: partners.subcontractors,
    ScopeKind.PLACE: _places,
    ScopeKind.FUNDER: partners.funders,
    ScopeKind.COMPLAINT: _complaints,
    ScopeKind.IMPROVEMENT: _improvements,
    ScopeKind.RISK: _risks,
    ScopeKind.REPORT: _reports,
}
