"""Someone to enrol, as typed or as read from a list, before any row."""

from dataclasses import dataclass
from datetime import date

from admin_app.cohorts.text import plain
from admin_app.people.models import Trainee


@dataclass(frozen=True, slots=True)
class Person:
    """What is known of someone who is to be enrolled."""

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
    def address(self) -> str:
        """The e-mail address, as it is compared."""
        return self.email.strip().lower()

    def is_same(self, other: "Person | Trainee") -> bool:
        """Whether both bear the same name, accents, case and order of the two names apart."""
        return _names(self) == _names(other)

    def as_trainee(self) -> Trainee:
        """A new row for this person (its `created_at` is left to the act)."""
        return Trainee(
            first_name=self.first_name.strip(),
            last_name=self.last_name.strip(),
            email=self.address,
            phone=self.phone.strip(),
            birth_date=self.birth_date,
            job=self.job.strip(),
        )


def _names(one: "Person | Trainee") -> frozenset[str]:
    return frozenset({plain(one.first_name), plain(one.last_name)})
