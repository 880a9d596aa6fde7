"""Handling a complaint or an incident, step by step, until it is closed."""

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.cohorts.models import HalfDay
from admin_app.core import clock
from admin_app.core.access import Permission
from admin_app.core.actor import Actor, Origin
from admin_app.core.checks import limited, needed
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act
from admin_app.evidence.operations import withdraw_all
from admin_app.quality.complaints import notices
from admin_app.quality.complaints.models import Complaint, ComplaintExchange, IncidentHalfDay
from admin_app.quality.complaints.operations.common import (
    SUBJECT,
    checked_day,
    prove,
    refuse_if_closed,
    told,
)
from admin_app.quality.complaints.operations.receiving import Received, receive
from admin_app.quality.complaints.words import CHANNELS, DIRECTIONS, KINDS, SATISFIED

ACKNOWLEDGED, ANSWERED = "complaint-acknowledged", "complaint-answered"
CLOSED, SOLVED = "complaint-closed", "incident-solved"


@act
def assign(row: Complaint, user_id: int, *, by: Actor, at: datetime) -> Complaint:
    """Say who handles it; that person is told by mail, unless they say so themselves.

    Raises:
        Refused: it is closed, or that person cannot handle complaints.
    """
    refuse_if_closed(row)
    user = db.session.get(User, user_id)
    if (
        user is None
        or not user.is_open_at(at)
        or Permission.COMPLAINTS_MANAGE not in user.permissions
    ):
        raise Refused("Choisissez une personne qui suit les réclamations.", "user_id")
    row.assigned_id, row.assigned_name = user.id, user.name
    told(row, "assign", f"{_named(row)} : suivi confié à {user.name}.", by=by, at=at)
    if by.id != user.id:
        notices.assigned(row, user, at)
    return row


@act
def acknowledge(
    row: Complaint, *, how: str, on: date | None = None, message: str = "", by: Actor, at: datetime
) -> Complaint:
    """Tell whoever complained that it was read, by mail now; or note that they were told.

    Args:
        how: `mail` sends our message with `message` added; `noted` keeps `on` and `message`.

    Raises:
        Refused: it is an incident, it was acknowledged, there is no address, or the day is wrong.
    """
    _refuse_unless_complaint(row)
    refuse_if_closed(row)
    if row.acknowledged_on is not None:
        raise Refused("L’accusé de réception est déjà parti.")
    on, text = _moment(row, how, on, at), limited(message, "message")
    row.acknowledged_on, row.acknowledged_how, row.acknowledged_by = on, how, by.label
    if how == "mail":
        notices.acknowledged(row, text, by, at)
    _keep(row, on, "out", how, text or "Accusé de réception.", by, at)
    sent = "envoyé" if how == "mail" else "noté"
    told(row, "acknowledge", f"{_named(row)} : accusé de réception {sent}.", by=by, at=at)
    prove(row, ACKNOWLEDGED, f"accusé de réception {sent}", on, by=by, at=at)
    return row


@act
def answer(
    row: Complaint, text: str, *, how: str, on: date | None = None, by: Actor, at: datetime
) -> Complaint:
    """Answer whoever complained, by mail now; or note the answer that was given.

    An answer given before any acknowledgement is one too.

    Args:
        how: `mail` sends the text; `noted` keeps it with the day `on`.

    Raises:
        Refused: it is an incident, it was answered, nothing is written, or the day is wrong.
    """
    _refuse_unless_complaint(row)
    refuse_if_closed(row)
    if row.answered_on is not None:
        raise Refused("La réponse est déjà donnée : ajoutez un échange.")
    text = needed(text, "Écrivez la réponse.", "text")
    on = _moment(row, how, on, at)
    if row.acknowledged_on is None:
        row.acknowledged_on, row.acknowledged_how, row.acknowledged_by = on, how, by.label
        prove(row, ACKNOWLEDGED, "reçue et répondue le même jour", on, by=by, at=at)
    row.answered_on, row.answered_how, row.answered_by, row.answer = on, how, by.label, text
    if how == "mail":
        notices.answered(row, by, at)
    _keep(row, on, "out", how, text, by, at)
    sent = "envoyée" if how == "mail" else "notée"
    told(row, "answer", f"{_named(row)} : réponse {sent}.", by=by, at=at)
    prove(row, ANSWERED, f"réponse {sent}", on, by=by, at=at)
    return row


@act
def solve(
    row: Complaint,
    solution: str,
    *,
    effect: str = "",
    half_day_ids: Collection[int] = (),
    on: date | None,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Note what was done about an incident, and what it changed for the half-days.

    It can be completed until it is closed; the first day it was solved stays.

    Raises:
        Refused: it is a complaint, it is closed, nothing is written, the day is wrong, or a
            half-day is not of its cohort.
    """
    if not row.is_incident:
        raise Refused("Une réclamation reçoit une réponse.")
    refuse_if_closed(row)
    row.solution = needed(solution, "Dites ce qui a été fait.", "solution")
    row.effect = limited(effect, "effect")
    day = checked_day(on, row, at, "on")
    _point_at(row, half_day_ids)
    if row.solved_on != day:
        withdraw_all(SOLVED, scope=(SUBJECT, row.id), why="Jour corrigé.", by=by, at=at)
        prove(row, SOLVED, "solution notée", day, by=by, at=at)
    row.solved_on = day
    told(row, "solve", f"{_named(row)} : solution notée.", by=by, at=at)
    return row


@act
def tell_incident(
    received: Received,
    *,
    solution: str = "",
    half_day_ids: Collection[int] = (),
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Complaint:
    """Enter an incident with the half-days it touched and, if it is solved, how.

    Raises:
        Problems: something needed is missing or wrong.
    """
    row = receive(received, by=by, at=at, origin=origin)
    if solution.strip():
        day = clock.day_of(at)
        return solve(row, solution, half_day_ids=half_day_ids, on=day, by=by, at=at)
    _point_at(row, half_day_ids)
    return row


@act
def add_exchange(
    row: Complaint,
    text: str,
    *,
    on: date | None,
    direction: str,
    channel: str,
    by: Actor,
    at: datetime,
) -> ComplaintExchange:
    """Keep an exchange: what was said, on which day, which way.

    Raises:
        Refused: it is closed, nothing is written, or the day is wrong.
    """
    refuse_if_closed(row)
    if direction not in DIRECTIONS or channel not in CHANNELS:
        raise Refused("Choisissez dans la liste.", "direction")
    day, text = checked_day(on, row, at, "on"), needed(text, "Écrivez ce qui s’est dit.", "text")
    made = _keep(row, day, direction, channel, text, by, at)
    told(row, "exchange", f"{_named(row)} : échange noté.", by=by, at=at)
    return made


@act
def close(
    row: Complaint,
    decision: str,
    *,
    satisfied: str = "",
    on: date | None,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Close it, with what was decided and, for a complaint, whether the person is satisfied.

    Raises:
        Refused: it was not answered or solved, it is closed, nothing is written, or the day is
            wrong.
    """
    if row.closed_on is not None:
        raise Refused("Ce dossier est déjà clos.")
    done = row.solved_on if row.is_incident else row.answered_on
    if done is None:
        wanted = "Notez d’abord la solution." if row.is_incident else "Répondez d’abord."
        raise Refused(wanted, "decision")
    text = needed(decision, "Dites ce qui a été décidé.", "decision")
    if not row.is_incident and satisfied not in SATISFIED:
        raise Refused("Dites si la personne est satisfaite.", "satisfied")
    day = checked_day(on, row, at, "on")
    if day < done:
        raise Refused("C’est avant la réponse ou la solution.", "on")
    row.decision, row.closed_on, row.closed_by = text, day, by.label
    row.satisfied = "" if row.is_incident else satisfied
    told(row, "close", f"{_named(row)} : dossier clos.", by=by, at=at)
    if not row.is_incident:
        prove(row, CLOSED, "dossier clos", day, by=by, at=at)
    return row


@act
def reopen(row: Complaint, why: str, *, by: Actor, at: datetime) -> Complaint:
    """Open a closed file again, with the reason; its closing is withdrawn and stays readable.

    Raises:
        Refused: it is open, or no reason is given.
    """
    if row.closed_on is None:
        raise Refused("Ce dossier est déjà ouvert.")
    reason = needed(why, "Dites pourquoi.", "why", 500)
    row.closed_on, row.closed_by = None, ""
    _keep(row, clock.day_of(at), "inside", "spoken", f"Dossier rouvert : {reason}", by, at)
    told(row, "reopen", f"{_named(row)} : dossier rouvert.", by=by, at=at)
    withdraw_all(CLOSED, scope=(SUBJECT, row.id), why="Dossier rouvert.", by=by, at=at)
    return row


def _named(row: Complaint) -> str:
    return f"{KINDS[row.kind].capitalize()} {row.reference}"


def _refuse_unless_complaint(row: Complaint) -> None:
    if row.is_incident:
        raise Refused("Un aléa n’attend pas de réponse : notez sa solution.")


def _moment(row: Complaint, how: str, on: date | None, at: datetime) -> date:
    """The day it is told: today by mail, else the day that is noted."""
    if how == "mail":
        if not row.author_email:
            raise Refused("Nous n’avons pas son adresse : notez comment vous l’avez dit.", "how")
        return clock.day_of(at)
    if how != "noted":
        raise Refused("Dites comment.", "how")
    return checked_day(on, row, at, "on")


def _keep(
    row: Complaint, on: date, direction: str, channel: str, text: str, by: Actor, at: datetime
) -> ComplaintExchange:
    made = ComplaintExchange(
        complaint_id=row.id,
        happened_on=on,
        direction=direction,
        channel=channel if channel in CHANNELS else "spoken",
        text=text,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _point_at(row: Complaint, half_day_ids: Collection[int]) -> None:
    """Replace the half-days that it touched by these, which must be of its cohort."""
    wanted = set(half_day_ids)
    found = set(
        db.session.scalars(
            select(HalfDay.id).where(HalfDay.id.in_(wanted), HalfDay.cohort_id == row.cohort_id)
        )
    )
    if wanted - found:
        raise Refused("Cette demi-journée n’est pas de la session.", "half_days")
    there = db.session.scalars(
        select(IncidentHalfDay).where(IncidentHalfDay.complaint_id == row.id)
    ).all()
    for one in there:
        if one.half_day_id in wanted:
            wanted.discard(one.half_day_id)
        else:
            db.session.delete(one)
    db.session.add_all(IncidentHalfDay(complaint_id=row.id, half_day_id=key) for key in wanted)
