"""What the organisation does, as its sessions show it: what applies to it, and what they deny."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, func, literal, or_, select, union_all

from admin_app.cohorts.models import Assignment, Cohort
from admin_app.core.database import db
from admin_app.coverage.facts import provider_facts
from admin_app.organisation.queries import the_provider
from admin_app.people.models import Trainer
from admin_app.programmes.models import ProgrammeVersion
from compliance.facts import ActionFacts, action_of
from compliance.referentiel import (
    Applicability,
    Challenge,
    Edition,
    Observed,
    applicable,
    challenges,
)
from compliance.vocabulary import ActionCategory, Modality, RecognitionKind

MOST_NAMES = 20
CERTIFYING = tuple(kind.value for kind in RecognitionKind if kind.is_certifying)
EXTERNAL = ("subcontractor", "umbrella")


@dataclass(frozen=True, slots=True)
class House:
    """What is known of the organisation (`action`), what its sessions declare (`declared`,
    `cohorts` of them), and what is seen at work."""

    action: ActionFacts
    declared: ActionFacts
    seen: Observed
    cohorts: int

    def applicability(self, edition: Edition) -> Applicability:
        """What applies to the organisation under an edition: to one of its sessions at least."""
        return applicable(edition, self.action)

    def challenges(self, edition: Edition) -> tuple[Challenge, ...]:
        """What sessions say is not applicable, and is contradicted."""
        return challenges(edition, self.declared, self.seen)


def house() -> House:
    """What the organisation and its sessions that are not cancelled say (five statements)."""
    row = db.session.execute(_said()).one()
    declared = ActionFacts(
        categories=(ActionCategory.TRAINING,),
        is_certifying=_known(row.certifying, row.cohorts),
        is_alternance=_known(row.alternance, row.cohorts),
        has_work_placement=_known(row.placement, row.cohorts),
        has_subcontracting=_known(row.subcontracting, row.cohorts),
    )
    known = action_of(provider_facts(the_provider())) if row.cohorts else declared
    return House(known, declared, _seen(), row.cohorts)


def _known(yes: int | None, cohorts: int) -> bool | None:
    """Nothing is known before the first session."""
    return bool(yes) if cohorts else None


def _said() -> Any:
    def any_of(condition: Any) -> Any:
        return func.max(case((condition, 1), else_=0))

    at_work = or_(
        Cohort.has_work_placement,
        Cohort.is_alternance,
        Cohort.modality == Modality.WORKPLACE.value,
    )
    return select(
        func.count(Cohort.id).label("cohorts"),
        any_of(Cohort.is_certifying).label("certifying"),
        any_of(Cohort.is_alternance).label("alternance"),
        any_of(at_work).label("placement"),
        any_of(Cohort.has_subcontracting).label("subcontracting"),
    ).where(Cohort.cancelled_at.is_(None))


def _seen() -> Observed:
    """Who teaches from outside a session said without subcontracting, and the like."""
    trainers = (
        select(
            literal("subcontractor").label("what"), (Trainer.first_name + " " + Trainer.last_name)
        )
        .join(Assignment, Assignment.trainer_id == Trainer.id)
        .join(Cohort, Cohort.id == Assignment.cohort_id)
        .where(
            Trainer.status.in_(EXTERNAL),
            Assignment.ended_at.is_(None),
            Cohort.has_subcontracting.is_(False),
            Cohort.cancelled_at.is_(None),
        )
        .distinct()
        .limit(MOST_NAMES)
    )
    certifying = (
        select(literal("certification").label("what"), Cohort.reference)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.version_id)
        .where(
            ProgrammeVersion.recognition.in_(CERTIFYING),
            Cohort.is_certifying.is_(False),
            Cohort.cancelled_at.is_(None),
        )
        .limit(MOST_NAMES)
    )
    parts = [select(one.subquery()) for one in (trainers, certifying)]
    found: dict[str, list[str]] = {}
    for what, name in db.session.execute(union_all(*parts)):
        found.setdefault(what, []).append(name)
    return Observed(
        subcontractors=tuple(sorted(found.get("subcontractor", ()))),
        certifications=tuple(f"session {name}" for name in sorted(found.get("certification", ()))),
    )
