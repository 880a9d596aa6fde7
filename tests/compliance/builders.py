"""Small builders of facts for the tests of the rules: a two-day cohort in November 2026."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from compliance.expectations import Expectation, catalogue, expectations_of
from compliance.facts import (
    ClientFacts,
    CohortFacts,
    EnrolmentFacts,
    EvidenceFact,
    HalfDayFacts,
    ProviderFacts,
    TrainerFacts,
)
from compliance.vocabulary import HalfDayPeriod, Outcome, ScopeKind
from compliance.wording import day_words

START = date(2026, 11, 10)
END = date(2026, 11, 11)


def half_day(key: int, day: date, period: HalfDayPeriod, **changes: object) -> HalfDayFacts:
    """A half-day of 3 h 30 whose hours are given in UTC."""
    starts = time(8) if period is HalfDayPeriod.MORNING else time(12, 30)
    starts_at = datetime.combine(day, starts, UTC)
    values: dict[str, object] = {
        "key": key,
        "day": day,
        "period": period,
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(minutes=210),
        "minutes": 210,
        "label": f"{day_words(day)}, {period.label}",
        "trainer_keys": (1,),
    }
    return HalfDayFacts(**{**values, **changes})  # type: ignore[arg-type]


def half_days(start: date = START, days: int = 2) -> tuple[HalfDayFacts, ...]:
    return tuple(
        half_day(2 * rank + shift, start + timedelta(days=rank), period)
        for rank in range(days)
        for shift, period in ((1, HalfDayPeriod.MORNING), (2, HalfDayPeriod.AFTERNOON))
    )


def enrolment(key: int, **changes: object) -> EnrolmentFacts:
    values: dict[str, object] = {
        "key": key,
        "name": f"Stagiaire {key}",
        "enrolled_on": date(2026, 10, 1),
        "client_key": 1,
    }
    return EnrolmentFacts(**{**values, **changes})  # type: ignore[arg-type]


def cohort(trainees: int = 3, **changes: object) -> CohortFacts:
    """A two-day cohort, one client, one trainer, ``trainees`` trainees who attended it all."""
    values: dict[str, object] = {
        "key": 1,
        "reference": "CTG-2026-01",
        "title": "Animer un réseau de coopération",
        "starts_on": START,
        "ends_on": END,
        "standard_programme_key": 7,
        "programme_key": 7,
        "half_days": half_days(),
        "enrolments": tuple(enrolment(k, attended_minutes=840) for k in range(1, trainees + 1)),
        "trainers": (TrainerFacts(key=1, assignment_key=11, name="Nadia Ferrand"),),
        "clients": (ClientFacts(key=1, name="Caf de l’Exemple"),),
    }
    return CohortFacts(**{**values, **changes})  # type: ignore[arg-type]


def provider(**changes: object) -> ProviderFacts:
    values: dict[str, object] = {
        "key": 1,
        "name": "Organisme d’exemple",
        "started_on": date(2020, 1, 6),
    }
    return ProviderFacts(**{**values, **changes})  # type: ignore[arg-type]


# What must stay fresh was renewed on that day, unless a test says otherwise.
RENEWED = date(2026, 11, 1)


def evidence_for(
    expectation: Expectation, key: int = 1, renewed_on: date = RENEWED, **changes: object
) -> EvidenceFact:
    """Good evidence: in time, at a day that the chronology accepts, recorded the same day."""
    is_fresh = catalogue().piece(expectation.piece).fresh_days is not None
    day = renewed_on if is_fresh else good_day(expectation)
    values: dict[str, object] = {
        "key": key,
        "piece": expectation.piece,
        "scope_kind": expectation.scope_kind,
        "scope_key": expectation.scope_key,
        "occurred_on": day,
        "sha256": f"{key:064x}",
    }
    values |= changes
    occurred = values["occurred_on"]
    assert isinstance(occurred, date)
    values.setdefault("recorded_at", datetime.combine(occurred, time(9), UTC))
    return EvidenceFact(**values)  # type: ignore[arg-type]


def good_day(expectation: Expectation) -> date:
    days = [expectation.due_on]
    if expectation.must_occur_by is not None:
        days.append(expectation.must_occur_by)
    day = min(days)
    if expectation.must_not_occur_before is not None:
        day = max(day, expectation.must_not_occur_before)
    return day


def complete(expectations: Iterable[Expectation], renewed_on: date = RENEWED) -> list[EvidenceFact]:
    """Good evidence for every expectation."""
    return [evidence_for(one, key, renewed_on) for key, one in enumerate(expectations, start=1)]


def pieces_of(facts: CohortFacts) -> list[tuple[str, int]]:
    return [(one.piece, one.scope_key) for one in expectations_of(facts)]


def find(
    expectations: Iterable[Expectation], piece: str, scope_key: int | None = None
) -> Expectation:
    return next(
        one for one in expectations if one.piece == piece and scope_key in (None, one.scope_key)
    )


__all__ = [
    "END",
    "START",
    "Outcome",
    "ScopeKind",
    "cohort",
    "complete",
    "enrolment",
    "evidence_for",
    "find",
    "good_day",
    "half_day",
    "half_days",
    "pieces_of",
    "provider",
]
