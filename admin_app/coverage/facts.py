"""The facts of a cohort and of the organisation, as the rules want them, in a few statements.

`as_of` gives the facts as they were known at the end of that day: who was enrolled, who had
left, what had been marked and closed.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select, true

from admin_app.adaptations.models import Accommodation, AdaptationRequest
from admin_app.attendance.facts import half_day_facts, mark_facts
from admin_app.attendance.models import Closing, Mark
from admin_app.cohorts.models import Assignment, Cohort, CohortClient, Enrolment, HalfDay
from admin_app.core import clock
from admin_app.core.database import Rows, db
from admin_app.evidence.models import Evidence
from admin_app.organisation.models import Provider
from admin_app.people.models import Client, Trainee, Trainer
from compliance.attendance import hours_of
from compliance.facts import (
    AbsenceFacts,
    AdaptationFacts,
    ClientFacts,
    CohortFacts,
    EnrolmentFacts,
    EvidenceFact,
    HalfDayFacts,
    ProviderFacts,
    TrainerFacts,
)
from compliance.vocabulary import (
    ActionCategory,
    Departure,
    MarkState,
    Modality,
    Outcome,
    ScopeKind,
)

UNKNOWN_START = date(2000, 1, 1)
PIECE_COLUMNS = (
    Evidence.id,
    Evidence.piece,
    Evidence.scope_kind,
    Evidence.scope_id,
    Evidence.occurred_on,
    Evidence.recorded_at,
    Evidence.sha256,
    Evidence.outcome,
    Evidence.label,
    Evidence.flags,
    Evidence.withdrawn_at,
)


def cohort_facts(cohort: Cohort, as_of: date | None = None) -> CohortFacts:
    """Everything the rules need of one cohort (seven statements)."""
    until = _end_of(as_of)
    half_days = _half_days(cohort)
    closed = _closed(cohort, until)
    marks = _marks(cohort, until)
    facts = outline(
        cohort,
        half_days=half_days,
        enrolments=_enrolments(cohort, until),
        trainers=_trainers(cohort, until),
        clients=_clients(cohort, until),
        adaptations=_adaptations(cohort, until),
    )
    return _with_attendance(facts, marks, closed)


def outline(cohort: Cohort, **parts: tuple[object, ...]) -> CohortFacts:
    """The facts that the row of a cohort holds by itself, and the parts given."""
    return CohortFacts(
        key=cohort.id,
        reference=cohort.reference,
        title=cohort.title,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        category=ActionCategory.TRAINING,
        modality=Modality(cohort.modality),
        is_certifying=cohort.is_certifying,
        is_alternance=cohort.is_alternance,
        has_work_placement=cohort.has_work_placement,
        has_subcontracting=cohort.has_subcontracting,
        standard_programme_key=cohort.standard_version_id,
        programme_key=cohort.version_id,
        cancelled=cohort.cancelled_at is not None,
        created_on=clock.day_of(cohort.created_at),
        **parts,  # type: ignore[arg-type]
    )


def provider_facts(provider: Provider) -> ProviderFacts:
    """What the rules need of the organisation."""
    return ProviderFacts(
        key=provider.id,
        name=provider.name,
        started_on=provider.in_business_since or provider.certified_on or UNKNOWN_START,
    )


def evidence_of(cohort: Cohort, trainer_ids: Iterable[int]) -> tuple[EvidenceFact, ...]:
    """Every piece that may serve a cohort: its own, and those it shares with others."""
    shared = {
        "cohort": cohort.id,
        "versions": [cohort.standard_version_id, cohort.version_id],
        "trainers": list(trainer_ids),
    }
    return evidence_facts(db.session.execute(_serving(), shared))


@cache
def _serving() -> Rows:
    """Columns, not rows: a hundred pieces are read each time, and never changed here."""
    versions: Any = bindparam("versions", expanding=True)
    trainers: Any = bindparam("trainers", expanding=True)
    kind = Evidence.scope_kind
    return select(*PIECE_COLUMNS).where(
        or_(
            Evidence.cohort_id == bindparam("cohort"),
            and_(kind == ScopeKind.PROGRAMME.value, Evidence.scope_id.in_(versions)),
            and_(kind == ScopeKind.TRAINER.value, Evidence.scope_id.in_(trainers)),
            kind == ScopeKind.PROVIDER.value,
        )
    )


def evidence_facts(rows: Iterable[Any]) -> tuple[EvidenceFact, ...]:
    """The pieces as the rules want them, from rows that hold `PIECE_COLUMNS` at least."""
    return tuple(
        EvidenceFact(
            key=row.id,
            piece=row.piece,
            scope_kind=ScopeKind(row.scope_kind),
            scope_key=row.scope_id,
            occurred_on=row.occurred_on,
            recorded_at=row.recorded_at,
            sha256=row.sha256,
            outcome=Outcome(row.outcome),
            label=row.label,
            flags=tuple(row.flags),
            withdrawn_at=row.withdrawn_at,
        )
        for row in rows
    )


def _end_of(as_of: date | None) -> datetime | None:
    return None if as_of is None else clock.at(as_of + timedelta(days=1), time())


def _half_days(cohort: Cohort) -> tuple[HalfDayFacts, ...]:
    rows = db.session.scalars(
        select(HalfDay).where(HalfDay.cohort_id == cohort.id).order_by(HalfDay.starts_at)
    )
    return tuple(half_day_facts(row) for row in rows)


def _closed(cohort: Cohort, until: datetime | None) -> frozenset[int]:
    statement = (
        select(Closing.half_day_id)
        .join(HalfDay, HalfDay.id == Closing.half_day_id)
        .where(HalfDay.cohort_id == cohort.id)
    )
    if until is not None:
        statement = statement.where(Closing.closed_at < until)
    return frozenset(db.session.scalars(statement))


def _marks(cohort: Cohort, until: datetime | None) -> list[Mark]:
    statement = (
        select(Mark)
        .join(HalfDay, HalfDay.id == Mark.half_day_id)
        .where(HalfDay.cohort_id == cohort.id)
    )
    if until is not None:
        statement = statement.where(Mark.marked_at < until)
    return list(db.session.scalars(statement))


def _enrolments(cohort: Cohort, until: datetime | None) -> tuple[EnrolmentFacts, ...]:
    asked = (
        select(Accommodation.enrolment_id, func.min(Accommodation.received_at).label("received"))
        .where(Accommodation.received_at < until if until is not None else true())
        .group_by(Accommodation.enrolment_id)
        .subquery()
    )
    statement = (
        select(Enrolment, Trainee, asked.c.received)
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .outerjoin(asked, asked.c.enrolment_id == Enrolment.id)
        .where(Enrolment.cohort_id == cohort.id)
        .order_by(Trainee.last_name, Trainee.first_name, Enrolment.id)
    )
    if until is not None:
        statement = statement.where(Enrolment.enrolled_at < until)
    return tuple(
        _enrolment(row, trainee, received, until)
        for row, trainee, received in db.session.execute(statement)
    )


def _enrolment(
    row: Enrolment, trainee: Trainee, received: datetime | None, until: datetime | None
) -> EnrolmentFacts:
    known = row.left_recorded_at
    left = bool(row.departure) and (until is None or known is None or known < until)
    return EnrolmentFacts(
        key=row.id,
        name=trainee.name,
        enrolled_on=clock.day_of(row.enrolled_at),
        takes_part_from=row.takes_part_from,
        left_on=row.left_on if left else None,
        departure=Departure(row.departure) if left else None,
        client_key=row.client_id,
        pays_personally=row.pays_personally,
        asked_accommodation=received is not None,
        accommodation_received_on=clock.day_of(received) if received else None,
    )


def _trainers(cohort: Cohort, until: datetime | None) -> tuple[TrainerFacts, ...]:
    statement = (
        select(Assignment.id, Trainer)
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .where(Assignment.cohort_id == cohort.id, Assignment.ended_at.is_(None))
        .order_by(Assignment.id)
    )
    if until is not None:
        statement = statement.where(Assignment.assigned_at < until)
    return tuple(
        TrainerFacts(key=trainer.id, assignment_key=key, name=trainer.name)
        for key, trainer in db.session.execute(statement)
    )


def _clients(cohort: Cohort, until: datetime | None) -> tuple[ClientFacts, ...]:
    statement = (
        select(CohortClient.id, Client)
        .join(Client, Client.id == CohortClient.client_id)
        .where(CohortClient.cohort_id == cohort.id)
        .order_by(CohortClient.id)
    )
    if until is not None:
        statement = statement.where(CohortClient.added_at < until)
    return tuple(
        ClientFacts(key=key, name=client.name, is_organisation=client.is_organisation)
        for key, client in db.session.execute(statement)
    )


def _adaptations(cohort: Cohort, until: datetime | None) -> tuple[AdaptationFacts, ...]:
    statement = (
        select(AdaptationRequest)
        .where(AdaptationRequest.cohort_id == cohort.id, AdaptationRequest.state != "withdrawn")
        .order_by(AdaptationRequest.id)
    )
    if until is not None:
        statement = statement.where(AdaptationRequest.received_at < until)
    return tuple(_adaptation(row, until) for row in db.session.scalars(statement))


def _adaptation(row: AdaptationRequest, until: datetime | None) -> AdaptationFacts:
    decided = row.decided_at is not None and (until is None or row.decided_at < until)
    return AdaptationFacts(
        key=row.id,
        label=f"demande {row.reference} de {row.organisation}",
        received_on=clock.day_of(row.received_at),
        accepted=row.state == "accepted" if decided else None,
        is_standard_changed=row.changes_programme,
    )


def _with_attendance(facts: CohortFacts, marks: list[Mark], closed: frozenset[int]) -> CohortFacts:
    """The same facts, with what each trainee attended and where they were absent."""
    hours = hours_of(facts, [mark_facts(mark) for mark in marks], closed)
    attended = {one.enrolment_key: one.attended for one in hours.trainees}
    half_days = {half_day.key: half_day for half_day in facts.half_days}
    absences: dict[int, list[AbsenceFacts]] = defaultdict(list)
    for mark in sorted(marks, key=lambda one: half_days[one.half_day_id].starts_at):
        half_day = half_days[mark.half_day_id]
        if mark.state == MarkState.ABSENT and not half_day.cancelled:
            absences[mark.enrolment_id].append(
                AbsenceFacts(
                    key=mark.id,
                    day=half_day.day,
                    label=half_day.label,
                    reason_known=bool(mark.reason),
                    half_day_key=half_day.key,
                )
            )
    enrolments = tuple(
        replace(
            one, attended_minutes=attended.get(one.key), absences=tuple(absences.get(one.key, ()))
        )
        for one in facts.enrolments
    )
    return replace(facts, enrolments=enrolments)
