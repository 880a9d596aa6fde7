"""All that a cohort's own page shows, in four statements whatever the number of trainees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Subquery, bindparam, func, select, true

from admin_app.cohorts.models import Assignment, Cohort, Enrolment, HalfDay
from admin_app.cohorts.queries.cohorts import Sponsor, Teaching, clients_of, half_days
from admin_app.cohorts.state import CohortState, state_of
from admin_app.core.database import Rows, db
from admin_app.organisation.models import Place
from admin_app.people.matching import lacking
from admin_app.people.models import Trainer, TrainerSkill
from admin_app.programmes.models import Programme, ProgrammeVersion

COUNTS = ("trainees", "left", "without_payer", "without_reason")


@dataclass(frozen=True, slots=True)
class Overview:
    """A cohort and what is around it."""

    cohort: Cohort
    version: ProgrammeVersion
    programme: Programme
    place: Place | None
    half_days: Sequence[HalfDay]
    teachings: list[Teaching]
    sponsors: list[Sponsor]
    state: CohortState
    trainees: int
    left: int
    without_payer: int
    without_reason: int
    unexplained: list[str]

    @property
    def held(self) -> list[HalfDay]:
        """The half-days that are to be held, or were."""
        return [one for one in self.half_days if one.cancelled_at is None]

    @property
    def minutes(self) -> int:
        """Planned minutes."""
        return sum(one.minutes for one in self.held)

    @property
    def trainers(self) -> list[Teaching]:
        """Those who teach it today."""
        return [one for one in self.teachings if one.assignment.ended_at is None]

    @property
    def is_adapted(self) -> bool:
        """Whether it follows a programme adapted for a client."""
        return self.programme.adapted_from_id is not None

    @property
    def is_placed(self) -> bool:
        """Whether each half-day has a place, or a link when it is remote."""
        cohort = self.cohort
        return all(
            cohort.remote_url if one.is_remote else (one.place_id or cohort.place_id)
            for one in self.held
        )


def overview(cohort_id: int, today: date) -> Overview | None:
    """The cohort of that key as its page shows it, None when there is none."""
    row = db.session.execute(_cohort(), {"cohort": cohort_id}).first()
    if row is None:
        return None
    cohort, version, programme, place, *counts = row
    teachings, skills = _teachings(cohort_id)
    return Overview(
        cohort=cohort,
        version=version,
        programme=programme,
        place=place,
        half_days=half_days(cohort_id, with_cancelled=True),
        teachings=teachings,
        unexplained=_unexplained(cohort, version.required_skills, teachings, skills),
        sponsors=clients_of(cohort_id),
        state=state_of(cohort, today),
        **dict(zip(COUNTS, counts, strict=True)),
    )


def _teachings(cohort_id: int) -> tuple[list[Teaching], dict[int, list[TrainerSkill]]]:
    """Who teaches or taught, oldest assignment first, and the skills of each (one statement)."""
    found: dict[int, Teaching] = {}
    skills: dict[int, list[TrainerSkill]] = {}
    for assignment, trainer, skill in db.session.execute(_teaching(), {"cohort": cohort_id}):
        found.setdefault(assignment.id, Teaching(assignment, trainer))
        skills.setdefault(trainer.id, []).extend([skill] if skill else [])
    return list(found.values()), skills


@cache
def _teaching() -> Rows:
    return (
        select(Assignment, Trainer, TrainerSkill)
        .join(Trainer, Trainer.id == Assignment.trainer_id)
        .outerjoin(TrainerSkill, TrainerSkill.trainer_id == Trainer.id)
        .where(Assignment.cohort_id == bindparam("cohort"))
        .order_by(Assignment.assigned_at, Assignment.id, TrainerSkill.id)
    )


def _unexplained(
    cohort: Cohort,
    required: Sequence[str],
    teachings: list[Teaching],
    skills: dict[int, list[TrainerSkill]],
) -> list[str]:
    """The names of those who teach it without a required skill, and without a written reason."""
    days = (cohort.starts_on, cohort.ends_on)
    return [
        one.trainer.name
        for one in teachings
        if one.assignment.ended_at is None
        and not one.assignment.reason
        and lacking(required, skills[one.trainer.id], *days)
    ]


@cache
def _cohort() -> Rows:
    people = _people()
    return (
        select(Cohort, ProgrammeVersion, Programme, Place, *people.c)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .outerjoin(Place, Place.id == Cohort.place_id)
        .join(people, true())
        .where(Cohort.id == bindparam("cohort"))
    )


def _people() -> Subquery:
    active = Enrolment.departure == ""
    no_payer = active & Enrolment.client_id.is_(None) & Enrolment.pays_personally.is_(False)
    no_reason = (Enrolment.departure == "dropout") & (Enrolment.departure_reason == "")
    return (
        select(
            func.count().filter(active).label("trainees"),
            func.count().filter(~active).label("left"),
            func.count().filter(no_payer).label("without_payer"),
            func.count().filter(no_reason).label("without_reason"),
        )
        .where(Enrolment.cohort_id == bindparam("cohort"))
        .subquery()
    )
