"""Sending a list, looking at it, confirming."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts import jobs, queries
from admin_app.cohorts.models import Cohort
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.jobs import Job
from tests.factories import ClientFactory, TraineeFactory, cohort_with
from tests.factories.training import CohortClientFactory

SignIn = Callable[..., FlaskClient]


def send(client: FlaskClient, cohort: Cohort, data: bytes, name: str = "liste.csv", **more: str):  # type: ignore[no-untyped-def]
    """Send a list as a browser does."""
    return client.post(
        f"/sessions/{cohort.id}/stagiaires/importer",
        data={"file": (io.BytesIO(data), name), "payer": "later"} | more,
        content_type="multipart/form-data",
    )


def test_a_list_is_sent_looked_at_and_confirmed(
    cohort: Cohort, sign_in: SignIn, data_folder: Path
) -> None:
    client = sign_in(Role.OFFICE)
    reply = send(client, cohort, (data_folder / "imports" / "liste.xlsx").read_bytes())
    assert reply.status_code == 303
    page = client.get(reply.location)
    assert page.status_code == 200
    assert "2 personnes seront inscrites" in page.text.replace("\u00a0", " ")
    assert "12/05/1979" in page.text
    assert queries.roster(cohort.id) == []
    done = client.post(reply.location)
    assert done.status_code == 303
    assert len(queries.roster(cohort.id)) == 2
    again = client.post(reply.location)  # nothing is enrolled twice
    assert again.status_code == 422
    assert "déjà inscrit" in again.text
    assert len(queries.roster(cohort.id)) == 2


def test_problems_are_shown_line_by_line(
    cohort: Cohort, sign_in: SignIn, data_folder: Path
) -> None:
    client = sign_in(Role.OFFICE)
    reply = send(client, cohort, (data_folder / "imports" / "liste-a-corriger.csv").read_bytes())
    page = client.get(reply.location)
    assert page.status_code == 422
    rows = BeautifulSoup(page.text, "html.parser").select("tbody tr")
    said = [tuple(cell.get_text(strip=True) for cell in row.select("td")[:2]) for row in rows]
    assert said[:2] == [("2", "Né(e) le"), ("3", "E-mail")]
    assert client.post(reply.location).status_code == 422
    assert queries.roster(cohort.id) == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Choisissez un fichier"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "pas d’un type accepté"),
        (b"PK\x03\x04" + b"\x00" * 40, "."),
        (b"\n\n", "vide"),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_its_field(
    cohort: Cohort, sign_in: SignIn, data: bytes, words: str
) -> None:
    client = sign_in(Role.OFFICE)
    reply = (
        send(client, cohort, data)
        if data
        else client.post(f"/sessions/{cohort.id}/stagiaires/importer", data={"payer": "later"})
    )
    assert reply.status_code == 422
    error = BeautifulSoup(reply.text, "html.parser").select_one("#file-erreur")
    assert words in error.get_text()


def test_a_token_opens_its_own_cohort_only(cohort: Cohort, sign_in: SignIn) -> None:
    client, other = sign_in(Role.OFFICE), cohort_with(0)
    location = send(client, cohort, b"Nom;Prenom;Mail\nA;B;a@example.org\n").location
    moved = location.replace(f"/sessions/{cohort.id}/", f"/sessions/{other.id}/")
    for path in (moved, f"/sessions/{cohort.id}/stagiaires/importer/forged"):
        for reply in (client.get(path), client.post(path)):
            assert reply.status_code == 303
            assert reply.location.endswith("/importer")
    assert queries.roster(other.id) == []


def test_who_pays_is_remembered_until_the_end(cohort: Cohort, sign_in: SignIn) -> None:
    for _ in range(2):
        CohortClientFactory(cohort_id=cohort.id, client_id=ClientFactory().id)
    chosen = queries.clients_of(cohort.id)[1].client.id
    client = sign_in(Role.OFFICE)
    data = b"Nom;Prenom;Mail\nA;B;a@example.org\n"
    location = send(client, cohort, data, payer=str(chosen)).location
    client.post(location)
    assert queries.roster(cohort.id)[0].enrolment.client_id == chosen


def test_a_long_list_is_enrolled_by_the_worker(
    app: Flask, cohort: Cohort, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin_app.cohorts.office.imports.LONG", 2)
    client = sign_in(Role.OFFICE)
    people = "".join(f"N{n};P;p{n}@example.org\n" for n in range(3))
    location = send(client, cohort, f"Nom;Prenom;Mail\n{people}".encode()).location
    reply = client.post(location)
    assert reply.status_code == 303
    job = db.session.scalars(select(Job)).one()
    assert (job.state, job.done, job.total) == ("done", 3, 3)
    assert len(queries.roster(cohort.id)) == 3
    jobs.import_trainees(None, **job.arguments)  # type: ignore[arg-type]  # done already: nothing
    assert len(queries.roster(cohort.id)) == 3


CAPITALS = "Nom;Prénom;Courriel\nLE GOFF;JEAN-MARC;jm@example.org\nDuPont;Léa;lea@example.org\n"


@pytest.mark.parametrize(
    ("sent", "names"),
    [
        ({}, {"Jean-Marc Le Goff", "Léa DuPont"}),
        ({"names": "tidy"}, {"Jean-Marc Le Goff", "Léa DuPont"}),
        ({"names": "as-sent"}, {"JEAN-MARC LE GOFF", "Léa DuPont"}),
    ],
)
def test_names_in_capitals_are_offered_otherwise_and_the_office_chooses(
    cohort: Cohort, sign_in: SignIn, sent: dict[str, str], names: set[str]
) -> None:
    client = sign_in(Role.OFFICE)
    address = send(client, cohort, CAPITALS.encode()).location
    page = BeautifulSoup(client.get(address).text, "html.parser")
    first, second = (row.get_text(" ", strip=True) for row in page.select("tbody tr"))
    assert "Le Goff fichier\u00a0: LE GOFF" in first
    assert "Jean-Marc fichier\u00a0: JEAN-MARC" in first
    assert "fichier\u00a0:" not in second
    assert [one["value"] for one in page.select("input[name=names][checked]")] == ["tidy"]
    assert client.post(address, data=sent).status_code == 303
    assert {one.trainee.name for one in queries.roster(cohort.id)} == names


def test_a_list_without_capitals_asks_nothing(cohort: Cohort, sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICE)
    data = b"Nom;Prenom;Courriel\nBenali;Nadia;nadia@example.org\n"
    page = client.get(send(client, cohort, data).location).text
    assert "capitales" not in page
    assert 'name="names"' not in page


def test_who_is_known_keeps_their_name(cohort: Cohort, sign_in: SignIn) -> None:
    TraineeFactory(first_name="Jean-Marc", last_name="LE GOFF", email="jm@example.org")
    client = sign_in(Role.OFFICE)
    address = send(client, cohort, CAPITALS.encode()).location
    assert "fichier\u00a0:" not in client.get(address).text
    client.post(address)
    assert {one.trainee.name for one in queries.roster(cohort.id)} == {
        "Jean-Marc LE GOFF",
        "Léa DuPont",
    }


def test_a_choice_that_is_not_offered_enrols_nobody(cohort: Cohort, sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICE)
    address = send(client, cohort, CAPITALS.encode()).location
    assert client.post(address, data={"names": "autrement"}).status_code == 422
    assert queries.roster(cohort.id) == []


def test_the_worker_writes_the_names_that_were_chosen(
    cohort: Cohort, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("admin_app.cohorts.office.imports.LONG", 1)
    client = sign_in(Role.OFFICE)
    address = send(client, cohort, CAPITALS.encode()).location
    assert "/travaux/" in client.post(address, data={"names": "tidy"}).location
    assert {one.trainee.name for one in queries.roster(cohort.id)} == {
        "Jean-Marc Le Goff",
        "Léa DuPont",
    }
