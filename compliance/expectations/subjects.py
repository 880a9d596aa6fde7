"""Who or what pieces are about: the subjects of a cohort, with the names and days they bring."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from compliance.facts import (
    AdaptationFacts,
    ClientFacts,
    CohortFacts,
    EnrolmentFacts,
    HalfDayFacts,
    ProviderFacts,
    action_of,
)
from compliance.values import load_values
from compliance.vocabulary import Departure, Modality, Owner, ScopeKind
from compliance.wording import joined


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing that pieces may be about.

    ``exists_from``: nothing is due before that day. ``until``: first day from which nothing
    more is owed (a dropout), ``None`` otherwise. ``needed_until``: the last day on which what
    expires must still be fresh (the end of the cohort, of the last mission), ``None``: for ever.
    ``anchors``: its own days, beside the
    cohort's start and end. ``owners``: the names of those who would owe a piece about it.
    ``traits``: the names of the conditions that it meets, for those that are mere facts.
    """

    kind: ScopeKind
    key: int
    name: str
    anchors: Mapping[str, date]
    owners: Mapping[Owner, str]
    exists_from: date | None = None
    until: date | None = None
    needed_until: date | None = None
    enrolment: EnrolmentFacts | None = None
    client: ClientFacts | None = None
    half_day: HalfDayFacts | None = None
    adaptation: AdaptationFacts | None = None
    is_remote: bool = False
    trainees: int = 0
    traits: frozenset[str] = frozenset()


# Which anchors a scope offers; the loader refuses any other.
ANCHORS: Mapping[ScopeKind, frozenset[str]] = MappingProxyType(
    {
        ScopeKind.COHORT: frozenset({"start", "end"}),
        ScopeKind.PROGRAMME: frozenset({"start", "end"}),
        ScopeKind.CLIENT: frozenset({"start", "end"}),
        ScopeKind.ENROLMENT: frozenset({"start", "end", "departure"}),
        ScopeKind.ACCOMMODATION: frozenset({"start", "end", "accommodation"}),
        ScopeKind.MARK: frozenset({"start", "end", "absence"}),
        ScopeKind.HALF_DAY: frozenset({"start", "end", "half-day"}),
        ScopeKind.TRAINER: frozenset({"start", "end", "first-mission"}),
        ScopeKind.TRAINER_IN_COHORT: frozenset({"start", "end"}),
        ScopeKind.ADAPTATION: frozenset({"start", "end", "adaptation"}),
        ScopeKind.PROVIDER: frozenset({"activity-start", "first-subcontractor"}),
        ScopeKind.CATALOGUE_ENTRY: frozenset({"entry", "published"}),
        ScopeKind.STAFF: frozenset({"arrival"}),
        ScopeKind.SUBCONTRACTOR: frozenset({"engagement", "first-mission"}),
        ScopeKind.PLACE: frozenset({"first-use"}),
        ScopeKind.FUNDER: frozenset({"first-funded"}),
        ScopeKind.COMPLAINT: frozenset({"received"}),
        ScopeKind.IMPROVEMENT: frozenset({"planned", "done"}),
        ScopeKind.RISK: frozenset({"opened"}),
        ScopeKind.REPORT: frozenset({"received"}),
    }
)


def owing_until(cohort: CohortFacts, enrolment: EnrolmentFacts) -> date | None:
    """The first day from which an enrolment owes nothing more; ``date.min``: it never owed.

    Who withdrew or was replaced before the start never owes; who left on the way, or was
    replaced on the way after attending, owes what was due before leaving.
    """
    departure, left_on = enrolment.departure, enrolment.left_on
    if departure is None and left_on is None:
        return None
    if departure is Departure.WITHDRAWN_BEFORE:
        return date.min
    if departure is Departure.REPLACED and not enrolment.attended_minutes:
        return date.min
    left = left_on or cohort.starts_on
    if left_on is not None and left_on <= cohort.starts_on:
        return date.min
    return left


def subjects_of(cohort: CohortFacts) -> Mapping[ScopeKind, tuple[Subject, ...]]:
    """Every subject of a cohort by scope, each scope in the order of the facts.

    Cancelled half-days, and enrolments that never owe, are left out.
    """
    scene = _Scene(cohort)
    found = {kind: tuple(make(scene)) for kind, make in _MAKERS.items()}
    return MappingProxyType(found)


def provider_subject(provider: ProviderFacts) -> Subject:
    """The organisation itself."""
    anchors = {"activity-start": provider.started_on}
    traits: set[str] = set()
    if provider.first_subcontractor_on is not None:
        anchors["first-subcontractor"] = provider.first_subcontractor_on
        traits.add("has-subcontractors")
    if provider.new_entrant_categories:
        traits.add("new-entrant")
    return Subject(
        kind=ScopeKind.PROVIDER,
        key=provider.key,
        name=provider.name,
        anchors=anchors,
        owners={},
        exists_from=provider.started_on,
        traits=frozenset(traits),
    )


class _Scene:
    """What is shared by the subjects of one cohort, worked out once."""

    def __init__(self, cohort: CohortFacts) -> None:
        self.cohort = cohort
        self.days = {"start": cohort.starts_on, "end": cohort.ends_on}
        self.half_days = [half_day for half_day in cohort.half_days if not half_day.cancelled]
        self.is_remote = any(half_day.remote for half_day in self.half_days)
        self.until = {e.key: owing_until(cohort, e) for e in cohort.enrolments}
        self.enrolments = [e for e in cohort.enrolments if self.until[e.key] != date.min]
        self.trainers = {trainer.key: trainer.name for trainer in cohort.trainers}
        self.owners = {Owner.TRAINER: joined(list(self.trainers.values()))}
        self.action = action_of(cohort)

    @property
    def enrolment_traits(self) -> frozenset[str]:
        """What is true of each enrolment."""
        found = {"certifying": self.action.is_certifying, "alternance": self.action.is_alternance}
        return frozenset(name for name, holds in found.items() if holds)

    @property
    def cohort_traits(self) -> frozenset[str]:
        """What is true of the cohort as a whole."""
        is_remote = self.is_remote or self.cohort.modality in (Modality.REMOTE, Modality.BLENDED)
        found = {
            "remote-or-blended": is_remote,
            "work-placement": self.action.has_work_placement,
            "above-teaching-referent-threshold": self._is_above_threshold(),
        }
        return frozenset(name for name, holds in found.items() if holds)

    def _is_above_threshold(self) -> bool:
        """More trainers than the text allows without a referent; never while it is awaited."""
        value = load_values()["teaching-referent-threshold"].on(self.cohort.starts_on)
        return value is not None and len(self.cohort.trainers) > value

    def trainees_on(self, day: date) -> int:
        """How many enrolments are in the cohort on ``day``."""
        return sum(
            1
            for enrolment in self.enrolments
            if (until := self.until[enrolment.key]) is None or day < until
        )


def _cohort(scene: _Scene) -> Iterator[Subject]:
    cohort = scene.cohort
    yield Subject(
        ScopeKind.COHORT,
        cohort.key,
        cohort.title,
        scene.days,
        scene.owners,
        needed_until=scene.cohort.ends_on,
        is_remote=scene.is_remote,
        traits=scene.cohort_traits,
    )


def _programme(scene: _Scene) -> Iterator[Subject]:
    key = scene.cohort.standard_programme_key
    if key is not None:
        yield Subject(
            ScopeKind.PROGRAMME,
            key,
            scene.cohort.title,
            scene.days,
            scene.owners,
            needed_until=scene.cohort.ends_on,
        )


def _clients(scene: _Scene) -> Iterator[Subject]:
    for client in scene.cohort.clients:
        owners = {**scene.owners, Owner.CLIENT: client.name}
        yield Subject(ScopeKind.CLIENT, client.key, client.name, scene.days, owners, client=client)


def _enrolments(scene: _Scene) -> Iterator[Subject]:
    traits = scene.enrolment_traits
    for enrolment in scene.enrolments:
        until = scene.until[enrolment.key]
        days = dict(scene.days)
        if until is not None:
            days["departure"] = until
        yield Subject(
            ScopeKind.ENROLMENT,
            enrolment.key,
            enrolment.name,
            days,
            {**scene.owners, Owner.TRAINEE: enrolment.name},
            exists_from=enrolment.enrolled_on,
            until=until,
            enrolment=enrolment,
            is_remote=scene.is_remote,
            traits=traits,
        )


def _accommodations(scene: _Scene) -> Iterator[Subject]:
    for enrolment in scene.enrolments:
        for asked in enrolment.accommodations:
            yield Subject(
                ScopeKind.ACCOMMODATION,
                asked.key,
                enrolment.name,
                {**scene.days, "accommodation": asked.received_on},
                {},
                exists_from=asked.received_on,
                until=scene.until[enrolment.key],
                enrolment=enrolment,
            )


def _marks(scene: _Scene) -> Iterator[Subject]:
    trainers = {half_day.key: _trainers(scene, half_day) for half_day in scene.half_days}
    for enrolment in scene.enrolments:
        for absence in enrolment.absences:
            owner = trainers.get(absence.half_day_key or 0) or scene.owners[Owner.TRAINER]
            yield Subject(
                ScopeKind.MARK,
                absence.key,
                f"{enrolment.name}, {absence.label}",
                {**scene.days, "absence": absence.day},
                {Owner.TRAINER: owner},
                exists_from=absence.day,
                enrolment=enrolment,
            )


def _half_days(scene: _Scene) -> Iterator[Subject]:
    for half_day in scene.half_days:
        yield Subject(
            ScopeKind.HALF_DAY,
            half_day.key,
            half_day.label,
            {**scene.days, "half-day": half_day.day},
            {Owner.TRAINER: _trainers(scene, half_day)},
            half_day=half_day,
            is_remote=half_day.remote,
            trainees=scene.trainees_on(half_day.day),
        )


def _trainers(scene: _Scene, half_day: HalfDayFacts) -> str:
    names = [scene.trainers[key] for key in half_day.trainer_keys if key in scene.trainers]
    return joined(names) or scene.owners[Owner.TRAINER]


def _trainer_people(scene: _Scene) -> Iterator[Subject]:
    for trainer in scene.cohort.trainers:
        yield Subject(
            ScopeKind.TRAINER,
            trainer.key,
            trainer.name,
            scene.days,
            {Owner.TRAINER: trainer.name},
            needed_until=scene.cohort.ends_on,
        )


def _assignments(scene: _Scene) -> Iterator[Subject]:
    for trainer in scene.cohort.trainers:
        yield Subject(
            ScopeKind.TRAINER_IN_COHORT,
            trainer.assignment_key,
            trainer.name,
            scene.days,
            {Owner.TRAINER: trainer.name},
        )


def _adaptations(scene: _Scene) -> Iterator[Subject]:
    for adaptation in scene.cohort.adaptations:
        yield Subject(
            ScopeKind.ADAPTATION,
            adaptation.key,
            adaptation.label,
            {**scene.days, "adaptation": adaptation.received_on},
            scene.owners,
            exists_from=adaptation.received_on,
            adaptation=adaptation,
        )


_MAKERS: Mapping[ScopeKind, Callable[[_Scene], Iterator[Subject]]] = MappingProxyType(
    {
        ScopeKind.PROGRAMME: _programme,
        ScopeKind.COHORT: _cohort,
        ScopeKind.CLIENT: _clients,
        ScopeKind.ENROLMENT: _enrolments,
        ScopeKind.ACCOMMODATION: _accommodations,
        ScopeKind.MARK: _marks,
        ScopeKind.HALF_DAY: _half_days,
        ScopeKind.TRAINER: _trainer_people,
        ScopeKind.TRAINER_IN_COHORT: _assignments,
        ScopeKind.ADAPTATION: _adaptations,
    }
)
