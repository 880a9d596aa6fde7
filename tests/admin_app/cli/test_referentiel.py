"""`flask referentiel`: shapes, exit codes, and words on standard error."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from admin_app.referentiel.added import read_added
from compliance.additions import use
from tests.admin_app.referentiel.texts import THRESHOLD


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=["referentiel", *words])


def answer(app: Flask, *words: str) -> Any:
    done = run(app, *words, "--json")
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def folder(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of added texts of an installation."""
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], instance=tmp_path))
    (tmp_path / "referentiel").mkdir()
    yield tmp_path / "referentiel"
    use(())


def test_list(app: Flask) -> None:
    found = answer(app, "list")
    assert [
        (one["edition"], one["applies_from"], one["applies_until"], one["indicators"])
        for one in found
    ] == [("2019", "2019-06-09", "2026-10-31", 32), ("2026", "2026-11-01", None, 33)]
    assert all(one["title"] for one in found)
    assert "33 indicateurs" in run(app, "list").stderr


def test_show(app: Flask) -> None:
    found = answer(app, "show", "2026")
    assert [one["number"] for one in found["criteria"]] == list(range(1, 8))
    assert [one["number"] for one in found["indicators"]] == list(range(1, 34))
    for one in found["indicators"]:
        assert {
            "number", "key", "criterion", "title", "categories", "conditions", "gravity",
            "new_entrant", "citations",
        } <= set(one)  # fmt: skip
        assert one["gravity"] in ("major", "minor-or-major", "awaited")
        assert set(one["categories"]) <= {"AF", "BC", "VAE", "CFA"}
        assert one["citations"]
    assert found["indicators"][26]["conditions"]["AF"] == ["subcontracting"]


def test_an_unknown_edition_is_refused(app: Flask) -> None:
    done = run(app, "show", "2030", "--json")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "2019, 2026" in done.stderr


@pytest.mark.parametrize(
    ("options", "applies", "not_applicable"),
    [
        ((), {1, 2, 4, 12, 19, 32}, {3, 7, 13, 16, 27, 28, 33}),
        (("--certifying",), {3, 7, 16}, {27}),
        (("--alternance",), {13, 28}, {3}),
        (("--work-placement",), {28}, {13}),
        (("--subcontracting",), {27}, {28}),
        (("--days", "2"), {12}, set()),
    ],
)
def test_applicable(
    app: Flask, options: tuple[str, ...], applies: set[int], not_applicable: set[int]
) -> None:
    found = answer(app, "applicable", "--edition", "2026", "--category", "AF", *options)
    assert applies <= set(found["applicable"])
    aside = {one["number"]: one["reason"] for one in found["not_applicable"]}
    assert not_applicable <= set(aside)
    assert all(aside.values())
    assert sorted([*found["applicable"], *aside]) == list(range(1, 34))


def test_the_two_days_of_the_former_guide(app: Flask) -> None:
    base = ("applicable", "--edition", "2019", "--category", "AF", "--days")
    assert 12 not in answer(app, *base, "2")["applicable"]
    assert 12 in answer(app, *base, "3")["applicable"]


def test_a_new_entrant_and_a_subcontractor(app: Flask) -> None:
    base = ("applicable", "--edition", "2019", "--category", "AF")
    assert answer(app, *base, "--new-entrant")["formalised_only"] == [2, 11, 19, 22, 24, 25, 26, 32]
    assert not {1, 2} & set(answer(app, *base, "--subcontractor")["applicable"])
    whole = answer(app, *base, "--subcontractor", "--no-missions-contract")
    assert {1, 2} <= set(whole["applicable"])


@pytest.mark.parametrize(
    "words",
    [
        ("applicable", "--edition", "2026"),
        ("applicable", "--edition", "2026", "--category", "XX"),
        ("applicable", "--edition", "2026", "--category", "AF", "--days", "0"),
        ("show", "2026", "--on", "hier"),
        ("diff", "2019"),
    ],
)
def test_wrong_usage(app: Flask, words: tuple[str, ...]) -> None:
    assert run(app, *words).exit_code == 2


def test_diff(app: Flask) -> None:
    found = answer(app, "diff", "2019", "2026")
    kinds = {one["number_after"]: one["kind"] for one in found}
    assert {number for number, kind in kinds.items() if kind == "substance"} == {
        1, 2, 3, 7, 12, 14, 15, 19, 20, 27, 30, 32,
    }  # fmt: skip
    assert kinds[33] == "new"
    assert run(app, "diff", "2026", "2019").exit_code == 1


def test_check(app: Flask, folder: Path) -> None:
    assert answer(app, "check") == {"ok": True, "files": [], "problems": []}
    (folder / "seuil.toml").write_text(THRESHOLD, encoding="utf-8")
    assert [one["file"] for one in answer(app, "check")["files"]] == ["seuil.toml"]
    (folder / "faux.toml").write_text("[addition]\n", encoding="utf-8")
    done = run(app, "check", "--json")
    assert done.exit_code == 1
    problem = json.loads(done.stdout)["problems"][0]
    assert problem["file"] == "faux.toml"
    assert problem["key"]
    assert problem["remedy"]
    assert "Remède" in done.stderr


def test_a_file_is_checked_before_it_is_added(app: Flask, tmp_path: Path) -> None:
    good, bad = tmp_path / "a.toml", tmp_path / "b.toml"
    good.write_text(THRESHOLD, encoding="utf-8")
    bad.write_text(THRESHOLD.replace("value = 3", "value = -1"), encoding="utf-8")
    assert run(app, "check", str(good)).exit_code == 0
    assert run(app, "check", str(bad)).exit_code == 1


def test_an_added_text_is_used_from_its_day(app: Flask, folder: Path) -> None:
    (folder / "seuil.toml").write_text(THRESHOLD, encoding="utf-8")
    read_added(app)
    base = ("applicable", "--edition", "2026", "--category", "CFA", "--on")
    awaited = [answer(app, *base, day)["awaited"] for day in ("2026-12-31", "2027-01-01")]
    assert len(awaited[0]) >= len(awaited[1])


def test_a_wrong_file_does_not_stop_the_application(app: Flask, folder: Path) -> None:
    (folder / "faux.toml").write_text("pas du toml", encoding="utf-8")
    found = read_added(app)
    assert found.accepted == ()
    assert answer(app, "show", "2026")["indicators"]
    doctor = json.loads(app.test_cli_runner().invoke(args=["doctor", "--json"]).stdout)
    check = next(one for one in doctor["checks"] if one["name"] == "referentiel")
    assert not check["ok"]
    assert "faux.toml" in check["message"]
    assert "remède" in check["message"]


def test_stale(app: Flask) -> None:
    found = json.loads(run(app, "stale", "--as-of", "2026-11-25", "--json").stdout)
    kinds = {one["kind"] for one in found}
    assert kinds == {"awaited", "provisional"}
    assert not any(one["stale"] for one in found)
    assert run(app, "stale", "--as-of", "2026-11-25").exit_code == 0
    later = run(app, "stale", "--as-of", "2027-06-30", "--json")
    assert later.exit_code == 1
    told = json.loads(later.stdout)
    assert "citation" in {one["kind"] for one in told}
    assert all(date.fromisoformat(one["due_on"]) for one in told)
