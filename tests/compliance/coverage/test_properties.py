"""What must hold of coverage whatever the story."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.coverage import SEVERITY, Coverage, cover, indicator_status
from compliance.expectations import Expectation, expectations_of
from compliance.facts import (
    AbsenceFacts,
    AccommodationFacts,
    AdaptationFacts,
    CohortFacts,
    EvidenceFact,
)
from compliance.referentiel import load
from compliance.vocabulary import CoverageStatus, Departure, Outcome, PieceStatus, ScopeKind
from tests.compliance.builders import END, START, cohort, enrolment, evidence_for, half_days

EDITIONS = st.sampled_from(load().editions)
DAYS = st.dates(date(2026, 9, 1), date(2027, 6, 1))
DEPARTURES = st.sampled_from(list(Departure))


@st.composite
def enrolments(draw: st.DrawFn, key: int):
    departure = draw(st.none() | DEPARTURES)
    absences = draw(st.integers(0, 2))
    return enrolment(
        key,
        departure=departure,
        left_on=draw(st.sampled_from([START, END])) if departure else None,
        attended_minutes=draw(st.sampled_from([None, 0, 210, 840])),
        pays_personally=draw(st.booleans()),
        accommodations=draw(
            st.sampled_from([(), (AccommodationFacts(key=key, received_on=START),)])
        ),
        absences=tuple(
            AbsenceFacts(key=key * 10 + n, day=START, label="matin") for n in range(absences)
        ),
    )


@st.composite
def stories(draw: st.DrawFn) -> CohortFacts:
    count = draw(st.integers(0, 4))
    return cohort(
        half_days=half_days(days=draw(st.integers(0, 2))),
        enrolments=tuple(draw(enrolments(key)) for key in range(1, count + 1)),
        cancelled=draw(st.sampled_from([False, False, False, True])),
        adaptations=draw(
            st.sampled_from(
                [(), (AdaptationFacts(key=1, label="A", received_on=START, accepted=True),)]
            )
        ),
    )


@st.composite
def partial_evidence(draw: st.DrawFn, expected: tuple[Expectation, ...]) -> list[EvidenceFact]:
    found = []
    for rank, one in enumerate(expected):
        if draw(st.booleans()):
            shift = draw(st.sampled_from([0, 0, 0, 5, 40]))
            good = evidence_for(one, rank + 1)
            found.append(
                replace(
                    good,
                    occurred_on=good.occurred_on + timedelta(days=shift),
                    recorded_at=good.recorded_at + timedelta(days=shift),
                    outcome=draw(st.sampled_from(list(Outcome))),
                )
            )
    return found


def ranks(found: Coverage) -> dict[str, int]:
    return {one.key: SEVERITY[one.status] for one in found.indicators}


@settings(max_examples=150, deadline=None)
@given(st.data(), stories(), EDITIONS, DAYS)
def test_good_evidence_never_makes_it_worse(data, facts, edition, as_of) -> None:
    expected = expectations_of(facts)
    evidence = data.draw(partial_evidence(expected))
    before = cover(facts, expected, evidence, edition=edition, as_of=as_of)
    if not expected:
        return
    added = evidence_for(data.draw(st.sampled_from(expected)), 10_000)
    after = cover(facts, expected, [*evidence, added], edition=edition, as_of=as_of)
    then, now = ranks(before), ranks(after)
    assert then.keys() == now.keys()
    assert all(now[key] >= then[key] for key in then)
    assert len(after.gaps) <= len(before.gaps)


@settings(max_examples=100, deadline=None)
@given(st.data(), stories(), EDITIONS, DAYS, st.integers(1, 300))
def test_time_alone_only_makes_it_worse(data, facts, edition, as_of, later) -> None:
    """With evidence all recorded by the first day, waiting brings no good news."""
    expected = expectations_of(facts)
    cut = datetime.combine(as_of, datetime.min.time(), UTC)
    evidence = [
        e
        for e in data.draw(partial_evidence(expected))
        if e.recorded_at <= cut and e.occurred_on <= as_of
    ]
    now = cover(facts, expected, evidence, edition=edition, as_of=as_of)
    then = cover(facts, expected, evidence, edition=edition, as_of=as_of + timedelta(days=later))
    before, after = ranks(now), ranks(then)
    assert all(after[key] <= before[key] for key in before)
    assert {g.piece for g in now.gaps} <= {g.piece for g in then.gaps}


@settings(max_examples=100, deadline=None)
@given(stories(), DEPARTURES, st.data())
def test_a_departure_removes_duties_and_adds_none_but_its_reason(facts, departure, data) -> None:
    present = [e for e in facts.enrolments if e.departure is None and not e.absences]
    if not present or facts.cancelled:
        return
    chosen = data.draw(st.sampled_from(present))
    gone = replace(chosen, departure=departure, left_on=data.draw(st.sampled_from([START, END])))
    left = replace(facts, enrolments=tuple(gone if e is chosen else e for e in facts.enrolments))
    before = {e.identity for e in expectations_of(facts)}
    after = {e.identity for e in expectations_of(left)}
    assert after - before <= {("departure-reason", ScopeKind.ENROLMENT, chosen.key)}
    if departure is Departure.WITHDRAWN_BEFORE:
        assert not any(kind is ScopeKind.ENROLMENT and key == chosen.key for _, kind, key in after)


@settings(max_examples=100, deadline=None)
@given(st.data(), stories(), EDITIONS, DAYS)
def test_it_says_the_same_twice_and_never_forgets_an_indicator(data, facts, edition, as_of) -> None:
    expected = expectations_of(facts)
    evidence = data.draw(partial_evidence(expected))
    shuffled = data.draw(st.permutations(evidence))
    one = cover(facts, expected, evidence, edition=edition, as_of=as_of)
    two = cover(facts, expected, shuffled, edition=edition, as_of=as_of)
    assert one == two
    numbers = [i.number for i in one.indicators] + [n.number for n in one.not_followed]
    assert sorted(numbers) == [i.number for i in edition.indicators]
    for indicator in one.indicators:
        assert indicator.reasons
        unsettled = {PieceStatus.LATE, PieceStatus.REVIEW, PieceStatus.UPCOMING}
        assert {gap.status for gap in indicator.gaps} <= unsettled
        if indicator.status in (CoverageStatus.COVERED, CoverageStatus.AWAITED):
            assert not indicator.gaps
        if indicator.status in (CoverageStatus.LATE, CoverageStatus.PARTIAL):
            assert any(gap.status is PieceStatus.LATE for gap in indicator.gaps)


@given(
    st.lists(
        st.tuples(
            st.booleans(), st.lists(st.sampled_from(list(PieceStatus)), min_size=1, max_size=5)
        ),
        max_size=4,
    ),
    st.booleans(),
)
def test_the_rule_of_an_indicator_is_total(groups, is_awaited) -> None:
    status = indicator_status(groups, is_awaited=is_awaited)
    everything = [one for _, statuses in groups for one in statuses]
    assert (status in (CoverageStatus.LATE, CoverageStatus.PARTIAL)) is (
        PieceStatus.LATE in everything
    )
    assert status is not CoverageStatus.NOT_APPLICABLE
