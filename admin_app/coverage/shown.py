"""The day that a page of coverage shows: today, a past one as it stood, or one to come."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from compliance.referentiel import Edition, load

FURTHEST = timedelta(days=5 * 366)
_PATTERNS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d-%m-%Y", "%d.%m.%Y")


@dataclass(frozen=True, slots=True)
class ShownDay:
    """A day, and the edition under which its evidence is read.

    `audit_on` is the day of the audit that decides the edition: the next one (`next_audit_on`)
    for today, the day itself for another. `problem` says why the day asked for is not shown.
    """

    day: date
    today: date
    audit_on: date
    edition: Edition
    next_audit_on: date
    asked: str = ""
    problem: str = ""

    @property
    def is_past(self) -> bool:
        """Whether the file is shown as it was."""
        return self.day < self.today

    @property
    def is_coming(self) -> bool:
        """Whether the file is shown as it will be if nothing more is done."""
        return self.day > self.today

    @property
    def is_today(self) -> bool:
        """Whether it is the present file."""
        return self.day == self.today

    @property
    def as_of(self) -> date | None:
        """The day to compute for; None for the present, which is kept as rows."""
        return None if self.is_today else self.day

    @property
    def in_address(self) -> str | None:
        """The day as the address keeps it; None for today, which needs none."""
        return None if self.is_today else self.day.isoformat()

    @property
    def other_edition(self) -> Edition | None:
        """The edition of the next audit, when another day is read under a different one."""
        coming = load().edition_on(self.next_audit_on)
        return None if self.is_today or coming.key == self.edition.key else coming

    @property
    def edition_in_address(self) -> str | None:
        """The edition as the address keeps it, when it is not the one of that day."""
        usual = None if self.is_today else load().edition_on(self.day).key
        return self.edition.key if usual and usual != self.edition.key else None


def shown_day(asked: str, *, today: date, audit_on: date, edition: str = "") -> ShownDay:
    """Read what the address asks for; a day that makes no sense leaves today, and says so.

    Args:
        asked: a day as browsers send it or as the French write it; empty for today.
        today: the organisation's day.
        audit_on: the day of the next audit (today when none is known).
        edition: the key of an edition under which to read another day than today.
    """
    present = ShownDay(today, today, audit_on, load().edition_on(audit_on), audit_on, asked)
    if not asked.strip():
        return present
    day = _day(asked.strip())
    problem = _problem(day, today)
    if day is None or problem:
        return replace(present, problem=problem)
    if day == today:
        return present
    editions = {one.key: one for one in load().editions}
    if edition in editions and edition != load().edition_on(day).key:
        judged = max(day, editions[edition].applies_from)
        return ShownDay(day, today, judged, load().edition(edition, judged), audit_on, asked)
    return ShownDay(day, today, day, load().edition_on(day), audit_on, asked)


def _day(text: str) -> date | None:
    for pattern in _PATTERNS:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _problem(day: date | None, today: date) -> str:
    if day is None:
        return "Ce jour n’existe pas. Écrivez-le ainsi : 17/09/2026."
    if day < load().editions[0].applies_from:
        return "Le référentiel n’existait pas encore ce jour-là."
    if day > today + FURTHEST:
        return "Au-delà de cinq ans, les échéances ne disent plus rien de sûr."
    return ""
