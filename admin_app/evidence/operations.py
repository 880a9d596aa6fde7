"""Recording evidence: an act calls `record` for each piece that it makes true."""

import hashlib
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db, dumps
from admin_app.core.transaction import act, all_locked, touch_cohort, touch_provider, touch_scope
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
    for evidence in all_locked(statement.order_by(Evidence.id)):
        withdraw(evidence, why=why, by=by, at=at)


@act
def withdraw_from(source: tuple[str, int], *, why: str, by: Actor, at: datetime) -> None:
    """Mark every valid piece that came from that business row as no longer valid."""
    for evidence in _valid_from(source):
        withdraw(evidence, why=why, by=by, at=at)


NOT_DELIVERED = "Le message n’a pas pu être remis."


@act
def note_undelivered(source: tuple[str, int], *, by: Actor, at: datetime) -> int:
    """What was proved by sending never arrived: it proves no more, and is said to be `tried`.

    Args:
        source: the business row that was sent; at most one valid piece of each key comes from it.

    Returns:
        How many pieces no longer hold.
    """
    lost = [one for one in _valid_from(source) if one.outcome == "obtained"]
    for one in lost:
        withdraw(one, why=NOT_DELIVERED, by=by, at=at)
        words = " – message non remis"
        _record_like(one, "tried", one.label[: 300 - len(words)] + words, by=by, at=at)
    return len(lost)


@act
def note_delivered(source: tuple[str, int], *, by: Actor, at: datetime) -> int:
    """What `note_undelivered` took back has arrived: it is proved from that day.

    Returns:
        How many pieces hold again.
    """
    came = [one for one in _valid_from(source) if "undelivered" in one.facts]
    for one in came:
        withdraw(one, why="Le message, renvoyé, est parti.", by=by, at=at)
        former = db.session.get_one(Evidence, one.facts["undelivered"])
        _record_like(former, "obtained", former.label, by=by, at=at)
    return len(came)


def _valid_from(source: tuple[str, int]) -> list[Evidence]:
    statement = select(Evidence).where(
        Evidence.source_kind == source[0],
        Evidence.source_id == source[1],
        Evidence.withdrawn_at.is_(None),
    )
    return list(all_locked(statement.order_by(Evidence.id)))


def _record_like(one: Evidence, outcome: str, label: str, *, by: Actor, at: datetime) -> None:
    facts = one.facts | ({"undelivered": one.id} if outcome == "tried" else {})
    record(
        one.piece,
        scope=(one.scope_kind, one.scope_id),
        label=label,
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=(one.source_kind, one.source_id),
        facts=facts,
        cohort_id=one.cohort_id,
        document_id=one.document_id,
        outcome=outcome,
        valid_until=one.valid_until,
    )


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
        ScopeKind.ACCOMMODATION,
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
    for evidence in all_locked(statement.order_by(Evidence.id)):
        evidence.cohort_id = cohort_id
    touch_cohort(former_id)
    touch_cohort(cohort_id)
