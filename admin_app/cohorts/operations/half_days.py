"""The days and hours of a cohort. What was proved is never lost."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.operations.common import (
    limited,
    needed,
    refuse_if_cancelled,
    told,
    touch_places,
)
from admin_app.cohorts.operations.proofs import refresh_proofs
from admin_app.cohorts.queries import attached_half_days, half_days, proved_half_days
from admin_app.cohorts.schedule import HalfDayPlan, check_plans
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import day, day_range, minutes_as_hours, plural
from admin_app.core.transaction import act, all_locked, locked
from admin_app.evidence.queries import is_proved
from admin_app.organisation.models import Place
from compliance.vocabulary import HalfDayPeriod


@act
def set_half_days(
    cohort: Cohort, plans: Sequence[HalfDayPlan], *, by: Actor, at: datetime
) -> Sequence[HalfDay]:
    """Make these the half-days of the cohort.

    A plan that carries an `id`, or falls where a half-day stands, changes that one; the others are
    new; those that no plan names are removed. Cancelled half-days stay as they are. The first and
    last days of the cohort follow.

    Raises:
        Refused: the cohort is cancelled; a half-day that was attended would move or go; one that
            something refers to would go (cancel it instead); hours make no sense; two coincide.
            Fields are named `half_days-<rank>-<name>`.
    """
    refuse_if_cancelled(cohort)
    plans = check_plans(plans)
    _check_places(plans)
    mine = select(HalfDay).where(HalfDay.cohort_id == cohort.id)
    standing = all_locked(mine.order_by(HalfDay.starts_at, HalfDay.id))
    pairs = _paired(plans, [one for one in standing if one.cancelled_at is None])
    gone = _left_over(pairs, standing)
    _check_change(pairs, gone, standing)
    for one in gone:
        db.session.delete(one)
    _write(cohort, pairs)
    _follow_days(cohort)
    minutes = sum(plan.minutes for plan in plans)
    words = f"{plural(len(plans), 'demi-journée')}, {minutes_as_hours(minutes)}"
    days = day_range(cohort.starts_on, cohort.ends_on)
    summary = f"Session {cohort.reference} : {words}, {days}."
    told(cohort, "schedule", summary, by=by, at=at, minutes=minutes, removed=len(gone))
    refresh_proofs(cohort, by=by, at=at)
    db.session.expire(cohort, ["half_days"])
    return half_days(cohort.id)


@act
def cancel_half_day(half_day: HalfDay, *, why: str, by: Actor, at: datetime) -> HalfDay:
    """Say that a half-day was not or will not be held; what was written of it stays.

    Raises:
        Refused: no reason is given, it is cancelled already, closed and signed, or the only one
            left.
    """
    cohort = locked(db.session.get_one(Cohort, half_day.cohort_id))
    refuse_if_cancelled(cohort)
    reason = needed(why, "Indiquez pourquoi elle n’a pas lieu.", "why", 300)
    if half_day.cancelled_at is not None:
        raise Refused("Cette demi-journée est déjà annulée.")
    if len(half_days(cohort.id)) == 1:
        raise Refused("C’est la seule demi-journée : annulez plutôt la session.")
    if is_proved("attendance-half-day", ("half-day", half_day.id)):
        raise Refused(
            "Cette demi-journée est close et signée : elle a eu lieu. "
            "Si c’est une erreur, faites-la d’abord rouvrir par le ou la responsable qualité."
        )
    half_day.cancelled_at, half_day.cancelled_why = at, reason
    _tell_one(cohort, half_day, "annulée", "cancel-half-day", by=by, at=at)
    return half_day


@act
def restore_half_day(half_day: HalfDay, *, by: Actor, at: datetime) -> HalfDay:
    """Take the cancellation of a half-day back; the journal keeps both.

    Raises:
        Refused: it is not cancelled.
    """
    cohort = locked(db.session.get_one(Cohort, half_day.cohort_id))
    refuse_if_cancelled(cohort)
    if half_day.cancelled_at is None:
        raise Refused("Cette demi-journée n’est pas annulée.")
    half_day.cancelled_at, half_day.cancelled_why = None, ""
    _tell_one(cohort, half_day, "rétablie", "restore-half-day", by=by, at=at)
    return half_day


def _tell_one(
    cohort: Cohort, half_day: HalfDay, done: str, action: str, *, by: Actor, at: datetime
) -> None:
    db.session.flush()
    _follow_days(cohort)
    when = f"{day(half_day.day)}, {HalfDayPeriod(half_day.period).label}"
    summary = f"Session {cohort.reference} : demi-journée du {when} {done}."
    told(cohort, action, summary, by=by, at=at, subject=("half-day", half_day.id))
    refresh_proofs(cohort, by=by, at=at)


Pairs = list[tuple[HalfDayPlan, HalfDay | None]]


def _paired(plans: Sequence[HalfDayPlan], standing: Sequence[HalfDay]) -> Pairs:
    """Each plan with the half-day that it changes: by key, else by day and half of it."""
    by_id = {one.id: one for one in standing}
    named = {plan.id for plan in plans}
    by_slot = {(one.day, one.period): one for one in standing if one.id not in named}
    return [
        (plan, by_id.pop(plan.id or 0, None) or by_slot.get((plan.day, plan.half.value)))
        for plan in plans
    ]


def _left_over(pairs: Pairs, standing: Sequence[HalfDay]) -> list[HalfDay]:
    kept = {row.id for _, row in pairs if row is not None}
    return [one for one in standing if one.id not in kept and one.cancelled_at is None]


def _check_change(pairs: Pairs, gone: list[HalfDay], standing: Sequence[HalfDay]) -> None:
    proved = proved_half_days([one.id for one in standing])
    attached = attached_half_days([one.id for one in gone])
    cancelled = {(one.day, one.period) for one in standing if one.cancelled_at is not None}
    refuse_if_any(
        [
            *(_cannot_go(one, proved) for one in gone if one.id in attached),
            *(
                Refused(_MOVED, f"half_days-{rank}-starts")
                for rank, (plan, row) in enumerate(pairs)
                if row is not None and row.id in proved and _moves(plan, row)
            ),
            *(
                Refused(
                    "Cette demi-journée a été annulée : rétablissez-la, ou choisissez un autre"
                    " moment.",
                    f"half_days-{rank}-day",
                )
                for rank, (plan, _) in enumerate(pairs)
                if (plan.day, plan.half.value) in cancelled
            ),
        ]
    )


_MOVED = "Cette demi-journée est déjà émargée : son jour et ses horaires ne changent plus."


def _cannot_go(half_day: HalfDay, proved: frozenset[int]) -> Refused:
    when = f"{day(half_day.day)}, {HalfDayPeriod(half_day.period).label}"
    why = "est déjà émargée" if half_day.id in proved else "porte une adaptation promise"
    return Refused(f"La demi-journée du {when} {why} : annulez-la avec un motif.", "half_days")


def _moves(plan: HalfDayPlan, row: HalfDay) -> bool:
    asked = (plan.day, plan.half.value, plan.starts_at, plan.ends_at, plan.is_remote)
    return asked != (row.day, row.period, row.starts_at, row.ends_at, row.is_remote)


def _write(cohort: Cohort, pairs: Pairs) -> None:
    moving = [row for plan, row in pairs if row and (row.day, row.period) != (plan.day, plan.half)]
    for row in moving:  # two half-days may change places: free both before either is taken
        row.period = f"~{row.id}"
    db.session.flush()
    for plan, changed in pairs:
        row = changed or HalfDay(cohort_id=cohort.id)
        row.day, row.period = plan.day, plan.half.value
        row.starts_at, row.ends_at, row.minutes = plan.starts_at, plan.ends_at, plan.minutes
        row.theme = limited(plan.theme, "half_days", 300)
        touch_places(row.place_id, plan.place_id)
        row.is_remote, row.place_id = plan.is_remote, plan.place_id
        db.session.add(row)
    db.session.flush()


def _follow_days(cohort: Cohort) -> None:
    days = [one.day for one in half_days(cohort.id)]
    cohort.starts_on, cohort.ends_on = min(days), max(days)


def _check_places(plans: Sequence[HalfDayPlan]) -> None:
    wanted = {plan.place_id for plan in plans if plan.place_id is not None}
    if wanted:
        known = set(db.session.scalars(select(Place.id).where(Place.id.in_(wanted))))
        refuse_if_any(
            Refused("Ce lieu n’existe pas.", f"half_days-{rank}-place_id")
            for rank, plan in enumerate(plans)
            if plan.place_id is not None and plan.place_id not in known
        )
