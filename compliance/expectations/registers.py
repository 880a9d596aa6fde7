"""The subjects that the registers bring: what is expected of each, whatever the cohort."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import singledispatch

from compliance.expectations.subjects import Subject
from compliance.registers import (
    CatalogueEntryRecord,
    ComplaintRecord,
    FunderRecord,
    ImprovementRecord,
    PlaceRecord,
    Record,
    ReportRecord,
    RiskRecord,
    StaffRecord,
    SubcontractorRecord,
    TrainerRecord,
)
from compliance.vocabulary import Owner, ScopeKind


def register_subject(record: Record) -> Subject:
    """The subject that a record of a register is."""
    return _subject(record)


@singledispatch
def _subject(record: Record) -> Subject:
    raise TypeError(record)


def _days(**days: date | None) -> Mapping[str, date]:
    """The anchors that are known: what has not happened calls for nothing."""
    return {name.replace("_", "-"): day for name, day in days.items() if day is not None}


@_subject.register
def _trainer(record: TrainerRecord) -> Subject:
    return Subject(
        ScopeKind.TRAINER,
        record.key,
        record.name,
        _days(first_mission=record.first_mission_on),
        {Owner.TRAINER: record.name},
        needed_until=record.last_mission_on,
    )


@_subject.register
def _catalogue_entry(record: CatalogueEntryRecord) -> Subject:
    return Subject(
        ScopeKind.CATALOGUE_ENTRY,
        record.key,
        record.title,
        _days(entry=record.entered_on, published=record.published_on),
        {},
        traits=frozenset({"certifying"} if record.is_certifying else ()),
    )


@_subject.register
def _staff(record: StaffRecord) -> Subject:
    return Subject(
        ScopeKind.STAFF,
        record.key,
        record.name,
        _days(arrival=record.arrived_on),
        {},
        until=record.left_on,
        needed_until=record.left_on,
    )


@_subject.register
def _subcontractor(record: SubcontractorRecord) -> Subject:
    first = record.first_mission_on
    return Subject(
        ScopeKind.SUBCONTRACTOR,
        record.key,
        record.name,
        _days(
            engagement=first - timedelta(days=1) if first else record.added_on, first_mission=first
        ),
        {},
        exists_from=record.added_on,
        until=record.archived_on,
        needed_until=record.last_mission_on or record.archived_on,
    )


@_subject.register
def _place(record: PlaceRecord) -> Subject:
    return Subject(
        ScopeKind.PLACE,
        record.key,
        record.name,
        _days(first_use=record.first_use_on),
        {},
        needed_until=record.last_use_on,
    )


@_subject.register
def _funder(record: FunderRecord) -> Subject:
    return Subject(
        ScopeKind.FUNDER,
        record.key,
        record.name,
        _days(first_funded=record.first_funded_on),
        {Owner.FUNDER: record.name},
        needed_until=record.last_funded_on,
    )


@_subject.register
def _complaint(record: ComplaintRecord) -> Subject:
    return Subject(
        ScopeKind.COMPLAINT,
        record.key,
        record.label,
        _days(received=record.received_on),
        {},
        traits=frozenset({"is-incident" if record.is_incident else "is-complaint"}),
    )


@_subject.register
def _improvement(record: ImprovementRecord) -> Subject:
    owners = {Owner.QUALITY_MANAGER: record.owner} if record.owner else {}
    return Subject(
        ScopeKind.IMPROVEMENT,
        record.key,
        record.title,
        _days(planned=record.due_on, done=record.done_on),
        owners,
    )


@_subject.register
def _risk(record: RiskRecord) -> Subject:
    return Subject(
        ScopeKind.RISK,
        record.key,
        record.title,
        _days(opened=record.opened_on),
        {},
        until=record.closed_on,
        needed_until=record.closed_on,
    )


@_subject.register
def _report(record: ReportRecord) -> Subject:
    return Subject(
        ScopeKind.REPORT, record.key, record.label, _days(received=record.received_on), {}
    )
