"""Deciding on a piece after having looked at it."""

from datetime import datetime

from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from admin_app.evidence.models import Evidence, EvidenceReview
from admin_app.evidence.operations import touch
from admin_app.journal.operations import record
from compliance.vocabulary import ReviewDecision

LONGEST_REASON = 500
_SAID = {
    ReviewDecision.ACCEPTED: "Pièce acceptée",
    ReviewDecision.REJECTED: "Pièce écartée",
    ReviewDecision.TO_EXAMINE: "Pièce marquée à examiner",
}


@act
def decide(
    evidence: Evidence, *, decision: str, reason: str, seen: str, by: Actor, at: datetime
) -> EvidenceReview:
    """Write what a person decided of a piece; earlier decisions stay.

    A rejected piece no longer counts; one to be examined is shown so; an accepted one counts,
    whatever its dates made odd. The journal never holds the reason.

    Args:
        decision: a `compliance.vocabulary.ReviewDecision`.
        reason: why; needed to reject.
        seen: the SHA-256 of what the person looked at, in hexadecimal.

    Raises:
        Problems: no decision, no reason to reject, the piece changed or was withdrawn meanwhile.
    """
    chosen, reason = _chosen(decision), reason.strip()
    refuse_if_any(_problems(evidence, chosen, reason, seen))
    assert chosen is not None
    row = EvidenceReview(
        evidence_id=evidence.id,
        decision=chosen.value,
        reason=reason,
        sha256=seen,
        decided_at=at,
        decided_by=by.label,
    )
    db.session.add(row)
    evidence.review, evidence.review_sha256 = chosen.value, seen
    record(
        "evidence.reviewed",
        by=by,
        at=at,
        subject=("evidence", evidence.id),
        cohort_id=evidence.cohort_id,
        summary=f"{_SAID[chosen]} : « {evidence.label} ».",
        details={"decision": chosen.value, "sha256": seen},
    )
    touch(evidence)
    return row


def _chosen(decision: str) -> ReviewDecision | None:
    return ReviewDecision(decision) if decision in set(ReviewDecision) else None


def _problems(
    evidence: Evidence, chosen: ReviewDecision | None, reason: str, seen: str
) -> list[Refused]:
    problems = []
    if evidence.withdrawn_at is not None:
        problems.append(Refused("Cette pièce a été retirée : il n’y a plus rien à décider."))
    if chosen is None:
        problems.append(Refused("Choisissez une décision.", "decision"))
    if seen != evidence.sha256:
        changed = "La pièce a changé depuis que vous l’avez ouverte : relisez-la, puis décidez."
        problems.append(Refused(changed, "decision"))
    if chosen is ReviewDecision.REJECTED and not reason:
        problems.append(Refused("Écrivez pourquoi cette pièce est écartée.", "reason"))
    if len(reason) > LONGEST_REASON:
        problems.append(Refused(f"{LONGEST_REASON} caractères au plus.", "reason"))
    same = chosen is not None and (evidence.review, evidence.review_sha256) == (chosen.value, seen)
    if same and not reason:
        problems.append(Refused("Cette décision est déjà celle qui vaut.", "decision"))
    return problems
