"""Every way in which the data of the référentiel may be spoiled is refused, with a remedy."""

from pathlib import Path

import pytest

from compliance.referentiel import load_from
from compliance.tables import data_root
from tests.compliance.tampering import refused, spoiled

CITED_2019_1 = 'citations = [{ source = "decret-2019-565", locator = "annexe, indicateur 1" }]'
LAW = "law-2019.toml"
NEXT = "law-2026.toml"


def test_the_shipped_data_are_in_order() -> None:
    assert len(load_from(data_root()).editions) == 2


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        pytest.param(LAW, CITED_2019_1, "", "citations", id="no citation"),
        pytest.param(LAW, CITED_2019_1, "citations = []", "citations", id="empty citations"),
        pytest.param(
            LAW, 'source = "decret-2019-565"', 'source = "decret-1999"', "source", id="no source"
        ),
        pytest.param(
            LAW, 'locator = "annexe"', 'locator = ""', "locator", id="citation without place"
        ),
        pytest.param(LAW, 'key = "results"', 'key = "public-information"', "key", id="two keys"),
        pytest.param(
            LAW, 'number = 2\nkey = "results"', 'number = 1\nkey = "results"', "number", id="number"
        ),
        pytest.param(
            LAW, 'number = 2\nkey = "results"', 'number = 40\nkey = "results"', "results", id="hole"
        ),
        pytest.param(
            LAW,
            'key = "results"\ncriterion = 1',
            'key = "results"\ncriterion = 9',
            "criterion",
            id="criterion",
        ),
        pytest.param(LAW, "2026-10-31", "2026-10-30", "applies_until", id="hole in time"),
        pytest.param(LAW, "2026-10-31", "2026-11-15", "applies_until", id="overlap"),
        pytest.param(LAW, "applies_until = 2026-10-31", "", "applies_until", id="no end"),
        pytest.param(
            NEXT,
            "applies_from = 2026-11-01",
            "applies_from = 2026-11-01\napplies_until = 2030-01-01",
            "applies_until",
            id="end without successor",
        ),
        pytest.param(LAW, 'title = "Réf', 'tilte = "Réf', "title", id="misspelt key"),
        pytest.param(
            LAW, 'reading = "v9"', 'reading = "v9"\ncolour = "b"', "colour", id="unknown key"
        ),
        pytest.param(LAW, 'reading = "v9"', 'reading = "v8"', "reading", id="unknown guide"),
        pytest.param(LAW, '"AF", "BC"', '"AF", "XX"', "categories", id="unknown category"),
        pytest.param(LAW, '"AF", "BC"', '"AF", "AF"', "categories", id="category twice"),
        pytest.param(LAW, "major = [4", "major = [44", "major", id="gravity of no indicator"),
        pytest.param(NEXT, "awaited = [33]", "awaited = [33, 4]", "major", id="graded and awaited"),
        pytest.param(
            LAW, "[conditions.certifying]", "[conditions.magic]", "magic", id="unknown condition"
        ),
        pytest.param(
            LAW,
            'AF = ["certifying"]',
            'AF = ["own-clients"]',
            "AF",
            id="condition without explanation",
        ),
        pytest.param(
            LAW, 'AF = ["certifying"]', 'ZZ = ["certifying"]', "ZZ", id="category of a condition"
        ),
        pytest.param(
            NEXT,
            'requirement = "learning-resources"',
            'requirement = "nothing"',
            "awaited",
            id="awaited for nothing",
        ),
        pytest.param(
            NEXT, 'when = ["several-trainers"]', 'when = ["full-moon"]', "when", id="awaited when"
        ),
        pytest.param(LAW, "number = 1\n", 'number = "1"\n', "number", id="number as text"),
        pytest.param(
            LAW,
            "applies_from = 2019-06-09",
            "applies_from = 2019-06-09T10:00:00",
            "applies_from",
            id="hour in a day",
        ),
        pytest.param(
            "reading-v9.toml", '  "results",', '  "nothing",', "new_entrant", id="new entrant"
        ),
        pytest.param(
            "reading-v9.toml", 'edition = "2019"', 'edition = "2026"', "edition", id="wrong edition"
        ),
        pytest.param(
            "reading-v9.toml", '"over-two-days"', '"full-moon"', "condition", id="rule condition"
        ),
        pytest.param(
            "reading-v9.toml", 'status = "published"', 'status = "lost"', "status", id="status"
        ),
        pytest.param(
            "reading-v9.toml",
            'requirement = "results"',
            'requirement = "public-information"',
            "requirement",
            id="level twice",
        ),
        pytest.param(
            "concordance.toml", '  "needs-analysis",\n', "", "needs-analysis", id="not tied"
        ),
        pytest.param(
            "concordance.toml", '"running-conditions", ', '"needs-analysis", ', "", id="tied twice"
        ),
        pytest.param(
            "concordance.toml",
            'kind = "new"',
            'kind = "substance"',
            "teaching-review",
            id="not new",
        ),
        pytest.param("concordance.toml", 'from = "2019"', 'from = "2018"', "from", id="from what"),
        pytest.param(
            "concordance.toml", 'key = "results"', 'key = "nothing"', "", id="tied to nothing"
        ),
        pytest.param(
            "sources.toml", "consulted_on = 2026-11-24", "", "consulted_on", id="never consulted"
        ),
        pytest.param("sources.toml", 'url = "', 'uri = "', "url", id="source without address"),
        pytest.param(
            "sources.toml",
            'why = "Le guide V10 est annoncé ; aucune version publiée n’a pu être lue."',
            "",
            "why",
            id="provisional without reason",
        ),
    ],
)
def test_refusal(tmp_path: Path, file: str, old: str, new: str, key: str) -> None:
    refused(load_from, spoiled(tmp_path, file, old, new), file, key)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    root = spoiled(tmp_path, LAW, "number", "number")
    (root / "law-2026.toml").unlink()
    refused(load_from, root, "law-2026.toml", "-")


def test_a_key_written_twice_is_named(tmp_path: Path) -> None:
    root = spoiled(tmp_path, LAW, 'key = "2019"', 'key = "2019"\nkey = "2020"')
    refused(load_from, root, LAW, "-")


def test_two_editions_of_the_same_name(tmp_path: Path) -> None:
    root = spoiled(tmp_path, NEXT, 'key = "2026"', 'key = "2019"')
    refused(load_from, root, NEXT, "edition.key")
