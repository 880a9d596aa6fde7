from dataclasses import replace
from datetime import date, timedelta

import pytest

from compliance.errors import UnknownError
from compliance.expectations import catalogue, expectations_of, provider_expectations
from compliance.facts import (
    AbsenceFacts,
    AccommodationFacts,
    AdaptationFacts,
    ClientFacts,
    TrainerFacts,
)
from compliance.vocabulary import Departure, Layer, Owner, ScopeKind
from tests.compliance.builders import (
    END,
    START,
    cohort,
    enrolment,
    find,
    half_days,
    pieces_of,
    provider,
)

BEFORE = START - timedelta(days=1)
DAY = timedelta(days=1)


def kinds(facts_pieces: list[tuple[str, int]], key: int) -> set[str]:
    return {piece for piece, scope in facts_pieces if scope == key}


def test_one_trainee_who_attended_owes_exactly_this() -> None:
    found = [(e.piece, e.scope_kind.value, e.scope_key) for e in expectations_of(cohort(1))]
    assert found == [
        ("published-programme", "programme", 7),
        ("session-plan", "cohort", 1),
        ("room-and-trainer", "cohort", 1),
        ("resources-handed-over", "cohort", 1),
        ("needs-analysis", "client", 1),
        ("agreement", "client", 1),
        ("client-feedback", "client", 1),
        ("joining-instructions", "enrolment", 1),
        ("safeguarding-information", "enrolment", 1),
        ("positioning", "enrolment", 1),
        ("assessment", "enrolment", 1),
        ("training-attestation", "enrolment", 1),
        ("completion-certificate", "enrolment", 1),
        ("exit-survey", "enrolment", 1),
        ("follow-up-survey", "enrolment", 1),
        ("attendance-half-day", "half-day", 1),
        ("attendance-half-day", "half-day", 2),
        ("attendance-half-day", "half-day", 3),
        ("attendance-half-day", "half-day", 4),
        ("trainer-skills", "trainer", 1),
        ("trainer-feedback", "trainer-in-cohort", 11),
        ("safeguarding-told-trainer", "trainer-in-cohort", 11),
    ]


@pytest.mark.parametrize(
    ("piece", "due_on"),
    [
        ("published-programme", BEFORE),
        ("session-plan", BEFORE),
        ("resources-handed-over", END + 7 * DAY),
        ("agreement", BEFORE),
        ("client-feedback", END + 30 * DAY),
        ("positioning", BEFORE),
        ("assessment", END + 7 * DAY),
        ("training-attestation", END + 15 * DAY),
        ("completion-certificate", END + 15 * DAY),
        ("exit-survey", END + 7 * DAY),
        ("follow-up-survey", END + 105 * DAY),
        ("attendance-half-day", START + DAY),
        ("trainer-skills", BEFORE),
        ("trainer-feedback", END + 7 * DAY),
    ],
)
def test_due_days(piece: str, due_on: date) -> None:
    assert find(expectations_of(cohort()), piece).due_on == due_on


def test_bounds_of_dates() -> None:
    found = expectations_of(cohort())
    assert find(found, "agreement").must_occur_by == BEFORE
    assert find(found, "positioning").must_occur_by == START
    assert find(found, "completion-certificate").must_not_occur_before == END
    assert find(found, "session-plan").must_occur_by is None


def test_names_of_those_who_owe() -> None:
    facts = cohort(
        trainers=(
            TrainerFacts(key=1, assignment_key=11, name="Nadia Ferrand"),
            TrainerFacts(key=2, assignment_key=12, name="Paul Mercier"),
        )
    )
    found = expectations_of(facts)
    assert find(found, "agreement").owed_name == "Caf de l’Exemple"
    assert find(found, "positioning").owed_name == "Stagiaire 1"
    assert find(found, "attendance-half-day").owed_name == "Nadia Ferrand"
    assert find(found, "assessment").owed_name == "Nadia Ferrand et Paul Mercier"
    assert find(found, "session-plan").owed_name == Owner.OFFICE.label
    assert find(found, "trainer-feedback", 12).owed_name == "Paul Mercier"


def test_a_cancelled_cohort_owes_nothing() -> None:
    assert expectations_of(cohort(cancelled=True)) == ()


def test_an_empty_cohort_asks_for_no_attendance() -> None:
    found = {e.piece for e in expectations_of(cohort(0, half_days=half_days()))}
    assert "attendance-half-day" not in found
    assert "session-plan" in found


def test_a_cancelled_half_day_owes_nothing() -> None:
    from dataclasses import replace

    first, *rest = half_days()
    facts = cohort(half_days=(replace(first, cancelled=True), *rest))
    assert ("attendance-half-day", first.key) not in pieces_of(facts)


@pytest.mark.parametrize(
    "gone",
    [
        {"departure": Departure.WITHDRAWN_BEFORE, "left_on": date(2026, 11, 2)},
        {"departure": Departure.WITHDRAWN_BEFORE},
        {"departure": Departure.REPLACED, "left_on": date(2026, 11, 5)},
        {"departure": Departure.REPLACED},
        {"departure": Departure.DROPOUT, "left_on": START},
        {"left_on": date(2026, 11, 9)},
    ],
)
def test_who_left_before_the_start_owes_nothing(gone: dict[str, object]) -> None:
    facts = cohort(enrolments=(enrolment(1), enrolment(2, **gone)))
    enrolments = {
        e.scope_key for e in expectations_of(facts) if e.scope_kind is ScopeKind.ENROLMENT
    }
    assert enrolments == {1}


def test_a_dropout_owes_what_was_due_before_leaving_and_the_reason() -> None:
    leaver = enrolment(2, departure=Departure.DROPOUT, left_on=END, attended_minutes=420)
    found = expectations_of(cohort(enrolments=(enrolment(1), leaver)))
    owed = {e.piece for e in found if e.scope_kind is ScopeKind.ENROLMENT and e.scope_key == 2}
    assert owed == {
        "joining-instructions",
        "safeguarding-information",
        "positioning",
        "departure-reason",
    }
    assert find(found, "departure-reason").due_on == END + 7 * DAY


@pytest.mark.parametrize(("left_on", "owed"), [(END, False), (END + DAY, True)])
def test_what_falls_due_on_the_day_of_leaving_is_no_longer_owed(left_on: date, owed: bool) -> None:
    leaver = enrolment(2, enrolled_on=END, departure=Departure.DROPOUT, left_on=left_on)
    found = expectations_of(cohort(enrolments=(leaver,)))
    assert ("positioning" in {e.piece for e in found}) is owed


def test_a_half_day_that_the_only_trainee_missed_by_leaving_is_not_signed() -> None:
    leaver = enrolment(2, departure=Departure.DROPOUT, left_on=END, attended_minutes=420)
    found = pieces_of(cohort(enrolments=(leaver,)))
    assert [key for piece, key in found if piece == "attendance-half-day"] == [1, 2]


def test_replaced_on_the_way_owes_no_reason() -> None:
    leaver = enrolment(2, departure=Departure.REPLACED, left_on=END, attended_minutes=420)
    owed = kinds(pieces_of(cohort(enrolments=(leaver,))), 2)
    assert "positioning" in owed
    assert "departure-reason" not in owed


def test_who_never_came_is_owed_no_certificate() -> None:
    facts = cohort(enrolments=(enrolment(5, attended_minutes=0),))
    assert kinds(pieces_of(facts), 5) == {
        "joining-instructions",
        "safeguarding-information",
        "positioning",
    }


def test_unknown_attendance_is_expected_to_come() -> None:
    facts = cohort(enrolments=(enrolment(5, attended_minutes=None),))
    assert "completion-certificate" in kinds(pieces_of(facts), 5)


def test_who_pays_signs_a_contract() -> None:
    payer = enrolment(5, pays_personally=True, client_key=None)
    facts = cohort(enrolments=(payer,), clients=())
    found = pieces_of(facts)
    assert ("individual-contract", 5) in found
    assert not {"agreement", "needs-analysis"} & {piece for piece, _ in found}


def test_a_person_as_client_signs_no_convention() -> None:
    facts = cohort(clients=(ClientFacts(key=4, name="Ada", is_organisation=False),))
    assert not {"agreement", "needs-analysis", "client-feedback"} & {
        piece for piece, _ in pieces_of(facts)
    }


def test_who_enrols_late_is_not_late_at_once() -> None:
    facts = cohort(enrolments=(enrolment(1, enrolled_on=END),))
    found = expectations_of(facts)
    assert find(found, "positioning").due_on == END
    assert find(found, "positioning").must_occur_by == START
    assert find(found, "joining-instructions").must_occur_by == BEFORE
    assert find(found, "assessment").due_on == END + 7 * DAY


def test_whoever_takes_part_from_a_later_day_could_not_be_told_before() -> None:
    one = enrolment(1, enrolled_on=END, takes_part_from=END)
    found = expectations_of(cohort(enrolments=(one,)))
    assert find(found, "positioning").must_occur_by == END
    assert find(found, "joining-instructions").must_occur_by == END


def test_absences_ask_for_a_reason() -> None:
    absence = AbsenceFacts(key=77, day=START, label="10 novembre 2026, matin", half_day_key=1)
    found = expectations_of(cohort(enrolments=(enrolment(1, absences=(absence,)),)))
    reason = find(found, "absence-reason")
    assert (reason.scope_kind, reason.scope_key) == (ScopeKind.MARK, 77)
    assert reason.due_on == START + 2 * DAY
    assert reason.owed_name == "Nadia Ferrand"
    assert reason.for_name == "Stagiaire 1, 10 novembre 2026, matin"


def test_remote_half_days_ask_for_real_follow_up() -> None:
    from dataclasses import replace

    first, *rest = half_days()
    facts = cohort(1, half_days=(replace(first, remote=True), *rest))
    assert ("remote-follow-up", 1) in pieces_of(facts)
    assert ("remote-follow-up", 1) not in pieces_of(cohort(1))


def test_nothing_new_is_asked_of_the_past() -> None:
    start = date(2026, 10, 20)
    facts = cohort(1, starts_on=start, ends_on=start + DAY, half_days=half_days(start))
    assert not {"safeguarding-information", "remote-follow-up"} & {
        piece for piece, _ in pieces_of(facts)
    }


def test_accommodation_is_answered_before_the_start() -> None:
    def due(received: date) -> date:
        asked = AccommodationFacts(key=4, received_on=received)
        asker = enrolment(1, accommodations=(asked,))
        return find(expectations_of(cohort(enrolments=(asker,))), "accommodation").due_on

    assert due(date(2026, 10, 5)) == date(2026, 10, 12)
    assert due(date(2026, 11, 6)) == BEFORE
    assert due(END) == END
    asked = tuple(AccommodationFacts(key=key, received_on=START) for key in (4, 5))
    twice = expectations_of(cohort(enrolments=(enrolment(1, accommodations=asked),)))
    assert [one.scope_key for one in twice if one.piece == "accommodation"] == [4, 5]
    assert "accommodation" not in {piece for piece, _ in pieces_of(cohort())}


@pytest.mark.parametrize(
    ("accepted", "changes", "expected"),
    [
        (None, True, {"adaptation-decision"}),
        (False, True, {"adaptation-decision"}),
        (True, True, {"adaptation-decision", "adapted-programme", "adaptation-applied"}),
        (True, False, {"adaptation-decision", "adaptation-applied"}),
    ],
)
def test_adaptations(accepted: bool | None, changes: bool, expected: set[str]) -> None:
    asked = AdaptationFacts(
        key=31,
        label="Version d’une journée",
        received_on=date(2026, 9, 1),
        accepted=accepted,
        is_standard_changed=changes,
    )
    found = expectations_of(cohort(adaptations=(asked,)))
    assert {e.piece for e in found if e.scope_kind is ScopeKind.ADAPTATION} == expected
    assert find(found, "adaptation-decision").due_on == date(2026, 9, 8)


def test_good_practice_can_be_switched_off_and_nothing_else() -> None:
    found = provider_expectations(provider(), switched_off=["communications-review"])
    assert "communications-review" not in {e.piece for e in found}
    kept = [piece for piece in catalogue().pieces if not piece.is_optional]
    assert {piece.key for piece in kept if piece.layer is Layer.OURS} == {
        "safeguarding-information",
        "safeguarding-contact",
        "safeguarding-told-trainer",
    }
    for piece in catalogue().pieces:
        if not piece.is_optional:
            with pytest.raises(UnknownError, match="ne se désactive pas"):
                expectations_of(cohort(), switched_off=[piece.key])


def test_the_organisation_holds_its_own_pieces() -> None:
    found = {e.piece: e for e in provider_expectations(provider())}
    ours = {one.key for one in catalogue().pieces if one.scope is ScopeKind.PROVIDER}
    assert ours - set(found) == {"planned-results", "subcontracting-procedure"}
    assert set(found) <= ours
    assert found["house-rules"].due_on == date(2020, 4, 5)
    assert found["safeguarding-procedure"].due_on == date(2026, 11, 1)
    young = provider(started_on=date(2027, 1, 4))
    due = {e.piece: e.due_on for e in provider_expectations(young)}
    assert due["safeguarding-procedure"] == date(2027, 1, 4)


def test_it_is_stable_and_without_doubles() -> None:
    facts = cohort(12)
    found = expectations_of(facts)
    assert found == expectations_of(facts)
    assert len({e.identity for e in found}) == len(found)
    assert all("{" not in e.sentence and e.sentence.endswith(".") for e in found)


def test_another_settings_moves_the_due_day() -> None:
    book = catalogue({"follow-up-survey-due-days": 45})
    assert find(expectations_of(cohort(), book), "follow-up-survey").due_on == END + 45 * DAY


def test_what_the_other_side_signed_is_owed_by_the_office() -> None:
    facts = cohort()
    signed = replace(
        facts,
        clients=tuple(replace(one, agreement_awaits_us=True) for one in facts.clients),
    )
    found = find(expectations_of(signed), "agreement")
    assert (found.owed_by, found.owed_name) == (Owner.OFFICE, Owner.OFFICE.label)
    assert found.sentence.endswith("reste notre contresignature.")
    assert found.due_on == find(expectations_of(facts), "agreement").due_on
