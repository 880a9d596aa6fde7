"""Someone to enrol, as read from a list, before any row."""

from dataclasses import dataclass, replace
from datetime import date

from admin_app.cohorts.names import tidied
from admin_app.core.search import plain
from admin_app.people.models import Trainee


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of someone who is to be enrolled; the address in lower case."""

    first_name: str
    last_name: str
    email: str
    phone: str = ""
    birth_date: date | None = None
    job: str = ""

    @property
    def name(self) -> str:
        """« Nadia Benali »."""
        return f"{self.first_name} {self.last_name}"

    @property
    def tidied(self) -> "Person":
        """The same with names that are not in capitals; itself when there is nothing to offer."""
        first, last = tidied(self.first_name), tidied(self.last_name)
        if (first, last) == (self.first_name, self.last_name):
            return self
        return replace(self, first_name=first, last_name=last)

    def is_same(self, other: "Person | Trainee") -> bool:
        """Whether both bear the same name, accents, case and order of the two names apart."""
        return _names(self) == _names(other)

    def fill_in(self, known: Trainee) -> None:
        """Give someone who is known what was not known of them; nothing known is overwritten."""
        known.phone = known.phone or self.phone
        known.birth_date = known.birth_date or self.birth_date
        known.job = known.job or self.job

    def as_trainee(self) -> Trainee:
        """A new row for this person (its `created_at` is left to the act)."""
        return Trainee(
            first_name=self.first_name,
            last_name=self.last_name,
            email=self.email,
            phone=self.phone,
            birth_date=self.birth_date,
            job=self.job,
        )


def _names(one: "Person | Trainee") -> frozenset[str]:
    return frozenset({plain(one.first_name), plain(one.last_name)})
