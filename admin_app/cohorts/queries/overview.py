"""All that a cohort's own page shows, in five statements whatever the number of trainees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import bindparam, func, select

from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.cohorts.queries.cohorts import Sponsor, Teaching, clients_of, half_days, trainers_of
from admin_app.cohorts.state import CohortState, state_of
from admin_app.core.database import Rows, db
from admin_app.organisation.models import Place
from admin_app.programmes.models import Programme, ProgrammeVersion


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
    cohort, version, programme, place = row
    return Overview(
        cohort=cohort,
        version=version,
        programme=programme,
        place=place,
        half_days=half_days(cohort_id, with_cancelled=True),
        teachings=trainers_of(cohort_id, with_ended=True),
        sponsors=clients_of(cohort_id),
        state=state_of(cohort, today),
        **_people(cohort_id),
    )


@cache
def _cohort() -> Rows:
    return (
        select(Cohort, ProgrammeVersion, Programme, Place)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .join(Programme, Programme.id == ProgrammeVersion.programme_id)
        .outerjoin(Place, Place.id == Cohort.place_id)
        .where(Cohort.id == bindparam("cohort"))
    )


def _people(cohort_id: int) -> dict[str, int]:
    return dict(db.session.execute(_numbers(), {"cohort": cohort_id}).one()._mapping)


@cache
def _numbers() -> Rows:
    active = Enrolment.departure == ""
    no_payer = active & Enrolment.client_id.is_(None) & Enrolment.pays_personally.is_(False)
    no_reason = (Enrolment.departure == "dropout") & (Enrolment.departure_reason == "")
    return select(
        func.count().filter(active).label("trainees"),
        func.count().filter(~active).label("left"),
        func.count().filter(no_payer).label("without_payer"),
        func.count().filter(no_reason).label("without_reason"),
    ).where(Enrolment.cohort_id == bindparam("cohort"))
