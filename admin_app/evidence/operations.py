"""Recording evidence: an act calls `record` for each piece that it makes true."""

import hashlib
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from admin_app.core.actor import Actor
from admin_app.core.database import db, dumps
from admin_app.core.transaction import act, touch_cohort, touch_provider, touch_scope
from admin_app.evidence.models import Evidence
from compliance.vocabulary import ScopeKind


@act
def record(
    piece: str,
    *,
    scope: tuple[str, int],
    label: str,
    occurred_on: date,
    by: Actor,
    at: datetime,
    source: tuple[str, int],
    facts: dict[str, Any] | None = None,
    content: bytes | None = None,
    cohort_id: int | None = None,
    document_id: int | None = None,
    outcome: str = "obtained",
    flags: tuple[str, ...] = (),
    valid_until: date | None = None,
) -> Evidence:
    """Say that a piece exists.

    Args:
        piece: its key in the catalogue (`compliance.expectations`).
        scope: for whom: kind and key.
        label: what an auditor reads, in French, without health data.
        occurred_on: the day it happened; `at` is the UTC instant of recording.
        source: the business row it comes from; `facts` its dated figures, hashed with it.
        content: the bytes of the piece when it is a file; the hash is then theirs.
        outcome: `obtained`, or `tried` when it was asked for and never came.
        flags: what must be said of it (`regularised`…).
        valid_until: the last day on which it is good, when the piece itself says so.
    """
    facts = facts or {}
    hashed = (
        content
        if content is not None
        else dumps(
            {"piece": piece, "scope": scope, "on": occurred_on, "source": source, "facts": facts}
        ).encode()
    )
    evidence = Evidence(
        piece=piece,
        scope_kind=scope[0],
        scope_id=scope[1],
        cohort_id=cohort_id,
        source_kind=source[0],
        source_id=source[1],
        label=label[:300],
        occurred_on=occurred_on,
        valid_until=valid_until,
        recorded_at=at,
        recorded_by=by.label,
        outcome=outcome,
        sha256=hashlib.sha256(hashed).hexdigest(),
        facts=facts,
        flags=list(flags),
        document_id=document_id,
        withdrawn_by="",
        withdrawn_why="",
        review="",
        review_sha256="",
    )
    db.session.add(evidence)
    db.session.flush()
    touch(evidence)
    return evidence


@act
def withdraw(evidence: Evidence, *, why: str, by: Actor, at: datetime) -> None:
    """Mark a piece as no longer valid, with the reason; it stays readable."""
    evidence.withdrawn_at, evidence.withdrawn_by, evidence.withdrawn_why = at, by.label, why
    touch(evidence)


@act
def withdraw_all(piece: str, *, scope: tuple[str, int], why: str, by: Actor, at: datetime) -> None:
    """Mark every valid piece of that key and scope as no longer valid."""
    statement = select(Evidence).where(
        Evidence.piece == piece,
        Evidence.scope_kind == scope[0],
        Evidence.scope_id == scope[1],
        Evidence.withdrawn_at.is_(None),
    )
    for evidence in db.session.scalars(statement):
        withdraw(evidence, why=why, by=by, at=at)


@act
def withdraw_from(source: tuple[str, int], *, why: str, by: Actor, at: datetime) -> None:
    """Mark every valid piece that came from that business row as no longer valid."""
    statement = select(Evidence).where(
        Evidence.source_kind == source[0],
        Evidence.source_id == source[1],
        Evidence.withdrawn_at.is_(None),
    )
    for evidence in db.session.scalars(statement):
        withdraw(evidence, why=why, by=by, at=at)


# What belongs to one cohort alone: anything else has rows of its own, whatever the cohort.
OF_A_COHORT = frozenset(
    kind.value
    for kind in (
        ScopeKind.COHORT,
        ScopeKind.CLIENT,
        ScopeKind.ENROLMENT,
        ScopeKind.HALF_DAY,
        ScopeKind.MARK,
        ScopeKind.TRAINER_IN_COHORT,
        ScopeKind.ADAPTATION,
    )
)


def touch(evidence: Evidence) -> None:
    """Have what this piece serves brought up to date at the end of the act."""
    if evidence.scope_kind == ScopeKind.PROVIDER:
        touch_provider()
        return
    if evidence.cohort_id is not None:
        touch_cohort(evidence.cohort_id)
    if evidence.cohort_id is None or evidence.scope_kind not in OF_A_COHORT:
        touch_scope(evidence.scope_kind, evidence.scope_id)


@act
def file_with_cohort(
    scope: tuple[str, int], cohort_id: int, *, former_id: int | None = None
) -> None:
    """File the pieces of that scope with a cohort that is known only now; nothing else changes.

    What a piece says, when it happened and when it was recorded stand as they were: the cohort is
    no part of its hash.

    Args:
        former_id: the cohort they leave, which was cancelled; None when they had none.
    """
    statement = select(Evidence).where(
        Evidence.scope_kind == scope[0],
        Evidence.scope_id == scope[1],
        or_(Evidence.cohort_id.is_(None), Evidence.cohort_id == former_id),
    )
    for evidence in db.session.scalars(statement):
        evidence.cohort_id = cohort_id
    touch_cohort(former_id)
    touch_cohort(cohort_id)
