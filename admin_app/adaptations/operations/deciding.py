"""Analysing a request with the client, and deciding with a reason."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from admin_app.adaptations import notices
from admin_app.adaptations.models import Adaptation, AdaptationRequest
from admin_app.adaptations.operations.common import needed, refuse_unless, told
from admin_app.adaptations.words import DECIDED, OPEN
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from admin_app.documents.packing import digest
from admin_app.evidence import operations as evidence
from admin_app.needs.models import NeedsAnalysis
from admin_app.needs.operations import analysis as needs

DECISION = "adaptation-decision"
LONG = 5_000
LONGEST_PROMISE = 300
MOST_PROMISES = 30


@act
def record_needs_analysis(
    request: AdaptationRequest, text: needs.AnalysisText, *, by: Actor, at: datetime
) -> NeedsAnalysis:
    """Write down the need as analysed with the client who asks.

    Raises:
        Refused: no client is attached yet, the request is decided or withdrawn, or the analysis
            does not hold.
    """
    refuse_unless(request, (*OPEN, *DECIDED), "")
    if request.client_id is None:
        raise Refused("Rattachez d’abord la demande à un client.")
    found = needs.record_needs_analysis(
        text,
        client_id=request.client_id,
        cohort_id=request.cohort_id,
        request_id=request.id,
        by=by,
        at=at,
    )
    if request.state in OPEN:
        request.state = "analysed"
    request.analysed_at = request.analysed_at or at
    words = f"Demande {request.reference} : besoin analysé avec {request.organisation}."
    told(request, "adaptations.analyse", words, by=by, at=at)
    return found


@act
def decide(
    request: AdaptationRequest,
    *,
    accepted: bool,
    reason: str,
    promises: Sequence[str] = (),
    changes_programme: bool = True,
    by: Actor,
    at: datetime,
) -> AdaptationRequest:
    """Accept or decline a request, and tell whoever asked, with the reason.

    Leaves the evidence `adaptation-decision`.

    Args:
        promises: each change that is promised, in one line; at least one when accepted.
        changes_programme: False when only a date or a place changes.

    Raises:
        Problems: no reason is given, or it is accepted without saying what is promised.
        Refused: it was decided or withdrawn already.
    """
    refuse_unless(request, OPEN, "Cette demande est déjà décidée.")
    labels = [one.strip() for one in promises if one.strip()] if accepted else []
    refuse_if_any(_problems(accepted, reason, labels))
    request.state = "accepted" if accepted else "declined"
    request.decided_at, request.decided_by = at, by.label
    request.decision_reason = reason.strip()
    request.changes_programme = accepted and changes_programme
    db.session.add_all(Adaptation(request_id=request.id, label=label) for label in labels)
    db.session.flush()
    leave_decision(request, labels, by, at)
    word = "acceptée" if accepted else "déclinée"
    told(request, "adaptations.decide", f"Demande {request.reference} {word}.", by=by, at=at)
    notices.decided(request, labels, at)
    return request


@act
def reopen(request: AdaptationRequest, *, why: str, by: Actor, at: datetime) -> AdaptationRequest:
    """Take a decision back to decide again; the former one stays in the journal and the evidence.

    Raises:
        Refused: it is not decided, nobody said why, or an adapted programme was already begun.
    """
    refuse_unless(request, DECIDED, "Cette demande n’est pas encore décidée.")
    reason = needed(why, "Dites pourquoi la décision est reprise.", "why", 500)
    if request.adapted_version_id is not None:
        raise Refused(
            "Le programme adapté est déjà en préparation : la décision ne se reprend plus."
        )
    for one in db.session.scalars(select(Adaptation).where(Adaptation.request_id == request.id)):
        db.session.delete(one)
    evidence.withdraw_all(
        DECISION, scope=("adaptation", request.id), why=f"décision reprise : {reason}", by=by, at=at
    )
    request.state = "analysed" if request.analysed_at else "acknowledged"
    request.decided_at, request.decided_by, request.decision_reason = None, "", ""
    words = f"Demande {request.reference} : décision reprise."
    told(request, "adaptations.reopen", words, by=by, at=at)
    return request


def leave_decision(
    request: AdaptationRequest, labels: Sequence[str], by: Actor, at: datetime
) -> None:
    """Record the evidence of the decision."""
    word = "acceptée" if request.state == "accepted" else "déclinée"
    evidence.record(
        DECISION,
        scope=("adaptation", request.id),
        label=f"Demande {request.reference} de {request.organisation}, {word} avec son motif",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("adaptation", request.id),
        facts={
            "decision": request.state,
            "received_on": clock.day_of(request.received_at).isoformat(),
            "text_sha256": digest({"reason": request.decision_reason, "promises": list(labels)}),
        },
        cohort_id=request.cohort_id,
    )


def _problems(accepted: bool, reason: str, labels: Sequence[str]) -> list[Refused]:
    found = []
    if not reason.strip():
        found.append(Refused("Motivez la décision : le demandeur la lira.", "reason"))
    if len(reason.strip()) > LONG:
        found.append(Refused(f"{LONG} caractères au plus.", "reason"))
    if accepted and not labels:
        found.append(Refused("Dites ce qui est promis : une adaptation par ligne.", "promises"))
    return [*found, *promise_problems(labels)]


def promise_problems(labels: Sequence[str]) -> list[Refused]:
    """What does not hold in a list of promised changes."""
    if len(labels) > MOST_PROMISES:
        return [Refused(f"{MOST_PROMISES} adaptations au plus.", "promises")]
    if any(len(label) > LONGEST_PROMISE for label in labels):
        return [Refused(f"{LONGEST_PROMISE} caractères au plus par ligne.", "promises")]
    if len({label.casefold() for label in labels}) < len(labels):
        return [Refused("La même adaptation est écrite deux fois.", "promises")]
    return []
