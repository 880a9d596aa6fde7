"""What a story is made of."""

from dataclasses import dataclass, field
from datetime import date

from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.coverage.models import Expectation
from compliance.vocabulary import PieceStatus, Word


class Chapter(Word):
    """Where a fact stands in the life of an enrolment."""

    BEFORE = "before", "Avant la formation"
    DURING = "during", "Pendant la formation"
    AFTER = "after", "Après la formation"


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated fact. `shared` says with whom, when it is not the trainee's own; `number` are the
    indicators that it serves; `oddity` is what makes its date worth a look."""

    day: date
    text: str
    evidence_id: int | None = None
    detail: str = ""
    shared: str = ""
    numbers: tuple[int, ...] = ()
    oddity: str = ""
    is_withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Owed:
    """What is still expected: the row, and its status on the day of reading."""

    row: Expectation
    status: PieceStatus


@dataclass(slots=True)
class Story:
    """The facts of one enrolment, oldest first, and what is still expected, oldest due first."""

    enrolment: Enrolment
    cohort: Cohort
    entries: list[Entry] = field(default_factory=list)
    owed: list[Owed] = field(default_factory=list)

    def chapter(self, chapter: Chapter) -> list[Entry]:
        """The facts of that time, oldest first."""
        return [one for one in self.entries if self._time_of(one) is chapter]

    @property
    def late(self) -> int:
        """How many expected pieces are late."""
        return sum(1 for one in self.owed if one.status is PieceStatus.LATE)

    def _time_of(self, entry: Entry) -> Chapter:
        if entry.day < self.cohort.starts_on:
            return Chapter.BEFORE
        return Chapter.DURING if entry.day <= self.cohort.ends_on else Chapter.AFTER
