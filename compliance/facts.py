"""The facts that the rules are applied to: plain frozen values, built by the rooms.

Conventions: days are ``date``; instants are aware UTC ``datetime``; durations are integer
minutes; ``key`` is the integer identifier of the row that the fact comes from.
Nothing here says anything about anybody's health: an accommodation is known only by the day
it was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from compliance.vocabulary import (
    ActionCategory,
    Departure,
    HalfDayPeriod,
    Modality,
    Outcome,
    ScopeKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfDayFacts:
    """One half-day of a cohort. ``minutes`` is the planned teaching time, breaks excluded.

    ``label`` is what people read (« mardi 1er décembre 2026, matin »); ``trainer_keys`` are
    keys of ``TrainerFacts``; a cancelled half-day owes nothing.
    """

    key: int
    day: date
    period: HalfDayPeriod
    starts_at: datetime
    ends_at: datetime
    minutes: int
    remote: bool = False
    label: str = ""
    trainer_keys: tuple[int, ...] = ()
    cancelled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceFacts:
    """One absence that the trainer marked. ``key`` is the mark's; the reason itself is not
    needed here, only whether it is known."""

    key: int
    day: date
    label: str
    reason_known: bool = False
    half_day_key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentFacts:
    """One trainee in the cohort.

    ``departure`` with ``left_on`` (first day no longer in the cohort) when the enrolment
    ended early. ``attended_minutes`` is the sum over closed half-days, ``None`` while
    attendance is not known. ``accommodation_received_on`` is the day on which an
    accommodation was asked for, nothing else is known here.
    """

    key: int
    name: str
    enrolled_on: date
    left_on: date | None = None
    departure: Departure | None = None
    client_key: int | None = None
    pays_personally: bool = False
    asked_accommodation: bool = False
    accommodation_received_on: date | None = None
    attended_minutes: int | None = None
    absences: tuple[AbsenceFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerFacts:
    """One trainer of the cohort; ``assignment_key`` identifies the trainer *in this cohort*
    (scope ``trainer-in-cohort``), ``key`` the person (scope ``trainer``)."""

    key: int
    assignment_key: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFacts:
    """One client *of this cohort* (scope ``client``: the key of the cohort × client row)."""

    key: int
    name: str
    is_organisation: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptationFacts:
    """One request for adaptation; ``accepted`` is ``None`` until it is decided.

    ``is_standard_changed`` is False when the answer needs no adapted programme (a date or a
    place only).
    """

    key: int
    label: str
    received_on: date
    accepted: bool | None = None
    is_standard_changed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CohortFacts:
    """Everything the rules need to know of one cohort. Days are inclusive.

    ``standard_programme_key`` names the catalogue programme (scope ``programme``);
    ``programme_key`` the version in use, possibly adapted. ``created_on`` is the day the
    cohort was entered.
    """

    key: int
    reference: str
    title: str
    starts_on: date
    ends_on: date
    category: ActionCategory = ActionCategory.TRAINING
    modality: Modality = Modality.IN_PERSON
    is_certifying: bool = False
    is_alternance: bool = False
    has_work_placement: bool = False
    has_subcontracting: bool = False
    standard_programme_key: int | None = None
    programme_key: int | None = None
    half_days: tuple[HalfDayFacts, ...] = ()
    enrolments: tuple[EnrolmentFacts, ...] = ()
    trainers: tuple[TrainerFacts, ...] = ()
    clients: tuple[ClientFacts, ...] = ()
    adaptations: tuple[AdaptationFacts, ...] = ()
    cancelled: bool = False
    created_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderFacts:
    """The organisation. ``started_on`` is the first day of its activity as a training
    provider; ``new_entrant_categories`` the categories in which it is a new entrant."""

    key: int
    name: str
    started_on: date
    categories: tuple[ActionCategory, ...] = (ActionCategory.TRAINING,)
    new_entrant_categories: tuple[ActionCategory, ...] = ()
    is_subcontractor_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFact:
    """One piece of evidence: what, about whom, when it happened, when it was recorded.

    ``recorded_at`` (UTC) decides whether it counts at a past date; ``withdrawn_at`` (UTC) is
    when it stopped to count, if ever. ``flags`` are values of ``EvidenceFlag``.
    """

    key: int
    piece: str
    scope_kind: ScopeKind
    scope_key: int
    occurred_on: date
    recorded_at: datetime
    sha256: str = ""
    outcome: Outcome = Outcome.OBTAINED
    note: str = ""
    label: str = ""
    flags: tuple[str, ...] = ()
    withdrawn_at: datetime | None = None
