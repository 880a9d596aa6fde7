"""What surrounds a cohort: those it shares with others, found in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import Select, bindparam, inspect, literal, null, select, union, union_all
from sqlalchemy.orm.util import identity_key

from admin_app.cohorts.models import Assignment, Cohort, HalfDay
from admin_app.core.database import Row, Rows, db
from admin_app.coverage.facts.cohorts import programme_flags
from admin_app.coverage.facts.partners import shared_parts
from admin_app.coverage.facts.teaching import is_external
from admin_app.people.models import Trainer
from admin_app.programmes.models import Programme, ProgrammeVersion
from admin_app.quality.complaints.models import Complaint
from compliance.facts import HalfDayFacts, TrainerFacts
from compliance.vocabulary import HalfDayPeriod, ScopeKind

R = TypeVar("R", bound=Row)
HALF_DAY, TEACHES = "half-day", "teaches"
# a half-day as a row of a union: `half_day_of` reads it
HALF_DAY_COLUMNS = (
    HalfDay.id.label("key"),
    HalfDay.day.label("day"),
    HalfDay.period.label("word"),
    HalfDay.starts_at.label("starts_at"),
    HalfDay.ends_at.label("ends_at"),
    HalfDay.minutes.label("number"),
    HalfDay.is_remote.label("flag"),
)


@dataclass(frozen=True, slots=True)
class Around:
    """The shape of a cohort, and the keys of what it shares with others, by kind.

    `programme` says whether its programme is certifying, taught alternately, with a placement.
    """

    shared: Mapping[ScopeKind, list[int]]
    half_days: tuple[HalfDayFacts, ...]
    trainers: tuple[TrainerFacts, ...]
    programme: tuple[bool, bool, bool]


def around(cohort: Cohort) -> Around:
    """What applicability and the pieces of others need (two statements, one when the page has
    read the programme already)."""
    rows: Sequence[Any] = db.session.execute(_around(), {"cohorts": [cohort.id]}).all()
    trainers = tuple(trainer_of(row) for row in rows if row.what == TEACHES)
    shared: dict[ScopeKind, list[int]] = {
        ScopeKind.PROGRAMME: [cohort.standard_version_id, cohort.version_id],
        ScopeKind.TRAINER: [one.key for one in trainers],
    }
    for row in rows:
        if row.what not in (HALF_DAY, TEACHES):
            shared.setdefault(ScopeKind(row.what), []).append(row.key)
    return Around(
        shared=shared,
        half_days=tuple(half_day_of(row) for row in rows if row.what == HALF_DAY),
        trainers=trainers,
        programme=_programme(cohort),
    )


def _programme(cohort: Cohort) -> tuple[bool, bool, bool]:
    version = _read_already(ProgrammeVersion, cohort.version_id)
    programme = _read_already(Programme, version.programme_id) if version else None
    if version is None or programme is None:
        return programme_flags([cohort.id]).get(cohort.id, (False, False, False))
    return version.is_certifying, programme.is_alternance, programme.has_work_placement


def _read_already(model: type[R], key: int) -> R | None:
    """The row, when this session holds it and it is up to date; nothing is asked otherwise."""
    found: R | None = db.session.identity_map.get(identity_key(model, key))
    return None if found is None or inspect(found).expired else found


def shared_by(cohort_ids: Iterable[int]) -> set[tuple[ScopeKind, int]]:
    """The subjects of registers on which these cohorts have a bearing, former trainers included:
    their dates are its first and last missions (one statement)."""
    trainers = _pair(ScopeKind.TRAINER, Assignment.trainer_id).where(
        Assignment.cohort_id.in_(_COHORTS)
    )
    rows = db.session.execute(union(trainers, *_shared()), {"cohorts": list(cohort_ids)})
    return {(ScopeKind(kind), key) for kind, key in rows if kind != ScopeKind.COMPLAINT}


def half_day_of(row: Any) -> HalfDayFacts:
    """The half-day that a row of `HALF_DAY_COLUMNS` holds."""
    return HalfDayFacts(
        key=row.key,
        day=row.day,
        period=HalfDayPeriod(row.word),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        minutes=row.number,
        remote=bool(row.flag),
    )


def trainer_of(row: Any) -> TrainerFacts:
    """The trainer that a row `TEACHES` of the same union holds."""
    return TrainerFacts(
        key=row.number, assignment_key=row.key, name=row.word, is_external=bool(row.flag)
    )


_COHORTS: Any = bindparam("cohorts", expanding=True)


@cache
def _around() -> Rows:
    half_days = select(literal(HALF_DAY).label("what"), *HALF_DAY_COLUMNS).where(
        HalfDay.cohort_id.in_(_COHORTS), HalfDay.cancelled_at.is_(None)
    )
    teaching = (
        select(
            literal(TEACHES),
            Assignment.id,
            null(),
            Trainer.first_name + " " + Trainer.last_name,
            null(),
            null(),
            Trainer.id,
            is_external(),
        )
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .where(Assignment.cohort_id.in_(_COHORTS), Assignment.ended_at.is_(None))
    )
    shared = [
        part.add_columns(null(), null(), null(), null(), null(), null()) for part in _shared()
    ]
    return union_all(half_days, teaching, *shared)  # type: ignore[return-value]


def _shared() -> list[Select[Any]]:
    """Kind and key of what cohorts share, but for trainers: those differ with what one asks."""
    rooms = select(HalfDay.place_id).where(HalfDay.cohort_id.in_(_COHORTS))
    place = select(Cohort.place_id).where(Cohort.id.in_(_COHORTS))
    used = union(rooms, place).subquery()
    return [
        _pair(ScopeKind.CATALOGUE_ENTRY, ProgrammeVersion.programme_id)
        .join(Cohort, Cohort.standard_version_id == ProgrammeVersion.id)
        .where(Cohort.id.in_(_COHORTS)),
        _pair(ScopeKind.PLACE, used.c.place_id).where(used.c.place_id.is_not(None)),
        _pair(ScopeKind.COMPLAINT, Complaint.id).where(Complaint.cohort_id.in_(_COHORTS)),
        *shared_parts(_COHORTS),
    ]


def _pair(kind: ScopeKind, column: Any) -> Select[Any]:
    return select(literal(kind.value), column)
