"""One cohort of the demonstration: who is in it, when it is held, and what does not go as usual."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from admin_app.cohorts.models import Assignment, Cohort, Enrolment, HalfDay
from admin_app.cohorts.queries import Enrolled, by_reference, enrolled, half_days, trainers_of
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.demo import days
from admin_app.demo.agenda import Deed
from admin_app.demo.answers import Voice
from admin_app.demo.files import section
from admin_app.demo.world import World

Half = int  # rank of a half-day in its cohort, from zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Twists:
    """What does not go as usual. Names are those of trainees, half-days are ranks from zero.

    Args:
        silent: never answer that survey, and are reminded twice.
        waiting: have not answered that survey yet.
        unpositioned: never answer the questionnaire of needs and positioning.
        absences: half-day and name, to the reason (empty: nobody asked).
        late: half-day and name, to minutes and reason.
        unsigned: were there and never signed that half-day.
        regularised: signed it on the next morning, to the reason.
        unassessed: what they learnt was not assessed.
        signed_after: days after the start when the clients sign the convention.
        unsigned_agreements: the keys of the clients, and the names of those who pay themselves,
            whose convention or contract waits for their signature.
        without: steps that are left out (names of `after.STEPS`).
    """

    silent: frozenset[tuple[str, str]] = frozenset()
    waiting: frozenset[tuple[str, str]] = frozenset()
    unpositioned: frozenset[str] = frozenset()
    absences: Mapping[tuple[Half, str], str] = field(default_factory=dict)
    late: Mapping[tuple[Half, str], tuple[int, str]] = field(default_factory=dict)
    unsigned: frozenset[tuple[Half, str]] = frozenset()
    regularised: Mapping[tuple[Half, str], str] = field(default_factory=dict)
    unassessed: frozenset[str] = frozenset()
    signed_after: int | None = None
    unsigned_agreements: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()


@dataclass
class Session:
    """A cohort whose life is planned from its training days.

    `gone` maps the name of whoever leaves to the rank of the first half-day that they miss.
    """

    world: World
    reference: str
    training: tuple[date, ...]
    twists: Twists = field(default_factory=Twists)
    opened: date | None = None
    gone: dict[str, Half] = field(default_factory=dict)
    enrolments: dict[str, int] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, Any]:
        """What the data file says of it."""
        return section("sessions", "session", "reference", self.reference)

    @property
    def start(self) -> date:
        """Its first day."""
        return self.training[0]

    @property
    def end(self) -> date:
        """Its last day."""
        return self.training[-1]

    @property
    def names(self) -> list[str]:
        """Everyone it begins with, in the order of the data file."""
        return list(self.jobs)

    @cached_property
    def jobs(self) -> dict[str, str]:
        """The job of everyone it begins with, by name."""
        listed = [one for client in self.known.get("client", ()) for one in client["trainees"]]
        listed += [one["trainee"] for one in self.known.get("individual", ())]
        return {f"{first} {last}": job for first, last, job in listed}

    def voice(self, name: str, rank: int | None = None) -> Voice:
        """How that person speaks; `rank` is their place when they are not a trainee."""
        reference = self.known["programme"]
        programme = section("programmes", "programme", "reference", reference)
        return Voice(
            name=name,
            group=self.reference,
            rank=self.names.index(name) if rank is None else rank,
            programme=reference,
            job=self.jobs.get(name, ""),
            needs_nothing=programme["prerequisites"].startswith("Aucun"),
        )

    def day_before(self, count: int) -> date:
        """Worked, that many days before the start or a little more."""
        return days.by(self.start - timedelta(days=count))

    def note(self, day: date, hour: str, deed: Deed, *about: Any) -> None:
        """Have `deed(*about, at)` played that day at that hour."""
        self.world.agenda.note(day, hour, deed, *about)

    def cohort(self) -> Cohort:
        """Its row, once it was created."""
        found = by_reference(self.reference)
        if found is None:
            raise LookupError(self.reference)
        return found

    def person(self, name: str) -> Enrolled:
        """The trainee of that name."""
        found = enrolled(self.enrolments[name])
        if found is None:
            raise LookupError(name)
        return found

    def enrolment(self, name: str) -> Enrolment:
        """The enrolment of the trainee of that name."""
        return db.session.get_one(Enrolment, self.enrolments[name])

    def half_day(self, rank: Half) -> HalfDay:
        """Its half-day of that rank, from zero."""
        return half_days(self.cohort().id)[rank]

    def assignments(self) -> list[Assignment]:
        """Those of its trainers, in the order of the data file."""
        return [one.assignment for one in trainers_of(self.cohort().id)]

    def trainer(self, rank: int = 0) -> Actor:
        """Its trainer of that rank, who acts from an account."""
        return self.world.users[self.known["trainers"][rank]]

    def is_there(self, name: str, rank: Half) -> bool:
        """Whether they are still in the cohort on that half-day."""
        return rank < self.gone.get(name, 10_000)

    def attends(self, name: str, rank: Half) -> bool:
        """Whether they come on that half-day."""
        return self.is_there(name, rank) and (rank, name) not in self.twists.absences


def at_minute(base: datetime, minutes: int) -> datetime:
    """That many minutes later."""
    return base + timedelta(minutes=minutes)
