"""Accommodations linked to a disability: the closed room.

What a person tells of a need is health data (GDPR, article 9): kept with their consent, read by
the disability officer alone, each reading written in the journal first. It never enters the
journal, the evidence, a message or a log. Trainers read the measures, and only that.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import current_app
from sqlalchemy import select

from admin_app.adaptations.models import Accommodation
from admin_app.adaptations.operations.common import needed
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.queries import trainers_of
from admin_app.core import clock
from admin_app.core.actor import SYSTEM, Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.mail import post
from admin_app.core.transaction import act, all_locked, touch_cohort
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.queries import provider
from admin_app.practices.queries import value_on

PIECE = "accommodation"
ERASE_DAYS = "accommodation-erase-days"
LONGEST_KEPT = timedelta(days=366)
LONG = 5_000


@dataclass(frozen=True, slots=True)
class Need:
    """What the person told, and how to reach them. Do not write it anywhere."""

    text: str
    contact: str


@act
def ask_accommodation(
    enrolment: Enrolment,
    *,
    need: str,
    contact: str = "",
    consent: bool,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> Accommodation:
    """Receive what a trainee asks because of a disability; the officer is told that it is there.

    Args:
        need: the person's own words. `contact`: how and when to reach them.
        consent: that they agree to it being kept for this purpose (GDPR, article 9-2 a).

    Raises:
        Refused: there is no consent, or nothing was asked.
    """
    if not consent:
        raise Refused("Sans votre accord, nous ne pouvons pas garder cette demande.", "consent")
    text = needed(need, "Dites ce dont vous avez besoin, avec vos mots.", "need", LONG)
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    keep_days = value_on(ERASE_DAYS, clock.day_of(at))
    found = Accommodation(
        enrolment_id=enrolment.id,
        received_at=at,
        need=text,
        contact=contact.strip()[:200],
        consent=True,
        state="received",
        follow_up=[],
        erase_after=cohort.ends_on + timedelta(days=keep_days),
    )
    db.session.add(found)
    db.session.flush()
    words = "Une demande d’aménagement a été transmise au référent handicap."
    _note("ask-accommodation", found, cohort.id, words, by, at, origin)
    touch_cohort(cohort.id)
    _tell_officer(found, at)
    return found


@act
def read_need(
    accommodation_id: int, *, by: Actor, at: datetime, origin: Origin | None = None
) -> Need:
    """What was asked: the reading is written in the journal first.

    Raises:
        LookupError: there is no such request.
    """
    row = db.session.get(Accommodation, accommodation_id)
    if row is None:
        raise LookupError(f"no accommodation {accommodation_id}")
    _note("read-need", row, _cohort_id(row), "Demande d’aménagement lue.", by, at, origin)
    db.session.flush()
    text = db.session.scalar(select(Accommodation.need).where(Accommodation.id == accommodation_id))
    return Need(text or "", row.contact)


@act
def decide_accommodation(
    accommodation: Accommodation,
    *,
    measures: str = "",
    refused_why: str = "",
    by: Actor,
    at: datetime,
) -> Accommodation:
    """Answer a request: the measures, or why there will be none. It can be answered anew.

    Leaves the evidence `accommodation`, which says that it was handled, no more.

    Args:
        measures: what the trainers must do, without the reason for it.

    Raises:
        Refused: neither or both are given, one is too long, or the texts were erased.
    """
    measures, refused_why = measures.strip(), refused_why.strip()
    if bool(measures) == bool(refused_why):
        raise Refused("Écrivez les mesures retenues, ou pourquoi il n’y en aura pas.", "measures")
    if len(measures) > LONG or len(refused_why) > LONG:
        raise Refused(f"{LONG} caractères au plus.", "measures" if measures else "refused_why")
    _refuse_if_erased(accommodation)
    is_first = accommodation.state == "received"
    accommodation.state, accommodation.decided_at = "decided", at
    accommodation.decided_by, accommodation.trainers_told_at = by.label, None
    accommodation.measures, accommodation.refused_why = measures, refused_why
    cohort_id = _cohort_id(accommodation)
    words = "Réponse donnée à une demande d’aménagement."
    _note("decide-accommodation", accommodation, cohort_id, words, by, at)
    if is_first:
        _leave_evidence(accommodation, cohort_id, by, at)
    return accommodation


@act
def tell_trainers(accommodation: Accommodation, *, by: Actor, at: datetime) -> list[str]:
    """Write to the trainers of the cohort that measures await them in their own space.

    The message says neither who is concerned nor what the measures are.

    Returns:
        The names of the trainers who were written to.

    Raises:
        Refused: no measure is decided, or nobody teaches the cohort yet.
    """
    if not accommodation.measures:
        raise Refused("Décidez d’abord des mesures.")
    cohort = db.session.get_one(Cohort, _cohort_id(accommodation))
    trainers = [one.trainer for one in trainers_of(cohort.id)]
    if not trainers:
        raise Refused("Aucun formateur n’est encore affecté à cette session.")
    for trainer in trainers:
        post(
            "accommodation-trainer",
            to=(trainer.name, trainer.email),
            subject=f"Avant la session {cohort.reference} : des mesures à lire",
            about=("cohort", cohort.id),
            at=at,
            cohort_id=cohort.id,
            cohort=cohort,
            officer=by.label,
            url=str(current_app.config["PUBLIC_URL"]).rstrip("/") + "/",
        )
    accommodation.trainers_told_at = at
    words = "Les formateurs ont été invités à lire les mesures d’aménagement."
    _note("tell-trainers", accommodation, cohort.id, words, by, at)
    return [trainer.name for trainer in trainers]


@act
def add_note(accommodation: Accommodation, text: str, *, by: Actor, at: datetime) -> None:
    """Keep a note of the follow-up, for the officer alone.

    Raises:
        Refused: it is empty or too long, or the texts were erased.
    """
    _refuse_if_erased(accommodation)
    kept = needed(text, "Écrivez la note.", "note", LONG)
    accommodation.follow_up = [
        *accommodation.follow_up,
        {"at": at.isoformat(), "by": by.label, "text": kept},
    ]
    words = "Suivi d’un aménagement noté."
    _note("note-accommodation", accommodation, _cohort_id(accommodation), words, by, at)


@act
def set_erase_date(accommodation: Accommodation, on: date, *, by: Actor, at: datetime) -> None:
    """Choose the last day on which the texts are kept.

    Raises:
        Refused: it is past, or more than a year after the end of the cohort.
    """
    _refuse_if_erased(accommodation)
    cohort = db.session.get_one(Cohort, _cohort_id(accommodation))
    if on < clock.day_of(at):
        raise Refused("Choisissez aujourd’hui ou un jour à venir.", "erase_after")
    if on > cohort.ends_on + LONGEST_KEPT:
        raise Refused("Pas plus d’un an après la fin de la session.", "erase_after")
    accommodation.erase_after = on
    words = "Date d’effacement d’une demande d’aménagement changée."
    _note("erase-date", accommodation, cohort.id, words, by, at)


@act
def erase_due(on: date, *, by: Actor, at: datetime) -> int:
    """Erase what was told in the requests kept long enough; that they were answered stays.

    Args:
        on: the day it is; requests whose last day is before it are erased.

    Returns:
        How many were erased.
    """
    due = all_locked(
        select(Accommodation)
        .where(Accommodation.erase_after < on, Accommodation.erased_at.is_(None))
        .order_by(Accommodation.id)
    )
    for row in due:
        row.need, row.contact, row.measures, row.refused_why = "", "", "", ""
        row.follow_up, row.state, row.erased_at = [], "closed", at
        words = "Textes d’une demande d’aménagement effacés, leur durée étant passée."
        _note("erase-accommodation", row, _cohort_id(row), words, by, at)
    return len(due)


def erase_what_is_due() -> int:
    """What the worker's round does: erase, today, what was kept long enough."""
    return erase_due(clock.today(), by=SYSTEM, at=clock.now())


def _leave_evidence(row: Accommodation, cohort_id: int, by: Actor, at: datetime) -> None:
    facts: dict[str, Any] = {
        "received_on": clock.day_of(row.received_at).isoformat(),
        "answered_on": clock.day_of(at).isoformat(),
    }
    evidence.record(
        PIECE,
        scope=("accommodation", row.id),
        label="Demande d’aménagement traitée par le référent handicap",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("accommodation", row.id),
        facts=facts,
        cohort_id=cohort_id,
    )


def _tell_officer(row: Accommodation, at: datetime) -> None:
    known = provider()
    if known is None or not known.disability_email:
        return
    root = str(current_app.config["PUBLIC_URL"]).rstrip("/")
    post(
        "accommodation-officer",
        to=(known.disability_officer or known.name, known.disability_email),
        subject="Une demande d’aménagement vous attend",
        about=("accommodation", row.id),
        at=at,
        url=f"{root}/adaptations/amenagements",
    )


def _cohort_id(row: Accommodation) -> int:
    return db.session.get_one(Enrolment, row.enrolment_id).cohort_id


def _refuse_if_erased(row: Accommodation) -> None:
    if row.erased_at is not None:
        raise Refused("Cette demande est close : ses textes ont été effacés.")


def _note(
    action: str,
    row: Accommodation,
    cohort_id: int,
    words: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> None:
    record(
        f"adaptations.{action}",
        by=by,
        at=at,
        subject=("accommodation", row.id),
        cohort_id=cohort_id,
        summary=words,
        origin=origin,
    )
