"""Proofs with their expiry, the evaluation of the year, what is set aside."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.checks import chosen, gathered, limited, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.core.uploads import Upload
from admin_app.evidence import operations as evidence
from admin_app.people.kept import keep_file
from admin_app.people.operations.checks import tidy_name
from admin_app.people.operations.removal import mark_removed
from admin_app.subcontracting.models import (
    ClauseCheck,
    Subcontract,
    Subcontractor,
    SubcontractorEvaluation,
    SubcontractorProof,
)
from admin_app.subcontracting.operations.common import SUBJECT, told
from admin_app.subcontracting.words import (
    ASKED,
    CHECK,
    CONTRACT,
    EVALUATION,
    NAMES,
    PROOF,
    PROOFS,
    VERDICTS,
)

PROOFS_PIECE, EVALUATION_PIECE = "subcontractor-proofs", "subcontractor-evaluation"
MODELS: dict[str, Any] = {
    CONTRACT: Subcontract,
    CHECK: ClauseCheck,
    PROOF: SubcontractorProof,
    EVALUATION: SubcontractorEvaluation,
}
SOURCES = {
    CONTRACT: "subcontract",
    CHECK: "clause-check",
    PROOF: "subcontractor-proof",
    EVALUATION: "subcontractor-evaluation",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofDetails:
    """A proof: `kind` is a key of `PROOFS`; `valid_until` its last valid day, None for ever.

    `beside_why` says why this one is not asked of this subcontractor.
    """

    kind: str
    obtained_on: date | None
    valid_until: date | None = None
    beside_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationDetails:
    """The evaluation of a year: `verdict` is a key of `VERDICTS`."""

    held_on: date | None
    held_by: str
    observations: str
    verdict: str
    follow_up: str = ""


@act
def add_proof(
    row: Subcontractor,
    details: ProofDetails,
    *,
    file: Upload | None = None,
    by: Actor,
    at: datetime,
) -> SubcontractorProof:
    """Keep a proof; once all that are asked for hold, the evidence `subcontractor-proofs` follows,
    good until the nearest of their last days.

    Raises:
        Problems: a day to come, an end before it, neither a copy nor a reason.
    """
    with gathered() as attempt:
        attempt(lambda: chosen(details.kind, PROOFS, "kind"))
        on = attempt(lambda: past_day(details.obtained_on, at, "obtained_on"))
        attempt(lambda: _check_end(details))
        why = attempt(lambda: limited(details.beside_why, "beside_why", 300))
        attempt(lambda: _check_shown(details, file))
    clean = replace(details, obtained_on=on, beside_why=why)
    proof = SubcontractorProof(
        subcontractor_id=row.id, **asdict(clean), recorded_at=at, recorded_by=by.label
    )
    keep_file(proof, file)
    db.session.add(proof)
    db.session.flush()
    _prove(row, by=by, at=at)
    said = "dit sans objet" if proof.beside_why else "recueilli"
    told(row, "proof", f"{PROOFS[proof.kind]} : justificatif {said}", by=by, at=at)
    return proof


@act
def evaluate(
    row: Subcontractor, details: EvaluationDetails, *, by: Actor, at: datetime
) -> SubcontractorEvaluation:
    """Keep the evaluation of the year: the evidence `subcontractor-evaluation` follows.

    Raises:
        Problems: a day to come, something missing, no follow-up when one is needed.
    """
    with gathered() as attempt:
        on = attempt(lambda: past_day(details.held_on, at, "held_on"))
        who = attempt(lambda: tidy_name(details.held_by, "held_by", "qui l’a menée", 120))
        words = "Écrivez ce qui a été vu."
        seen = attempt(lambda: needed(details.observations, words, "observations"))
        attempt(lambda: chosen(details.verdict, VERDICTS, "verdict"))
        follow_up = attempt(lambda: _follow_up(details))
    clean = replace(details, held_on=on, held_by=who, observations=seen, follow_up=follow_up)
    made = SubcontractorEvaluation(
        subcontractor_id=row.id, **asdict(clean), recorded_at=at, recorded_by=by.label
    )
    db.session.add(made)
    db.session.flush()
    evidence.record(
        EVALUATION_PIECE,
        scope=(SUBJECT, row.id),
        label=f"{row.name} – évaluation du {day(made.held_on)}",
        occurred_on=made.held_on,
        by=by,
        at=at,
        source=(EVALUATION_PIECE, made.id),
        facts={"verdict": made.verdict, "follow_up": made.follow_up},
    )
    told(row, "evaluated", f"évaluation du {day(made.held_on)} consignée", by=by, at=at)
    return made


@act
def set_aside(
    row: Subcontractor, kind: str, kept: Any, why: str, *, by: Actor, at: datetime
) -> None:
    """Set aside what was entered by mistake: readable, its evidence is withdrawn.

    Raises:
        Refused: it is set aside already, or no reason is given.
    """
    mark_removed(kept, why, by=by, at=at)
    evidence.withdraw_from((SOURCES[kind], kept.id), why=kept.removed_why, by=by, at=at)
    if kind == CONTRACT:
        checks = select(ClauseCheck.id).where(ClauseCheck.subcontract_id == kept.id)
        for key in db.session.scalars(checks):
            evidence.withdraw_from(("clause-check", key), why=kept.removed_why, by=by, at=at)
    if kind == PROOF:
        scope = (SUBJECT, row.id)
        evidence.withdraw_all(PROOFS_PIECE, scope=scope, why=kept.removed_why, by=by, at=at)
        db.session.flush()
        _prove(row, by=by, at=at)
    told(row, "set-aside", f"{NAMES[kind]} : mis de côté ({kept.removed_why})", by=by, at=at)


def standing_proofs(key: int, on: date) -> dict[str, SubcontractorProof]:
    """The proof of each kind that holds on that day: the one that lasts longest."""
    rows = db.session.scalars(
        select(SubcontractorProof)
        .where(
            SubcontractorProof.subcontractor_id == key,
            SubcontractorProof.removed_at.is_(None),
        )
        .order_by(SubcontractorProof.id)
    )
    found: dict[str, SubcontractorProof] = {}
    for row in rows:
        if row.valid_until is not None and row.valid_until < on:
            continue
        known = found.get(row.kind)
        if known is None or _end(row) >= _end(known):
            found[row.kind] = row
    return found


def _end(row: SubcontractorProof) -> date:
    return row.valid_until or date.max


def _prove(row: Subcontractor, *, by: Actor, at: datetime) -> None:
    """All that is asked for holds today: say so, until the nearest last day."""
    held = standing_proofs(row.id, clock.day_of(at))
    proofs = [held[kind] for kind in ASKED if kind in held]
    if len(proofs) < len(ASKED):
        return
    ends = [one.valid_until for one in proofs if one.valid_until is not None]
    last = max(proofs, key=lambda one: one.obtained_on)
    evidence.record(
        PROOFS_PIECE,
        scope=(SUBJECT, row.id),
        label=f"{row.name} – justificatifs recueillis",
        occurred_on=last.obtained_on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={one.kind: one.beside_why or one.file_sha256 for one in proofs},
        valid_until=min(ends, default=None),
    )


def _check_end(details: ProofDetails) -> None:
    start, end = details.obtained_on, details.valid_until
    if start is not None and end is not None and end < start:
        raise Refused("La fin de validité précède ce jour.", "valid_until")


def _check_shown(details: ProofDetails, file: Upload | None) -> None:
    if file is None and not details.beside_why.strip():
        raise Refused("Joignez le document, ou dites pourquoi il est sans objet.", "file")


def _follow_up(details: EvaluationDetails) -> str:
    if details.verdict in {"improve", "stop"}:
        return needed(details.follow_up, "Dites quelle suite est donnée.", "follow_up")
    return limited(details.follow_up, "follow_up")
