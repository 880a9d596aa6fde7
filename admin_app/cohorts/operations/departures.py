"""Leaving a cohort: before it starts, on the way, or replaced. The trace stays."""

from datetime import date, datetime

from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.operations.common import limited, needed, refuse_if_cancelled, told
from admin_app.cohorts.operations.enrolments import enrol
from admin_app.core import clock, links
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act, locked
from admin_app.evidence import operations as evidence
from admin_app.people.models import Trainee
from compliance.vocabulary import Departure

REASON = "departure-reason"


@act
def withdraw(
    enrolment: Enrolment, *, on: date, reason: str = "", by: Actor, at: datetime
) -> Enrolment:
    """Note that a trainee leaves: a withdrawal before the first day, a dropout from it on.

    Args:
        on: the first day on which the trainee no longer takes part.
        reason: needed before the start; a dropout may be noted first and its reason later
            (`note_departure_reason`).

    Raises:
        Refused: they left already, the day is in the future or after the end, or the reason is
            missing.
    """
    cohort, trainee = _leaving(enrolment)
    dropped_out = on >= cohort.starts_on
    _check_day(cohort, on, at)
    if dropped_out:
        reason = limited(reason, "reason", 500)
    else:
        reason = needed(reason, "Indiquez le motif du désistement.", "reason", 500)
    kind = Departure.DROPOUT if dropped_out else Departure.WITHDRAWN_BEFORE
    _leave(enrolment, kind, on, reason, at)
    summary = f"{trainee.name} : {kind.label}, session {cohort.reference}, le {day(on)}."
    told(cohort, "withdraw", summary, by=by, at=at, subject=("enrolment", enrolment.id))
    if dropped_out and reason:
        _record_reason(enrolment, trainee, "obtained", by=by, at=at)
    return enrolment


@act
def note_departure_reason(
    enrolment: Enrolment, *, reason: str, was_given: bool = True, by: Actor, at: datetime
) -> Enrolment:
    """Note why a trainee dropped out, or that they were asked and gave no reason.

    Args:
        reason: what they said; when `was_given` is False, how they were asked and when.

    Raises:
        Refused: they did not drop out, or nothing is written.
    """
    cohort = locked(db.session.get_one(Cohort, enrolment.cohort_id))
    if enrolment.departure != Departure.DROPOUT:
        raise Refused("Cette personne n’a pas abandonné la formation.")
    enrolment.departure_reason = needed(reason, "Indiquez le motif.", "reason", 500)
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    evidence.withdraw_all(
        REASON, scope=("enrolment", enrolment.id), why="Motif précisé.", by=by, at=at
    )
    _record_reason(enrolment, trainee, "obtained" if was_given else "tried", by=by, at=at)
    summary = f"Session {cohort.reference} : motif de l’abandon de {trainee.name} consigné."
    told(cohort, "departure-reason", summary, by=by, at=at, subject=("enrolment", enrolment.id))
    return enrolment


@act
def replace(
    enrolment: Enrolment,
    *,
    trainee_id: int,
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> Enrolment:
    """Have someone else come instead, before the first day; gives the new enrolment.

    The newcomer takes over who pays and the employer.

    Args:
        on: the day on which the replacement was told.

    Raises:
        Refused: they left already, the cohort has started, the reason is missing, or the
            newcomer cannot be enrolled.
    """
    cohort, trainee = _leaving(enrolment)
    reason = needed(reason, "Indiquez le motif du remplacement.", "reason", 500)
    _check_day(cohort, on, at)
    if on >= cohort.starts_on:
        raise Refused(
            "La session a commencé : notez l’abandon, puis inscrivez l’autre personne.", "on"
        )
    newcomer = enrol(
        cohort,
        trainee_id=trainee_id,
        client_id=enrolment.client_id,
        employer=enrolment.employer,
        pays_personally=enrolment.pays_personally,
        by=by,
        at=at,
    )
    newcomer.replaces_id = enrolment.id
    _leave(enrolment, Departure.REPLACED, on, reason, at)
    other = db.session.get_one(Trainee, trainee_id)
    summary = f"Session {cohort.reference} : {other.name} vient à la place de {trainee.name}."
    told(cohort, "replace", summary, by=by, at=at, subject=("enrolment", enrolment.id))
    return newcomer


@act
def reinstate(enrolment: Enrolment, *, by: Actor, at: datetime) -> Enrolment:
    """Take a departure back; the journal keeps both.

    Raises:
        Refused: they did not leave.
    """
    cohort = locked(db.session.get_one(Cohort, enrolment.cohort_id))
    refuse_if_cancelled(cohort)
    if enrolment.is_active:
        raise Refused("Cette personne est inscrite.")
    enrolment.departure, enrolment.departure_reason = "", ""
    enrolment.left_on = enrolment.left_recorded_at = None
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    scope = ("enrolment", enrolment.id)
    evidence.withdraw_all(REASON, scope=scope, why="Inscription rétablie.", by=by, at=at)
    summary = f"Session {cohort.reference} : inscription de {trainee.name} rétablie."
    told(cohort, "reinstate", summary, by=by, at=at, subject=scope)
    return enrolment


def _leaving(enrolment: Enrolment) -> tuple[Cohort, Trainee]:
    cohort = locked(db.session.get_one(Cohort, enrolment.cohort_id))
    refuse_if_cancelled(cohort)
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    if not enrolment.is_active:
        raise Refused(f"Le départ de {trainee.name} est déjà noté.")
    return cohort, trainee


def _check_day(cohort: Cohort, on: date, at: datetime) -> None:
    if on > clock.day_of(at):
        raise Refused("Ce jour n’est pas encore venu.", "on")
    if on > cohort.ends_on:
        raise Refused("La session était finie ce jour-là.", "on")


def _leave(enrolment: Enrolment, kind: Departure, on: date, reason: str, at: datetime) -> None:
    enrolment.departure, enrolment.left_on = kind.value, on
    enrolment.departure_reason, enrolment.left_recorded_at = reason, at
    if kind is not Departure.DROPOUT:
        links.revoke_all(("enrolment", enrolment.id), at)
    db.session.flush()


def _record_reason(
    enrolment: Enrolment, trainee: Trainee, outcome: str, *, by: Actor, at: datetime
) -> None:
    evidence.record(
        REASON,
        scope=("enrolment", enrolment.id),
        label=f"Motif de l’abandon de {trainee.name} consigné",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("enrolment", enrolment.id),
        facts={"left_on": str(enrolment.left_on), "outcome": outcome},
        cohort_id=enrolment.cohort_id,
        outcome=outcome,
    )
