"""Where a complaint or an incident stands: what comes next, by when, and what is late."""

from dataclasses import dataclass
from datetime import date, timedelta

from admin_app.practices.queries import value_on
from admin_app.quality.complaints.models import Complaint

ACKNOWLEDGE_DAYS, ANSWER_DAYS = "complaint-acknowledgement-days", "complaint-answer-days"
SOLVE_DAYS, CLOSE_DAYS = 15, 60


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: done on a day, or due on one. Days are inclusive."""

    key: str
    words: str
    due_on: date
    done_on: date | None

    def is_late(self, today: date) -> bool:
        """Whether it should have been done before that day."""
        return self.done_on is None and self.due_on < today

    @property
    def days_over(self) -> int:
        """How many days after its last day it was done; 0 when in time or not done yet."""
        return max(0, (self.done_on - self.due_on).days) if self.done_on else 0


def days_of(key: str, day: date) -> int:
    """The delay of that key on that day, in days: a dated value that can be changed."""
    return value_on(key, day)


def steps(row: Complaint) -> list[Step]:
    """The steps of a complaint or of an incident, in order."""
    start = row.received_on
    closing = Step("to-close", "Clore", start + timedelta(days=CLOSE_DAYS), row.closed_on)
    if row.is_incident:
        solving = start + timedelta(days=SOLVE_DAYS)
        return [Step("to-solve", "Noter la solution", solving, row.solved_on), closing]
    acknowledging = start + timedelta(days=days_of(ACKNOWLEDGE_DAYS, start))
    answering = start + timedelta(days=days_of(ANSWER_DAYS, start))
    return [
        Step("to-acknowledge", "Accuser réception", acknowledging, row.acknowledged_on),
        Step("to-answer", "Répondre", answering, row.answered_on),
        closing,
    ]


def next_step(row: Complaint) -> Step | None:
    """What comes next; None when it is closed."""
    if row.closed_on is not None:
        return None
    return next((one for one in steps(row) if one.done_on is None), None)


def state_of(row: Complaint) -> str:
    """A key of `words.STATES`."""
    step = next_step(row)
    return step.key if step else "closed"
