"""`flask cohort`, as other programs call it."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort
from tests.factories import ClientFactory, cohort_with


def run(app: Flask, *arguments: str) -> tuple[int, Any, str]:
    """Exit code, JSON of standard output (None when there is none), standard error."""
    done = app.test_cli_runner().invoke(args=["cohort", *arguments])
    return done.exit_code, json.loads(done.stdout) if done.stdout else None, done.stderr


def test_the_list_has_the_promised_shape(app: Flask, cohort: Cohort) -> None:
    cohort_with(2, reference="OLD-1", starts_on=date(2020, 1, 6))
    code, found, _ = run(app, "list", "--json")
    assert code == 0
    assert [one["reference"] for one in found] == ["OLD-1", "CTG-2026-90"]
    assert found[0] == {
        "reference": "OLD-1",
        "title": "Réseau départemental des chargés de coopération CTG",
        "starts_on": "2020-01-06",
        "ends_on": "2020-01-07",
        "trainees": 2,
        "half_days": 4,
        "status": "ended",
    }


def test_a_cancelled_cohort_says_so(app: Flask, cohort: Cohort, acts: dict[str, Any]) -> None:
    operations.cancel_cohort(cohort, why="Report", **acts)
    assert run(app, "list", "--json")[1][0]["status"] == "cancelled"


def test_the_list_reads_without_json(app: Flask, cohort: Cohort) -> None:
    done = app.test_cli_runner().invoke(args=["cohort", "list"])
    assert done.exit_code == 0
    assert "CTG-2026-90" in done.stdout


def test_an_import_enrols_everyone(app: Flask, cohort: Cohort, data_folder: Path) -> None:
    path = str(data_folder / "imports" / "liste-cp1252.csv")
    code, found, words = run(app, "import", "ctg-2026-90", path, "--json")
    assert (code, found) == (0, {"accepted": 3, "problems": []})
    assert "3 personnes" in words.replace("\u00a0", " ")
    assert len(queries.roster(cohort.id)) == 3


def test_a_dry_run_writes_nothing(app: Flask, cohort: Cohort, data_folder: Path) -> None:
    path = str(data_folder / "imports" / "liste.xlsx")
    code, found, _ = run(app, "import", cohort.reference, path, "--dry-run", "--json")
    assert (code, found["accepted"]) == (0, 2)
    assert queries.roster(cohort.id) == []


def test_problems_come_with_line_and_column(app: Flask, cohort: Cohort, data_folder: Path) -> None:
    path = str(data_folder / "imports" / "liste-a-corriger.csv")
    code, found, words = run(app, "import", cohort.reference, path, "--json")
    assert (code, found["accepted"]) == (1, 0)
    assert found["problems"][0]["line"] == 2
    assert found["problems"][0]["column"] == "Né(e) le"
    assert "mois 13" in found["problems"][0]["message"]
    assert "Ligne 2" in words
    assert queries.roster(cohort.id) == []


def test_the_only_client_of_the_cohort_pays(
    app: Flask, cohort: Cohort, acts: dict[str, Any], data_folder: Path
) -> None:
    client_id = ClientFactory().id
    operations.add_client(cohort, client_id, **acts)
    run(app, "import", cohort.reference, str(data_folder / "imports" / "liste.xlsx"), "--json")
    assert {one.enrolment.client_id for one in queries.roster(cohort.id)} == {client_id}


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"PK\x03\x04"])
def test_a_file_that_is_no_list_is_a_problem(
    app: Flask, cohort: Cohort, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    code, found, words = run(app, "import", cohort.reference, str(path), "--json")
    assert (code, found["accepted"], len(found["problems"])) == (1, 0, 1)
    assert found["problems"][0]["message"] in words


def test_an_unknown_cohort_is_a_problem(app: Flask, data_folder: Path) -> None:
    path = str(data_folder / "imports" / "liste.xlsx")
    code, found, _ = run(app, "import", "NOPE", path, "--json")
    assert code == 1
    assert "NOPE" in found["problems"][0]["message"]


def test_a_file_that_is_not_there_is_wrong_usage(app: Flask, cohort: Cohort) -> None:
    code, found, words = run(app, "import", cohort.reference, "/nowhere/x.csv", "--json")
    assert (code, found) == (2, None)
    assert "/nowhere/x.csv" in words
    assert run(app, "import")[0] == 2
