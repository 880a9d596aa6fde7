"""Where a trainer stands on a day: what has expired or soon will, which review is due."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from admin_app.people.models import (
    Trainer,
    TrainerDevelopment,
    TrainerDiploma,
    TrainerReview,
    TrainerSkill,
)
from admin_app.practices.queries import value_on

REVIEW_DAYS = 365  # the yearly review and the rhythm of development are those of the pieces
DEVELOPMENT_DAYS = 730


@dataclass(frozen=True, slots=True)
class Expiry:
    """Something of a trainer's file that ends: its words, its kind, its last valid day."""

    words: str
    kind: str
    key: int
    last_day: date
    is_over: bool

    @property
    def state(self) -> str:
        """How it looks beside its word."""
        return "danger" if self.is_over else "warn"


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be done for a trainer. Days are inclusive; None says that there is none."""

    expiries: tuple[Expiry, ...]
    last_review: date | None
    review_due: date | None
    is_review_late: bool
    last_development: date | None
    is_development_old: bool

    @property
    def over(self) -> tuple[Expiry, ...]:
        """What has expired."""
        return tuple(one for one in self.expiries if one.is_over)


def notice_days(day: date) -> int:
    """How many days ahead an expiry is announced."""
    return value_on("expiry-notice-days", day)


def expiries(trainer: Trainer, day: date, soon: date) -> tuple[Expiry, ...]:
    """What ended before `day` or ends by `soon` (inclusive), the earliest first."""
    rows: Sequence[TrainerSkill | TrainerDiploma] = [*trainer.skills, *trainer.diplomas]
    found = [_expiry(one, day) for one in rows if one.valid_until and one.valid_until <= soon]
    return tuple(sorted(found, key=lambda one: one.last_day))


def standing(
    trainer: Trainer,
    reviews: Sequence[TrainerReview],
    developments: Sequence[TrainerDevelopment],
    day: date,
) -> Standing:
    """Where a trainer stands on that day, from what was read of their file."""
    held = [one.held_on for one in reviews if one.removed_at is None]
    done = [one.done_on for one in developments if one.removed_at is None]
    last, latest = max(held, default=None), max(done, default=None)
    due = last + timedelta(days=REVIEW_DAYS) if last else None
    old = day - timedelta(days=DEVELOPMENT_DAYS)
    return Standing(
        expiries=expiries(trainer, day, day + timedelta(days=notice_days(day))),
        last_review=last,
        review_due=due,
        is_review_late=due is not None and due < day,
        last_development=latest,
        is_development_old=latest is not None and latest < old,
    )


def _expiry(row: TrainerSkill | TrainerDiploma, day: date) -> Expiry:
    is_skill = isinstance(row, TrainerSkill)
    assert row.valid_until is not None
    return Expiry(
        words=row.skill if isinstance(row, TrainerSkill) else row.title,
        kind="skill" if is_skill else "diploma",
        key=row.id,
        last_day=row.valid_until,
        is_over=row.valid_until < day,
    )
