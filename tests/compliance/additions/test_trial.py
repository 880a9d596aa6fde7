"""Texts added by an installation: what they change, from which day, and every refusal."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from compliance.additions import in_use, use
from compliance.additions.trial import tried, try_one
from compliance.errors import DataError
from compliance.expectations import catalogue
from compliance.facts import ActionFacts
from compliance.referentiel import applicable, load
from compliance.values import load_values, value_on
from compliance.vocabulary import ActionCategory, Gravity, Publication

THRESHOLD = """
[addition]
title = "Arrêté du 15 décembre 2026"
published_on = 2026-12-18
applies_from = 2027-01-01

[sources.arrete-2026-12-15]
text = "Arrêté du 15 décembre 2026"
url = "https://www.legifrance.gouv.fr/"
consulted_on = 2026-12-20

[[value]]
key = "teaching-referent-threshold"
value = 3
citations = [{ source = "arrete-2026-12-15", locator = "article 1er" }]
"""
GUIDE = """
[addition]
title = "Guide de lecture V10 du 3 décembre 2026"
published_on = 2026-12-03
applies_from = 2027-02-03

[sources.guide-v10-2026-12-03]
text = "Guide de lecture V10 du 3 décembre 2026"
url = "https://travail-emploi.gouv.fr/"
consulted_on = 2026-12-05

[reading]
key = "v10"
title = "Guide de lecture V10"
edition = "2026"
citations = [{ source = "guide-v10-2026-12-03", locator = "préambule" }]

[new_entrant]
requirements = ["results"]
citations = [{ source = "guide-v10-2026-12-03", locator = "préambule" }]

[[rule]]
key = "longer-than-two-days"
requirements = ["engagement-and-safeguarding"]
condition = "over-two-days"
unmet = "Selon le guide V10, cet indicateur ne vise que les formations de plus de deux jours."
citations = [{ source = "guide-v10-2026-12-03", locator = "indicateur 12" }]

[[level]]
requirement = "needs-analysis"
expected = "Le besoin est analysé."
citations = [{ source = "guide-v10-2026-12-03", locator = "indicateur 4" }]
"""
GRAVITY = """
[addition]
title = "Arrêté modifiant l’arrêté du 6 juin 2019"
published_on = 2026-12-18
applies_from = 2027-01-01

[gravity]
edition = "2026"
major = [4, 33]
awaited = []
citations = [{ source = "arrete-audit", locator = "traitement des non-conformités" }]
"""
SHORT = ActionFacts(categories=(ActionCategory.TRAINING,), training_days=2, trainers=5)


@pytest.fixture(autouse=True)
def _nothing_stays() -> Iterator[None]:
    kept = in_use()
    yield
    use(kept)


def put(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def used(folder: Path) -> None:
    found = tried(folder)
    assert not found.refused, found.refused
    use(found.accepted)


def test_an_absent_or_empty_folder_adds_nothing(tmp_path: Path) -> None:
    assert tried(tmp_path / "absent").accepted == ()
    assert tried(put(tmp_path, "notes.txt", "rien")).accepted == ()


def test_a_threshold_is_known_from_its_day(tmp_path: Path) -> None:
    used(put(tmp_path, "seuil.toml", THRESHOLD))
    value = load_values()["teaching-referent-threshold"]
    assert not value.awaited
    assert value.on(date(2026, 12, 31)) is None
    assert value.on(date(2027, 1, 1)) == 3
    assert value_on("teaching-referent-threshold", date(2027, 1, 1)) == 3
    assert [one.source for one in value.citations] == ["arrete-2026-12-15"]
    assert not value.is_provisional


def test_what_a_threshold_settles_is_no_longer_awaited_from_that_day(tmp_path: Path) -> None:
    used(put(tmp_path, "seuil.toml", THRESHOLD))
    before, after = (load().edition_on(day) for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert before.key == after.key == "2026"

    def awaited(edition: object) -> set[str]:
        return {one.key for one in applicable(edition, SHORT).awaited}  # type: ignore[arg-type]

    assert "teaching-referent-threshold" in awaited(before)
    assert "teaching-referent-threshold" not in awaited(after)
    assert "engagement-in-short-courses" in awaited(after)


def test_a_number_of_the_law_may_change(tmp_path: Path) -> None:
    text = THRESHOLD.replace("teaching-referent-threshold", "first-payment-cap")
    used(put(tmp_path, "part.toml", text))
    assert value_on("first-payment-cap", date(2026, 12, 31)) == 30
    assert value_on("first-payment-cap", date(2027, 1, 1)) == 3


def test_a_guide_reads_the_edition_from_its_day_on(tmp_path: Path) -> None:
    used(put(tmp_path, "guide-v10.toml", GUIDE))
    before, after = (load().edition_on(day) for day in (date(2027, 2, 2), date(2027, 2, 3)))
    assert (before.reading.status, after.reading.status) == (
        Publication.AWAITED,
        Publication.PUBLISHED,
    )
    assert after.reading.published_on == date(2026, 12, 3)
    assert after.by_key("needs-analysis").expected == "Le besoin est analysé."
    assert {one.key for one in after.indicators if one.new_entrant} == {"results"}
    key = "engagement-and-safeguarding"
    assert key in {one.key for one in applicable(before, SHORT).applicable}
    aside = {one.indicator.key: one for one in applicable(after, SHORT).not_applicable}
    assert "V10" in aside[key].reason
    assert {one.key for one in applicable(after, SHORT).awaited} == {"teaching-referent-threshold"}
    assert load().edition("2026").reading.status is Publication.PUBLISHED
    assert load().edition("2026", date(2026, 11, 1)).reading.status is Publication.AWAITED
    assert [one.key for one in load().editions_on(date(2020, 1, 1))] == ["2019", "2026"]


def test_the_other_edition_is_left_as_it_was(tmp_path: Path) -> None:
    shipped = load().edition("2019")
    used(put(tmp_path, "guide-v10.toml", GUIDE))
    assert load().edition("2019") == shipped


def test_a_new_grading(tmp_path: Path) -> None:
    used(put(tmp_path, "gradation.toml", GRAVITY))
    assert load().edition("2026").by_number(33).gravity is Gravity.MAJOR
    assert load().edition("2026", date(2026, 12, 31)).by_number(33).gravity is Gravity.AWAITED
    assert load().edition("2026").by_number(5).gravity is Gravity.MINOR_OR_MAJOR


def test_texts_of_the_same_day_add_up(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", GRAVITY)
    used(put(tmp_path, "b.toml", THRESHOLD))
    edition = load().edition_on(date(2027, 1, 1))
    assert edition.by_number(33).gravity is Gravity.MAJOR
    assert "teaching-referent-threshold" not in {one.key for one in edition.awaited}
    assert len(load().readings["2026"]) == 2


def test_the_catalogue_reads_them_too(tmp_path: Path) -> None:
    before = catalogue()
    used(put(tmp_path, "seuil.toml", THRESHOLD))
    assert catalogue() is not before
    use(())
    assert catalogue() is before


def test_a_wrong_file_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    put(tmp_path, "a-faux.toml", "[addition\n")
    found = tried(put(tmp_path, "b-juste.toml", THRESHOLD))
    assert [one.file for one in found.accepted] == ["b-juste.toml"]
    assert [one.file for one in found.refused] == ["a-faux.toml"]


def test_two_files_may_not_say_two_things_of_the_same_day(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", THRESHOLD)
    found = tried(put(tmp_path, "b.toml", THRESHOLD.replace("value = 3", "value = 4")))
    assert [one.file for one in found.accepted] == ["a.toml"]
    assert "déjà une valeur" in found.refused[0].message


@pytest.mark.parametrize(
    ("text", "old", "new", "key"),
    [
        pytest.param(THRESHOLD, "published_on = 2026-12-18", "", "published_on", id="no day"),
        pytest.param(
            THRESHOLD,
            "applies_from = 2027-01-01",
            "applies_from = 2026-12-01",
            "applies_from",
            id="before its publication",
        ),
        pytest.param(THRESHOLD, "value = 3", 'value = "trois"', "value", id="not a number"),
        pytest.param(THRESHOLD, "value = 3", "value = -3", "value", id="below"),
        pytest.param(THRESHOLD, "value = 3", "value = 3000", "value", id="above"),
        pytest.param(
            THRESHOLD, "teaching-referent-threshold", "full-moon", "key", id="unknown value"
        ),
        pytest.param(
            THRESHOLD, "teaching-referent-threshold", "recorded-late-days", "key", id="not a text's"
        ),
        pytest.param(THRESHOLD, '"arrete-2026-12-15", l', '"rien", l', "source", id="no source"),
        pytest.param(THRESHOLD, "citations = [", "citation = [", "citations", id="no citation"),
        pytest.param(
            THRESHOLD, "sources.arrete-2026-12-15", "sources.guide-v9", "guide-v9", id="same source"
        ),
        pytest.param(THRESHOLD, "[[value]]", "[[valeur]]", "valeur", id="unknown part"),
        pytest.param(THRESHOLD, "title =", "titre =", "title", id="unknown key of the head"),
        pytest.param(
            GUIDE,
            "applies_from = 2027-02-03",
            "applies_from = 2027-02-04",
            "applies_from",
            id="later than two months",
        ),
        pytest.param(GUIDE, 'edition = "2026"', 'edition = "2019"', "edition", id="edition over"),
        pytest.param(GUIDE, 'edition = "2026"', 'edition = "2030"', "edition", id="no edition"),
        pytest.param(GUIDE, '["results"]', '["nothing"]', "new_entrant", id="new entrant"),
        pytest.param(GUIDE, '"over-two-days"', '"full-moon"', "condition", id="condition"),
        pytest.param(
            GUIDE, 'requirement = "needs-analysis"', 'requirement = "x"', "level", id="level"
        ),
        pytest.param(GUIDE, "[reading]", "[lecture]", "lecture", id="guide without a head"),
        pytest.param(GRAVITY, "[4, 33]", "[4, 44]", "major", id="no such number"),
        pytest.param(GRAVITY, 'edition = "2026"', 'edition = "2030"', "edition", id="no edition "),
    ],
)
def test_refusal(tmp_path: Path, text: str, old: str, new: str, key: str) -> None:
    assert old in text
    with pytest.raises(DataError) as caught:
        try_one(put(tmp_path, "x.toml", text.replace(old, new, 1)), "x.toml")
    error = caught.value
    assert error.file == "x.toml"
    assert key in error.key, error.key
    assert error.message
    assert error.remedy


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "vide"),
        (b"\xff\xfe", "TOML"),
        (THRESHOLD.split("[[value]]")[0].encode(), "rien"),
    ],
)
def test_a_file_that_is_no_text_or_adds_nothing(tmp_path: Path, data: bytes, words: str) -> None:
    (tmp_path / "x.toml").write_bytes(data)
    assert words in tried(tmp_path).refused[0].message


def test_a_guide_known_already_is_told(tmp_path: Path) -> None:
    put(tmp_path, "a.toml", GUIDE)
    found = tried(put(tmp_path, "b.toml", GUIDE))
    assert "déjà connu" in found.refused[0].message
    assert "retirer ce fichier" in found.refused[0].remedy


def test_the_two_months_of_a_guide_end_with_the_month(tmp_path: Path) -> None:
    text = GUIDE.replace("2026-12-03\n", "2026-12-31\n").replace("2027-02-03", "2027-02-28")
    assert try_one(put(tmp_path, "x.toml", text), "x.toml").applies_from == date(2027, 2, 28)
