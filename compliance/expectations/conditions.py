"""The named conditions of the catalogue: small pure questions about one subject."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from compliance.expectations.subjects import Subject
from compliance.vocabulary import Departure, ScopeKind


@dataclass(frozen=True, slots=True)
class PieceCondition:
    """A question, and the scopes of the subjects to which it can be put."""

    scopes: frozenset[ScopeKind]
    holds: Callable[[Subject], bool]


def organisation_client(subject: Subject) -> bool:
    """The client is an organisation (a company, a public body), not a person."""
    return subject.client is not None and subject.client.is_organisation


def pays_personally(subject: Subject) -> bool:
    """The trainee pays, wholly or in part, with their own money (L. 6353-3)."""
    return subject.enrolment is not None and subject.enrolment.pays_personally


def agreement_awaits_us(subject: Subject) -> bool:
    """The client signed the convention, and the organisation has not countersigned it."""
    return subject.client is not None and subject.client.agreement_awaits_us


def contract_awaits_us(subject: Subject) -> bool:
    """The trainee signed the individual contract, and the organisation has not."""
    return subject.enrolment is not None and subject.enrolment.contract_awaits_us


def attended(subject: Subject) -> bool:
    """The trainee attended at least a minute, or attendance is not known yet."""
    return subject.enrolment is not None and subject.enrolment.attended_minutes != 0


def dropped_out(subject: Subject) -> bool:
    """The trainee left on the way, and was not replaced."""
    return (
        subject.enrolment is not None
        and subject.until is not None
        and subject.enrolment.departure is not Departure.REPLACED
    )


def taught_remotely(subject: Subject) -> bool:
    """At least a half-day of the cohort is remote."""
    return subject.is_remote


def has_trainees(subject: Subject) -> bool:
    """At least a trainee is enrolled on the day of the half-day."""
    return subject.trainees > 0


def accepted(subject: Subject) -> bool:
    """The request for adaptation was accepted."""
    return subject.adaptation is not None and subject.adaptation.accepted is True


def changes_programme(subject: Subject) -> bool:
    """The adaptation changes the programme, not only a date or a place."""
    return subject.adaptation is not None and subject.adaptation.is_standard_changed


def _trait(name: str, *scopes: ScopeKind) -> dict[str, PieceCondition]:
    """A condition that is a mere fact of the subject, read beforehand."""
    return {name: PieceCondition(frozenset(scopes), lambda subject: name in subject.traits)}


_ENROLMENT = frozenset({ScopeKind.ENROLMENT})
_ADAPTATION = frozenset({ScopeKind.ADAPTATION})

CONDITIONS: Mapping[str, PieceCondition] = MappingProxyType(
    {
        "organisation-client": PieceCondition(frozenset({ScopeKind.CLIENT}), organisation_client),
        "pays-personally": PieceCondition(_ENROLMENT, pays_personally),
        "agreement-awaits-us": PieceCondition(frozenset({ScopeKind.CLIENT}), agreement_awaits_us),
        "contract-awaits-us": PieceCondition(_ENROLMENT, contract_awaits_us),
        "attended": PieceCondition(_ENROLMENT, attended),
        "dropped-out": PieceCondition(_ENROLMENT, dropped_out),
        "taught-remotely": PieceCondition(
            frozenset({ScopeKind.ENROLMENT, ScopeKind.COHORT, ScopeKind.HALF_DAY}), taught_remotely
        ),
        "has-trainees": PieceCondition(frozenset({ScopeKind.HALF_DAY}), has_trainees),
        "accepted": PieceCondition(_ADAPTATION, accepted),
        "changes-programme": PieceCondition(_ADAPTATION, changes_programme),
        **_trait("remote-or-blended", ScopeKind.COHORT),
        **_trait("work-placement", ScopeKind.COHORT),
        **_trait("above-teaching-referent-threshold", ScopeKind.COHORT),
        **_trait("alternance", ScopeKind.ENROLMENT),
        **_trait("certifying", ScopeKind.ENROLMENT, ScopeKind.CATALOGUE_ENTRY),
        **_trait("new-entrant", ScopeKind.PROVIDER),
        **_trait("has-subcontractors", ScopeKind.PROVIDER),
        **_trait("is-complaint", ScopeKind.COMPLAINT),
        **_trait("is-incident", ScopeKind.COMPLAINT),
    }
)
