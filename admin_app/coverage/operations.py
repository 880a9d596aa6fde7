"""Bringing expectations up to date: at the end of every act, for what it touched."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from admin_app.adaptations.models import AdaptationRequest
from admin_app.cohorts.models import Assignment, Cohort
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.transaction import Touched, act
from admin_app.coverage.facts import cohort_facts, evidence_facts, evidence_of, provider_facts
from admin_app.coverage.models import Expectation
from admin_app.evidence.models import Evidence
from admin_app.organisation.models import Provider
from compliance import expectations as rules
from compliance.coverage import PieceCoverage, assess, counting, match
from compliance.facts import ActionFacts, EvidenceFact, action_of
from compliance.referentiel import applicable, load
from compliance.vocabulary import Outcome, ScopeKind


def refresh(touched: Touched) -> None:
    """Bring up to date what an act touched, in its own transaction."""
    if touched.provider:
        refresh_provider()
    ids = touched.cohorts | set(_cohorts_sharing(touched.scopes))
    if ids:
        # locked, always in the same order: another act on the same cohort waits, then reads what
        # this one wrote (SQLite has one writer anyway)
        locked = select(Cohort).where(Cohort.id.in_(ids)).order_by(Cohort.id).with_for_update()
        for cohort in db.session.scalars(locked):
            refresh_cohort(cohort)


@act
def refresh_cohort(cohort: Cohort) -> None:
    """Make the rows of a cohort say what its facts and its evidence say now."""
    facts = cohort_facts(cohort)
    evidence = evidence_of(cohort, (one.key for one in facts.trainers))
    found = _assessed(rules.expectations_of(facts), evidence)
    rows = db.session.scalars(select(Expectation).where(Expectation.cohort_id == cohort.id)).all()
    _write(cohort.id, rows, found, action_of(facts))


@act
def refresh_provider() -> None:
    """Make the rows of the organisation say what its evidence says now."""
    provider = db.session.scalars(select(Provider).with_for_update()).first()
    if provider is None:
        return
    facts = provider_facts(provider)
    evidence = evidence_facts(
        db.session.scalars(select(Evidence).where(Evidence.scope_kind == ScopeKind.PROVIDER.value))
    )
    found = _assessed(rules.provider_expectations(facts), evidence)
    rows = db.session.scalars(select(Expectation).where(Expectation.cohort_id.is_(None))).all()
    _write(None, rows, found, action_of(facts))


def applicable_requirements(action: ActionFacts) -> dict[str, frozenset[str]]:
    """For each edition, the keys of the requirements that apply to this action."""
    return {
        edition.key: frozenset(one.key for one in applicable(edition, action).applicable)
        for edition in load().editions
    }


def editions_served(piece: str, requirements: Mapping[str, frozenset[str]]) -> str:
    """The editions in which a piece serves a requirement that applies, between bars."""
    links = rules.catalogue().piece(piece).links
    served = [
        edition
        for edition, keys in requirements.items()
        if any(link.holds_in(edition) and link.requirement in keys for link in links)
    ]
    return "".join(f"|{key}" for key in served) + "|" if served else ""


def _assessed(
    expectations: Iterable[rules.Expectation], evidence: Iterable[EvidenceFact]
) -> list[PieceCoverage]:
    today, zone = clock.today(), clock.zone()
    matched = match(expectations, counting(evidence, today, zone))
    return [assess(one, rules.catalogue(), today, zone) for one in matched]


def _write(
    cohort_id: int | None,
    rows: Sequence[Expectation],
    found: Iterable[PieceCoverage],
    action: ActionFacts,
) -> None:
    known = {(row.piece, row.scope_kind, row.scope_id): row for row in rows}
    now = clock.now()
    requirements = applicable_requirements(action)
    served: dict[str, str] = {}
    for one in found:
        expected = one.expectation
        key = (expected.piece, expected.scope_kind.value, expected.scope_key)
        row = known.pop(key, None)
        if row is None:
            row = Expectation(cohort_id=cohort_id, refreshed_at=now)
            db.session.add(row)
        if expected.piece not in served:
            served[expected.piece] = editions_served(expected.piece, requirements)
        _fill(row, one, served[expected.piece], now)
    for row in known.values():
        db.session.delete(row)


def _fill(row: Expectation, one: PieceCoverage, editions: str, now: datetime) -> None:
    expected = one.expectation
    outcomes = {fact.outcome for fact in one.evidence}
    outcome = next((kind for kind in (Outcome.OBTAINED, Outcome.TRIED) if kind in outcomes), None)
    values = {
        "piece": expected.piece,
        "scope_kind": expected.scope_kind.value,
        "scope_id": expected.scope_key,
        "for_name": expected.for_name[:300],
        "owed_by": expected.owed_by.value,
        "owed_name": expected.owed_name[:300],
        "due_on": expected.due_on,
        "must_occur_by": expected.must_occur_by,
        "must_not_occur_before": expected.must_not_occur_before,
        "chronology_day": expected.chronology_day,
        "title": expected.title,
        "sentence": expected.sentence,
        "act": expected.act,
        "editions": editions,
        "outcome": outcome.value if outcome else None,
        "is_odd": bool(one.oddities),
        "tried_counts": rules.catalogue().piece(expected.piece).tried_counts,
        "is_open": one.is_gap,
        "oddity": " ".join(oddity.sentence for oddity in one.oddities)[:900],
    }
    if any(getattr(row, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(row, name, value)
        row.refreshed_at = now


def _cohorts_sharing(scopes: Iterable[tuple[str, int]]) -> set[int]:
    """The cohorts that use these programmes, trainers or requests."""
    wanted: dict[str, list[int]] = {}
    for kind, key in scopes:
        wanted.setdefault(kind, []).append(key)
    found: set[int] = set()
    if keys := wanted.get(ScopeKind.PROGRAMME.value):
        found.update(
            db.session.scalars(
                select(Cohort.id).where(
                    Cohort.standard_version_id.in_(keys) | Cohort.version_id.in_(keys)
                )
            )
        )
    if keys := wanted.get(ScopeKind.TRAINER.value):
        found.update(
            db.session.scalars(select(Assignment.cohort_id).where(Assignment.trainer_id.in_(keys)))
        )
    if keys := wanted.get(ScopeKind.ADAPTATION.value):
        found.update(
            one
            for one in db.session.scalars(
                select(AdaptationRequest.cohort_id).where(AdaptationRequest.id.in_(keys))
            )
            if one is not None
        )
    return found
