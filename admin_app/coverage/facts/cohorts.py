"""The facts of cohorts: many at once, in a fixed number of statements."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, or_, select, true, union

from admin_app.adaptations.models import Accommodation, AdaptationRequest
from admin_app.agreements.models import (
    CLIENT_SIDE,
    CONTRACT,
    CONVENTION,
    Agreement,
    AgreementSignature,
    State,
)
from admin_app.attendance.facts import half_day_facts
from admin_app.attendance.models import Closing, Reopening
from admin_app.cohorts.models import Assignment, Cohort, CohortClient, Enrolment, HalfDay
from admin_app.core import clock
from admin_app.core.database import Rows, UtcDateTime, db
from admin_app.coverage.facts.before import Marked, marks_of, payers_before
from admin_app.organisation.queries import provider
from admin_app.people.models import Client, Trainee, Trainer
from admin_app.programmes.models import Programme, ProgrammeVersion
from compliance.attendance import hours_of
from compliance.facts import (
    AbsenceFacts,
    AccommodationFacts,
    AdaptationFacts,
    ClientFacts,
    CohortFacts,
    EnrolmentFacts,
    HalfDayFacts,
    TrainerFacts,
)
from compliance.referentiel import is_new_entrant
from compliance.vocabulary import ActionCategory, Departure, MarkState, Modality
from compliance.wording import of_name

Ids = Sequence[int]
EMPLOYEE = "employee"
# Statements are built once: a cohort is read after every act that touches it.
_IDS: Any = bindparam("ids", expanding=True)
_UNTIL: Any = bindparam("until", type_=UtcDateTime)


def is_external() -> Any:
    """Works under contract: by the status of the trainer, or because a subcontractor sends them."""
    return or_(Trainer.status != EMPLOYEE, Trainer.subcontractor_id.is_not(None))


def cohort_facts(cohort: Cohort, as_of: date | None = None) -> CohortFacts:
    """Everything the rules need of one cohort."""
    return facts_of([cohort], as_of)[0]


def facts_of(cohorts: Sequence[Any], as_of: date | None = None) -> list[CohortFacts]:
    """Everything the rules need of these cohorts, in their order (eight statements; of a past day,
    three more)."""
    until, ids = end_of(as_of), [cohort.id for cohort in cohorts]
    half_days = _half_days(ids, until)
    closed, marks = _closed(ids, until), marks_of(ids, until)
    enrolments, trainers = _enrolments(ids, until), _trainers(ids, until)
    clients, adaptations = _clients(ids, until), _adaptations(ids, until)
    flags = programme_flags(ids)
    found = []
    for cohort in cohorts:
        key = cohort.id
        facts = outline(
            cohort,
            flags.get(key, (False, False, False)),
            as_of=as_of,
            half_days=tuple(half_days[key]),
            enrolments=tuple(enrolments[key]),
            trainers=tuple(trainers[key]),
            clients=tuple(clients[key]),
            adaptations=tuple(adaptations[key]),
        )
        found.append(_with_attendance(facts, marks[key], frozenset(closed[key])))
    return found


def outline(
    cohort: Any,
    programme: tuple[bool, bool, bool] = (False, False, False),
    *,
    as_of: date | None = None,
    **parts: tuple[object, ...],
) -> CohortFacts:
    """The facts that the row of a cohort holds by itself, its programme's, and the parts given.

    `programme` says whether it is certifying, taught alternately, and has a work placement.
    """
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
        is_new_entrant=_is_new_entrant(as_of or clock.today()),
        programme_is_certifying=programme[0],
        programme_is_alternance=programme[1],
        programme_has_work_placement=programme[2],
        standard_programme_key=cohort.standard_version_id,
        programme_key=cohort.version_id,
        cancelled=_was_before(cohort.cancelled_at, end_of(as_of)),
        created_on=clock.day_of(cohort.created_at),
        **parts,  # type: ignore[arg-type]
    )


def end_of(as_of: date | None) -> datetime | None:
    """The instant from which nothing was known yet on that day."""
    return None if as_of is None else clock.at(as_of + timedelta(days=1), time())


def _was_before(at: datetime | None, until: datetime | None) -> bool:
    return at is not None and (until is None or at < until)


def _is_new_entrant(day: date) -> bool:
    """By category: ours is training, begun with the house."""
    house = provider()
    if house is None or house.in_business_since is None:
        return False
    started = {ActionCategory.TRAINING: house.in_business_since}
    return is_new_entrant(ActionCategory.TRAINING, day, started)


def programme_flags(ids: Ids) -> dict[int, tuple[bool, bool, bool]]:
    """What the programme of each cohort says: certifying, alternance, work placement."""
    rows = _read(_flags_statement, ids, None)
    return {key: (certifying, alternance, work) for key, certifying, alternance, work in rows}


@cache
def _flags_statement(_is_past: bool) -> Rows:
    return (
        select(
            Cohort.id,
            ProgrammeVersion.is_certifying,
            Programme.is_alternance,
            Programme.has_work_placement,
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .where(Cohort.id.in_(_IDS))
    )


def _read(statement: Callable[[bool], Rows], ids: Ids, until: datetime | None) -> Iterable[Any]:
    """The rows of these cohorts, as they stood before `until`."""
    return db.session.execute(statement(until is not None), {"ids": list(ids), "until": until})


@cache
def _half_days_statement(_is_past: bool) -> Rows:
    return (
        select(
            HalfDay.cohort_id,
            HalfDay.id,
            HalfDay.day,
            HalfDay.period,
            HalfDay.starts_at,
            HalfDay.ends_at,
            HalfDay.minutes,
            HalfDay.is_remote,
            HalfDay.cancelled_at,
        )
        .where(HalfDay.cohort_id.in_(_IDS))
        .order_by(HalfDay.starts_at)
    )


def _half_days(ids: Ids, until: datetime | None) -> dict[int, list[HalfDayFacts]]:
    found: dict[int, list[HalfDayFacts]] = defaultdict(list)
    for row in _read(_half_days_statement, ids, None):
        one = half_day_facts(row)
        if one.cancelled and not _was_before(row.cancelled_at, until):
            one = replace(one, cancelled=False)
        found[row.cohort_id].append(one)
    return found


@cache
def _closed_statement(is_past: bool) -> Rows:
    statement = (
        select(HalfDay.cohort_id, Closing.half_day_id)
        .join(HalfDay, HalfDay.id == Closing.half_day_id)
        .where(HalfDay.cohort_id.in_(_IDS))
    )
    if not is_past:
        return statement
    # closed then, and opened again since
    reopened = (
        select(HalfDay.cohort_id, Reopening.half_day_id)
        .join(HalfDay, HalfDay.id == Reopening.half_day_id)
        .where(
            HalfDay.cohort_id.in_(_IDS),
            Reopening.closed_at < _UNTIL,
            Reopening.reopened_at >= _UNTIL,
        )
    )
    return union(statement.where(Closing.closed_at < _UNTIL), reopened)  # type: ignore[return-value]


def _closed(ids: Ids, until: datetime | None) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for cohort_id, half_day_id in _read(_closed_statement, ids, until):
        found[cohort_id].append(half_day_id)
    return found


@cache
def _enrolments_statement(is_past: bool) -> Rows:
    known = Accommodation.received_at < _UNTIL if is_past else true()
    statement = (
        select(
            Enrolment.cohort_id,
            Enrolment.id,
            Enrolment.enrolled_at,
            Enrolment.takes_part_from,
            Enrolment.left_on,
            Enrolment.left_recorded_at,
            Enrolment.departure,
            Enrolment.client_id,
            Enrolment.pays_personally,
            Trainee.first_name,
            Trainee.last_name,
            Accommodation.id.label("request_id"),
            Accommodation.received_at,
            _awaits_us(CONTRACT, Agreement.enrolment_id == Enrolment.id, is_past),
        )
        .join(Trainee, Trainee.id == Enrolment.trainee_id)
        .outerjoin(Accommodation, and_(Accommodation.enrolment_id == Enrolment.id, known))
        .where(Enrolment.cohort_id.in_(_IDS))
        .order_by(Trainee.last_name, Trainee.first_name, Enrolment.id, Accommodation.id)
    )
    return statement.where(Enrolment.enrolled_at < _UNTIL) if is_past else statement


def _enrolments(ids: Ids, until: datetime | None) -> dict[int, list[EnrolmentFacts]]:
    were = {} if until is None else payers_before(ids, until)
    found: dict[int, list[EnrolmentFacts]] = defaultdict(list)
    rows = _read(_enrolments_statement, ids, until)
    for key, each in groupby(rows, key=attrgetter("id")):  # a row for each request
        row, asked = _with_requests(list(each))
        one = _enrolment(row, asked, until)
        found[row.cohort_id].append(replace(one, **were[key]) if key in were else one)
    return found


def _with_requests(rows: list[Any]) -> tuple[Any, tuple[AccommodationFacts, ...]]:
    return rows[0], tuple(
        AccommodationFacts(key=row.request_id, received_on=clock.day_of(row.received_at))
        for row in rows
        if row.request_id is not None
    )


def _enrolment(
    row: Any, accommodations: tuple[AccommodationFacts, ...], until: datetime | None
) -> EnrolmentFacts:
    known = row.left_recorded_at
    left = bool(row.departure) and (until is None or known is None or known < until)
    return EnrolmentFacts(
        key=row.id,
        name=f"{row.first_name} {row.last_name}",
        enrolled_on=clock.day_of(row.enrolled_at),
        takes_part_from=row.takes_part_from,
        left_on=row.left_on if left else None,
        departure=Departure(row.departure) if left else None,
        client_key=row.client_id,
        pays_personally=row.pays_personally,
        accommodations=accommodations,
        contract_awaits_us=row.awaits_us,
    )


def _awaits_us(kind: str, which: Any, is_past: bool) -> Any:
    """Whether an agreement was signed by the other side, and awaits our own signature."""
    if not is_past:
        waiting: Any = Agreement.state == State.SIGNED.value
    else:
        signed = (
            select(AgreementSignature.id)
            .where(
                AgreementSignature.agreement_id == Agreement.id,
                AgreementSignature.side == CLIENT_SIDE,
                AgreementSignature.signed_at < _UNTIL,
            )
            .exists()
        )
        states = (State.SIGNED.value, State.CONCLUDED.value, State.REPLACED.value)
        not_yet = or_(Agreement.concluded_at.is_(None), Agreement.concluded_at >= _UNTIL)
        waiting = and_(Agreement.state.in_(states), signed, not_yet)
    found = select(Agreement.id).where(Agreement.kind == kind, which, waiting)
    return found.correlate(Enrolment, CohortClient).exists().label("awaits_us")


@cache
def _trainers_statement(is_past: bool) -> Rows:
    statement = (
        select(
            Assignment.cohort_id,
            Assignment.id,
            Trainer.id.label("trainer_id"),
            Trainer.first_name,
            Trainer.last_name,
            is_external().label("is_external"),
        )
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .where(Assignment.cohort_id.in_(_IDS))
        .order_by(Assignment.id)
    )
    if not is_past:
        return statement.where(Assignment.ended_at.is_(None))
    return statement.where(
        Assignment.assigned_at < _UNTIL,
        or_(Assignment.ended_at.is_(None), Assignment.ended_at >= _UNTIL),
    )


def _trainers(ids: Ids, until: datetime | None) -> dict[int, list[TrainerFacts]]:
    found: dict[int, list[TrainerFacts]] = defaultdict(list)
    for row in _read(_trainers_statement, ids, until):
        found[row.cohort_id].append(
            TrainerFacts(
                key=row.trainer_id,
                assignment_key=row.id,
                name=f"{row.first_name} {row.last_name}",
                is_external=bool(row.is_external),
            )
        )
    return found


@cache
def _clients_statement(is_past: bool) -> Rows:
    statement = (
        select(
            CohortClient.cohort_id,
            CohortClient.id,
            Client.name,
            Client.kind,
            _awaits_us(CONVENTION, _of_the_client(), is_past),
        )
        .join(Client, Client.id == CohortClient.client_id)
        .where(CohortClient.cohort_id.in_(_IDS))
        .order_by(CohortClient.id)
    )
    return statement.where(CohortClient.added_at < _UNTIL) if is_past else statement


def _of_the_client() -> Any:
    return and_(
        Agreement.cohort_id == CohortClient.cohort_id,
        Agreement.client_id == CohortClient.client_id,
    )


def _clients(ids: Ids, until: datetime | None) -> dict[int, list[ClientFacts]]:
    found: dict[int, list[ClientFacts]] = defaultdict(list)
    for row in _read(_clients_statement, ids, until):
        found[row.cohort_id].append(
            ClientFacts(
                key=row.id,
                name=row.name,
                is_organisation=row.kind != "individual",
                agreement_awaits_us=row.awaits_us,
            )
        )
    return found


@cache
def _adaptations_statement(is_past: bool) -> Rows:
    statement = (
        select(AdaptationRequest)
        .where(AdaptationRequest.cohort_id.in_(_IDS))
        .order_by(AdaptationRequest.id)
    )
    if not is_past:
        return statement.where(AdaptationRequest.state != "withdrawn")
    gone_since = or_(
        AdaptationRequest.withdrawn_at.is_(None), AdaptationRequest.withdrawn_at >= _UNTIL
    )
    return statement.where(AdaptationRequest.received_at < _UNTIL, gone_since)


def _adaptations(ids: Ids, until: datetime | None) -> dict[int, list[AdaptationFacts]]:
    found: dict[int, list[AdaptationFacts]] = defaultdict(list)
    for (row,) in _read(_adaptations_statement, ids, until):
        found[row.cohort_id or 0].append(_adaptation(row, until))
    return found


def _adaptation(row: AdaptationRequest, until: datetime | None) -> AdaptationFacts:
    decided = _was_before(row.decided_at, until)
    return AdaptationFacts(
        key=row.id,
        label=f"demande {row.reference} {of_name(row.organisation)}",
        received_on=clock.day_of(row.received_at),
        accepted=row.state == "accepted" if decided else None,
        is_standard_changed=row.changes_programme,
    )


def _with_attendance(
    facts: CohortFacts, marks: list[Marked], closed: frozenset[int]
) -> CohortFacts:
    """The same facts, with what each trainee attended and where they were absent."""
    hours = hours_of(facts, [mark.facts() for mark in marks], closed)
    attended = {one.enrolment_key: one.attended for one in hours.trainees}
    half_days = {half_day.key: half_day for half_day in facts.half_days}
    absences: dict[int, list[AbsenceFacts]] = defaultdict(list)
    for mark in marks:
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
