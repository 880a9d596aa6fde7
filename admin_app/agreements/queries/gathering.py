"""What a convention or a contract says, gathered from the rooms that know it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from admin_app.agreements.models import Agreement
from admin_app.agreements.words import NATURE, REMOTE_PLACE
from admin_app.cohorts import queries as cohorts
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.queries import Enrolled
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.organisation.models import Place
from admin_app.organisation.queries import identity
from admin_app.people.models import Client
from admin_app.programmes.models import Programme, ProgrammeVersion
from compliance.mentions import most_payable, withdrawal
from compliance.vocabulary import HalfDayPeriod, Modality


@dataclass(frozen=True, slots=True)
class Around:
    """The cohort of an agreement and what stands around it."""

    cohort: Cohort
    version: ProgrammeVersion
    half_days: Sequence[HalfDay]
    places: dict[int, Place]


def around(cohort_id: int) -> Around:
    """Read the cohort, its programme, its half-days and their places."""
    cohort = db.session.get_one(Cohort, cohort_id)
    half_days = cohorts.half_days(cohort_id)
    keys = {one.place_id for one in half_days} | {cohort.place_id}
    places = {key: db.session.get_one(Place, key) for key in keys if key is not None}
    version = db.session.get_one(ProgrammeVersion, cohort.version_id)
    return Around(cohort, version, half_days, places)


def document_data(agreement: Agreement) -> dict[str, Any]:
    """All that the document says, ready for `documents.issue`.

    Articles: D. 6353-1 for a convention, L. 6353-4 for a contract.
    """
    frame = around(agreement.cohort_id)
    data: dict[str, Any] = {
        "reference": agreement.reference,
        "provider": identity(),
        "action": _action(agreement, frame),
        "price": {
            "amount": agreement.price,
            "terms": agreement.payment_terms,
            "cancellation": agreement.cancellation_terms,
        },
        "other_terms": agreement.other_terms,
    }
    if agreement.is_convention:
        return data | {"client": _client(agreement)}
    return data | {"trainee": _trainee(agreement), "contract": _contract(agreement)}


def trainees_of(agreement: Agreement) -> list[Enrolled]:
    """The trainees that it is about, those who left aside."""
    if not agreement.is_convention:
        found = cohorts.enrolled(agreement.enrolment_id or 0)
        return [found] if found else []
    return [
        one
        for one in cohorts.roster(agreement.cohort_id, active_only=True)
        if one.enrolment.client_id == agreement.client_id
    ]


def _action(agreement: Agreement, frame: Around) -> dict[str, Any]:
    cohort, version = frame.cohort, frame.version
    minutes = sum(one.minutes for one in frame.half_days)
    return {
        "title": cohort.title,
        "reference": cohort.reference,
        "nature": NATURE,
        "objectives": list(version.objectives),
        "contents": [dict(part) for part in version.contents],
        "duration_minutes": minutes or version.duration_minutes,
        "days": len({one.day for one in frame.half_days}) or version.days,
        "starts_on": cohort.starts_on,
        "ends_on": cohort.ends_on,
        "place": _place(frame),
        "modality": _capital(Modality(cohort.modality).label),
        "half_days": [_half_day(one, frame) for one in frame.half_days],
        "audience": version.audience,
        "prerequisites": version.prerequisites,
        "methods": version.methods,
        "means": agreement.means,
        "monitoring": agreement.monitoring,
        "assessment": version.assessment,
        "recognition": agreement.recognition,
        "accessibility": version.accessibility,
        "headcount": agreement.headcount,
        "trainees": [
            {"name": one.trainee.name, "job": one.trainee.job, "employer": one.enrolment.employer}
            for one in trainees_of(agreement)
        ],
        "trainers": [
            {"name": one.trainer.name, "qualification": one.trainer.titles}
            for one in cohorts.trainers_of(agreement.cohort_id)
        ],
        "programme": _programme(version),
    }


def _programme(version: ProgrammeVersion) -> dict[str, Any]:
    programme = db.session.get_one(Programme, version.programme_id)
    return {
        "title": version.title,
        "reference": programme.reference,
        "version": version.number,
        "in_force_from": version.in_force_from,
        "is_adapted": programme.adapted_from_id is not None,
    }


def _half_day(half_day: HalfDay, frame: Around) -> dict[str, Any]:
    own = frame.places.get(half_day.place_id) if half_day.place_id else None
    return {
        "day": half_day.day,
        "period": HalfDayPeriod(half_day.period).label,
        "starts_at": half_day.starts_at,
        "ends_at": half_day.ends_at,
        "minutes": half_day.minutes,
        "theme": half_day.theme,
        "place": "à distance" if half_day.is_remote else own.name if own else "",
    }


def _place(frame: Around) -> str:
    """Where it is taught, in words; empty when nobody has said."""
    here = frame.places.get(frame.cohort.place_id) if frame.cohort.place_id else None
    words = ", ".join(part for part in (here.name, here.address) if part) if here else ""
    if frame.cohort.modality == Modality.REMOTE or (here and here.is_remote):
        return words or REMOTE_PLACE
    if frame.cohort.modality == Modality.BLENDED and words:
        return f"{words}, et à distance pour les demi-journées indiquées"
    return words


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _client(agreement: Agreement) -> dict[str, Any]:
    client = db.session.get_one(Client, agreement.client_id)
    return {
        "name": client.name,
        "siret": client.siret,
        "address": [client.address, f"{client.postcode} {client.city}".strip()]
        if client.address
        else [],
        "signatory": agreement.signatory_name,
        "signatory_quality": agreement.signatory_quality,
    }


def _trainee(agreement: Agreement) -> dict[str, Any]:
    return {"name": agreement.signatory_name, "address": agreement.address}


def _contract(agreement: Agreement) -> dict[str, Any]:
    """The delay to withdraw and the most that is due after it (L. 6353-5, L. 6353-6)."""
    remote = agreement.concluded_remotely
    delay = withdrawal(clock.day_of(agreement.created_at), at_a_distance=remote)
    cap = None
    if agreement.price is not None:
        cap = most_payable(
            agreement.price, delay, on=delay.payment_from, held_minutes=0, planned_minutes=1
        )
    return {
        "signed_at_a_distance": remote,
        "withdrawal_days": delay.days,
        "first_payment_most": cap,
    }
