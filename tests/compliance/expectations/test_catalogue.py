import re
from pathlib import Path

import pytest

from compliance.errors import UnknownError
from compliance.expectations import ChronologyRule, catalogue, load_catalogue
from compliance.referentiel import load
from compliance.vocabulary import Layer, Owner, ScopeKind
from compliance.wording import of_name
from tests.compliance.tampering import refused, spoiled

# The contract between rooms: scope, owner, and the numbers served under the edition of 2026.
CONTRACT = {
    "published-programme": ("programme", "office", {1, 5, 6}),
    "session-plan": ("cohort", "office", {6}),
    "room-and-trainer": ("cohort", "office", {17}),
    "resources-handed-over": ("cohort", "trainer", {19}),
    "needs-analysis": ("client", "office", {4}),
    "agreement": ("client", "client", {4, 5}),
    "client-feedback": ("client", "client", {30}),
    "individual-contract": ("enrolment", "trainee", {4, 5}),
    "joining-instructions": ("enrolment", "office", {9}),
    "safeguarding-information": ("enrolment", "office", {12}),
    "positioning": ("enrolment", "trainee", {8, 4}),
    "accommodation": ("accommodation", "disability-officer", {26, 10}),
    "assessment": ("enrolment", "trainer", {11}),
    "training-attestation": ("enrolment", "office", {11}),
    "completion-certificate": ("enrolment", "office", {10}),
    "exit-survey": ("enrolment", "trainee", {30}),
    "follow-up-survey": ("enrolment", "trainee", {30}),
    "remote-follow-up": ("enrolment", "trainer", {19}),
    "departure-reason": ("enrolment", "office", {12}),
    "absence-reason": ("mark", "trainer", {12}),
    "attendance-half-day": ("half-day", "trainer", {10}),
    "trainer-skills": ("trainer", "office", {21}),
    "trainer-feedback": ("trainer-in-cohort", "trainer", {30}),
    "adaptation-decision": ("adaptation", "office", {10, 4}),
    "adapted-programme": ("adaptation", "office", {10, 6}),
    "adaptation-applied": ("adaptation", "trainer", {10}),
    "house-rules": ("provider", "office", {9}),
    "welcome-booklet": ("provider", "office", {9}),
    "safeguarding-procedure": ("provider", "quality-manager", {12}),
    "disability-officer": ("provider", "office", {26}),
    # the registers
    "remote-assistance": ("cohort", "office", {19}),
    "workplace-partner": ("cohort", "office", {28}),
    "teaching-referent": ("cohort", "office", {19}),
    "work-study-liaison": ("enrolment", "trainer", {13}),
    "certification-rules-told": ("enrolment", "office", {16}),
    "certification-registration": ("enrolment", "office", {16}),
    "trainer-review": ("trainer", "quality-manager", {21}),
    "trainer-development": ("trainer", "quality-manager", {22}),
    "safeguarding-told-trainer": ("trainer-in-cohort", "office", {12}),
    "terms-of-sale": ("provider", "office", {1}),
    "accessibility-policy": ("provider", "disability-officer", {1}),
    "communications-review": ("provider", "quality-manager", {1}),
    "planned-results": ("provider", "quality-manager", {2}),
    "positioning-procedure": ("provider", "quality-manager", {8}),
    "assessment-procedure": ("provider", "quality-manager", {11}),
    "engagement-procedure": ("provider", "quality-manager", {12}),
    "complaints-procedure": ("provider", "quality-manager", {31}),
    "subcontracting-procedure": ("provider", "quality-manager", {27}),
    "safeguarding-contact": ("provider", "quality-manager", {12}),
    "functional-chart": ("provider", "office", {18}),
    "team-meeting": ("provider", "quality-manager", {18}),
    "development-plan": ("provider", "quality-manager", {22}),
    "legal-watch": ("provider", "quality-manager", {23}),
    "legal-watch-use": ("provider", "quality-manager", {23}),
    "trades-watch": ("provider", "quality-manager", {24}),
    "trades-watch-use": ("provider", "quality-manager", {24}),
    "teaching-watch": ("provider", "quality-manager", {25}),
    "teaching-watch-use": ("provider", "quality-manager", {25}),
    "disability-network": ("provider", "disability-officer", {26}),
    "disability-contact": ("provider", "disability-officer", {26}),
    "disability-officer-training": ("provider", "disability-officer", {26}),
    "feedback-analysis": ("provider", "quality-manager", {30, 32}),
    "improvement-review": ("provider", "quality-manager", {32}),
    "risk-analysis": ("provider", "quality-manager", {32}),
    "required-skills": ("catalogue-entry", "quality-manager", {21}),
    "published-results": ("catalogue-entry", "quality-manager", {2}),
    "results-method": ("catalogue-entry", "quality-manager", {2}),
    "resources-reviewed": ("catalogue-entry", "quality-manager", {19}),
    "certification-results": ("catalogue-entry", "quality-manager", {3}),
    "certification-content": ("catalogue-entry", "quality-manager", {7}),
    "certification-authorisation": ("catalogue-entry", "quality-manager", {7}),
    "staff-review": ("staff", "quality-manager", {22}),
    "staff-development": ("staff", "quality-manager", {22}),
    "subcontract": ("subcontractor", "quality-manager", {27}),
    "subcontract-clauses": ("subcontractor", "quality-manager", {27}),
    "subcontractor-proofs": ("subcontractor", "quality-manager", {27}),
    "subcontractor-evaluation": ("subcontractor", "quality-manager", {27}),
    "place-checked": ("place", "office", {17}),
    "funder-feedback": ("funder", "quality-manager", {30}),
    "complaint-acknowledged": ("complaint", "quality-manager", {31}),
    "complaint-answered": ("complaint", "quality-manager", {31}),
    "complaint-closed": ("complaint", "quality-manager", {31}),
    "incident-solved": ("complaint", "quality-manager", {31}),
    "improvement-done": ("improvement", "quality-manager", {32}),
    "improvement-effect": ("improvement", "quality-manager", {32}),
    "risk-reviewed": ("risk", "quality-manager", {32}),
    "report-handled": ("report", "quality-manager", {12}),
}
ONLY_2026 = {
    "certification-authorisation",
    "remote-follow-up",
    "report-handled",
    "results-method",
    "risk-analysis",
    "risk-reviewed",
    "safeguarding-contact",
    "safeguarding-information",
    "safeguarding-procedure",
    "safeguarding-told-trainer",
    "subcontract-clauses",
    "teaching-referent",
}


def test_it_holds_the_contract_between_rooms() -> None:
    edition = load().edition("2026")
    found = {
        piece.key: (
            piece.scope.value,
            piece.owed_by.value,
            {edition.by_key(key).number for key in piece.requirements},
        )
        for piece in catalogue().pieces
    }
    assert found == CONTRACT


def test_links_that_hold_in_one_edition_only() -> None:
    for piece in catalogue().pieces:
        for link in piece.links:
            assert link.holds_in("2026")
            assert link.holds_in("2019") is (piece.key not in ONLY_2026)
            assert piece.serves(link.requirement, "2026")
    assert not catalogue().piece("agreement").serves("results", "2026")


def test_every_piece_reads_well() -> None:
    for piece in catalogue().pieces:
        assert piece.citations
        sentence = piece.sentence.format_map(
            {"for": "Alice", "of_for": "d’Alice", "owed": "Bob", "cohort": "C1"}
        )
        assert sentence.endswith(".")
        assert piece.tried.endswith(".")
        assert isinstance(piece.owed_by, Owner)
        assert isinstance(piece.scope, ScopeKind)
        assert isinstance(piece.layer, Layer)


def test_organisation_settings_replace_editable_values() -> None:
    ours = catalogue({"follow-up-survey-due-days": 45})
    assert ours.piece("follow-up-survey").offset_days == 45
    assert catalogue().piece("follow-up-survey").offset_days == 105
    with pytest.raises(UnknownError, match="réglage"):
        catalogue({"house-rules-days": 900})
    with pytest.raises(UnknownError, match="réglage"):
        catalogue({"nothing": 1})


def test_unknown_pieces_are_told() -> None:
    assert "agreement" in catalogue()
    assert "nothing" not in catalogue()
    with pytest.raises(UnknownError, match="nothing"):
        catalogue().piece("nothing")


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("pieces/cohort.toml", 'scope = "programme"', 'scope = "planet"', "scope"),
        ("pieces/cohort.toml", 'owed_by = "office"', 'owed_by = "nobody"', "owed_by"),
        ("pieces/cohort.toml", 'anchor = "start"', 'anchor = "absence"', "anchor"),
        ("pieces/cohort.toml", "offset_days = -1", "offset_days = 0.5", "offset_days"),
        ("pieces/cohort.toml", "offset_days = -1", "", "offset_days"),
        ("pieces/cohort.toml", '"organisation-client"', '"full-moon"', "conditions"),
        ("pieces/cohort.toml", '"organisation-client"', '"attended"', "conditions"),
        ("pieces/cohort.toml", "links = [{ req", "lonks = [{ req", "links"),
        (
            "pieces/cohort.toml",
            'requirement = "public-information"',
            'requirement = "x"',
            "requirement",
        ),
        ("pieces/cohort.toml", 'editions = ["2026"]', 'editions = ["2031"]', "editions"),
        (
            "pieces/cohort.toml",
            'requirement = "learning-resources", editions = ["2026"]',
            'requirement = "teaching-review", editions = ["2019"]',
            "requirement",
        ),
        ("pieces/cohort.toml", "session {cohort}", "session {colour}", "sentence"),
        ("pieces/cohort.toml", "session {cohort}", "session {cohort", "sentence"),
        ("pieces/cohort.toml", 'key = "session-plan"', 'key = "published-programme"', "key"),
        ("pieces/cohort.toml", "each = false", 'each = "no"', "each"),
        ("pieces/cohort.toml", 'layer = "law"', 'layer = "rumour"', "layer"),
        ("pieces/cohort.toml", 'source = "guide-v9"', 'source = "guide-v1"', "source"),
        (
            "pieces/enrolment.toml",
            'offset_value = "follow-up-survey-due-days"',
            'offset_value = "x"',
            "offset",
        ),
        ("chronology.toml", 'piece = "agreement"', 'piece = "nothing"', "piece"),
        ("chronology.toml", 'piece = "needs-analysis"', 'piece = "agreement"', "piece"),
        ("chronology.toml", 'kind = "not-after"', 'kind = "sometime"', "kind"),
        ("chronology.toml", 'anchor = "start"', 'anchor = "moon"', "anchor"),
        ("chronology.toml", "{occurred} ; la", "{colour} ; la", "sentence"),
        ("chronology.toml", 'value = "recorded-late-days"', 'value = "x"', "value"),
        ("chronology.toml", '"house-rules", ', '"nothing", ', "except"),
        ("chronology.toml", 'flag = "regularised"', 'flag = "funny"', "flag"),
        ("chronology.toml", 'flag = "regularised"', 'flag = "retroactive"', "flag"),
        ("chronology.toml", 'key = "needs-before-start"', 'key = "programme-before-start"', "key"),
    ],
)
def test_refusals(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    refused(load_catalogue, spoiled(tmp_path, file, old, new), file, key)


def test_every_sentence_reads_well_with_a_name_that_begins_with_a_vowel() -> None:
    """« d’Anne », never « de Anne »; a title stands between « »."""
    name = "Anne Aubert"
    words = dict.fromkeys(("owed", "cohort", "occurred", "anchor", "limit"), "X")
    words |= {"for": name, "of_for": of_name(name)}
    told = [
        text.format_map(words)
        for piece in catalogue().pieces
        for text in (
            piece.sentence,
            *((piece.halfway.sentence,) if piece.halfway else ()),
            *(
                text
                for rule in (piece.deadline, piece.earliest)
                if rule
                for text in sentences(rule)
            ),
        )
    ]
    assert [one for one in told if re.search(rf"\b(?:de|que|le|la|du|si) {name}", one)] == [
        f"Le traitement du {name} reste à consigner au registre confidentiel."  # « du signalement »
    ]


def sentences(rule: ChronologyRule) -> list[str]:
    return [rule.sentence, rule.same_day]
