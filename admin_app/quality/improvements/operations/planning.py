"""An action is opened with its origin, changed while it is open, or given up."""

from dataclasses import dataclass
from datetime import date, datetime

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.documents.numbering import next_number
from admin_app.people.operations.checks import gathered
from admin_app.quality import origins, owners
from admin_app.quality.checks import chosen, limited, needed, past_day
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.improvements.operations.common import refuse_if_over, told
from admin_app.quality.improvements.words import KINDS

PREFIX = "ACT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An action as it is decided. `created_on` is never to come, `due_on` never before it.

    `origin_reference` is what the office reads (« REC-2026-0003 »), `origin_url` a page of ours.
    """

    title: str
    kind: str
    origin_kind: str
    origin_reference: str = ""
    origin_words: str = ""
    origin_url: str = ""
    cause: str = ""
    action: str
    owner_id: int = 0
    owner_name: str = ""
    created_on: date | None
    due_on: date | None


@act
def open_action(
    plan: Plan, *, by: Actor, at: datetime, follows: Improvement | None = None
) -> Improvement:
    """Open an action; it is expected to be done by its last day.

    Args:
        follows: the action whose effect was not enough, that this one takes up.

    Raises:
        Problems: an unknown origin, a day to come, a last day before the first, nothing to do,
            or nobody in charge.
    """
    with gathered() as attempt:
        values = attempt(lambda: _checked(plan, at))
        origin = attempt(lambda: _origin(plan))
    row = Improvement(
        reference=next_number(PREFIX, clock.day_of(at).year),
        origin_kind=origin.kind,
        origin_id=origin.key,
        origin_words=origin.words,
        origin_url=origin.url,
        follows_id=follows.id if follows else None,
        recorded_at=at,
        recorded_by=by.label,
        **values,
    )
    db.session.add(row)
    db.session.flush()
    told(row, "open", f"ouverte, à mener pour le {day(row.due_on)}", by=by, at=at)
    return row


@act
def change(row: Improvement, plan: Plan, why: str, *, by: Actor, at: datetime) -> Improvement:
    """Change an action that is still to be done; its origin stays. The journal keeps each delay.

    Args:
        why: asked for when the last day is put off.

    Raises:
        Refused: it is closed, given up or done.
        Problems: as for `open_action`, or no reason for putting it off.
    """
    refuse_if_over(row)
    if row.done_on is not None:
        raise Refused("Cette action est menée : elle ne se modifie plus.")
    former = row.due_on
    with gathered() as attempt:
        values = attempt(lambda: _checked(plan, at))
        if plan.due_on is not None and plan.due_on > former:
            why = attempt(lambda: needed(why, "Dites pourquoi elle est reportée.", "why", 500))
    for name, value in values.items():
        setattr(row, name, value)
    words = f"reportée du {day(former)} au {day(row.due_on)} ({why})"
    told(row, "change", words if row.due_on > former else "modifiée", by=by, at=at)
    return row


@act
def cancel(row: Improvement, *, on: date | None, why: str, by: Actor, at: datetime) -> Improvement:
    """Give an action up, with the reason: it is expected no more, and stays readable.

    Raises:
        Refused: it is closed or given up already, or was done.
        Problems: a day to come, or no reason.
    """
    refuse_if_over(row)
    if row.done_on is not None:
        raise Refused("Cette action est menée : vérifiez son effet, puis closez-la.")
    with gathered() as attempt:
        when = attempt(lambda: past_day(on, at, "on", since=row.created_on))
        text = attempt(lambda: needed(why, "Dites pourquoi.", "why"))
    row.cancelled_on, row.cancelled_by, row.cancelled_why = when, by.label, text
    told(row, "cancel", "abandonnée, motif noté", by=by, at=at)
    return row


def _origin(plan: Plan) -> origins.Reference:
    return origins.resolve(
        plan.origin_kind, plan.origin_reference, plan.origin_words, plan.origin_url
    )


def _checked(plan: Plan, at: datetime) -> dict[str, object]:
    with gathered() as attempt:
        title = attempt(lambda: needed(plan.title, "Donnez un titre.", "title", 200))
        attempt(lambda: chosen(plan.kind, KINDS, "kind"))
        cause = attempt(lambda: limited(plan.cause, "cause"))
        action = attempt(lambda: needed(plan.action, "Dites ce qui sera fait.", "action"))
        owner = attempt(lambda: owners.chosen(plan.owner_id, plan.owner_name, at))
        created = attempt(lambda: past_day(plan.created_on, at, "created_on"))
        due = attempt(lambda: _due(plan))
    return {
        "title": title,
        "kind": plan.kind,
        "cause": cause,
        "action": action,
        "owner_id": owner.id,
        "owner_name": owner.name,
        "created_on": created,
        "due_on": due,
    }


def _due(plan: Plan) -> date:
    if plan.due_on is None:
        raise Refused("Indiquez pour quand.", "due_on")
    if plan.created_on is not None and plan.due_on < plan.created_on:
        raise Refused("C’est avant le jour où l’action est décidée.", "due_on")
    return plan.due_on
