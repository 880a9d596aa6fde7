"""What an act touched, brought up to date in its own transaction."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, or_, select

from admin_app.adaptations.models import AdaptationRequest
from admin_app.cohorts.models import Assignment, Cohort
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.transaction import Touched, act
from admin_app.coverage.facts import (
    REGISTERED,
    evidence_about,
    evidence_of_cohorts,
    facts_of,
    provider_facts,
    records,
    shared_by,
)
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations.editions import Editions, editions_now
from admin_app.coverage.operations.rows import Written, stored, write
from admin_app.organisation.models import Provider
from admin_app.practices.queries import book, switched_off
from compliance import expectations as rules
from compliance.coverage import PieceCoverage, assess, counting, match
from compliance.expectations import Catalogue
from compliance.facts import ActionFacts, EvidenceFact, action_of
from compliance.vocabulary import ActionCategory, ScopeKind

Subjects = Mapping[ScopeKind, Sequence[int] | None]
# A record that stands is concerned by what its pieces serve: its facts alone decide.
ANY_ACTION = ActionFacts(categories=(ActionCategory.TRAINING,))


def refresh(touched: Touched) -> None:
    """Bring up to date what an act touched, in its own transaction."""
    chosen = _registered(touched.scopes)
    if touched.provider or ScopeKind.SUBCONTRACTOR in chosen:
        refresh_provider()
    ids = touched.cohorts | _cohorts_sharing(touched.scopes)
    if ids:
        # locked, always in the same order: another act on the same cohort waits, then reads what
        # this one wrote (SQLite has one writer anyway)
        locked = select(Cohort).where(Cohort.id.in_(ids)).order_by(Cohort.id)
        locked = locked.with_for_update(key_share=True)
        _refresh_with_registers(db.session.scalars(locked).all(), chosen)
    elif chosen:
        refresh_subjects({kind: sorted(keys) for kind, keys in chosen.items()})


@act
def refresh_cohort(cohort: Cohort) -> None:
    """Make the rows of a cohort, and of the registers on which it has a bearing, say what is
    known now."""
    _refresh_with_registers([cohort], {})


def _refresh_with_registers(cohorts: Sequence[Cohort], chosen: dict[ScopeKind, set[int]]) -> None:
    for kind, keys in refresh_cohorts(cohorts).items():
        chosen.setdefault(kind, set()).update(keys)
    if chosen:
        refresh_subjects({kind: sorted(keys) for kind, keys in chosen.items()})


@act
def refresh_cohorts(
    cohorts: Sequence[Any], editions: Editions | None = None
) -> dict[ScopeKind, set[int]]:
    """Make the rows of these cohorts say what their facts and their evidence say now.

    Returns:
        the subjects of registers on which it may have a bearing: those of the cohorts of which
        something is now expected, or not, or on another day.
    """
    written = write_cohorts(cohorts, editions or editions_now())
    found: dict[ScopeKind, set[int]] = {}
    if written.reshaped:
        for kind, key in shared_by(written.reshaped):
            found.setdefault(kind, set()).add(key)
    return found


def write_cohorts(cohorts: Sequence[Any], editions: Editions) -> Written:
    """The same, saying how many rows changed (eleven statements at most, and those that write)."""
    facts = facts_of(cohorts)
    evidence = evidence_of_cohorts(facts)
    catalogue, off = book(), switched_off()
    found = [
        (one.key, action, piece)
        for one in facts
        for action in (action_of(one),)
        for piece in _assessed(
            rules.expectations_of(one, catalogue, switched_off=off), evidence[one.key], catalogue
        )
    ]
    there = db.session.execute(stored(Expectation.cohort_id.in_([one.key for one in facts])))
    return write(there, found, catalogue, editions)


@act
def refresh_provider() -> None:
    """Make the rows of the organisation say what its evidence says now."""
    provider = db.session.scalars(select(Provider).with_for_update(key_share=True)).first()
    if provider is None:
        return
    facts, catalogue = provider_facts(provider), book()
    evidence = evidence_about({ScopeKind.PROVIDER: [provider.id]})
    expected = rules.provider_expectations(facts, catalogue, switched_off=switched_off())
    action = action_of(facts)
    found = [(None, action, one) for one in _assessed(expected, evidence, catalogue)]
    there = db.session.execute(stored(*_about({ScopeKind.PROVIDER: None})))
    write(there, found, catalogue, editions_now())


@act
def refresh_subjects(subjects: Subjects) -> None:
    """Make the rows of these subjects of registers say what is known now; `None`: all of a kind."""
    catalogue = book()
    chosen = records(subjects)
    expected = rules.register_expectations(chosen, catalogue, switched_off=switched_off())
    keys: dict[ScopeKind, set[int]] = {}
    for one in expected:
        keys.setdefault(one.scope_kind, set()).add(one.scope_key)
    evidence = evidence_about(keys)
    found = [(None, ANY_ACTION, one) for one in _assessed(expected, evidence, catalogue)]
    there = db.session.execute(stored(*_about(subjects)))
    write(there, found, catalogue, editions_now())


@act
def refresh_everything_else() -> None:
    """Make the rows of the organisation and of every register say what is known now."""
    refresh_provider()
    for kind in REGISTERED:
        refresh_subjects({kind: None})


def _about(subjects: Subjects) -> tuple[Any, Any]:
    """Rows about these subjects, whatever the cohort: those that belong to none."""
    which = [
        Expectation.scope_kind == kind.value
        if keys is None
        else and_(Expectation.scope_kind == kind.value, Expectation.scope_id.in_(keys))
        for kind, keys in subjects.items()
    ]
    return Expectation.cohort_id.is_(None), or_(*which)


def _assessed(
    expectations: Iterable[rules.Expectation],
    evidence: Iterable[EvidenceFact],
    catalogue: Catalogue,
) -> list[PieceCoverage]:
    today, zone = clock.today(), clock.zone()
    matched = match(expectations, counting(evidence, today, zone))
    return [assess(one, catalogue, today, zone) for one in matched]


def _registered(scopes: Collection[tuple[str, int]]) -> dict[ScopeKind, set[int]]:
    """Of what was touched, the subjects of registers."""
    found: dict[ScopeKind, set[int]] = {}
    for kind, key in scopes:
        if (scope := ScopeKind(kind)) in REGISTERED:
            found.setdefault(scope, set()).add(key)
    return found


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
