"""Plays `tests/cases/attendus`: for each piece, when it is owed, when it is not, how it is settled.

Each is looked at on its due day and the next; what expires, on its last good day and the next.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import UTC, date, timedelta
from pathlib import Path
from typing import Any

import pytest

from compliance.coverage import PieceCoverage, assess
from compliance.coverage.model import Matched
from compliance.errors import UnknownError
from compliance.expectations import (
    Expectation,
    catalogue,
    expectations_of,
    provider_expectations,
    register_expectations,
)
from compliance.expectations import subjects as subjects_module
from compliance.facts import (
    AbsenceFacts,
    AccommodationFacts,
    AdaptationFacts,
    ClientFacts,
    CohortFacts,
    TrainerFacts,
)
from compliance.referentiel import Edition, load
from compliance.registers import (
    CatalogueEntryRecord,
    ComplaintRecord,
    FunderRecord,
    ImprovementRecord,
    PlaceRecord,
    Record,
    ReportRecord,
    RiskRecord,
    StaffRecord,
    SubcontractorRecord,
    TrainerRecord,
)
from compliance.vocabulary import (
    ActionCategory,
    Departure,
    HalfDayPeriod,
    Modality,
    PieceStatus,
)
from compliance.vocabulary import ScopeKind as Kind
from tests.compliance.builders import START, cohort, enrolment, evidence_for, half_day, provider

FOLDER = Path(__file__).parent.parent / "cases" / "attendus"
DAY = timedelta(days=1)
RECORDS = {
    "formation": lambda f: CatalogueEntryRecord(
        key=1,
        title="Réseau",
        entered_on=f.get("entree"),
        published_on=f.get("publiee_le"),
        is_certifying=f.get("certifiante", False),
    ),
    "formateur": lambda f: TrainerRecord(
        key=1,
        name="Nadia Ferrand",
        first_mission_on=f.get("premiere_mission"),
        last_mission_on=f.get("derniere_mission"),
    ),
    "equipe": lambda f: StaffRecord(
        key=1, name="Paul Mercier", arrived_on=f["arrivee"], left_on=f.get("depart_le")
    ),
    "sous-traitant": lambda f: SubcontractorRecord(
        key=1,
        name="Atelier Nord",
        added_on=f["entree"],
        first_mission_on=f.get("premiere_mission"),
        last_mission_on=f.get("derniere_mission"),
        archived_on=f.get("archive_le"),
    ),
    "lieu": lambda f: PlaceRecord(
        key=1,
        name="Salle Loire",
        first_use_on=f.get("premier_usage"),
        last_use_on=f.get("dernier_usage"),
    ),
    "financeur": lambda f: FunderRecord(
        key=1,
        name="Uniformation",
        first_funded_on=f.get("premier_financement"),
        last_funded_on=f.get("dernier_financement"),
    ),
    "reclamation": lambda f: ComplaintRecord(
        key=1,
        label="salle non chauffée",
        received_on=f["recue_le"],
        is_incident=f.get("alea", False),
    ),
    "amelioration": lambda f: ImprovementRecord(
        key=1, title="Chauffer la salle", due_on=f["echeance"], done_on=f.get("menee_le")
    ),
    "risque": lambda f: RiskRecord(
        key=1, title="Un seul formateur", opened_on=f["ouvert_le"], closed_on=f.get("clos_le")
    ),
    "signalement": lambda f: ReportRecord(
        key=1, label="signalement SG-1", received_on=f["recu_le"]
    ),
}


@dataclass(frozen=True)
class Case:
    piece: str
    due_on: date
    facts: dict[str, Any]
    otherwise: dict[str, Any] | None
    counts_until: date | None


def _read() -> list[Case]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        for piece, told in tomllib.loads(path.read_text(encoding="utf-8")).items():
            always = told.pop("toujours", False)
            assert always is ("sans" not in told), piece
            case = Case(
                piece=piece,
                due_on=told.pop("echeance"),
                facts=told.pop("avec"),
                otherwise=None if always else told.pop("sans"),
                counts_until=told.pop("compte_jusqu_au", None),
            )
            assert not told, f"{piece}: unknown words {sorted(told)}"
            found.append(case)
    return found


CASES = _read()


def expected(
    piece: str, facts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> list[Expectation]:
    """What is expected of that kind, in these facts."""
    facts = dict(facts)
    if (kind := facts.pop("registre", None)) is not None:
        record: Record = RECORDS[kind](facts)
        found = register_expectations([record])
    elif catalogue().piece(piece).scope is Kind.PROVIDER:
        found = provider_expectations(
            provider(
                new_entrant_categories=(ActionCategory.TRAINING,)
                if facts.get("nouvel_entrant")
                else (),
                first_subcontractor_on=facts.get("premier_sous_traitant"),
            )
        )
    else:
        if (threshold := facts.pop("seuil", None)) is not None:
            _publish(threshold, monkeypatch)
        found = expectations_of(_cohort(facts))
    return [one for one in found if one.piece == piece]


def _publish(threshold: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the order that is awaited had set that number."""
    key = "teaching-referent-threshold"
    values = subjects_module.load_values()
    known = replace(values[key], awaited=False, history=((date(2026, 11, 1), threshold),))
    monkeypatch.setattr(subjects_module, "load_values", lambda: {**values, key: known})


def _cohort(told: dict[str, Any]) -> CohortFacts:
    changes: dict[str, Any] = {"cancelled": told.pop("annulee", False)}
    absent = told.pop("absent_le", None)
    departure = told.pop("depart", None)
    asked = told.pop("amenagement_demande_le", None)
    trainee = enrolment(
        1,
        attended_minutes=told.pop("minutes_suivies", 840),
        pays_personally=told.pop("paie_lui_meme", False),
        departure=Departure(departure) if departure else None,
        left_on=told.pop("parti_le", START if departure else None),
        accommodations=(AccommodationFacts(key=6, received_on=asked),) if asked else (),
        absences=(AbsenceFacts(key=5, day=absent, label="matin"),) if absent else (),
    )
    if told.pop("client", "") == "particulier":
        changes["clients"] = (ClientFacts(key=1, name="Anna Lopez", is_organisation=False),)
    if count := told.pop("formateurs", 0):
        changes["trainers"] = tuple(
            TrainerFacts(key=k, assignment_key=10 + k, name=f"Formateur {k}")
            for k in range(1, count + 1)
        )
    if received := told.pop("adaptation_recue_le", None):
        changes["adaptations"] = (
            AdaptationFacts(
                key=3,
                label="demande AD-1",
                received_on=received,
                accepted=told.pop("acceptee", None),
                is_standard_changed=told.pop("change_le_programme", True),
            ),
        )
    start = told.pop("debut", START)
    changes["half_days"] = (
        half_day(1, start, HalfDayPeriod.MORNING, remote=told.pop("distance", False)),
    )
    changes |= {
        "starts_on": start,
        "ends_on": start + DAY,
        "enrolments": (trainee,),
        "modality": Modality(told.pop("modalite", "in-person")),
        "is_certifying": told.pop("certifiante", False),
        "is_alternance": told.pop("alternance", False),
        "has_work_placement": told.pop("stage", False),
    }
    assert not told, f"unknown words {sorted(told)}"
    return cohort(**changes)


def on(one: Expectation, day: date, evidence: bool = False, **changes: Any) -> PieceCoverage:
    """The state of an expectation on a day, with a piece of evidence or with none."""
    facts = (evidence_for(one, 1, one.due_on, **changes),) if evidence else ()
    return assess(Matched(one, facts), catalogue(), day, UTC)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.piece)
def test_owed_to_its_due_day_late_the_next(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    found = expected(case.piece, case.facts, monkeypatch)
    assert found
    for one in found:
        assert one.due_on == case.due_on
        assert on(one, case.due_on).status is PieceStatus.UPCOMING
        assert on(one, case.due_on + DAY).status is PieceStatus.LATE


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.otherwise is not None], ids=lambda case: case.piece
)
def test_not_owed_otherwise(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    assert case.otherwise is not None
    assert expected(case.piece, case.otherwise, monkeypatch) == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.piece)
def test_settled_by_its_evidence(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    one = expected(case.piece, case.facts, monkeypatch)[0]
    piece = catalogue().piece(case.piece)
    assert (piece.fresh_days is not None) is (case.counts_until is not None)
    last = case.counts_until or one.due_on + timedelta(days=3650)
    assert on(one, one.due_on, True).status is PieceStatus.COVERED
    assert on(one, last, True).status is PieceStatus.COVERED
    if case.counts_until is not None:
        after = on(one, last + DAY, True)
        assert after.status is PieceStatus.LATE
        assert after.expectation.due_on == last
        assert after.expired
        assert not after.evidence


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.piece)
def test_a_piece_that_ends_by_itself_counts_to_that_day(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = replace(expected(case.piece, case.facts, monkeypatch)[0], needed_until=None)
    last = one.due_on + timedelta(days=10)
    assert on(one, last, True, valid_until=last).status is PieceStatus.COVERED
    assert on(one, last + DAY, True, valid_until=last).status is PieceStatus.LATE


def test_every_piece_has_its_case() -> None:
    assert [case.piece for case in CASES if case.piece not in catalogue()] == []
    assert {case.piece for case in CASES} == {piece.key for piece in catalogue().pieces}


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.otherwise is None], ids=lambda case: case.piece
)
def test_what_has_no_other_case_is_always_owed(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no condition and follows no act: but for our own practices, which a house may do
    without, only its days decide. Then it is not owed before there is anything to hold it."""
    piece = catalogue().piece(case.piece)
    assert piece.conditions == ()
    if piece.scope is not Kind.PROVIDER:
        return  # an entry of a register: it is owed as soon as it is entered
    one = expected(case.piece, case.facts, monkeypatch)[0]
    house = provider(started_on=one.due_on + 40 * DAY)
    later = [e for e in provider_expectations(house) if e.piece == case.piece]
    assert [e.due_on > one.due_on for e in later] == [True]
    off = {case.piece}
    if piece.is_optional:
        assert case.piece not in {e.piece for e in provider_expectations(house, switched_off=off)}
    else:
        with pytest.raises(UnknownError):
            provider_expectations(house, switched_off=off)


@pytest.mark.parametrize("edition", load().editions, ids=lambda edition: edition.key)
def test_every_indicator_of_a_training_action_has_its_pieces_or_is_owed_by_apprenticeship(
    edition: Edition,
) -> None:
    """Each indicator, under each edition: at least one piece, hence its three cases here."""
    cases = {case.piece for case in CASES}
    for indicator in edition.indicators:
        pieces = [p.key for p in catalogue().pieces if p.serves(indicator.key, edition.key)]
        if ActionCategory.TRAINING in indicator.categories:
            assert pieces, f"{edition.key}, {indicator.number}: nothing is expected"
            assert set(pieces) <= cases
        else:
            assert indicator.categories == (ActionCategory.APPRENTICESHIP,)
