"""Who joins a cohort that has begun is not expected where nobody can sign any more."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from admin_app.cohorts import operations, queries
from admin_app.cohorts.late import proposed_first_day
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from tests.admin_app.cohorts.conftest import AT, FIRST
from tests.factories import TraineeFactory
from tests.factories.followed import ClosingFactory
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
SECOND = FIRST + timedelta(days=1)
ON_THE_SECOND = datetime.combine(SECOND, AT.timetz())


def close(cohort: Cohort, *ranks: int) -> None:
    there = queries.half_days(cohort.id)
    for rank in ranks:
        ClosingFactory(half_day_id=there[rank].id, closed_at=there[rank].ends_at)


def proposed(page: str) -> str:
    field = BeautifulSoup(page, "html.parser").select_one("[name=takes_part_from]")
    return str(field.get("value", "")) if field else "no field"


@pytest.mark.parametrize(
    ("closed", "on", "day"),
    [
        ((), FIRST - timedelta(days=1), None),  # to come: nothing to ask
        ((), FIRST, None),
        ((), SECOND, FIRST),  # nothing is closed yet: all can still be signed
        ((0,), FIRST, SECOND),  # this morning is over
        ((0, 1), SECOND, SECOND),
        ((1,), SECOND, SECOND),
        ((0, 1, 2, 3), SECOND, FIRST),  # all is over: the office says which
    ],
)
def test_the_first_day_after_all_that_is_closed_is_proposed(
    cohort: Cohort, closed: tuple[int, ...], on: date, day: date | None
) -> None:
    close(cohort, *closed)
    with counted() as statements:
        assert proposed_first_day(cohort, on) == day
    assert len(statements) <= 3


def test_the_forms_propose_it_and_what_is_typed_wins(cohort: Cohort, sign_in: SignIn) -> None:
    close(cohort, 0, 1)
    trainee, client = TraineeFactory(), sign_in(Role.OFFICE)
    base = f"/sessions/{cohort.id}/stagiaires"
    with clock.frozen(ON_THE_SECOND):
        for path in ("/nouveau", f"/inscrire/{trainee.id}", "/importer"):
            page = client.get(base + path).text
            assert proposed(page) == SECOND.isoformat(), path
        assert "n’est pas attendue avant" in client.get(f"{base}/nouveau").text.replace("\n", " ")
        data = {"payer": "later", "employer": "", "takes_part_from": FIRST.isoformat()}
        assert client.post(f"{base}/inscrire/{trainee.id}", data=data).status_code == 303
    (one,) = queries.roster(cohort.id)
    assert one.enrolment.takes_part_from is None


def test_nothing_is_asked_before_the_first_day(cohort: Cohort, sign_in: SignIn) -> None:
    with clock.frozen(AT):
        page = sign_in(Role.OFFICE).get(f"/sessions/{cohort.id}/stagiaires/importer").text
    assert proposed(page) == "no field"


def send(client: FlaskClient, cohort: Cohort, text: str, **more: str):  # type: ignore[no-untyped-def]
    data = {"file": (io.BytesIO(text.encode()), "liste.csv"), "payer": "later"} | more
    return client.post(f"/sessions/{cohort.id}/stagiaires/importer", data=data)


def test_a_list_says_from_when_and_the_others_follow_the_form(
    cohort: Cohort, sign_in: SignIn
) -> None:
    close(cohort, 0, 1)
    client = sign_in(Role.OFFICE)
    text = (
        "Nom;Prénom;Courriel;Participe à partir du\n"
        "Benali;Nadia;n@example.org;17/09/26\n"
        "Tessier;Hugo;h@example.org;\n"
        "Roux;Anne;a@example.org;18 septembre 2026\n"
    )
    with clock.frozen(ON_THE_SECOND):
        reply = send(client, cohort, text, takes_part_from=SECOND.isoformat())
        page = client.get(reply.location).text
        heads = [one.text for one in BeautifulSoup(page, "html.parser").select("thead th")]
        assert "Participe à partir du" in [head.replace("\u00a0", " ") for head in heads]
        assert page.count("18/09/2026") == 2
        assert page.count("17/09/2026") == 1
        assert client.post(reply.location).status_code == 303
    days = {
        one.trainee.first_name: one.enrolment.takes_part_from for one in queries.roster(cohort.id)
    }
    assert days == {"Nadia": None, "Hugo": SECOND, "Anne": SECOND}


def test_a_list_without_the_column_before_the_first_day_says_nothing_of_it(
    cohort: Cohort, sign_in: SignIn
) -> None:
    client = sign_in(Role.OFFICE)
    with clock.frozen(AT):
        reply = send(client, cohort, "Nom;Prénom;Courriel\nRoux;Anne;a@example.org\n")
        assert "Participe" not in client.get(reply.location).text
        client.post(reply.location)
    assert queries.roster(cohort.id)[0].enrolment.takes_part_from is None


@pytest.mark.parametrize("cell", ["19/09/2026", "16/09/2026", "lundi", "32/09/2026", "17/13/2026"])
def test_a_day_that_is_none_of_the_cohort_is_a_problem_of_its_line(
    cohort: Cohort, cell: str
) -> None:
    data = f"Nom;Prénom;Courriel;À partir du\nRoux;Anne;a@example.org;{cell}\n".encode()
    (problem,) = operations.preview_import(cohort, data, "csv", at=AT).problems
    assert (problem.line, problem.column) == (2, "À partir du")


def test_a_day_of_the_form_that_is_none_of_the_cohort_is_said_beside_it(
    cohort: Cohort, sign_in: SignIn
) -> None:
    with clock.frozen(ON_THE_SECOND):
        text = "Nom;Prénom;Courriel\nRoux;Anne;a@example.org\n"
        reply = send(sign_in(Role.OFFICE), cohort, text, takes_part_from="2026-10-01")
    assert reply.status_code == 422
    assert "Choisissez un jour de la session" in reply.text.replace("\u00a0", " ")
    assert proposed(reply.text) == "2026-10-01"
    assert queries.roster(cohort.id) == []
