"""Half-days as they are planned: plain values on the organisation's clock, before any row."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from admin_app.core import clock
from admin_app.core.errors import Refused, refuse_if_any
from compliance.vocabulary import HalfDayPeriod

NOON = time(12)
USUAL = {
    HalfDayPeriod.MORNING: (time(9), time(12, 30)),
    HalfDayPeriod.AFTERNOON: (time(14), time(17, 30)),
}
MOST_HALF_DAYS = 400
SHORTEST, LONGEST = 15, 480


@dataclass(frozen=True, slots=True)
class HalfDayPlan:
    """One half-day to be held: a civil day and hours on the organisation's clock.

    `period` is guessed from the first hour when it is not given; `id` names the half-day that is
    being changed, None for a new one; `place_id` is None for the cohort's own place.
    """

    day: date
    starts: time
    ends: time
    theme: str = ""
    is_remote: bool = False
    place_id: int | None = None
    period: HalfDayPeriod | None = None
    id: int | None = None

    @property
    def half(self) -> HalfDayPeriod:
        """Morning or afternoon."""
        return self.period or (
            HalfDayPeriod.MORNING if self.starts < NOON else HalfDayPeriod.AFTERNOON
        )

    @property
    def slot(self) -> tuple[date, HalfDayPeriod]:
        """What makes it unique within its cohort."""
        return self.day, self.half

    @property
    def starts_at(self) -> datetime:
        """The UTC instant when it starts."""
        return clock.at(self.day, self.starts)

    @property
    def ends_at(self) -> datetime:
        """The UTC instant when it ends."""
        return clock.at(self.day, self.ends)

    @property
    def minutes(self) -> int:
        """Planned minutes, from its first hour to its last."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)


def usual_half_days(
    first_day: date, days: int, *, themes: Sequence[str] = (), is_remote: bool = False
) -> list[HalfDayPlan]:
    """Mornings 9:00-12:30 and afternoons 14:00-17:30, on weekdays, from that day on.

    Args:
        days: how many days; each gives two half-days.
        themes: what each half-day is about, in order; the last ones may be missing.
    """
    plans: list[HalfDayPlan] = []
    day = first_day
    while len(plans) < 2 * days:
        if day.weekday() < 5 or day == first_day:
            for period, (starts, ends) in USUAL.items():
                plans.append(HalfDayPlan(day, starts, ends, "", is_remote, None, period))
        day += timedelta(days=1)
    return [
        replace(plan, theme=themes[rank]) if rank < len(themes) else plan
        for rank, plan in enumerate(plans)
    ]


def check_plans(plans: Sequence[HalfDayPlan]) -> list[HalfDayPlan]:
    """The half-days as given, when they can stand together.

    Raises:
        Problems: none was given, one ends before it starts or is too short or long, or two are in
            the same half of a day or overlap. Fields are named `half_days-<rank>-<name>`.
    """
    if not plans:
        raise Refused("Il faut au moins une demi-journée.", "half_days")
    if len(plans) > MOST_HALF_DAYS:
        raise Refused(f"Une session compte au plus {MOST_HALF_DAYS} demi-journées.", "half_days")
    refuse_if_any(
        [problem for rank, plan in enumerate(plans) for problem in _problems(rank, plan, plans)]
    )
    return list(plans)


def _problems(rank: int, plan: HalfDayPlan, plans: Sequence[HalfDayPlan]) -> list[Refused]:
    field = f"half_days-{rank}"
    if plan.ends <= plan.starts:
        return [Refused("L’heure de fin précède celle du début.", f"{field}-ends")]
    if not SHORTEST <= plan.minutes <= LONGEST:
        return [Refused("Une demi-journée dure de 15 minutes à 8 heures.", f"{field}-ends")]
    for other in plans[:rank]:
        if other.slot == plan.slot:
            return [Refused("Ce jour a déjà une demi-journée à ce moment.", f"{field}-day")]
        if other.starts_at < plan.ends_at and plan.starts_at < other.ends_at:
            return [Refused("Ces heures chevauchent une autre demi-journée.", f"{field}-starts")]
    return []
