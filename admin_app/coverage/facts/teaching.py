"""What is taught in cohorts, by whom, and who attended it."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import or_, select, union

from admin_app.attendance.facts import half_day_facts
from admin_app.attendance.models import Closing, Reopening
from admin_app.cohorts.models import Assignment, HalfDay
from admin_app.core.database import Rows
from admin_app.coverage.facts.before import Marked
from admin_app.coverage.facts.reading import IDS, UNTIL, Ids, read, was_before
from admin_app.people.models import Trainer
from compliance.attendance import hours_of
from compliance.facts import AbsenceFacts, CohortFacts, HalfDayFacts, TrainerFacts
from compliance.vocabulary import MarkState

EMPLOYEE = "employee"


def is_external() -> Any:
    """Works under contract: by the status of the trainer, or because a subcontractor sends them."""
    return or_(Trainer.status != EMPLOYEE, Trainer.subcontractor_id.is_not(None))


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
        .where(HalfDay.cohort_id.in_(IDS))
        .order_by(HalfDay.starts_at)
    )


def half_days_of(ids: Ids, until: datetime | None) -> dict[int, list[HalfDayFacts]]:
    """The half-days of each of these cohorts, as they follow (one statement)."""
    found: dict[int, list[HalfDayFacts]] = defaultdict(list)
    for row in read(_half_days_statement, ids, None):
        one = half_day_facts(row)
        if one.cancelled and not was_before(row.cancelled_at, until):
            one = replace(one, cancelled=False)
        found[row.cohort_id].append(one)
    return found


@cache
def _closed_statement(is_past: bool) -> Rows:
    statement = (
        select(HalfDay.cohort_id, Closing.half_day_id)
        .join(HalfDay, HalfDay.id == Closing.half_day_id)
        .where(HalfDay.cohort_id.in_(IDS))
    )
    if not is_past:
        return statement
    # closed then, and opened again since
    reopened = (
        select(HalfDay.cohort_id, Reopening.half_day_id)
        .join(HalfDay, HalfDay.id == Reopening.half_day_id)
        .where(
            HalfDay.cohort_id.in_(IDS),
            Reopening.closed_at < UNTIL,
            Reopening.reopened_at >= UNTIL,
        )
    )
    return union(statement.where(Closing.closed_at < UNTIL), reopened)  # type: ignore[return-value]


def closed_of(ids: Ids, until: datetime | None) -> dict[int, list[int]]:
    """The half-days that a trainer had signed, by cohort (one statement)."""
    found: dict[int, list[int]] = defaultdict(list)
    for cohort_id, half_day_id in read(_closed_statement, ids, until):
        found[cohort_id].append(half_day_id)
    return found


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
        .where(Assignment.cohort_id.in_(IDS))
        .order_by(Assignment.id)
    )
    if not is_past:
        return statement.where(Assignment.ended_at.is_(None))
    return statement.where(
        Assignment.assigned_at < UNTIL,
        or_(Assignment.ended_at.is_(None), Assignment.ended_at >= UNTIL),
    )


def trainers_of(ids: Ids, until: datetime | None) -> dict[int, list[TrainerFacts]]:
    """Who teaches each of these cohorts, as assigned (one statement)."""
    found: dict[int, list[TrainerFacts]] = defaultdict(list)
    for row in read(_trainers_statement, ids, until):
        found[row.cohort_id].append(
            TrainerFacts(
                key=row.trainer_id,
                assignment_key=row.id,
                name=f"{row.first_name} {row.last_name}",
                is_external=bool(row.is_external),
            )
        )
    return found


def with_attendance(facts: CohortFacts, marks: list[Marked], closed: frozenset[int]) -> CohortFacts:
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
