"""Counting results in the database: four statements, whatever the number of cohorts."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select

from admin_app.cohorts.models import Assignment, Cohort, Enrolment, HalfDay
from admin_app.core.database import db
from admin_app.evaluations.models import Assessment, AssessmentResult, Survey
from admin_app.evaluations.queries.marks import mark
from admin_app.programmes.models import ProgrammeVersion
from admin_app.results.figures import Figure, Tally, figures
from compliance.vocabulary import Departure

EXIT, FOLLOW_UP, CLIENT = "exit-survey", "follow-up-survey", "client-feedback"
# the questions of the questionnaires that figures are made of
EXPECTED, RECOMMEND, NEED, TRAINERS = "expectations", "recommend", "need", "trainers"


def measured(programme_id: int | None, first: date, last: date) -> list[Figure]:
    """Every figure over the cohorts that ended between two days, inclusive.

    Args:
        programme_id: a programme of the catalogue, its adapted versions included; None for all.
    """
    cohorts = ended(programme_id, first, last)
    return figures(
        _enrolments(cohorts) | _cohorts(cohorts) | _surveys(cohorts) | _objectives(cohorts)
    )


def ended(programme_id: int | None, first: date, last: date) -> Select[Any]:
    """The keys of those cohorts."""
    statement = select(Cohort.id).where(
        Cohort.cancelled_at.is_(None), Cohort.ends_on >= first, Cohort.ends_on <= last
    )
    if programme_id is None:
        return statement
    return statement.join(
        ProgrammeVersion, ProgrammeVersion.id == Cohort.standard_version_id
    ).where(ProgrammeVersion.programme_id == programme_id)


def taught(trainer_id: int, first: date, last: date) -> Select[Any]:
    """The keys of the cohorts of a trainer that ended between two days, inclusive."""
    return (
        ended(None, first, last)
        .join(Assignment, Assignment.cohort_id == Cohort.id)
        .where(Assignment.trainer_id == trainer_id, Assignment.ended_at.is_(None))
    )


def _enrolments(cohorts: Select[Any]) -> dict[str, Tally]:
    dropped = Enrolment.departure == Departure.DROPOUT.value
    began = or_(Enrolment.departure == "", dropped)
    counted = select(func.count().filter(began), func.count().filter(dropped)).where(
        Enrolment.cohort_id.in_(cohorts)
    )
    whole, left = db.session.execute(counted).one()
    return {
        "trainees": Tally(whole, whole),
        "completion": Tally(whole - left, whole),
        "dropout": Tally(left, whole),
    }


def _cohorts(cohorts: Select[Any]) -> dict[str, Tally]:
    gone = HalfDay.cancelled_at.is_not(None)
    minutes = func.coalesce(func.sum(HalfDay.minutes).filter(~gone), 0)
    wanted = func.coalesce(func.max(ProgrammeVersion.duration_minutes), 0)
    lost = and_(func.count(HalfDay.id).filter(gone) > 0, minutes < wanted)
    each = (
        select(Cohort.id, case((lost, 1), else_=0).label("lost"))
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .outerjoin(HalfDay, HalfDay.cohort_id == Cohort.id)
        .where(Cohort.id.in_(cohorts))
        .group_by(Cohort.id)
        .subquery()
    )
    counted = select(func.count(), func.coalesce(func.sum(each.c.lost), 0)).select_from(each)
    whole, part = db.session.execute(counted).one()
    return {"interruption": Tally(part, whole)}


def _surveys(cohorts: Select[Any]) -> dict[str, Tally]:
    said_yes = Survey.answers[RECOMMEND].as_string() == "yes"
    rows = db.session.execute(
        select(
            Survey.kind,
            func.count().filter(Survey.sent_at.is_not(None)),
            func.count().filter(Survey.answered_at.is_not(None)),
            *_scale(EXPECTED),
            *_scale(NEED),
            func.count().filter(_given(RECOMMEND)),
            func.count().filter(and_(_given(RECOMMEND), said_yes)),
        )
        .where(Survey.cohort_id.in_(cohorts), Survey.kind.in_([EXIT, FOLLOW_UP, CLIENT]))
        .group_by(Survey.kind)
    )
    by_kind = {row[0]: row[1:] for row in rows}
    nothing = (0,) * 8
    exit_, later, client = (by_kind.get(kind, nothing) for kind in (EXIT, FOLLOW_UP, CLIENT))
    return {
        "satisfaction": Tally(exit_[3], exit_[2], exit_[0]),
        "recommend": Tally(exit_[7], exit_[6], exit_[0]),
        "return": Tally(exit_[1], exit_[0]),
        "follow-up-return": Tally(later[1], later[0]),
        "clients": Tally(client[5], client[4], client[0]),
    }


def _objectives(cohorts: Select[Any]) -> dict[str, Tally]:
    reached = AssessmentResult.result == "reached"
    counted = (
        select(
            func.count(),
            func.count().filter(reached),
            func.count(Assessment.enrolment_id.distinct()),
        )
        .join(Assessment, Assessment.id == AssessmentResult.assessment_id)
        .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
        .where(Enrolment.cohort_id.in_(cohorts), AssessmentResult.result != "not-assessed")
    )
    whole, part, people = db.session.execute(counted).one()
    return {"objectives": Tally(part, whole, people=people)}


def trainer_tallies(trainer_id: int, first: date, last: date) -> dict[str, Tally]:
    """What trainees said and reached in the cohorts of a trainer (two statements)."""
    cohorts = taught(trainer_id, first, last)
    sent, answered, marks = db.session.execute(
        select(func.count().filter(Survey.sent_at.is_not(None)), *_scale(TRAINERS)).where(
            Survey.cohort_id.in_(cohorts), Survey.kind == EXIT
        )
    ).one()
    return {"trainers": Tally(marks, answered, sent)} | _objectives(cohorts)


def _given(key: str) -> ColumnElement[bool]:
    text = func.coalesce(Survey.answers[key].as_string(), "")
    return and_(Survey.answered_at.is_not(None), text != "")


def _scale(key: str) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """How many answered that scale, and the sum of their marks."""
    total = func.coalesce(func.sum(mark(key)).filter(_given(key)), 0)
    return func.count().filter(_given(key)), total
