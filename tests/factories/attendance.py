"""A half-day with its people, and the acts of attendance as a test needs them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.attendance import operations
from admin_app.attendance.models import Closing, Signature
from admin_app.attendance.operations import MarkInput
from admin_app.cohorts.models import Assignment, Cohort, Enrolment, HalfDay
from admin_app.core.access import Role
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.people.models import Trainee, Trainer
from compliance.vocabulary import MarkState
from tests.factories.base import committed
from tests.factories.house import PlaceFactory, ProviderFactory, UserFactory
from tests.factories.training import cohort_with

TRAINER = Actor(ActorKind.USER, "Claire Vasseur", 1)
MANAGER = Actor(ActorKind.USER, "Inès Caron", 2)
NAMES = (
    ("Nadia", "Benali"),
    ("Hugo", "Tessier"),
    ("Marta", "Lopes"),
    ("Yann", "Le Goff"),
    ("Aïcha", "Moreau"),
    ("Paul", "Ribeiro"),
    ("Élise", "Noël"),
    ("Jean-Luc", "Œuvrard"),
)
STROKES = [[[20, 90], [60, 20], [90, 95], [130, 30], [170, 85]], [[30, 60], [180, 55]]]


@dataclass
class Room:
    """A cohort on its first morning: three trainees, one trainer with an account."""

    cohort: Cohort
    half_days: list[HalfDay]
    enrolments: list[Enrolment]
    assignment: Assignment
    user: User

    @property
    def morning(self) -> HalfDay:
        """The first half-day."""
        return self.half_days[0]

    def at(self, minutes: int, half_day: HalfDay | None = None) -> datetime:
        """That many minutes after the start of a half-day (the first by default)."""
        return (half_day or self.morning).starts_at + timedelta(minutes=minutes)

    def after(self, minutes: int, half_day: HalfDay | None = None) -> datetime:
        """That many minutes after its end."""
        return (half_day or self.morning).ends_at + timedelta(minutes=minutes)

    def mark(self, *states: MarkState, half_day: HalfDay | None = None, **more: Any) -> None:
        """Mark the first trainees so, in order; twenty minutes where minutes are needed."""
        marks = {
            enrolment.id: MarkInput(state, 20, 15, **more)
            for enrolment, state in zip(self.enrolments, states, strict=False)
        }
        day = half_day or self.morning
        operations.mark(day, marks, by=TRAINER, at=self.at(10, day))

    def mark_all(self, half_day: HalfDay | None = None) -> None:
        """Everybody is there."""
        day = half_day or self.morning
        operations.mark_rest_present(day, by=TRAINER, at=self.at(10, day))

    def sign(
        self, rank: int, *, half_day: HalfDay | None = None, at: datetime | None = None, **more: Any
    ) -> Signature:
        """The trainee of that rank signs a few minutes in, on the trainer's device if near it."""
        day, enrolment = half_day or self.morning, self.enrolments[rank]
        trainee = db.session.get_one(Trainee, enrolment.trainee_id)
        channel = "link" if day.is_remote else "handed"
        given = {"way": "drawn", "strokes": STROKES, "channel": channel} | more
        if given["way"] == "typed":
            given.setdefault("typed_name", trainee.name)
        by = Actor(ActorKind.TRAINEE, trainee.name, enrolment.id)
        return operations.sign_as_trainee(
            day, enrolment, by=by, at=at or self.at(12 + rank, day), **given
        )

    def close(
        self, *, half_day: HalfDay | None = None, at: datetime | None = None, **more: Any
    ) -> Closing:
        """The trainer signs and closes at the end."""
        day = half_day or self.morning
        given = {"way": "typed", "typed_name": "Claire Vasseur"} | more
        return operations.sign_as_trainer_and_close(
            day, self.assignment, by=TRAINER, at=at or self.after(2, day), **given
        )

    def hold(self, half_day: HalfDay) -> Closing:
        """Everybody is there and signs, and it is closed."""
        self.mark_all(half_day)
        for rank in range(len(self.enrolments)):
            self.sign(rank, half_day=half_day)
        return self.close(half_day=half_day)


def room_with(trainees: int = 3, **cohort: Any) -> Room:
    """A cohort with named trainees, a trainer who has an account, and the organisation."""
    if not cohort.pop("without_provider", False):
        ProviderFactory()
    made = cohort_with(trainees=trainees, **cohort)
    enrolments = list(
        db.session.scalars(
            select(Enrolment).where(Enrolment.cohort_id == made.id).order_by(Enrolment.id)
        )
    )
    with committed():
        for rank, enrolment in enumerate(enrolments):
            trainee = db.session.get_one(Trainee, enrolment.trainee_id)
            first, last = NAMES[rank % len(NAMES)]
            more = f" {rank // len(NAMES) + 1}" if rank >= len(NAMES) else ""
            trainee.first_name, trainee.last_name = first, f"{last}{more}"
            enrolment.employer = "Mairie de Champniers" if rank % 2 else ""
        assignment = db.session.scalars(
            select(Assignment).where(Assignment.cohort_id == made.id)
        ).one()
        trainer = db.session.get_one(Trainer, assignment.trainer_id)
        trainer.first_name, trainer.last_name = "Claire", "Vasseur"
    half_days = list(
        db.session.scalars(
            select(HalfDay).where(HalfDay.cohort_id == made.id).order_by(HalfDay.starts_at)
        )
    )
    user = UserFactory(roles=(Role.TRAINER,), trainer_id=assignment.trainer_id, name=trainer.name)
    return Room(made, half_days, enrolments, assignment, user)


__all__ = ["MANAGER", "STROKES", "TRAINER", "PlaceFactory", "Room", "room_with"]
