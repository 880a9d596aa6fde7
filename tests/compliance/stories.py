"""Reads the stories of ``tests/cases`` (see its README) into facts, evidence and outcomes."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from compliance.expectations import Expectation, expectations_of, provider_expectations
from compliance.facts import (
    AbsenceFacts,
    AccommodationFacts,
    AdaptationFacts,
    ClientFacts,
    CohortFacts,
    EnrolmentFacts,
    EvidenceFact,
    HalfDayFacts,
    TrainerFacts,
)
from compliance.vocabulary import Departure, HalfDayPeriod, Modality, Outcome
from tests.compliance.builders import evidence_for, half_day, provider

FOLDER = Path(__file__).parent.parent / "cases"
FILES = sorted(FOLDER.glob("*.toml"))


@dataclass(frozen=True)
class Story:
    """A story: what is known, and what must be said of it."""

    name: str
    as_of: date
    audit_date: date
    facts: CohortFacts
    expectations: tuple[Expectation, ...]
    evidence: list[EvidenceFact]
    statuses: dict[str, str]
    gaps: list[tuple[str, str, str]] | None
    sentences: list[str]


def read_story(path: Path) -> Story:
    """The story of a file; a word that is not understood is an error."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    facts = _cohort(told.pop("session"), told.pop("stagiaire", []), told.pop("demi_journee", []))
    facts = replace(facts, adaptations=_adaptations(told.pop("adaptation", [])))
    as_of = told.pop("au")
    expectations = expectations_of(facts)
    if told.pop("organisme", False):
        expectations += provider_expectations(provider())
    story = Story(
        name=told.pop("nom"),
        as_of=as_of,
        audit_date=told.pop("audit"),
        facts=facts,
        expectations=expectations,
        evidence=_evidence(
            expectations,
            told.pop("pieces"),
            told.pop("sans", []),
            told.pop("preuve", []),
            as_of,
        ),
        statuses=told.pop("attendu", {}),
        gaps=_gaps(told.pop("manque", None)),
        sentences=told.pop("phrases", []),
    )
    assert not told, f"{path.name}: unknown words {sorted(told)}"
    return story


def _cohort(
    told: dict[str, Any], trainees: list[dict[str, Any]], half_days: list[dict[str, Any]]
) -> CohortFacts:
    starts, ends = told.pop("du"), told.pop("au")
    trainers = told.pop("formateurs", ["Nadia Ferrand"])
    clients = told.pop("clients", ["Caf de l’Exemple"])
    facts = CohortFacts(
        key=1,
        reference=told.pop("reference", "S-1"),
        title=told.pop("titre", "Animer un réseau de coopération"),
        starts_on=starts,
        ends_on=ends,
        standard_programme_key=7,
        programme_key=7,
        modality=Modality(told.pop("modalite", "in-person")),
        is_certifying=told.pop("certifiante", False),
        is_alternance=told.pop("alternance", False),
        has_work_placement=told.pop("stage", False),
        has_subcontracting=told.pop("sous_traitance", False),
        cancelled=told.pop("annulee", False),
        half_days=_half_days(starts, ends, half_days),
        trainers=tuple(
            TrainerFacts(key=rank, assignment_key=100 + rank, name=name)
            for rank, name in enumerate(trainers, start=1)
        ),
        clients=tuple(
            ClientFacts(key=rank, name=name) for rank, name in enumerate(clients, start=1)
        ),
        enrolments=tuple(_enrolment(rank, one) for rank, one in enumerate(trainees, start=1)),
    )
    assert not told, f"unknown words {sorted(told)}"
    return facts


def _half_days(starts: date, ends: date, told: list[dict[str, Any]]) -> tuple[HalfDayFacts, ...]:
    if not told:
        days = [starts + timedelta(days=n) for n in range((ends - starts).days + 1)]
        told = [{"le": d, "moment": p} for d in days for p in ("morning", "afternoon")]
    return tuple(
        half_day(
            rank,
            one["le"],
            HalfDayPeriod(one["moment"]),
            remote=one.get("distance", False),
            cancelled=one.get("annulee", False),
        )
        for rank, one in enumerate(told, start=1)
    )


def _enrolment(rank: int, told: dict[str, Any]) -> EnrolmentFacts:
    asked = told.pop("amenagements_demandes_le", [])
    departure = told.pop("depart", None)
    absences = told.pop("absences", [])
    found = EnrolmentFacts(
        key=rank,
        name=told.pop("nom"),
        enrolled_on=told.pop("inscrit_le", date(2020, 1, 1)),
        departure=Departure(departure) if departure else None,
        left_on=told.pop("parti_le", None),
        client_key=1,
        pays_personally=told.pop("paie_lui_meme", False),
        accommodations=tuple(
            AccommodationFacts(key=10 * rank + n, received_on=day) for n, day in enumerate(asked)
        ),
        attended_minutes=told.pop("minutes_suivies", 840),
        absences=tuple(
            AbsenceFacts(key=10 * rank + n, day=one["le"], label=one["moment"])
            for n, one in enumerate(absences)
        ),
    )
    assert not told, f"unknown words {sorted(told)}"
    return found


def _adaptations(told: list[dict[str, Any]]) -> tuple[AdaptationFacts, ...]:
    return tuple(
        AdaptationFacts(
            key=rank,
            label=one["demande"],
            received_on=one["recue_le"],
            accepted=one.get("acceptee"),
            is_standard_changed=one.get("change_le_programme", True),
        )
        for rank, one in enumerate(told, start=1)
    )


def _is_about(one: Expectation, told: dict[str, Any]) -> bool:
    return one.piece == told["piece"] and told.get("pour", one.for_name) == one.for_name


def _evidence(
    expectations: tuple[Expectation, ...],
    whole: str,
    removed: list[dict[str, Any]],
    told: list[dict[str, Any]],
    as_of: date,
) -> list[EvidenceFact]:
    assert whole in ("toutes", "aucune")
    for one in [*removed, *told]:
        assert any(_is_about(e, one) for e in expectations), f"nothing expects {one}"
    found = []
    for rank, expectation in enumerate(expectations, start=1):
        said = [one for one in told if _is_about(expectation, one)]
        gone = any(_is_about(expectation, one) for one in removed)
        if said:
            found += [_piece(expectation, rank * 100 + n, one) for n, one in enumerate(said)]
        elif whole == "toutes" and not gone:
            found.append(evidence_for(expectation, rank, as_of))
    return found


def _piece(expectation: Expectation, key: int, told: dict[str, Any]) -> EvidenceFact:
    on = told["le"]
    return evidence_for(
        expectation,
        key,
        occurred_on=on,
        recorded_at=datetime.combine(told.get("saisie_le", on), time(9), UTC),
        outcome=Outcome(told.get("issue", "obtained")),
        flags=tuple(told.get("signes", ())),
        note=told.get("note", ""),
    )


def _gaps(told: list[dict[str, Any]] | None) -> list[tuple[str, str, str]] | None:
    if told is None:
        return None
    return sorted((one["piece"], one["pour"], one["statut"]) for one in told)
