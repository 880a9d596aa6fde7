"""Who is in cohorts, and for which client: enrolments, requests, agreements awaited."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, or_, select, true

from admin_app.adaptations.models import Accommodation
from admin_app.agreements.models import (
    CLIENT_SIDE,
    CONTRACT,
    CONVENTION,
    Agreement,
    AgreementSignature,
    State,
)
from admin_app.cohorts.models import CohortClient, Enrolment
from admin_app.core import clock
from admin_app.core.database import Rows
from admin_app.coverage.facts.before import payers_before
from admin_app.coverage.facts.reading import IDS, UNTIL, Ids, read
from admin_app.people.models import Client, Trainee
from compliance.facts import AccommodationFacts, ClientFacts, EnrolmentFacts
from compliance.vocabulary import Departure


@cache
def _enrolments_statement(is_past: bool) -> Rows:
    known = Accommodation.received_at < UNTIL if is_past else true()
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
        .where(Enrolment.cohort_id.in_(IDS))
        .order_by(Trainee.last_name, Trainee.first_name, Enrolment.id, Accommodation.id)
    )
    return statement.where(Enrolment.enrolled_at < UNTIL) if is_past else statement


def enrolments_of(ids: Ids, until: datetime | None) -> dict[int, list[EnrolmentFacts]]:
    """Who is enrolled in each of these cohorts, by name (one statement; two of a past day)."""
    were = {} if until is None else payers_before(ids, until)
    found: dict[int, list[EnrolmentFacts]] = defaultdict(list)
    rows = read(_enrolments_statement, ids, until)
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
        .where(CohortClient.cohort_id.in_(IDS))
        .order_by(CohortClient.id)
    )
    return statement.where(CohortClient.added_at < UNTIL) if is_past else statement


def _of_the_client() -> Any:
    return and_(
        Agreement.cohort_id == CohortClient.cohort_id,
        Agreement.client_id == CohortClient.client_id,
    )


def clients_of(ids: Ids, until: datetime | None) -> dict[int, list[ClientFacts]]:
    """The clients of each of these cohorts (one statement)."""
    found: dict[int, list[ClientFacts]] = defaultdict(list)
    for row in read(_clients_statement, ids, until):
        found[row.cohort_id].append(
            ClientFacts(
                key=row.id,
                name=row.name,
                is_organisation=row.kind != "individual",
                agreement_awaits_us=row.awaits_us,
            )
        )
    return found


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
                AgreementSignature.signed_at < UNTIL,
            )
            .exists()
        )
        states = (State.SIGNED.value, State.CONCLUDED.value, State.REPLACED.value)
        not_yet = or_(Agreement.concluded_at.is_(None), Agreement.concluded_at >= UNTIL)
        waiting = and_(Agreement.state.in_(states), signed, not_yet)
    found = select(Agreement.id).where(Agreement.kind == kind, which, waiting)
    return found.correlate(Enrolment, CohortClient).exists().label("awaits_us")
