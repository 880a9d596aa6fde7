"""Evidence as the rules want it: of a cohort and of what it shares, or about chosen subjects."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from json import loads
from typing import Any

from sqlalchemy import String, and_, bindparam, func, or_, select, type_coerce

from admin_app.core.database import Rows, db
from admin_app.coverage.facts.reading import end_of
from admin_app.evidence.models import Evidence, EvidenceReview
from compliance.facts import CohortFacts, EvidenceFact
from compliance.vocabulary import Outcome, ReviewDecision, ScopeKind

_TABLE = Evidence.__table__
# Columns of the table, not attributes: a hundred pieces are read each time, and never changed.
PIECE_COLUMNS = tuple(
    _TABLE.c[name]
    for name in (
        "id", "piece", "scope_kind", "scope_id", "cohort_id", "occurred_on", "recorded_at",
        "sha256", "outcome", "label", "withdrawn_at", "valid_until", "review", "review_sha256",
        "source_id",
    )
)  # fmt: skip
# Flags are rare: they are read as text, and understood only when there are some.
_FLAGS = type_coerce(_TABLE.c.flags, String).label("flags")
PIECE_COLUMNS = (*PIECE_COLUMNS, _FLAGS)
# What cohorts share, beside the organisation itself.
SHARED = (
    ScopeKind.PROGRAMME,
    ScopeKind.TRAINER,
    ScopeKind.CATALOGUE_ENTRY,
    ScopeKind.PLACE,
    ScopeKind.SUBCONTRACTOR,
    ScopeKind.FUNDER,
    ScopeKind.COMPLAINT,
)
Subjects = Mapping[ScopeKind, Iterable[int]]
_KINDS = {kind.value: kind for kind in ScopeKind}
NO_FLAGS: tuple[object, ...] = ("[]", "", None, [])
ACCOMMODATION, _ENROLMENT = ScopeKind.ACCOMMODATION.value, ScopeKind.ENROLMENT.value
_OUTCOMES = {one.value: one for one in Outcome}


def evidence_of(
    cohort_id: int, shared: Subjects, as_of: date | None = None
) -> tuple[EvidenceFact, ...]:
    """Every piece that may serve a cohort: its own, the organisation's, and those of `shared`."""
    found = evidence_facts(
        db.session.execute(_serving(), {"cohort": cohort_id, **bound(shared)}),
    )
    return found if as_of is None else _as_reviewed(found, as_of)


def evidence_about(subjects: Subjects, as_of: date | None = None) -> tuple[EvidenceFact, ...]:
    """Every piece about these subjects (one statement)."""
    which = [
        and_(Evidence.scope_kind == kind.value, Evidence.scope_id.in_(list(keys)))
        for kind, keys in subjects.items()
    ]
    if not which:
        return ()
    found = evidence_facts(db.session.execute(select(*PIECE_COLUMNS).where(or_(*which))))
    return found if as_of is None else _as_reviewed(found, as_of)


def bound(shared: Subjects) -> dict[str, list[int]]:
    """The keys of each kind, for a statement made once; zero is nobody's."""
    return {kind.name.lower(): list(shared.get(kind, ())) or [0] for kind in SHARED}


def among(kind_column: Any, key_column: Any) -> list[Any]:
    """For each kind that cohorts share: it is of that kind, and among the keys bound."""
    return [
        and_(
            kind_column == kind.value, key_column.in_(bindparam(kind.name.lower(), expanding=True))
        )
        for kind in SHARED
    ]


@cache
def _serving() -> Rows:
    """Columns, not rows: a hundred pieces are read each time, and never changed here."""
    return select(*PIECE_COLUMNS).where(
        or_(
            Evidence.cohort_id == bindparam("cohort"),
            Evidence.scope_kind == ScopeKind.PROVIDER.value,
            *among(Evidence.scope_kind, Evidence.scope_id),
        )
    )


def evidence_facts(rows: Iterable[Any]) -> tuple[EvidenceFact, ...]:
    """The pieces as the rules want them, from rows of `PIECE_COLUMNS`."""
    return tuple(evidence_fact(row) for row in rows)


def evidence_fact(row: Any) -> EvidenceFact:
    """One piece. A review holds for the hash that was seen, and for no other."""
    (
        key, piece, scope_kind, scope_id, _, occurred_on, recorded_at, sha256, outcome, label,
        withdrawn_at, valid_until, review, review_sha256, source_id, flags,
    ) = row  # fmt: skip
    if piece == ACCOMMODATION and scope_kind == _ENROLMENT:
        # written before each request had an answer of its own; evidence never changes
        scope_kind, scope_id = ACCOMMODATION, source_id
    return EvidenceFact(
        key=key,
        piece=piece,
        scope_kind=_KINDS[scope_kind],
        scope_key=scope_id,
        occurred_on=occurred_on,
        recorded_at=recorded_at,
        sha256=sha256,
        outcome=_OUTCOMES[outcome],
        label=label,
        flags=() if flags in NO_FLAGS else tuple(_understood(flags)),
        withdrawn_at=withdrawn_at,
        valid_until=valid_until,
        review=ReviewDecision(review) if review and review_sha256 == sha256 else None,
    )


def _understood(flags: str | list[str]) -> list[str]:
    """Flags as a database gives them: some understand JSON by themselves."""
    found: list[str] = loads(flags) if isinstance(flags, str) else flags
    return found


def _as_reviewed(found: tuple[EvidenceFact, ...], as_of: date) -> tuple[EvidenceFact, ...]:
    """The same, with the decisions as they stood at the end of that day."""
    keys = [fact.key for fact in found]
    last = (
        select(func.max(EvidenceReview.id))
        .where(EvidenceReview.evidence_id.in_(keys), EvidenceReview.decided_at < end_of(as_of))
        .group_by(EvidenceReview.evidence_id)
    )
    rows = db.session.scalars(select(EvidenceReview).where(EvidenceReview.id.in_(last)))
    decided = {row.evidence_id: (row.sha256, ReviewDecision(row.decision)) for row in rows}
    return tuple(
        fact
        if fact.review is None and fact.key not in decided
        else replace(fact, review=_decision(fact, decided.get(fact.key)))
        for fact in found
    )


def _decision(
    fact: EvidenceFact, decided: tuple[str, ReviewDecision] | None
) -> ReviewDecision | None:
    return decided[1] if decided is not None and decided[0] == fact.sha256 else None


def evidence_of_cohorts(
    cohorts: Iterable[CohortFacts], as_of: date | None = None
) -> dict[int, list[EvidenceFact]]:
    """For each cohort, every piece that may serve its own expectations (two statements)."""
    them = list(cohorts)
    own: dict[int, list[EvidenceFact]] = {one.key: [] for one in them}
    rows = db.session.execute(_own(), {"cohorts": list(own)}).all()
    facts = evidence_facts(rows)
    for row, fact in zip(rows, facts if as_of is None else _as_reviewed(facts, as_of), strict=True):
        own[row.cohort_id].append(fact)
    wanted = {one.key: _shares(one) for one in them}
    subjects: dict[ScopeKind, set[int]] = {}
    for kind, key in {pair for pairs in wanted.values() for pair in pairs}:
        subjects.setdefault(kind, set()).add(key)
    about: dict[tuple[ScopeKind, int], list[EvidenceFact]] = {}
    for fact in evidence_about(subjects, as_of):
        about.setdefault((fact.scope_kind, fact.scope_key), []).append(fact)
    for key, pairs in wanted.items():
        for pair in pairs:
            own[key] += about.get(pair, ())
    return own


@cache
def _own() -> Rows:
    shared = [kind.value for kind in (ScopeKind.PROGRAMME, ScopeKind.TRAINER)]
    return select(*PIECE_COLUMNS).where(
        Evidence.cohort_id.in_(bindparam("cohorts", expanding=True)),
        Evidence.scope_kind.not_in(shared),
    )


def _shares(facts: CohortFacts) -> set[tuple[ScopeKind, int]]:
    versions = {facts.standard_programme_key, facts.programme_key} - {None}
    return {(ScopeKind.PROGRAMME, key) for key in versions if key is not None} | {
        (ScopeKind.TRAINER, one.key) for one in facts.trainers
    }
