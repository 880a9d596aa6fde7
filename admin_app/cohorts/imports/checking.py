"""Each line of a list against itself, the other lines, and who is known already."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from admin_app.cohorts.imports.cells import (
    read_birth_date,
    read_email,
    read_first_day,
    read_name,
    read_phone,
    read_text,
)
from admin_app.cohorts.imports.columns import NEEDED
from admin_app.cohorts.imports.model import Problem, Sheet, SheetRow
from admin_app.cohorts.persons import Person
from admin_app.people.models import Trainee


@dataclass(frozen=True, slots=True)
class Listed:
    """One line that can be enrolled: the person, their employer, their first day when the list
    says it, and who they are if known."""

    line: int
    person: Person
    employer: str
    takes_part_from: date | None = None
    known: Trainee | None = None

    @property
    def offered(self) -> Person | None:
        """The same person with names that are not in capitals, None when that changes nothing.

        Who is known keeps the name that they have.
        """
        tidy = self.person.tidied
        return None if self.known is not None or tidy is self.person else tidy


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do: either people to enrol, or problems to mend; never some of both."""

    sheet: Sheet
    listed: list[Listed]
    problems: list[Problem]
    enrolled_already: int = 0

    @property
    def is_done(self) -> bool:
        """Whether everyone of the list takes part in the cohort already."""
        return bool(self.listed) and self.enrolled_already == len(self.sheet.rows)

    @property
    def accepted(self) -> int:
        """How many people would be enrolled."""
        return 0 if self.problems else len(self.listed)

    @property
    def offered(self) -> list[Listed]:
        """Those whose names are in capitals, and can be written otherwise."""
        return [one for one in self.listed if one.offered is not None]

    @property
    def has_first_days(self) -> bool:
        """Whether the list says from when some of them take part."""
        return any(one.takes_part_from is not None for one in self.listed)

    @property
    def newcomers(self) -> int:
        """How many of them are not known yet."""
        return sum(one.known is None for one in self.listed)


Holders = Mapping[str, Sequence[Trainee]]
Enrolled = Mapping[int, bool]


def check(
    sheet: Sheet,
    *,
    holders: Holders,
    enrolled: Enrolled,
    today: date,
    days: tuple[date, date],
) -> Preview:
    """Read every line and say all that is wrong, in the order of the file.

    Args:
        holders: known trainees by e-mail address in lower case.
        enrolled: those of the cohort by trainee: True when they take part, False when they left.
        today: for the ages.
        days: the first and the last day of the cohort.
    """
    if sheet.problems:
        return Preview(sheet, [], sheet.problems)
    problems: list[Problem] = []
    listed: list[Listed] = []
    seen: dict[str, Listed] = {}
    for row in sheet.rows:
        values, wrong = _read(row, sheet, today, days)
        problems += wrong
        if not all(name in values for name in NEEDED):
            continue
        one = _listed(row.line, values, holders)
        trouble = _twice(one, seen) or _clash(one, holders, enrolled)
        if trouble:
            problems.append(Problem(one.line, sheet.titles["email"], trouble))
        seen.setdefault(one.person.email, one)
        listed.append(one)
    there = sum(bool(one.known and enrolled.get(one.known.id)) for one in listed)
    return Preview(sheet, listed, problems, there)


def emails_of(sheet: Sheet) -> set[str]:
    """The addresses of a list, to be looked up at once."""
    found = set()
    for row in sheet.rows:
        try:
            found.add(read_email(row.values.get("email")))
        except ValueError:
            continue
    return found


def _read(
    row: SheetRow, sheet: Sheet, today: date, days: tuple[date, date]
) -> tuple[dict[str, Any], list[Problem]]:
    """What each cell of a line says, and what is wrong in those that cannot be read."""
    readers: dict[str, Callable[[Any], Any]] = {
        "last_name": read_name,
        "first_name": read_name,
        "email": read_email,
        "birth_date": partial(read_birth_date, today=today, starts_in_1904=sheet.starts_in_1904),
        "takes_part_from": partial(read_first_day, days=days, starts_in_1904=sheet.starts_in_1904),
        "phone": read_phone,
        "employer": partial(read_text, most=200),
        "job": partial(read_text, most=150),
    }
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, cell in row.values.items():
        try:
            values[name] = readers[name](cell)
        except ValueError as wrong:
            problems.append(Problem(row.line, sheet.titles[name], str(wrong)))
    return values, problems


def _listed(line: int, values: dict[str, Any], holders: Holders) -> Listed:
    told = {"employer", "takes_part_from"}
    person = Person(**{name: value for name, value in values.items() if name not in told})
    known = holders.get(person.email, ())
    match = next((trainee for trainee in known if person.is_same(trainee)), None)
    first = values.get("takes_part_from")
    return Listed(line, person, values.get("employer", ""), first, match)


def _twice(one: Listed, seen: Mapping[str, Listed]) -> str:
    former = seen.get(one.person.email)
    if former is None:
        return ""
    if one.person.is_same(former.person):
        return f"Cette personne est déjà à la ligne {former.line}."
    return (
        f"Cette adresse est déjà celle de {former.person.name}, ligne {former.line} : "
        "chacun a la sienne, puisque convocation et signature y partent."
    )


def _clash(one: Listed, holders: Holders, enrolled: Enrolled) -> str:
    if one.known is None:
        others = holders.get(one.person.email, ())
        if not others:
            return ""
        return (
            f"Cette adresse est déjà celle de {others[0].name}. Si c’est la même personne, "
            "reprenez ce nom ; sinon, demandez-lui une adresse qui soit la sienne."
        )
    if one.known.id not in enrolled:
        return ""
    if enrolled[one.known.id]:
        return f"{one.known.name} est déjà inscrit à cette session."
    return f"{one.known.name} a quitté cette session : rétablissez son inscription."
