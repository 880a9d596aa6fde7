from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from compliance.errors import UnknownError
from compliance.mentions import kinds, load_mentions, missing, rules_of
from compliance.vocabulary import Layer
from tests.compliance.tampering import refused, spoiled

PROVIDER = {
    "name": "Organisme d’exemple",
    "siret": "12345678900012",
    "activity_number": "75331234567",
    "address": "1 rue des Essais, 33000 Bordeaux",
    "representative": "Claire Vasseur",
}
ACTION = {
    "title": "Animer un réseau",
    "reference": "CTG-2026-01",
    "nature": "Action de formation",
    "objectives": ["Comparer ses pratiques"],
    "contents": [{"title": "Le métier aujourd’hui"}],
    "duration_minutes": 840,
    "starts_on": date(2026, 11, 10),
    "ends_on": date(2026, 11, 11),
    "place": "Salle 2",
    "modality": "Présentiel",
    "prerequisites": "Aucun",
    "means": "Salle équipée",
    "monitoring": "Émargement par demi-journée",
    "assessment": "Mise en situation",
    "recognition": "Attestation",
    "headcount": 12,
    "trainers": [{"name": "Nadia Ferrand", "qualification": "Master"}],
    "half_days": [{"starts": "9 h", "ends": "12 h 30"}],
}
PRICE = {"amount": Decimal("2400"), "terms": "À trente jours", "cancellation": "Sans frais"}
ROW = {"name": "Anna", "state": "présente", "signature": "…"}
FULL = {
    "programme": {
        "programme": {
            **ACTION,
            "audience": "Chargés de coopération",
            "methods": "Alternance",
            "price": Decimal("0"),
            "access_delay": "Un mois",
            "access_terms": "Sur demande",
            "accessibility": "Référent joignable",
            "contact": "contact@example.org",
            "financing": "OPCO",
            "is_certifying": False,
            "in_force_from": date(2026, 1, 1),
        }
    },
    "convention": {
        "provider": PROVIDER,
        "action": ACTION,
        "price": PRICE,
        "client": {"name": "Caf", "address": "Bordeaux", "signatory": "A. Roy, directrice"},
    },
    "individual-contract": {
        "provider": PROVIDER,
        "action": ACTION,
        "price": PRICE,
        "trainee": {"name": "Anna", "address": "Bordeaux"},
        "contract": {"withdrawal_days": 14},
    },
    "joining-instructions": {
        "trainee": {"name": "Anna"},
        "action": ACTION,
        "house_rules": "v2",
        "welcome_booklet": "v1",
        "contacts": {"office": "05 56 00 00 00", "disability": "Lina Costa"},
    },
    "completion-certificate": {
        "provider": PROVIDER,
        "trainee": {"name": "Anna", "employer": "Caf"},
        "action": ACTION,
        "attended_minutes": 840,
        "keeps_evidence": True,
        "issued_on": date(2026, 11, 12),
        "issued_at_place": "Bordeaux",
    },
    "training-attestation": {
        "provider": PROVIDER,
        "trainee": {"name": "Anna"},
        "action": ACTION,
        "attended_minutes": 840,
        "results": [{"objective": "Comparer", "result": "atteint"}],
        "issued_on": date(2026, 11, 12),
    },
    "attendance-sheet": {
        "provider": PROVIDER,
        "action": ACTION,
        "half_days": [
            {
                "day": date(2026, 11, 10),
                "starts": "9 h",
                "ends": "12 h 30",
                "trainers": ["Nadia"],
                "rows": [ROW, {"name": "Bruno", "state": "absent", "absent": True}],
                "trainer_signatures": ["…"],
            }
        ],
    },
    "adaptation-decision": {
        "request": {
            "organisation": "Caf",
            "received_on": date(2026, 9, 1),
            "wished_changes": "Une journée",
        },
        "action": ACTION,
        "decision": {
            "outcome": "Acceptée",
            "is_accepted": True,
            "reason": "Possible",
            "changes": ["Une journée"],
            "decided_on": date(2026, 9, 4),
            "decided_by": "Claire Vasseur",
        },
    },
}


def keys(kind: str, data: object, **options: object) -> list[str]:
    return [one.key for one in missing(kind, data, **options)]  # type: ignore[arg-type]


def put(data: dict, path: str, value: object) -> None:
    *steps, last = path.split(".")
    for step in steps:
        data = data[0] if step == "*" else data[step]
        if isinstance(data, list) and last != "*" and step != "*":
            continue
    if last == "*":
        data.clear()
    else:
        data[last] = value


def test_every_kind_is_known() -> None:
    assert set(kinds()) == set(FULL)
    with pytest.raises(UnknownError, match="convention"):
        missing("poster", {})


@pytest.mark.parametrize("kind", sorted(FULL))
def test_a_full_document_lacks_nothing(kind: str) -> None:
    assert keys(kind, FULL[kind]) == []


@pytest.mark.parametrize("kind", sorted(FULL))
def test_an_empty_document_lacks_everything_due(kind: str) -> None:
    due = [rule.key for rule in rules_of(kind).mentions if not rule.when]
    assert keys(kind, {}) == due


EACH = [
    (kind, rule.key) for kind in sorted(FULL) for rule in rules_of(kind).mentions if not rule.when
]


@pytest.mark.parametrize(("kind", "key"), EACH)
def test_each_mention_emptied_is_missed(kind: str, key: str) -> None:
    rule = next(rule for rule in rules_of(kind).mentions if rule.key == key)
    for path in rule.paths:
        data = deepcopy(FULL[kind])
        for way in path.split("|"):
            try:
                put(data, way, "  ")
            except KeyError:
                continue
        found = {one.key: one for one in missing(kind, data)}
        assert key in found
        assert found[key].remedy
        assert found[key].citations
        assert found[key].label in found[key].sentence
        assert path in found[key].paths


def test_free_of_charge_is_said() -> None:
    data = deepcopy(FULL["programme"])
    data["programme"]["price"] = None
    assert keys("programme", data) == ["price"]
    data["programme"]["price"] = 0
    assert keys("programme", data) == []


def test_a_certifying_programme_says_of_what() -> None:
    data = deepcopy(FULL["programme"])
    data["programme"]["is_certifying"] = True
    assert keys("programme", data) == ["certification"]


def test_new_mentions_are_not_asked_of_old_documents() -> None:
    data = deepcopy(FULL["programme"])
    del data["programme"]["recognition"], data["programme"]["financing"]
    assert keys("programme", data) == ["recognition", "financing"]
    assert keys("programme", data, on=date(2026, 10, 31)) == []
    assert keys("programme", data, on=date(2026, 11, 1)) == ["recognition", "financing"]


def test_one_blank_item_of_a_list_is_enough_to_miss() -> None:
    data = deepcopy(FULL["individual-contract"])
    data["action"]["trainers"].append({"name": "Paul", "qualification": ""})
    (only,) = missing("individual-contract", data)
    assert (only.key, only.paths) == ("trainers", ("action.trainers.*.qualification",))


def test_each_trainee_has_signed_or_is_said_not_to_have() -> None:
    data = deepcopy(FULL["attendance-sheet"])
    rows = data["half_days"][0]["rows"]
    rows.append({"name": "Chloé", "state": "présente", "signature": "", "absent": False})
    assert keys("attendance-sheet", data) == ["trainee-signatures"]
    rows[-1]["unsigned"] = True
    assert keys("attendance-sheet", data) == []


def test_a_half_day_without_trainee_is_missed() -> None:
    data = deepcopy(FULL["attendance-sheet"])
    data["half_days"].append({**data["half_days"][0], "rows": []})
    assert keys("attendance-sheet", data) == ["trainees", "trainee-signatures"]


def test_an_attestation_may_say_that_nothing_was_assessed() -> None:
    data = deepcopy(FULL["training-attestation"])
    data["results"] = []
    assert keys("training-attestation", data) == ["results"]
    data["no_assessment"] = True
    assert keys("training-attestation", data) == []


def test_the_text_and_practice_are_told_apart() -> None:
    found = {one.key: one for one in missing("convention", {})}
    assert found["price"].is_mandatory
    assert found["price"].layer is Layer.LAW
    assert not found["place"].is_mandatory
    assert found["price"].sentence == (
        "Prix\u00a0: Indiquez le prix. (Code du travail, article D. 6353-1, I)"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("mentions/convention.toml", "paths = [", "paths = []\npoths = [", "paths"),
        ("mentions/convention.toml", 'kind = "convention"', 'kind = "other"', "document.kind"),
        ("mentions/convention.toml", 'key = "title"', 'key = "price"', "key"),
        ("mentions/convention.toml", "remedy = ", "remody = ", "remedy"),
        ("mentions/convention.toml", "citations = [", "citotions = [", "citations"),
        ("mentions/convention.toml", 'layer = "law"', 'layer = "x"', "layer"),
    ],
)
def test_refusals(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    refused(load_mentions, spoiled(tmp_path, file, old, new), file, key)
