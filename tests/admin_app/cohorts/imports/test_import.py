"""Everyone of a list, or no one."""

from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.cohorts.operations import ImportRefused, Payer
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.storage import store
from admin_app.journal.models import JournalEntry
from admin_app.people.models import Trainee
from tests.admin_app.cohorts.conftest import AT
from tests.factories import ClientFactory, EnrolmentFactory, TraineeFactory
from tests.support.statements import counted

HEADER = "Nom;Prénom;Courriel;Employeur\n"


def count(row: type) -> int:
    """How many rows there are."""
    return int(db.session.scalar(select(func.count()).select_from(row)) or 0)


def listed(*lines: str) -> bytes:
    """A list of these lines."""
    return (HEADER + "\n".join(lines) + "\n").encode()


@pytest.mark.parametrize("name", ["liste-utf8.csv", "liste-cp1252.csv"])
def test_a_list_is_enrolled_whole(
    cohort: Cohort, acts: dict[str, Any], data_folder: Path, name: str
) -> None:
    data = (data_folder / "imports" / name).read_bytes()
    made = operations.import_trainees(cohort, data, "csv", name=name, **acts)
    assert len(made) == 3
    first = queries.roster(cohort.id)[0]
    assert (first.trainee.name, first.trainee.phone) == ("Nadia Benali", "0612345678")
    assert first.enrolment.employer == "Commune de Saint-Aubin"
    assert {one.trainee.last_name for one in queries.roster(cohort.id)} >= {"D’Œuvre"}
    entry = db.session.scalars(select(JournalEntry).where(JournalEntry.action == "cohorts.import"))
    details = entry.one().details
    assert (details["enrolled"], details["newcomers"]) == (3, 3)
    assert store.get(details["sha256"]) == data


def test_one_bad_line_and_nothing_is_written(
    cohort: Cohort, acts: dict[str, Any], data_folder: Path
) -> None:
    data = (data_folder / "imports" / "liste-a-corriger.csv").read_bytes()
    with pytest.raises(ImportRefused) as refused:
        operations.import_trainees(cohort, data, "csv", **acts)
    found = [(one.line, one.column) for one in refused.value.preview.problems]
    assert found == [
        (2, "Né(e) le"),
        (3, "E-mail"),
        (3, "Né(e) le"),
        (5, "E-mail"),
        (6, "Prénom"),
    ]
    assert "ligne 2" in refused.value.preview.problems[3].message
    assert (count(Enrolment), count(Trainee)) == (0, 0)


def test_the_same_address_for_two_people_is_a_problem(cohort: Cohort) -> None:
    data = listed("Benali;Nadia;x@example.org;", "Tessier;Hugo;X@example.org;")
    (problem,) = operations.preview_import(cohort, data, "csv", at=AT).problems
    assert (problem.line, problem.column) == (3, "Courriel")
    assert "Nadia Benali, ligne 2" in problem.message


def test_who_is_in_the_cohort_already_is_a_problem(cohort: Cohort, acts: dict[str, Any]) -> None:
    there = TraineeFactory(first_name="Nadia", last_name="Benali", email="n@example.org")
    left = TraineeFactory(first_name="Hugo", last_name="Tessier", email="h@example.org")
    EnrolmentFactory(cohort_id=cohort.id, trainee_id=there.id)
    EnrolmentFactory(cohort_id=cohort.id, trainee_id=left.id, departure="dropout")
    data = listed("BENALI;nadia;N@example.org;", "Tessier;Hugo;h@example.org;")
    problems = operations.preview_import(cohort, data, "csv", at=AT).problems
    assert [one.line for one in problems] == [2, 3]
    assert "déjà inscrit" in problems[0].message
    assert "a quitté" in problems[1].message


def test_someone_known_is_recognised_and_only_completed(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    known = TraineeFactory(
        first_name="Nadia", last_name="Benali", email="n@example.org", job="Directrice"
    )
    text = "Nom;Prénom;Courriel;Fonction;Téléphone\nBenali;Nadia;n@example.org;Autre;0612345678\n"
    (made,) = operations.import_trainees(cohort, text.encode(), "csv", **acts)
    assert made.trainee_id == known.id
    assert (known.job, known.phone) == ("Directrice", "0612345678")


def test_an_address_known_under_another_name_is_a_problem(cohort: Cohort) -> None:
    TraineeFactory(first_name="Nadia", last_name="Benali", email="n@example.org")
    data = listed("Tessier;Hugo;n@example.org;")
    (problem,) = operations.preview_import(cohort, data, "csv", at=AT).problems
    assert "Nadia Benali" in problem.message


def test_who_pays_follows_the_choice(cohort: Cohort, acts: dict[str, Any]) -> None:
    one, other = ClientFactory(name="CAF de l’Aubrée"), ClientFactory(name="Mairie d’Élan")
    for client in (one, other):
        operations.add_client(cohort, client.id, **acts)
    data = listed("A;Ana;a@example.org;caf de l'aubree", "B;Bob;b@example.org;Autre")
    made = operations.import_trainees(cohort, data, "csv", **acts)
    assert [row.client_id for row in made] == [one.id, None]
    more = listed("C;Cléo;c@example.org;CAF de l’Aubrée")
    (row,) = operations.import_trainees(
        cohort, more, "csv", payer=Payer(client_id=other.id), **acts
    )
    assert row.client_id == other.id
    last = listed("D;Dan;d@example.org;")
    (row,) = operations.import_trainees(cohort, last, "csv", payer=Payer(personally=True), **acts)
    assert row.pays_personally


def test_the_only_client_pays_unless_told_otherwise(cohort: Cohort, acts: dict[str, Any]) -> None:
    client = ClientFactory()
    operations.add_client(cohort, client.id, **acts)
    (row,) = operations.import_trainees(
        cohort, listed("A;Ana;a@example.org;Sa mairie"), "csv", **acts
    )
    assert row.client_id == client.id
    later = listed("B;Bob;b@example.org;")
    (row,) = operations.import_trainees(cohort, later, "csv", payer=Payer(later=True), **acts)
    assert row.client_id is None


def test_a_cancelled_cohort_takes_no_list(cohort: Cohort, acts: dict[str, Any]) -> None:
    operations.cancel_cohort(cohort, why="Report", **acts)
    with pytest.raises(Refused, match="annulée"):
        operations.import_trainees(cohort, listed("A;Ana;a@example.org;"), "csv", **acts)


def test_checking_a_long_list_takes_few_statements(cohort: Cohort) -> None:
    lines = [f"Nom{n};Prénom;p{n}@example.org;" for n in range(2_000)]
    with counted() as statements:
        preview = operations.preview_import(cohort, listed(*lines), "csv", at=AT)
    assert preview.accepted == 2_000
    assert len(statements) <= 4


@pytest.mark.slow
def test_five_thousand_lines_are_enrolled(
    app: Flask, cohort: Cohort, acts: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "liasse.refreshers", [])  # what is expected is theirs
    lines = [f"Nom{n};Prénom;p{n}@example.org;" for n in range(5_000)]
    made = operations.import_trainees(cohort, listed(*lines), "csv", **acts)
    assert len(made) == count(Enrolment) == 5_000
