"""Plays every case of ``tests/cases/applicabilite``: to whom an indicator applies, on what day."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from compliance.facts import ActionFacts
from compliance.referentiel import applicable, load
from compliance.vocabulary import ActionCategory

FOLDER = Path(__file__).parent.parent / "cases" / "applicabilite"
TOLD = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*")}
CASES = [
    pytest.param(told, case, id=f"{told['numero']}: {case['situation']}")
    for told in TOLD.values()
    for case in told["cas"]
]
FACTS = {
    "certifiante": "is_certifying",
    "alternance": "is_alternance",
    "stage": "has_work_placement",
    "sous_traitance": "has_subcontracting",
    "sous_traitant": "is_subcontractor",
    "contrat_de_missions": "has_missions_contract",
    "missions": "missions",
    "nouvel_entrant": "is_new_entrant",
    "jours": "training_days",
    "formateurs": "trainers",
    "part_a_distance": "remote_share",
}


def action_of(case: dict[str, Any]) -> ActionFacts:
    """The facts of a case; what it does not say is not known."""
    facts = {FACTS[word]: value for word, value in case.get("faits", {}).items()}
    if "missions" in facts:
        facts["missions"] = frozenset(facts["missions"])
    return ActionFacts(categories=(ActionCategory(case["categorie"]),), **facts)


@pytest.mark.parametrize(("told", "case"), CASES)
def test_case(told: dict[str, Any], case: dict[str, Any]) -> None:
    key = told["exigence"]
    edition = load().edition_on(case["audit"])
    if not case.get("existe", True):
        assert not edition.has(key)
        return
    assert edition.by_key(key).number == told["numero"]
    found = applicable(edition, action_of(case))
    aside = {one.indicator.key: one for one in found.not_applicable}
    assert ({one.key for one in found.applicable} >= {key}) is case["applicable"]
    assert (key not in aside) is case["applicable"]
    if key in aside:
        assert case["raison"] in aside[key].reason.replace("\u00a0", " ")
        assert aside[key].citations
    awaited = {one.key for one in found.awaited if one.requirement == key}
    assert awaited >= ({case["attendu"]} if "attendu" in case else set())
    notes = {one.key for one in found.notes if one.requirement == key}
    assert notes >= ({case["note"]} if "note" in case else set())
    if "sur_papier_seulement" in case:
        assert (key in {one.key for one in found.formalised_only}) is case["sur_papier_seulement"]


def test_every_indicator_under_both_editions_for_the_four_categories() -> None:
    told = {
        (told["numero"], str(case["audit"]), case["categorie"])
        for told in TOLD.values()
        for case in told["cas"]
    }
    assert told == {
        (number, day, category.value)
        for number in range(1, 34)
        for day in ("2026-10-31", "2026-11-01")
        for category in ActionCategory
    }
