"""What expires, what a person looked at, what the facts contradict: what must hold whatever."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.coverage import SEVERITY, Coverage, cover, piece_status
from compliance.expectations import (
    Expectation,
    catalogue,
    expectations_of,
    provider_expectations,
    register_expectations,
)
from compliance.facts import EvidenceFact, TrainerFacts
from compliance.referentiel import load
from compliance.registers import ComplaintRecord, ImprovementRecord, Record, SubcontractorRecord
from compliance.vocabulary import (
    CoverageStatus,
    EvidenceFlag,
    OddityKind,
    Outcome,
    PieceStatus,
    ReviewDecision,
)
from tests.compliance.builders import cohort, complete, evidence_for, find, provider

EDITION = load().edition("2026")
LAST = date(2026, 12, 31)
RECORDS: tuple[Record, ...] = (
    SubcontractorRecord(
        key=1,
        name="Atelier Nord",
        added_on=date(2025, 1, 6),
        first_mission_on=date(2025, 3, 3),
        last_mission_on=date(2027, 3, 3),
    ),
    ComplaintRecord(key=2, label="salle non chauffée", received_on=date(2026, 10, 5)),
    ImprovementRecord(
        key=3, title="Chauffer", due_on=date(2026, 11, 1), done_on=date(2026, 10, 20)
    ),
)
EXPECTED = (*provider_expectations(provider()), *register_expectations(RECORDS))
DAYS = st.dates(date(2025, 1, 1), date(2028, 1, 1))


@st.composite
def evidence(draw: st.DrawFn, most: int = 25) -> list[EvidenceFact]:
    """Pieces of any day, some that end by themselves, some asked in vain, some looked at."""
    found = []
    for key in range(1, draw(st.integers(0, most)) + 1):
        day = draw(DAYS)
        found.append(
            evidence_for(
                draw(st.sampled_from(EXPECTED)),
                key,
                occurred_on=day,
                valid_until=draw(st.none() | st.just(day + timedelta(days=draw(lengths)))),
                outcome=draw(st.sampled_from(list(Outcome))),
                review=draw(st.none() | st.sampled_from(list(ReviewDecision))),
            )
        )
    return found


lengths = st.integers(0, 900)


def seen(pieces: list[EvidenceFact], day: date) -> Coverage:
    return cover(provider(), EXPECTED, pieces, edition=EDITION, as_of=day)


def ranks(found: Coverage) -> dict[str, int]:
    return {one.key: SEVERITY[one.status] for one in found.indicators}


@settings(max_examples=100, deadline=None)
@given(evidence(), st.sampled_from(EXPECTED), DAYS, st.data())
def test_a_good_piece_more_never_makes_it_worse(
    pieces: list[EvidenceFact], one: Expectation, day: date, data: st.DataObject
) -> None:
    good = [
        day - timedelta(days=data.draw(st.integers(0, 400))),
        *(bound for bound in (one.must_not_occur_before,) if bound is not None),
    ]
    added = evidence_for(one, 900, occurred_on=max(good), review=ReviewDecision.ACCEPTED)
    before, after = seen(pieces, day), seen([*pieces, added], day)
    then, now = ranks(before), ranks(after)
    assert all(now[key] >= then[key] for key in then)


@settings(max_examples=100, deadline=None)
@given(evidence(), DAYS, st.data())
def test_the_order_of_pieces_changes_nothing(
    pieces: list[EvidenceFact], day: date, data: st.DataObject
) -> None:
    assert seen(pieces, day) == seen(data.draw(st.permutations(pieces)), day)


@settings(max_examples=150, deadline=None)
@given(evidence(), DAYS, st.integers(0, 800))
def test_what_a_day_foresees_is_never_better_than_what_comes(
    pieces: list[EvidenceFact], day: date, later: int
) -> None:
    """The row of a piece, written on a day, tells a coming one without being written again: the
    same as the engine, or worse when something less good lasts longer."""
    coming = day + timedelta(days=later)
    known = [one for one in pieces if one.occurred_on <= day]
    worse = {PieceStatus.LATE, PieceStatus.UPCOMING}
    for one, then in zip(seen(known, day).pieces, seen(known, coming).pieces, strict=True):
        outcomes = {fact.outcome for fact in one.evidence or one.expired}
        best = Outcome.OBTAINED if Outcome.OBTAINED in outcomes else None
        foreseen = piece_status(
            due_on=one.expectation.due_on,
            outcome=best or (Outcome.TRIED if outcomes else None),
            is_odd=bool(one.oddities),
            tried_counts=catalogue().piece(one.expectation.piece).tried_counts,
            as_of=coming,
            fresh_until=one.fresh_until,
        )
        assert foreseen is then.status or foreseen in worse


@pytest.mark.parametrize(
    ("decision", "status"),
    [
        (None, PieceStatus.COVERED),
        (ReviewDecision.ACCEPTED, PieceStatus.COVERED),
        (ReviewDecision.TO_EXAMINE, PieceStatus.REVIEW),
        (ReviewDecision.REJECTED, PieceStatus.LATE),
    ],
)
def test_what_a_person_decides(decision: ReviewDecision | None, status: PieceStatus) -> None:
    one = find(EXPECTED, "house-rules")
    found = cover(
        provider(), [one], [evidence_for(one, review=decision)], edition=EDITION, as_of=LAST
    )
    piece = found.pieces[0]
    assert piece.status is status
    if decision is ReviewDecision.TO_EXAMINE:
        assert [oddity.kind for oddity in piece.oddities] == [OddityKind.TO_EXAMINE]
    if decision is ReviewDecision.REJECTED:
        assert piece.evidence == ()
        assert "écartée" in piece.mentions[0]


def test_accepting_clears_a_date_and_another_piece_replaces_a_rejected_one() -> None:
    facts = cohort(1)
    agreement = find(expectations_of(facts), "agreement")
    late = evidence_for(agreement, occurred_on=date(2026, 11, 12))
    for decision, status in (
        (None, PieceStatus.REVIEW),
        (ReviewDecision.ACCEPTED, PieceStatus.COVERED),
    ):
        fact = replace(late, review=decision)
        found = cover(facts, [agreement], [fact], edition=EDITION, as_of=LAST)
        assert found.pieces[0].status is status
    rejected = evidence_for(agreement, 2, review=ReviewDecision.REJECTED)
    again = evidence_for(agreement, 3)
    found = cover(facts, [agreement], [rejected, again], edition=EDITION, as_of=LAST)
    assert found.pieces[0].status is PieceStatus.COVERED
    assert EvidenceFlag.EXPLAINED not in again.flags


def test_the_past_stays_proved_by_what_was_fresh_then() -> None:
    facts = cohort(1)
    skills = find(expectations_of(facts), "trainer-skills")
    good = evidence_for(skills, valid_until=facts.ends_on)
    short = evidence_for(skills, valid_until=facts.ends_on - timedelta(days=1))
    years_later = date(2031, 1, 1)
    for fact, status in ((good, PieceStatus.COVERED), (short, PieceStatus.LATE)):
        found = cover(facts, [skills], [fact], edition=EDITION, as_of=years_later)
        assert found.pieces[0].status is status


def test_an_expired_piece_is_told_with_its_days() -> None:
    meeting = find(EXPECTED, "team-meeting")
    fact = evidence_for(meeting, occurred_on=date(2025, 11, 3))
    found = cover(provider(), [meeting], [fact], edition=EDITION, as_of=date(2026, 11, 4))
    gap = found.gaps[0]
    assert gap.due_on == date(2026, 11, 3)
    assert "La pièce du 3 novembre 2025 comptait jusqu’au 3 novembre 2026." in gap.sentence
    assert "dépassée de 1 jour" in gap.sentence


def test_a_trainer_under_contract_challenges_what_is_said() -> None:
    outside = TrainerFacts(key=1, assignment_key=11, name="Paul Mercier", is_external=True)
    quiet = cohort(1, trainers=(outside,))
    expected = expectations_of(quiet)
    found = cover(quiet, expected, complete(expected), edition=EDITION, as_of=LAST)
    one = found.indicator("subcontracting")
    assert one is not None
    assert one.status is CoverageStatus.REVIEW
    assert "Paul Mercier intervient sous contrat" in one.reasons[0]
    declared = cover(
        replace(quiet, has_subcontracting=True), expected, [], edition=EDITION, as_of=LAST
    )
    assert declared.indicator("subcontracting") is None  # it applies, and nothing is followed here
    employee = cohort(1)
    said = cover(employee, expected, [], edition=EDITION, as_of=LAST).indicator("subcontracting")
    assert said is not None
    assert said.status is CoverageStatus.NOT_APPLICABLE


def test_a_programme_that_certifies_challenges_a_cohort_that_does_not() -> None:
    facts = cohort(
        1,
        programme_is_certifying=True,
        programme_is_alternance=True,
        programme_has_work_placement=True,
    )
    expected = expectations_of(facts)
    found = cover(facts, expected, complete(expected), edition=EDITION, as_of=LAST)
    for key in ("certification-presentation", "work-study-coordination", "workplace-partners"):
        one = found.indicator(key)
        assert one is not None
        assert one.status is CoverageStatus.REVIEW, key


def test_recorded_at_an_instant_of_the_last_fresh_day_counts() -> None:
    meeting = find(EXPECTED, "team-meeting")
    at = datetime(2026, 11, 3, 22, tzinfo=UTC)
    fact = evidence_for(meeting, occurred_on=date(2026, 11, 3), recorded_at=at)
    found = cover(provider(), [meeting], [fact], edition=EDITION, as_of=date(2026, 11, 3))
    assert found.pieces[0].status is PieceStatus.COVERED
