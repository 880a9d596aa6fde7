"""What decides which indicators apply to each cohort of a page, in one statement."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import case, literal, null, select, union_all

from admin_app.cohorts.models import Assignment, Cohort, HalfDay
from admin_app.core.database import db
from admin_app.coverage.facts import outline
from admin_app.coverage.facts.around import (
    HALF_DAY,
    HALF_DAY_COLUMNS,
    TEACHES,
    half_day_of,
    trainer_of,
)
from admin_app.coverage.facts.teaching import is_external
from admin_app.people.models import Trainer
from admin_app.programmes.models import Programme, ProgrammeVersion
from compliance.facts import ActionFacts, action_of

_FOLLOWS = "follows"
_CERTIFYING, _ALTERNANCE, _PLACEMENT = 1, 2, 4


def actions_of(cohorts: Sequence[Cohort]) -> dict[int, ActionFacts]:
    """The applicability facts of these cohorts, by key."""
    if not cohorts:
        return {}
    found: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(_shapes([one.id for one in cohorts])):
        found[row.cohort_id].append(row)
    return {one.id: _action(one, found[one.id]) for one in cohorts}


def _action(cohort: Cohort, rows: Sequence[Any]) -> ActionFacts:
    flags = next((row.number for row in rows if row.what == _FOLLOWS), 0)
    return action_of(
        outline(
            cohort,
            (bool(flags & _CERTIFYING), bool(flags & _ALTERNANCE), bool(flags & _PLACEMENT)),
            half_days=tuple(half_day_of(row) for row in rows if row.what == HALF_DAY),
            trainers=tuple(trainer_of(row) for row in rows if row.what == TEACHES),
        )
    )


def _shapes(cohort_ids: Sequence[int]) -> Any:
    half_days = select(
        literal(HALF_DAY).label("what"), HalfDay.cohort_id.label("cohort_id"), *HALF_DAY_COLUMNS
    ).where(HalfDay.cohort_id.in_(cohort_ids), HalfDay.cancelled_at.is_(None))
    teaching = (
        select(
            literal(TEACHES),
            Assignment.cohort_id,
            Assignment.id,
            null(),
            literal(""),
            null(),
            null(),
            Trainer.id,
            is_external(),
        )
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .where(Assignment.cohort_id.in_(cohort_ids), Assignment.ended_at.is_(None))
    )
    flags = (
        case((ProgrammeVersion.is_certifying, _CERTIFYING), else_=0)
        + case((Programme.is_alternance, _ALTERNANCE), else_=0)
        + case((Programme.has_work_placement, _PLACEMENT), else_=0)
    )
    programmes = (
        select(
            literal(_FOLLOWS),
            Cohort.id,
            ProgrammeVersion.id,
            null(),
            literal(""),
            null(),
            null(),
            flags,
            ProgrammeVersion.is_certifying,
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .where(Cohort.id.in_(cohort_ids))
    )
    return union_all(half_days, teaching, programmes)
