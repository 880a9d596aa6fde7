from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from compliance.coverage import Coverage, cover, match, summary
from compliance.expectations import catalogue, expectations_of, provider_expectations
from compliance.facts import CohortFacts, EvidenceFact, TrainerFacts
from compliance.referentiel import load
from compliance.vocabulary import (
    CoverageStatus,
    OddityKind,
    Outcome,
    PieceStatus,
    ScopeKind,
)
from tests.compliance.builders import (
    END,
    START,
    cohort,
    complete,
    evidence_for,
    find,
    half_days,
    provider,
)

LONG_AFTER = date(2027, 6, 1)
DAY = timedelta(days=1)
S = CoverageStatus


def covered(
    facts: CohortFacts,
    evidence: list[EvidenceFact],
    as_of: date = LONG_AFTER,
    edition: str = "2026",
    **changes: object,
) -> Coverage:
    return cover(
        facts,
        expectations_of(facts),
        evidence,
        edition=load().edition(edition),
        as_of=as_of,
        **changes,  # type: ignore[arg-type]
    )


def without(evidence: list[EvidenceFact], piece: str, keys: set[int] | None = None):
    return [e for e in evidence if e.piece != piece or (keys and e.scope_key not in keys)]


def swap(evidence: list[EvidenceFact], piece: str, **changes: object) -> list[EvidenceFact]:
    return [replace(e, **changes) if e.piece == piece else e for e in evidence]


def statuses(found: Coverage) -> dict[str, CoverageStatus]:
    return {indicator.key: indicator.status for indicator in found.indicators}


def long_cohort(trainees: int = 3) -> CohortFacts:
    return cohort(trainees, ends_on=START + 2 * DAY, half_days=half_days(days=3))


def test_all_there_is_covered_and_nothing_else_is_claimed() -> None:
    facts = long_cohort()
    found = covered(facts, complete(expectations_of(facts)))
    followed = {k: s for k, s in statuses(found).items() if s is not S.NOT_APPLICABLE}
    assert set(followed.values()) == {S.COVERED}
    assert found.gaps == ()
    assert {item.number for item in found.not_followed} == {2, 18, 22, 23, 24, 25, 26, 31, 32}
    assert all(item.reason for item in found.not_followed)


def test_nothing_there_long_after_is_late_everywhere() -> None:
    found = covered(cohort(), [])
    followed = {s for s in statuses(found).values() if s is not S.NOT_APPLICABLE}
    assert followed == {S.LATE}
    assert len(found.gaps) == len(expectations_of(cohort()))
    assert {gap.status for gap in found.gaps} == {PieceStatus.LATE}


def test_nothing_there_long_before_is_upcoming() -> None:
    found = covered(cohort(), [], date(2026, 9, 1))
    assert {s for s in statuses(found).values() if s is not S.NOT_APPLICABLE} == {S.UPCOMING}


def test_every_indicator_is_said_once_and_has_a_reason() -> None:
    for edition in ("2019", "2026"):
        found = covered(cohort(), [], edition=edition)
        numbers = [i.number for i in found.indicators] + [n.number for n in found.not_followed]
        assert sorted(numbers) == [i.number for i in load().edition(edition).indicators]
        assert all(indicator.reasons for indicator in found.indicators)
        assert all(indicator.citations for indicator in found.indicators)


def test_one_positioning_missing_is_partial_and_named() -> None:
    facts = cohort()
    evidence = without(complete(expectations_of(facts)), "positioning", {2})
    indicator = covered(facts, evidence).indicator("positioning")
    assert indicator is not None
    assert indicator.status is S.PARTIAL
    (gap,) = indicator.gaps
    assert (gap.for_name, gap.piece, gap.status) == ("Stagiaire 2", "positioning", PieceStatus.LATE)
    assert gap.sentence == (
        "Stagiaire 2 n’a pas encore répondu au questionnaire de positionnement. "
        "Échéance\u00a0: 9 novembre 2026, dépassée de 204 jours."
    )
    assert indicator.reasons[0] == (
        "Questionnaire de positionnement\u00a0: il en manque 1 sur 3 (Stagiaire 2), "
        "échéance dépassée depuis le 9 novembre 2026."
    )


def test_one_agreement_missing_among_two_is_late() -> None:
    from compliance.facts import ClientFacts

    facts = cohort(clients=(ClientFacts(key=1, name="A"), ClientFacts(key=2, name="B")))
    evidence = without(complete(expectations_of(facts)), "agreement", {2})
    indicator = covered(facts, evidence).indicator("assessable-objectives")
    assert indicator is not None
    assert indicator.status is S.LATE


def test_a_gap_touches_several_indicators_and_is_listed_once() -> None:
    facts = cohort()
    found = covered(facts, without(complete(expectations_of(facts)), "agreement"))
    assert [gap.piece for gap in found.gaps] == ["agreement"]
    assert {i.key for i in found.indicators if i.gaps} == {
        "needs-analysis",
        "assessable-objectives",
    }


def test_signed_after_the_start_is_to_be_looked_at() -> None:
    facts = cohort()
    late = complete(expectations_of(facts))
    when = datetime(2026, 11, 12, 9, tzinfo=UTC)
    late = swap(late, "agreement", occurred_on=when.date(), recorded_at=when)
    found = covered(facts, late)
    indicator = found.indicator("assessable-objectives")
    assert indicator is not None
    assert indicator.status is S.REVIEW
    (oddity,) = indicator.oddities
    assert oddity.kind is OddityKind.AFTER_DEADLINE
    assert oddity.sentence == (
        "La convention avec Caf de l’Exemple est signée le 12 novembre 2026\u00a0; la formation a "
        "débuté le 10 novembre 2026. Elle se signe avant le début."
    )
    (gap,) = indicator.gaps
    assert (gap.status, gap.sentence) == (PieceStatus.REVIEW, oddity.sentence)


def test_signed_on_the_very_day_is_said_otherwise() -> None:
    facts = cohort()
    when = datetime(2026, 11, 10, 6, tzinfo=UTC)
    evidence = swap(
        complete(expectations_of(facts)), "agreement", occurred_on=START, recorded_at=when
    )
    indicator = covered(facts, evidence).indicator("needs-analysis")
    assert indicator is not None
    assert "jour même du début" in indicator.oddities[0].sentence


def test_an_explained_date_is_a_mention() -> None:
    facts = cohort()
    when = datetime(2026, 11, 12, 9, tzinfo=UTC)
    evidence = swap(
        complete(expectations_of(facts)),
        "agreement",
        occurred_on=when.date(),
        recorded_at=when,
        flags=("explained",),
        note="Accord donné par courriel le 3 novembre.",
    )
    indicator = covered(facts, evidence).indicator("assessable-objectives")
    assert indicator is not None
    assert indicator.status is S.COVERED
    assert any("Accord donné par courriel" in reason for reason in indicator.reasons)


def test_good_evidence_beside_odd_evidence_is_enough() -> None:
    facts = cohort()
    expectation = find(expectations_of(facts), "agreement")
    odd = evidence_for(expectation, 900, occurred_on=END + DAY)
    indicator = covered(facts, [*complete(expectations_of(facts)), odd]).indicator(
        "assessable-objectives"
    )
    assert indicator is not None
    assert indicator.status is S.COVERED
    assert indicator.oddities == ()


def test_a_certificate_dated_before_the_end_is_odd() -> None:
    facts = cohort(1)
    when = datetime(2026, 11, 10, 9, tzinfo=UTC)
    evidence = swap(
        complete(expectations_of(facts)),
        "completion-certificate",
        occurred_on=START,
        recorded_at=when,
    )
    indicator = covered(facts, evidence).indicator("adaptation-and-support")
    assert indicator is not None
    assert [oddity.kind for oddity in indicator.oddities] == [OddityKind.TOO_EARLY]


@pytest.mark.parametrize(
    ("lag", "flags", "status"),
    [(15, (), S.COVERED), (16, (), S.REVIEW), (16, ("retroactive",), S.COVERED)],
)
def test_recorded_long_after(lag: int, flags: tuple[str, ...], status: CoverageStatus) -> None:
    facts = cohort(1)
    evidence = complete(expectations_of(facts))
    plan = next(e for e in evidence if e.piece == "room-and-trainer")
    evidence = swap(
        evidence,
        "room-and-trainer",
        recorded_at=datetime.combine(plan.occurred_on, datetime.min.time(), UTC) + lag * DAY,
        flags=flags,
    )
    indicator = covered(facts, evidence).indicator("means-and-premises")
    assert indicator is not None
    assert indicator.status is status
    if status is S.REVIEW:
        assert "soit 16 jours plus tard" in indicator.oddities[0].sentence


def test_old_papers_of_trainers_are_no_oddity() -> None:
    facts = cohort(1)
    evidence = swap(
        complete(expectations_of(facts)), "trainer-skills", occurred_on=date(2009, 6, 30)
    )
    indicator = covered(facts, evidence).indicator("contributor-skills")
    assert indicator is not None
    assert indicator.status is S.COVERED


def test_a_regularised_signature_is_shown_and_changes_nothing() -> None:
    facts = cohort(1)
    evidence = swap(complete(expectations_of(facts)), "attendance-half-day", flags=("regularised",))
    indicator = covered(facts, evidence).indicator("adaptation-and-support")
    assert indicator is not None
    assert indicator.status is S.COVERED
    assert sum("régularisée" in reason for reason in indicator.reasons) == 4


def test_asked_in_vain_is_enough_for_feedback_only() -> None:
    facts = cohort(1)
    evidence = [replace(e, outcome=Outcome.TRIED) for e in complete(expectations_of(facts))]
    found = covered(facts, evidence)
    feedback = found.indicator("stakeholder-feedback")
    assert feedback is not None
    assert feedback.status is S.COVERED
    assert feedback.gaps == ()
    assert any("sans réponse" in reason for reason in feedback.reasons)
    needs = found.indicator("needs-analysis")
    assert needs is not None
    assert needs.status is S.LATE
    assert any("n’a pas répondu" in reason for reason in needs.reasons)


def test_the_view_at_a_past_date() -> None:
    facts = cohort(1)
    evidence = complete(expectations_of(facts))
    before = covered(facts, evidence, date(2026, 11, 12))
    assert statuses(before)["achievement-assessment"] is S.UPCOMING
    assert statuses(before)["positioning"] is S.COVERED
    withdrawn = swap(evidence, "positioning", withdrawn_at=datetime(2026, 11, 20, 10, tzinfo=UTC))
    assert statuses(covered(facts, withdrawn, date(2026, 11, 19)))["positioning"] is S.COVERED
    assert statuses(covered(facts, withdrawn, date(2026, 11, 20)))["positioning"] is S.LATE


def test_the_day_ends_where_the_organisation_lives() -> None:
    facts = cohort(1)
    late_evening = datetime(2026, 11, 9, 23, 30, tzinfo=UTC)  # 00:30 the next day in Paris
    evidence = swap(complete(expectations_of(facts)), "positioning", recorded_at=late_evening)
    on = date(2026, 11, 9)
    assert statuses(covered(facts, evidence, on))["positioning"] is S.COVERED
    paris = covered(facts, evidence, on, zone=ZoneInfo("Europe/Paris"))
    assert statuses(paris)["positioning"] is S.UPCOMING


def test_what_has_not_happened_yet_does_not_count() -> None:
    facts = cohort(1)
    recorded = datetime(2026, 10, 1, tzinfo=UTC)
    evidence = swap(complete(expectations_of(facts)), "positioning", recorded_at=recorded)
    found = covered(facts, evidence, date(2026, 10, 2))
    assert statuses(found)["positioning"] is S.UPCOMING


def test_evidence_of_another_is_not_taken() -> None:
    facts = cohort(1)
    stray = evidence_for(find(expectations_of(facts), "positioning"), 1, scope_key=99)
    assert statuses(covered(facts, [stray]))["positioning"] is S.LATE
    other = replace(stray, scope_key=1, scope_kind=ScopeKind.CLIENT)
    assert all(matched.evidence == () for matched in match(expectations_of(facts), [other]))


def test_short_courses_and_several_trainers_wait_for_texts() -> None:
    trainers = tuple(
        TrainerFacts(key=key, assignment_key=10 + key, name=f"Formateur {key}") for key in (1, 2)
    )
    facts = cohort(trainers=trainers)
    found = statuses(covered(facts, complete(expectations_of(facts))))
    assert found["engagement-and-safeguarding"] is S.AWAITED
    assert found["learning-resources"] is S.AWAITED
    assert found["means-and-premises"] is S.COVERED
    old = statuses(covered(facts, complete(expectations_of(facts)), edition="2019"))
    assert old["engagement-and-safeguarding"] is S.NOT_APPLICABLE
    assert old["learning-resources"] is S.COVERED


def test_nothing_expected_is_not_called_covered() -> None:
    facts = long_cohort()
    found = covered(facts, complete(expectations_of(facts)), edition="2019")
    assert found.indicator("engagement-and-safeguarding") is None
    (item,) = [i for i in found.not_followed if i.key == "engagement-and-safeguarding"]
    assert item.reason == "Rien n’est attendu à ce titre pour l’instant."


def test_a_cancelled_cohort_has_nothing_to_show() -> None:
    found = covered(cohort(cancelled=True), [])
    assert found.gaps == ()
    assert all("annulée" in item.reason for item in found.not_followed)


def test_links_follow_the_edition() -> None:
    facts = long_cohort(1)
    evidence = without(complete(expectations_of(facts)), "safeguarding-information")
    assert statuses(covered(facts, evidence))["engagement-and-safeguarding"] is S.LATE
    old = covered(facts, evidence, edition="2019")
    assert old.gaps == ()
    assert any(
        one.status is PieceStatus.LATE and one.expectation.piece == "safeguarding-information"
        for one in old.pieces
    )


def test_citations_of_gaps_speak_of_their_edition() -> None:
    for edition in ("2019", "2026"):
        for gap in covered(cohort(), [], edition=edition).gaps:
            assert gap.citations
            assert {text.edition for text in gap.citations} <= {"", edition}


def test_the_organisation_is_covered_apart_and_with_its_cohorts() -> None:
    ours = provider_expectations(provider())
    evidence = complete(ours, LONG_AFTER)
    alone = cover(provider(), ours, evidence, edition=load().edition("2026"), as_of=LONG_AFTER)
    served = {i.key: i.status for i in alone.indicators if i.status is not S.NOT_APPLICABLE}
    assert set(served.values()) == {S.COVERED}
    assert served.keys() >= {"running-conditions", "disability-network", "legal-watch"}
    facts = long_cohort()
    both = cover(
        facts,
        (*expectations_of(facts), *ours),
        complete(expectations_of(facts)),
        edition=load().edition("2026"),
        as_of=LONG_AFTER,
    )
    running = both.indicator("running-conditions")
    assert running is not None
    assert running.status is S.LATE
    assert {gap.piece for gap in running.gaps} == {"house-rules", "welcome-booklet"}


def test_gaps_are_ordered_by_due_day() -> None:
    found = covered(cohort(), [], date(2026, 11, 20))
    assert [g.due_on for g in found.gaps] == sorted(g.due_on for g in found.gaps)
    for indicator in found.indicators:
        late = [gap.status is PieceStatus.LATE for gap in indicator.gaps]
        assert late == sorted(late, reverse=True)


def test_the_strip_counts_every_indicator_once() -> None:
    edition = load().edition("2026")
    strip = summary(covered(cohort(), []), edition)
    assert [one.number for one in strip] == list(range(1, 8))
    assert sum(sum(one.counts.values()) + one.not_followed for one in strip) == 33
    assert strip[0].worst is S.LATE
    assert strip[5].worst is None
    assert strip[0].sentence == ("Critère 1\u00a0: 1 en retard, 1 non applicable et 1 hors suivi")


def test_the_same_settings_serve_expectations_and_coverage() -> None:
    book = catalogue({"recorded-late-days": 400})
    facts = cohort(1)
    evidence = swap(
        complete(expectations_of(facts, book)),
        "session-plan",
        recorded_at=datetime(2027, 5, 1, tzinfo=UTC),
    )
    found = cover(
        facts,
        expectations_of(facts, book),
        evidence,
        edition=load().edition("2026"),
        as_of=LONG_AFTER,
        catalogue=book,
    )
    indicator = found.indicator("content-and-methods")
    assert indicator is not None
    assert indicator.status is S.COVERED
