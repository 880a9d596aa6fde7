"""What certificates and attestations say, gathered for a whole cohort in a few statements.

Durations come from the attendance arithmetic alone: what the convention, the sheet and the
certificate say cannot differ unseen.
"""

from dataclasses import dataclass
from typing import Any

from admin_app.attendance.queries import hours
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import roster
from admin_app.core.database import db
from admin_app.documents.kinds import Gathered
from admin_app.evaluations.operations import Result
from admin_app.evaluations.queries import Assessed, assessed
from admin_app.organisation.queries import identity
from admin_app.people.models import Trainee
from admin_app.programmes.models import ProgrammeVersion
from compliance.attendance import CohortHours, TraineeHours
from compliance.vocabulary import ActionCategory, Modality

COMPLETION = "completion-certificate"
ATTESTATION = "training-attestation"
KINDS = {COMPLETION: "certificat de réalisation", ATTESTATION: "attestation de fin de formation"}
NO_EMPLOYER = "sans employeur"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trainee, and why no certificate can be issued yet (empty when it can)."""

    enrolment: Enrolment
    trainee: Trainee
    employer: str
    hours: TraineeHours | None
    obstacle: str


def candidates(cohort: Cohort, counted: CohortHours | None = None) -> list[Candidate]:
    """Everyone who attended or still may, by name, with what stands in the way."""
    counted = counted or hours(cohort.id)
    by_enrolment = {one.enrolment_key: one for one in counted.trainees}
    found = []
    for enrolment, trainee, client in roster(cohort.id):
        theirs = by_enrolment.get(enrolment.id)
        if enrolment.departure and not (theirs and theirs.attended):
            continue
        employer = enrolment.employer or (client.name if client else "") or NO_EMPLOYER
        found.append(Candidate(enrolment, trainee, employer, theirs, obstacle(theirs)))
    return found


def obstacle(theirs: TraineeHours | None) -> str:
    """Why nothing can be certified of this attendance, in French; empty when it can."""
    if theirs is None or theirs.attended is None:
        return "Aucune demi-journée n’est close."
    if not theirs.is_complete:
        return "Des demi-journées restent à clore."
    if theirs.attended == 0:
        return "Absent toute la formation : il n’y a rien à certifier."
    return ""


def gather_completions(cohort_id: int) -> list[Gathered]:
    """The data of each completion certificate that a cohort calls for now."""
    return _gather(cohort_id, COMPLETION)


def gather_attestations(cohort_id: int) -> list[Gathered]:
    """The data of each training attestation that a cohort calls for now."""
    return _gather(cohort_id, ATTESTATION)


def _gather(cohort_id: int, kind: str) -> list[Gathered]:
    cohort = cohort_by_id(cohort_id)
    if cohort is None:
        return []
    version = db.session.get_one(ProgrammeVersion, cohort.version_id)
    house = identity()
    counted = hours(cohort_id)
    results = {one.enrolment.id: one for one in assessed(cohort_id)} if kind == ATTESTATION else {}
    found = []
    for one in candidates(cohort, counted):
        if one.obstacle or one.hours is None:
            continue
        data = _common(cohort, version, house, one)
        if kind == ATTESTATION:
            data |= _learnt(results.get(one.enrolment.id), version.objectives)
        found.append(Gathered(("enrolment", one.enrolment.id), one.trainee.name, data))
    return found


def _common(
    cohort: Cohort, version: ProgrammeVersion, house: dict[str, Any], one: Candidate
) -> dict[str, Any]:
    assert one.hours is not None
    days = [half_day.day for half_day in one.hours.half_days if half_day.attended]
    return {
        "provider": house,
        "trainee": {"name": one.trainee.name, "employer": one.employer},
        "action": {
            "title": cohort.title,
            "reference": cohort.reference,
            "nature": ActionCategory.TRAINING.label,
            "starts_on": min(days),
            "ends_on": max(days),
            "modality": Modality(cohort.modality).label,
            "objectives": list(version.objectives),
        },
        "attended_minutes": one.hours.attended,
        "planned_minutes": one.hours.planned,
        "keeps_evidence": True,
        "issued_on": max(days),
        "issued_at_place": house["city"],
    }


def _learnt(one: Assessed | None, objectives: list[str]) -> dict[str, Any]:
    if one is None or one.assessment is None:
        return {"results": [], "no_assessment": True}
    return {
        "results": [
            {"objective": objective, "result": Result(one.results[rank]).label}
            for rank, objective in enumerate(objectives, 1)
            if rank in one.results
        ],
        "no_assessment": False,
        "method": one.assessment.method,
        "assessed_on": one.assessment.assessed_on,
    }
