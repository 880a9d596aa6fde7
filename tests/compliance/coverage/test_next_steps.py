"""The shortest list of next things to do."""

from datetime import timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.coverage import Coverage, cover, next_steps
from compliance.expectations import expectations_of
from compliance.facts import EvidenceFact
from compliance.referentiel import load
from compliance.vocabulary import CoverageStatus, PieceStatus, ScopeKind
from tests.compliance.builders import END, cohort, complete

PRESSING = {PieceStatus.LATE, PieceStatus.REVIEW}
LONG_AFTER = END + timedelta(days=400)
EDITION = load().editions[-1]
STORY = cohort(trainees=3)
EXPECTED = expectations_of(STORY)
KINDS = sorted({one.piece for one in EXPECTED})


def covered(evidence: list[EvidenceFact]) -> Coverage:
    return cover(
        STORY, EXPECTED, evidence, edition=EDITION, as_of=LONG_AFTER, audit_date=LONG_AFTER
    )


def without(*pieces: str, only: int | None = None) -> list[EvidenceFact]:
    """Everything but those pieces (`only`: but for that one subject)."""
    return [
        fact
        for fact in complete(EXPECTED)
        if fact.piece not in pieces or (only is not None and fact.scope_key != only)
    ]


def test_nothing_presses_nothing_to_do() -> None:
    assert next_steps(covered(complete(EXPECTED))) == ()


def test_one_missing_piece_is_one_step_and_says_what_it_settles() -> None:
    coverage = covered(without("joining-instructions"))
    steps = next_steps(coverage)
    assert [step.piece for step in steps] == ["joining-instructions"]
    held = [one for one in coverage.indicators if one.gaps]
    assert [turn.indicator for turn in steps[0].turns] == held
    assert {turn.after for turn in steps[0].turns} <= {
        CoverageStatus.COVERED,
        CoverageStatus.AWAITED,
    }


def test_the_least_work_comes_first() -> None:
    """One trainee to ask costs less than three; both settle one indicator."""
    evidence = [
        fact
        for fact in complete(EXPECTED)
        if fact.piece != "positioning" and (fact.piece != "assessment" or fact.scope_key != 1)
    ]
    assert [step.piece for step in next_steps(covered(evidence))] == ["assessment", "positioning"]


def test_the_scopes_asked_for_alone_are_looked_at() -> None:
    coverage = covered(without("session-plan", "positioning"))
    steps = next_steps(coverage, scopes={ScopeKind.ENROLMENT})
    assert [step.piece for step in steps] == ["positioning"]
    assert {turn.after for step in steps for turn in step.turns} == {CoverageStatus.COVERED}


def test_the_list_keeps_to_what_was_asked_for() -> None:
    assert len(next_steps(covered([]), most=3)) <= 3
    assert len(next_steps(covered([]), most=1)) == 1


@settings(max_examples=60, deadline=None)
@given(missing=st.sets(st.sampled_from(KINDS), max_size=6))
def test_what_the_steps_promise_comes_true(missing: set[str]) -> None:
    evidence = without(*missing)
    coverage = covered(evidence)
    steps = next_steps(coverage, most=len(KINDS))
    held = {one.key for one in coverage.indicators for gap in one.gaps if gap.status in PRESSING}
    assert {turn.indicator.key for step in steps for turn in step.turns} == held
    done: set[str] = set()
    for step in steps:
        done.add(step.piece)
        after = covered(without(*(missing - done)))
        for turn in step.turns:
            now = after.indicator(turn.indicator.key)
            assert now is not None
            assert now.status is turn.after


@settings(max_examples=40, deadline=None)
@given(missing=st.sets(st.sampled_from(KINDS), min_size=1, max_size=4))
def test_no_single_step_would_settle_more_for_the_same_work(missing: set[str]) -> None:
    """The first indicator settled is the cheapest in work among all."""
    coverage = covered(without(*missing))
    steps = next_steps(coverage, most=len(KINDS))
    works = {step.piece: len(step.gaps) for step in steps}
    held = {
        one.key: {gap.piece for gap in one.gaps if gap.status in PRESSING}
        for one in coverage.indicators
    }
    if not steps:
        return
    first: set[str] = set()
    for step in steps:
        first.add(step.piece)
        if step.turns:
            break
    gain = sum(1 for pieces in held.values() if pieces and pieces <= first)
    work = sum(works[piece] for piece in first)
    for size in (1, 2):
        for pieces in combinations(works, size):
            other = sum(1 for held_by in held.values() if held_by and held_by <= set(pieces))
            if any(held_by == set(pieces) for held_by in held.values()):
                assert gain * sum(works[one] for one in pieces) >= other * work


def test_a_reviewed_day_to_come_shows_what_will_be_due() -> None:
    soon = cover(
        STORY,
        EXPECTED,
        [],
        edition=EDITION,
        as_of=STORY.starts_on - timedelta(days=60),
        audit_date=LONG_AFTER,
    )
    assert next_steps(soon) == ()
    assert next_steps(covered([]))
