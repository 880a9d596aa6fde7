"""Rows as `compliance.attendance` wants them: nothing is decided here."""

from collections.abc import Iterable

from admin_app.attendance.models import Mark, Signature
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.cohorts.queries import Teaching
from admin_app.core import clock
from admin_app.core.formatting import day_long
from admin_app.people.models import Trainee
from compliance.attendance import MarkFacts, SignatureFacts
from compliance.facts import CohortFacts, EnrolmentFacts, HalfDayFacts, TrainerFacts
from compliance.vocabulary import Departure, HalfDayPeriod, MarkState


def half_day_label(half_day: HalfDay) -> str:
    """« mardi 1er décembre 2026, matin »."""
    return f"{day_long(half_day.day)}, {HalfDayPeriod(half_day.period).label}"


def half_day_facts(row: HalfDay) -> HalfDayFacts:
    """A half-day; every trainer of its cohort may sign it."""
    return HalfDayFacts(
        key=row.id,
        day=row.day,
        period=HalfDayPeriod(row.period),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        minutes=row.minutes,
        remote=row.is_remote,
        label=half_day_label(row),
        cancelled=row.cancelled_at is not None,
    )


def enrolment_facts(row: Enrolment, trainee: Trainee) -> EnrolmentFacts:
    """An enrolment: when it began and, if it ended early, how."""
    return EnrolmentFacts(
        key=row.id,
        name=trainee.name,
        enrolled_on=clock.day_of(row.enrolled_at),
        takes_part_from=row.takes_part_from,
        left_on=row.left_on,
        departure=Departure(row.departure) if row.departure else None,
        client_key=row.client_id,
        pays_personally=row.pays_personally,
    )


def trainer_facts(teaching: Teaching) -> TrainerFacts:
    """A trainer in the cohort."""
    assignment, trainer = teaching
    return TrainerFacts(key=trainer.id, assignment_key=assignment.id, name=trainer.name)


def cohort_facts(
    cohort: Cohort,
    half_days: Iterable[HalfDayFacts],
    enrolments: Iterable[EnrolmentFacts],
    trainers: Iterable[TrainerFacts] = (),
) -> CohortFacts:
    """What attendance needs of a cohort."""
    return CohortFacts(
        key=cohort.id,
        reference=cohort.reference,
        title=cohort.title,
        starts_on=cohort.starts_on,
        ends_on=cohort.ends_on,
        half_days=tuple(half_days),
        enrolments=tuple(enrolments),
        trainers=tuple(trainers),
        cancelled=cohort.cancelled_at is not None,
    )


def mark_facts(row: Mark) -> MarkFacts:
    """A mark; why is not the rules' business."""
    return MarkFacts(
        half_day_key=row.half_day_id,
        enrolment_key=row.enrolment_id,
        state=MarkState(row.state),
        minutes_late=row.minutes_late,
        minutes_early=row.minutes_early,
    )


def signature_facts(row: Signature, trainer_of: dict[int, int]) -> SignatureFacts:
    """A signature; `trainer_of` gives the trainer of an assignment."""
    return SignatureFacts(
        half_day_key=row.half_day_id,
        signed_at=row.signed_at,
        enrolment_key=row.enrolment_id,
        trainer_key=trainer_of.get(row.assignment_id) if row.assignment_id else None,
    )
