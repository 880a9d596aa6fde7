"""An action is done, its effect is checked, and only then is it closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.people.operations.checks import gathered
from admin_app.quality.checks import needed, past_day
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.improvements.operations.common import (
    DONE,
    EFFECT,
    SUBJECT,
    refuse_if_over,
    told,
)
from admin_app.quality.improvements.operations.planning import Plan, open_action


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How an effect was looked at, what was seen; `next_*` say what is done when it is not enough.

    `is_effective` is None as long as nobody says it.
    """

    on: date | None
    how: str
    result: str
    is_effective: bool | None
    closes: bool = False
    next_action: str = ""
    next_due_on: date | None = None


@act
def mark_done(
    row: Improvement, *, on: date | None, words: str, by: Actor, at: datetime
) -> Improvement:
    """Say what was done, and when: the evidence `improvement-done` follows.

    Raises:
        Refused: it is closed or given up, or was said already.
        Problems: a day to come or before it was decided, or nothing said.
    """
    refuse_if_over(row)
    if row.done_on is not None:
        raise Refused("C’est déjà dit.")
    with gathered() as attempt:
        when = attempt(lambda: past_day(on, at, "on", since=row.created_on))
        text = attempt(lambda: needed(words, "Dites ce qui a été fait.", "words"))
    row.done_on, row.done_by, row.done_words = when, by.label, text
    facts = {"due_on": row.due_on.isoformat(), "origin": row.origin_kind, "done": text}
    _prove(DONE, "menée", row, when, facts, by=by, at=at)
    late = "" if when <= row.due_on else f", attendue pour le {day(row.due_on)}"
    told(row, "done", f"menée le {day(when)}{late}", by=by, at=at)
    return row


@act
def check_effect(row: Improvement, check: Check, *, by: Actor, at: datetime) -> Improvement:
    """Say whether what was done had its effect: the evidence `improvement-effect` follows.

    When it is not enough another action is opened, that takes this one up.

    Raises:
        Refused: it is closed or given up, not done yet, or was checked already.
        Problems: a day to come or before it was done, nothing said, or nothing planned instead.
    """
    refuse_if_over(row)
    if row.done_on is None:
        raise Refused("Dites d’abord ce qui a été fait : un effet ne se vérifie qu’ensuite.", "on")
    if row.effect_checked_on is not None:
        raise Refused("L’effet est déjà vérifié.")
    done_on = row.done_on
    with gathered() as attempt:
        when = attempt(lambda: past_day(check.on, at, "on", since=done_on))
        how = attempt(lambda: needed(check.how, "Dites comment.", "how"))
        result = attempt(lambda: needed(check.result, "Dites ce qui a été vu.", "result"))
        attempt(lambda: _check_next(check))
    row.effect_checked_on, row.effect_checked_by = when, by.label
    row.effect_how, row.effect_result, row.is_effective = how, result, check.is_effective
    facts = {"how": how, "result": result, "is_effective": check.is_effective}
    words = "effet vérifié, jugé suffisant" if row.is_effective else "effet vérifié, insuffisant"
    _prove(EFFECT, words, row, when, facts, by=by, at=at)
    told(row, "effect", words, by=by, at=at)
    if not row.is_effective:
        _follow_up(row, check, when, by=by, at=at)
    if check.closes:
        close(row, on=when, by=by, at=at)
    return row


@act
def close(row: Improvement, *, on: date | None, by: Actor, at: datetime) -> Improvement:
    """Close an action whose effect was checked.

    Raises:
        Refused: it is closed or given up, its effect was not checked, or the day is to come.
    """
    refuse_if_over(row)
    if row.done_on is None:
        raise Refused(
            "Cette action n’est pas encore menée : dites d’abord ce qui a été fait.", "on"
        )
    if row.effect_checked_on is None:
        words = "L’effet n’est pas encore vérifié : une action se clôt après cette vérification."
        raise Refused(words, "on")
    row.closed_on = past_day(on, at, "on", since=row.effect_checked_on)
    row.closed_by = by.label
    told(row, "close", f"close le {day(row.closed_on)}", by=by, at=at)
    return row


@act
def step_back(row: Improvement, why: str, *, by: Actor, at: datetime) -> Improvement:
    """Undo the last step (given up, closed, checked, done) said by mistake, with the reason.

    What it proved is withdrawn and stays readable; the journal keeps both.

    Raises:
        Refused: nothing was done yet, or no reason is given.
    """
    reason = needed(why, "Dites pourquoi.", "why", 500)
    if row.cancelled_on is not None:
        row.cancelled_on, row.cancelled_by, row.cancelled_why = None, "", ""
        words = "reprise"
    elif row.closed_on is not None:
        row.closed_on, row.closed_by = None, ""
        words = "rouverte"
    elif row.effect_checked_on is not None:
        _uncheck(row, reason, by=by, at=at)
        words = "vérification de l’effet annulée"
    elif row.done_on is not None:
        row.done_on, row.done_by, row.done_words = None, "", ""
        evidence.withdraw_all(DONE, scope=(SUBJECT, row.id), why=reason, by=by, at=at)
        words = "dite menée par erreur"
    else:
        raise Refused("Rien n’est encore fait : il n’y a rien à annuler.")
    told(row, "step-back", f"{words} ({reason})", by=by, at=at)
    return row


def _check_next(check: Check) -> None:
    with gathered() as attempt:
        if check.is_effective is None:
            attempt(lambda: _refuse("Dites si l’effet est là.", "effective"))
        if check.is_effective is False:
            attempt(
                lambda: needed(
                    check.next_action,
                    "Dites ce qui sera fait : une action sans effet en appelle une autre.",
                    "next_action",
                )
            )
            if check.next_due_on is None:
                attempt(lambda: _refuse("Indiquez pour quand.", "next_due_on"))
            elif check.on is not None and check.next_due_on < check.on:
                attempt(lambda: _refuse("C’est avant la vérification.", "next_due_on"))


def _refuse(words: str, field: str) -> None:
    raise Refused(words, field)


def _follow_up(row: Improvement, check: Check, on: date, *, by: Actor, at: datetime) -> None:
    plan = Plan(
        title=f"Suite : {row.title.removeprefix('Suite : ')}"[:200],
        kind=row.kind,
        origin_kind="improvement",
        origin_reference=row.reference,
        cause=f"L’effet n’est pas suffisant : {check.result}"[:5_000],
        action=check.next_action,
        owner_id=0,
        owner_name=row.owner_name,
        created_on=on,
        due_on=check.next_due_on,
    )
    made = open_action(plan, by=by, at=at, follows=row)
    made.owner_id = row.owner_id


def _uncheck(row: Improvement, why: str, *, by: Actor, at: datetime) -> None:
    row.effect_checked_on, row.effect_checked_by, row.is_effective = None, "", None
    row.effect_how, row.effect_result = "", ""
    evidence.withdraw_all(EFFECT, scope=(SUBJECT, row.id), why=why, by=by, at=at)


def _prove(
    piece: str,
    words: str,
    row: Improvement,
    on: date,
    facts: Mapping[str, object],
    *,
    by: Actor,
    at: datetime,
) -> None:
    evidence.record(
        piece,
        scope=(SUBJECT, row.id),
        label=f"Action {row.reference}, « {row.title} » : {words}",
        occurred_on=on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts=dict(facts),
    )
