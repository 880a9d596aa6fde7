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
    ReviewDecision,
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
class AccommodationFacts:
    """One request for an accommodation: its key and its day, nothing else is known here."""

    key: int
    received_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentFacts:
    """One trainee in the cohort.

    ``enrolled_on`` is the true day on which the enrolment was written; who is expected depends on
    ``takes_part_from`` alone (``None``: from the first half-day, however late it was written).
    ``departure`` with ``left_on`` (first day no longer in the cohort) when the enrolment
    ended early. ``attended_minutes`` is the sum over closed half-days, ``None`` while
    attendance is not known. ``accommodations``: what was asked for, each to be answered.
    ``contract_awaits_us``: the trainee signed the individual contract, the organisation has not.
    """

    key: int
    name: str
    enrolled_on: date
    takes_part_from: date | None = None
    left_on: date | None = None
    departure: Departure | None = None
    client_key: int | None = None
    pays_personally: bool = False
    accommodations: tuple[AccommodationFacts, ...] = ()
    attended_minutes: int | None = None
    absences: tuple[AbsenceFacts, ...] = ()
    contract_awaits_us: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerFacts:
    """One trainer of the cohort; ``assignment_key`` identifies the trainer *in this cohort*
    (scope ``trainer-in-cohort``), ``key`` the person (scope ``trainer``). ``is_external``: works
    under contract (subcontract, freelance, portage salarial), not as an employee."""

    key: int
    assignment_key: int
    name: str
    is_external: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFacts:
    """One client *of this cohort* (scope ``client``: the key of the cohort × client row).
    ``agreement_awaits_us``: the client signed the convention, the organisation has not."""

    key: int
    name: str
    is_organisation: bool = True
    agreement_awaits_us: bool = False


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

    What is said of it: ``has_subcontracting``: we entrust a part to others (freelance trainers
    included); ``is_certifying``, ``is_alternance``, ``has_work_placement``. What its programme
    says of the last three stands apart (``programme_…``), to be compared.
    ``is_subcontractor``: another provider entrusts the cohort to us; ``is_new_entrant``: the
    organisation is a new entrant in this category.
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
    is_subcontractor: bool = False
    is_new_entrant: bool = False
    programme_is_certifying: bool = False
    programme_is_alternance: bool = False
    programme_has_work_placement: bool = False
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
    provider; ``new_entrant_categories`` the categories in which it is a new entrant.

    ``first_subcontractor_on`` is the day on which the first subcontractor was entered. The others
    say whether any of its actions is so; ``None``: not known.
    """

    key: int
    name: str
    started_on: date
    categories: tuple[ActionCategory, ...] = (ActionCategory.TRAINING,)
    new_entrant_categories: tuple[ActionCategory, ...] = ()
    is_subcontractor_only: bool = False
    first_subcontractor_on: date | None = None
    is_certifying: bool | None = None
    is_alternance: bool | None = None
    has_work_placement: bool | None = None
    has_subcontracting: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFact:
    """One piece of evidence: what, about whom, when it happened, when it was recorded.

    ``recorded_at`` (UTC) decides whether it counts at a past date; ``withdrawn_at`` (UTC) is
    when it stopped to count, if ever. ``flags`` are values of ``EvidenceFlag``.
    ``valid_until`` is an expiry written on the piece itself (a diploma, an insurance), its last
    good day. ``review`` is the last decision of a person who looked at it.
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
    valid_until: date | None = None
    review: ReviewDecision | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionFacts:
    """What decides which indicators apply to an action (or to a whole organisation).

    ``None`` means « not known »: an unknown fact never makes an indicator not applicable.
    ``has_subcontracting`` covers portage salarial and freelance trainers. As the subcontractor
    of another provider: ``has_missions_contract`` is False when no contract says what is
    entrusted (everything is then looked at), ``missions`` holds the keys of the requirements
    that the contract entrusts. ``training_days`` counts distinct days; ``trainers`` the
    trainers of the action; ``remote_share`` is the percentage of the planned minutes taught
    remotely.
    """

    categories: tuple[ActionCategory, ...]
    is_certifying: bool | None = None
    is_alternance: bool | None = None
    has_work_placement: bool | None = None
    has_subcontracting: bool | None = None
    is_subcontractor: bool | None = None
    is_new_entrant: bool = False
    training_days: int | None = None
    trainers: int | None = None
    has_missions_contract: bool | None = None
    missions: frozenset[str] | None = None
    remote_share: int | None = None


def action_of(facts: CohortFacts | ProviderFacts) -> ActionFacts:
    """The applicability facts of a cohort, or of the organisation as a whole.

    A cohort taught at the workplace (AFEST) counts as one with work placement. For the
    organisation, what is true of any of its actions. What the facts contradict (a trainer under
    contract in a cohort said to be without subcontracting) is taken as true: ``challenges``
    tells it.
    """
    if isinstance(facts, ProviderFacts):
        return ActionFacts(
            categories=facts.categories,
            is_certifying=facts.is_certifying,
            is_alternance=facts.is_alternance,
            has_work_placement=facts.has_work_placement,
            has_subcontracting=facts.has_subcontracting,
            is_subcontractor=facts.is_subcontractor_only,
            is_new_entrant=bool(facts.new_entrant_categories),
        )
    days = {half_day.day for half_day in facts.half_days if not half_day.cancelled}
    return ActionFacts(
        categories=(facts.category,),
        is_certifying=facts.is_certifying or facts.programme_is_certifying,
        is_alternance=facts.is_alternance or facts.programme_is_alternance,
        has_work_placement=facts.has_work_placement
        or facts.programme_has_work_placement
        or facts.is_alternance
        or facts.programme_is_alternance
        or facts.modality is Modality.WORKPLACE,
        has_subcontracting=facts.has_subcontracting
        or any(trainer.is_external for trainer in facts.trainers),
        is_subcontractor=facts.is_subcontractor,
        is_new_entrant=facts.is_new_entrant,
        training_days=len(days) or None,
        trainers=len(facts.trainers),
        remote_share=_remote_share(facts),
    )


def _remote_share(facts: CohortFacts) -> int | None:
    """The part taught remotely; a remote cohort is remote before its half-days are known."""
    held = [half_day for half_day in facts.half_days if not half_day.cancelled]
    planned = sum(half_day.minutes for half_day in held)
    if not planned or facts.modality is Modality.REMOTE:
        return {Modality.REMOTE: 100, Modality.IN_PERSON: 0}.get(facts.modality)
    remote = sum(half_day.minutes for half_day in held if half_day.remote)
    return -(-100 * remote // planned)
