from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from compliance.attendance import (
    HalfDayState,
    MarkFacts,
    SignatureFacts,
    Signer,
    closing_problems,
    is_regularisation,
    may_sign,
)
from compliance.facts import TrainerFacts
from compliance.vocabulary import Departure, HalfDayPeriod, MarkState
from tests.compliance.builders import START, cohort, enrolment, half_day

MINUTE = timedelta(minutes=1)
HALF_DAY = half_day(1, START, HalfDayPeriod.MORNING)
STARTS, ENDS = HALF_DAY.starts_at, HALF_DAY.ends_at
DURING = STARTS + 60 * MINUTE
ANNA, BRUNO, TRAINER = Signer("trainee", 1), Signer("trainee", 2), Signer("trainer", 1)


def marks(**states: MarkState) -> tuple[MarkFacts, ...]:
    who = {"anna": 1, "bruno": 2}
    return tuple(
        MarkFacts(half_day_key=1, enrolment_key=who[name], state=state)
        for name, state in states.items()
    )


def signed(*who: Signer) -> tuple[SignatureFacts, ...]:
    return tuple(
        SignatureFacts(half_day_key=1, signed_at=DURING, enrolment_key=one.key)
        if one.kind == "trainee"
        else SignatureFacts(half_day_key=1, signed_at=DURING, trainer_key=one.key)
        for one in who
    )


def state(**changes: object) -> HalfDayState:
    values: dict[str, object] = {"cohort": cohort(2), "half_day": HALF_DAY}
    return HalfDayState(**{**values, **changes})  # type: ignore[arg-type]


PRESENT = marks(anna=MarkState.PRESENT, bruno=MarkState.LATE)


def codes(found) -> list[str]:
    return [problem.code for problem in found]


def test_nobody_signs_before_the_start() -> None:
    for who in (ANNA, TRAINER):
        (problem,) = may_sign(state(), who, STARTS - MINUTE)
        assert problem.code == "too-early"
    assert may_sign(state(), ANNA, STARTS) == ()


def test_the_hour_is_told_where_the_organisation_lives() -> None:
    paris = state(zone=ZoneInfo("Europe/Paris"))
    (problem,) = may_sign(paris, ANNA, STARTS - MINUTE)
    assert problem.message == (
        "La signature ouvre au début de la demi-journée, le 10 novembre 2026 à 9\u00a0h."
    )
    far = state(zone=ZoneInfo("Indian/Reunion"))
    assert "à 12\u00a0h." in may_sign(far, ANNA, STARTS - MINUTE)[0].message


def test_it_must_be_theirs() -> None:
    assert codes(may_sign(state(), Signer("trainee", 9), DURING)) == ["not-theirs"]
    assert codes(may_sign(state(), Signer("trainer", 9), DURING)) == ["not-theirs"]
    gone = cohort(enrolments=(enrolment(1, departure=Departure.DROPOUT, left_on=START),))
    assert codes(may_sign(state(cohort=gone), ANNA, DURING)) == ["not-theirs"]


def test_a_half_day_without_named_trainer_is_for_those_of_the_cohort() -> None:
    anyone = replace(HALF_DAY, trainer_keys=())
    ready = state(
        half_day=anyone,
        marks=PRESENT,
        signatures=signed(ANNA, BRUNO),
        cohort=cohort(2, trainers=(TrainerFacts(key=5, assignment_key=6, name="E"),)),
    )
    assert may_sign(ready, Signer("trainer", 5), DURING) == ()


def test_nobody_signs_twice_nor_a_cancelled_half_day() -> None:
    assert codes(may_sign(state(signatures=signed(ANNA)), ANNA, DURING)) == ["already-signed"]
    off = state(half_day=replace(HALF_DAY, cancelled=True))
    assert codes(may_sign(off, ANNA, DURING)) == ["cancelled"]
    assert codes(closing_problems(off, DURING)) == ["cancelled"]


def test_who_is_marked_absent_asks_the_trainer() -> None:
    absent = state(marks=marks(anna=MarkState.ABSENT))
    assert codes(may_sign(absent, ANNA, DURING)) == ["marked-absent"]
    assert may_sign(state(marks=PRESENT), ANNA, DURING) == ()


def test_the_trainer_signs_last() -> None:
    waiting = state(marks=PRESENT, signatures=signed(ANNA))
    (problem,) = may_sign(waiting, TRAINER, DURING)
    assert problem.code == "trainer-signs-last"
    assert "Stagiaire 2" in problem.message
    assert may_sign(waiting, TRAINER, DURING, leaves_unsigned=True) == ()
    assert may_sign(state(marks=PRESENT, signatures=signed(ANNA, BRUNO)), TRAINER, DURING) == ()


def test_the_trainer_marks_everybody_first() -> None:
    half = state(marks=marks(anna=MarkState.PRESENT), signatures=signed(ANNA))
    (problem,) = may_sign(half, TRAINER, DURING, leaves_unsigned=True)
    assert (problem.code, problem.enrolment_key) == ("unmarked", 2)


@pytest.mark.parametrize(
    ("minutes", "window", "late"),
    [(0, None, False), (120, None, False), (121, None, True), (31, 30, True), (30, 30, False)],
)
def test_what_is_a_regularisation(minutes: int, window: int | None, late: bool) -> None:
    at = ENDS + minutes * MINUTE
    assert is_regularisation(HALF_DAY, at, window_minutes=window) is late
    assert is_regularisation(HALF_DAY, at, is_closed=True, window_minutes=window)


def test_a_late_signature_says_why() -> None:
    at = ENDS + timedelta(days=2)
    assert codes(may_sign(state(marks=PRESENT), ANNA, at)) == ["reason-needed"]
    assert codes(may_sign(state(marks=PRESENT), ANNA, at, reason="  ")) == ["reason-needed"]
    assert may_sign(state(marks=PRESENT), ANNA, at, reason="Téléphone déchargé") == ()


def test_once_closed_only_who_was_left_unsigned_may_regularise() -> None:
    closed = state(marks=PRESENT, signatures=signed(ANNA, TRAINER), is_closed=True)
    assert codes(may_sign(closed, BRUNO, DURING)) == ["reason-needed"]
    assert may_sign(closed, BRUNO, DURING, reason="Parti plus tôt") == ()
    assert codes(may_sign(closed, ANNA, DURING, reason="x")) == ["already-signed"]
    unmarked = state(is_closed=True)
    assert codes(may_sign(unmarked, ANNA, DURING, reason="x")) == ["closed"]
    other = state(
        marks=PRESENT,
        signatures=signed(ANNA, BRUNO),
        is_closed=True,
    )
    assert codes(may_sign(other, TRAINER, DURING, reason="x")) == ["closed"]


def test_closing_a_whole_half_day() -> None:
    ready = state(marks=PRESENT, signatures=signed(ANNA, BRUNO, TRAINER))
    assert closing_problems(ready, ENDS) == ()
    assert codes(closing_problems(replace(ready, is_closed=True), ENDS)) == ["closed"]
    assert codes(closing_problems(ready, STARTS - MINUTE)) == ["too-early"]


@pytest.mark.parametrize(
    ("given_marks", "who", "leaves", "expected"),
    [
        (PRESENT, (), False, ["unsigned", "unsigned", "trainer-unsigned"]),
        (PRESENT, (ANNA, TRAINER), False, ["unsigned"]),
        (PRESENT, (ANNA, TRAINER), True, []),
        (PRESENT, (ANNA, BRUNO), False, ["trainer-unsigned"]),
        ((), (TRAINER,), True, ["unmarked", "unmarked"]),
        (
            marks(anna=MarkState.ABSENT, bruno=MarkState.PRESENT),
            (ANNA, BRUNO, TRAINER),
            False,
            ["signed-and-absent"],
        ),
        (
            marks(anna=MarkState.ABSENT, bruno=MarkState.PRESENT),
            (BRUNO, TRAINER),
            False,
            [],
        ),
    ],
)
def test_what_prevents_closing(given_marks, who, leaves: bool, expected: list[str]) -> None:
    found = closing_problems(
        state(marks=given_marks, signatures=signed(*who)), ENDS, leaves_unsigned=leaves
    )
    assert codes(found) == expected
    assert all(problem.message.endswith(".") for problem in found)


def test_marks_and_signatures_of_another_half_day_do_not_count() -> None:
    elsewhere = MarkFacts(half_day_key=2, enrolment_key=1, state=MarkState.ABSENT)
    other = SignatureFacts(
        half_day_key=2, signed_at=datetime(2026, 11, 10, 14, tzinfo=UTC), enrolment_key=1
    )
    assert may_sign(state(marks=(elsewhere,), signatures=(other,)), ANNA, DURING) == ()
