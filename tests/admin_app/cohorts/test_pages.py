"""The office's pages: what they show, what they refuse, what they keep."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from tests.admin_app.cohorts.conftest import AT, marked
from tests.factories import (
    ClientContactFactory,
    ClientFactory,
    EnrolmentFactory,
    ProgrammeVersionFactory,
    TraineeFactory,
    TrainerFactory,
    cohort_with,
    committed,
)
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
MOST_STATEMENTS = 10


def page_of(reply: Any) -> BeautifulSoup:
    """The page that was answered."""
    return BeautifulSoup(reply.text, "html.parser")


def errors_of(reply: Any) -> str:
    """What the summary of errors says."""
    found = page_of(reply).select_one(".error-summary")
    return found.get_text(" ", strip=True) if found else ""


def half_day_fields(*rows: dict[str, Any]) -> dict[str, str]:
    """What a browser sends for these half-days."""
    usual = {"period": "morning", "starts": "09:00", "ends": "12:30", "theme": "Un", "place_id": ""}
    return {
        f"half_days-{rank}-{name}": str(value)
        for rank, row in enumerate(rows)
        for name, value in (usual | row).items()
    }


# --- who may open what ---------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.TRAINER, Role.AUDITOR, Role.CLIENT])
def test_other_roles_see_no_cohort(cohort: Cohort, sign_in: SignIn, role: Role) -> None:
    assert sign_in(role).get(f"/sessions/{cohort.id}").status_code == 403


def test_the_quality_manager_reads_and_changes_nothing(cohort: Cohort, sign_in: SignIn) -> None:
    client = sign_in(Role.QUALITY_MANAGER)
    assert client.get(f"/sessions/{cohort.id}").status_code == 200
    assert "Modifier" not in client.get(f"/sessions/{cohort.id}").text
    assert client.get(f"/sessions/{cohort.id}/modifier").status_code == 403
    assert client.post(f"/sessions/{cohort.id}/annuler").status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/sessions/999",
        "/sessions/999/modifier",
        "/sessions/999/demi-journees",
        "/sessions/999/stagiaires",
        "/sessions/999/intervenants",
        "/sessions/999/clients",
        "/sessions/nouvelle?version_id=999&starts_on=2027-01-12",
    ],
)
def test_what_does_not_exist_is_not_found(app: Flask, sign_in: SignIn, path: str) -> None:
    assert sign_in(Role.OFFICE).get(path).status_code in {404, 422}


def test_rows_of_another_cohort_are_not_found(
    cohort: Cohort, acts: dict[str, Any], sign_in: SignIn
) -> None:
    other = cohort_with(1)
    half_day = queries.half_days(other.id)[0].id
    enrolment = queries.roster(other.id)[0].enrolment.id
    assignment = queries.trainers_of(other.id)[0].assignment.id
    sponsor = queries.clients_of(other.id)[0].client.id
    client = sign_in(Role.OFFICE)
    for path in (
        f"demi-journees/{half_day}/annuler",
        f"stagiaires/{enrolment}",
        f"stagiaires/{enrolment}/depart",
        f"stagiaires/{enrolment}/remplacer",
        f"stagiaires/{enrolment}/motif",
        f"intervenants/{assignment}/retirer",
        f"clients/{sponsor}",
    ):
        assert client.get(f"/sessions/{cohort.id}/{path}").status_code == 404, path
    assert client.post(f"/sessions/{cohort.id}/stagiaires/{enrolment}/retablir").status_code == 404


# --- the list ------------------------------------------------------------------------------


def test_the_list_says_what_to_do_when_it_is_empty(app: Flask, sign_in: SignIn) -> None:
    assert "Créer la première session" in sign_in(Role.OFFICE).get("/sessions/").text


def test_the_list_is_narrowed_by_the_address(cohort: Cohort, sign_in: SignIn) -> None:
    other = cohort_with(2, title="Émargement numérique", starts_on=date(2025, 3, 4))
    sponsor = queries.clients_of(other.id)[0].client
    trainer = queries.trainers_of(other.id)[0].trainer
    client = sign_in(Role.OFFICE)
    for narrowed in (
        "q=emargement",
        "year=2025",
        "state=ended",
        f"client={sponsor.id}",
        "client=aubree",
        f"formateur={trainer.id}",
        f"formateur={trainer.last_name}",
    ):
        with clock.frozen(AT):
            page = page_of(client.get(f"/sessions/?{narrowed}"))
        assert [row.get_text(strip=True) for row in page.select("tbody th")] == [
            "Émargement numérique"
        ], narrowed


@pytest.mark.parametrize(
    "narrowed", ["state=x", "year=abc", "year=0", "page=99", "page=-1", "client=%25", "q=%25_"]
)
def test_nonsense_in_the_address_breaks_nothing(
    cohort: Cohort, sign_in: SignIn, narrowed: str
) -> None:
    assert sign_in(Role.OFFICE).get(f"/sessions/?{narrowed}").status_code == 200


def statements_of(client: FlaskClient, path: str) -> int:
    """How many statements a page runs, with a session that knows nothing yet."""
    db.session.remove()
    with counted() as statements:
        assert client.get(path).status_code == 200
    return len(statements)


def test_the_list_costs_the_same_for_few_and_many(app: Flask, sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICE)
    version = ProgrammeVersionFactory()
    for n in range(25):
        cohort_with(1, version_id=version.id, reference=f"A-{n}")
    few = statements_of(client, "/sessions/")
    with committed():
        db.session.add_all(
            Cohort(
                reference=f"B-{n}",
                title="Autre",
                version_id=version.id,
                standard_version_id=version.id,
                starts_on=date(2026, 1, 1) + timedelta(days=n % 700),
                ends_on=date(2026, 1, 2) + timedelta(days=n % 700),
                modality="remote",
                created_at=version.created_at,
                created_by="x",
            )
            for n in range(2_000)
        )
    assert statements_of(client, "/sessions/") == few <= MOST_STATEMENTS


def test_the_pages_of_a_cohort_cost_the_same_for_few_and_many(
    cohort: Cohort, sign_in: SignIn
) -> None:
    client = sign_in(Role.OFFICE)
    paths = [f"/sessions/{cohort.id}", f"/sessions/{cohort.id}/stagiaires"]
    EnrolmentFactory(cohort_id=cohort.id)
    few = [statements_of(client, path) for path in paths]
    for _ in range(60):
        EnrolmentFactory(cohort_id=cohort.id)
    assert [statements_of(client, path) for path in paths] == few
    assert max(few) <= MOST_STATEMENTS


# --- opening a cohort ----------------------------------------------------------------------


def test_a_new_cohort_is_proposed_from_its_programme(app: Flask, sign_in: SignIn) -> None:
    version = ProgrammeVersionFactory()
    reply = sign_in(Role.OFFICE).get(
        f"/sessions/nouvelle?version_id={version.id}&starts_on=2027-01-12"
    )
    page = page_of(reply)
    assert page.select_one("#reference")["value"].endswith("-2027-01")
    assert len(page.select("[name$='-starts']")) == 4
    assert "14 h" in page.select_one("#total").get_text().replace("\u00a0", " ")
    assert page.select_one("#half_days-0-theme")["value"] == "Le métier aujourd’hui"


def test_the_first_step_says_what_is_missing(app: Flask, sign_in: SignIn) -> None:
    version = ProgrammeVersionFactory()
    reply = sign_in(Role.OFFICE).get(f"/sessions/nouvelle?version_id={version.id}&starts_on=")
    assert reply.status_code == 422
    assert "premier jour" in errors_of(reply)
    reply = sign_in(Role.OFFICE).get(
        f"/sessions/nouvelle?version_id={version.id}&starts_on=31/02/2027"
    )
    assert reply.status_code == 422
    assert page_of(reply).select_one("#starts_on")["value"] == "31/02/2027"


@pytest.mark.parametrize("days", ["0", "99", "-1", "deux"])
def test_a_number_of_days_that_makes_no_sense_is_told_beside_it(
    app: Flask, sign_in: SignIn, days: str
) -> None:
    version = ProgrammeVersionFactory()
    reply = sign_in(Role.OFFICE).get(
        f"/sessions/nouvelle?version_id={version.id}&starts_on=2026-12-07&days={days}"
    )
    assert reply.status_code == 422
    field = page_of(reply).select_one("#days")
    assert field["value"] == days
    assert field["aria-invalid"] == "true"


def new_cohort(**changed: str) -> dict[str, str]:
    """What a browser sends for a new cohort of one half-day."""
    return {
        "reference": "N-1",
        "title": "Titre",
        "modality": "in-person",
        "place_id": "",
        **half_day_fields({"day": "2027-01-12"}),
        **changed,
    }


def test_a_cohort_is_opened(app: Flask, sign_in: SignIn) -> None:
    version = ProgrammeVersionFactory()
    reply = sign_in(Role.OFFICE).post(f"/sessions/nouvelle/{version.id}", data=new_cohort())
    assert reply.status_code == 303
    found = queries.by_reference("n-1")
    assert found is not None
    assert [one.minutes for one in queries.half_days(found.id)] == [210]


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("reference", "", "référence"),
        ("reference", "é é", "lettres sans accent"),
        ("title", "", "intitulé"),
        ("half_days-0-day", "2027-02-31", "n’existe pas"),
        ("half_days-0-starts", "25h", "Écrivez l’heure"),
        ("half_days-0-ends", "08:00", "précède"),
        ("half_days-0-theme", "x" * 301, "300 caractères"),
        ("remote_url", "visio", "https://"),
        ("place_id", "999", "dans la liste"),
        ("modality", "by-air", "choix"),
    ],
)
def test_bad_input_is_kept_and_explained(
    app: Flask, sign_in: SignIn, field: str, value: str, words: str
) -> None:
    version = ProgrammeVersionFactory()
    reply = sign_in(Role.OFFICE).post(
        f"/sessions/nouvelle/{version.id}", data=new_cohort(**{field: value})
    )
    assert reply.status_code == 422
    assert words in errors_of(reply).replace("\u00a0", " ")
    page = page_of(reply)
    control = page.select_one(f"[name='{field}']")
    if control.name == "input":
        assert control.get("value", "") == value
    assert page.select_one(f"#{field}-erreur") is not None
    assert queries.by_reference("N-1") is None


def test_no_half_day_at_all_is_explained(app: Flask, sign_in: SignIn) -> None:
    version = ProgrammeVersionFactory()
    data = {name: value for name, value in new_cohort().items() if "half_days" not in name}
    reply = sign_in(Role.OFFICE).post(f"/sessions/nouvelle/{version.id}", data=data)
    assert reply.status_code == 422
    assert "au moins une demi-journée" in errors_of(reply)


def test_buttons_arrange_half_days_without_saving(app: Flask, sign_in: SignIn) -> None:
    version, client = ProgrammeVersionFactory(), sign_in(Role.OFFICE)
    path = f"/sessions/nouvelle/{version.id}"
    added = page_of(client.post(path, data=new_cohort(arrange="add", title="Gardé")))
    assert [one["value"] for one in added.select("[name$='-day']")] == ["2027-01-12"] * 2
    assert [one["value"] for one in added.select("[name$='-starts']")] == ["09:00", "14:00"]
    assert added.select_one("#title")["value"] == "Gardé"
    removed = page_of(client.post(path, data=new_cohort(arrange="remove-0")))
    assert removed.select("[name$='-day']") == []
    recomputed = page_of(
        client.post(path, data=new_cohort(arrange="recompute", **{"half_days-0-ends": "11:00"}))
    )
    total = recomputed.select_one("#total").get_text(" ", strip=True).replace("\u00a0", " ")
    assert "2 h" in total
    assert "12 h de moins que le programme" in total
    assert queries.by_reference("N-1") is None


# --- one cohort ----------------------------------------------------------------------------


def test_the_page_says_what_remains_to_be_settled(
    cohort: Cohort, acts: dict[str, Any], sign_in: SignIn
) -> None:
    operations.enrol(cohort, trainee_id=TraineeFactory().id, **acts)
    text = sign_in(Role.OFFICE).get(f"/sessions/{cohort.id}").text.replace("\u00a0", " ")
    assert "Affecter un formateur" in text
    assert "Préciser qui paie pour 1 stagiaire" in text
    assert "Donner un thème" not in text


def test_other_rooms_add_their_panel(cohort: Cohort, app: Flask, sign_in: SignIn) -> None:
    supplied = app.extensions.setdefault("liasse.cohort_panels", [])
    supplied.append(lambda cohort_id: ("components/page.html", {"cohort_id": cohort_id}))
    try:
        assert sign_in(Role.OFFICE).get(f"/sessions/{cohort.id}").status_code == 200
    finally:
        supplied.pop()


def test_a_cohort_is_changed_cancelled_and_restored(cohort: Cohort, sign_in: SignIn) -> None:
    client, path = sign_in(Role.OFFICE), f"/sessions/{cohort.id}"
    data = {"title": "Nouveau titre", "modality": "in-person", "place_id": str(cohort.place_id)}
    assert client.post(f"{path}/modifier", data=data).status_code == 303
    assert client.post(f"{path}/annuler", data={"why": ""}).status_code == 422
    assert client.post(f"{path}/annuler", data={"why": "Effectif"}).status_code == 303
    assert "Effectif" in client.get(path).text
    assert client.post(f"{path}/modifier", data=data).status_code == 422
    assert client.post(f"{path}/retablir").status_code == 303
    assert client.post(f"{path}/retablir").status_code == 303  # told, not broken
    assert "n’est pas annulée" in client.get(path).text


def test_attended_half_days_show_that_they_no_longer_move(cohort: Cohort, sign_in: SignIn) -> None:
    first = queries.half_days(cohort.id)[0]
    marked(first)
    client, path = sign_in(Role.OFFICE), f"/sessions/{cohort.id}/demi-journees"
    assert "émargée" in client.get(path).text
    data = half_day_fields({"id": first.id, "day": "2026-09-21"})
    reply = client.post(path, data=data)
    assert reply.status_code == 422
    assert "ne changent plus" in errors_of(reply)
    assert page_of(reply).select_one("#half_days-0-day")["value"] == "2026-09-21"
    assert client.post(f"{path}/{first.id}/annuler", data={"why": "Malade"}).status_code == 303
    assert "Rétablir" in client.get(path).text
    assert client.post(f"{path}/{first.id}/retablir").status_code == 303


def test_a_trainer_without_the_skill_needs_a_reason(cohort: Cohort, sign_in: SignIn) -> None:
    trainer = TrainerFactory()
    client, path = sign_in(Role.OFFICE), f"/sessions/{cohort.id}/intervenants"
    reply = client.post(path, data={"trainer_id": trainer.id, "reason": ""})
    assert reply.status_code == 422
    assert "Animation participative" in page_of(reply).select_one("#reason-erreur").get_text()
    reply = client.post(path, data={"trainer_id": trainer.id, "reason": "En binôme"})
    assert reply.status_code == 303
    assert "En binôme" in client.get(path).text
    assert client.post(path, data={"trainer_id": "", "reason": ""}).status_code == 422
    row = queries.trainers_of(cohort.id)[0].assignment
    assert client.post(f"{path}/{row.id}/retirer", data={"why": ""}).status_code == 422
    assert client.post(f"{path}/{row.id}/retirer", data={"why": "Congé"}).status_code == 303


def test_a_client_is_found_added_priced_and_taken_out(cohort: Cohort, sign_in: SignIn) -> None:
    contact = ClientContactFactory(client_id=ClientFactory(name="Département de l’Orne").id)
    client, path = sign_in(Role.OFFICE), f"/sessions/{cohort.id}/clients"
    assert "Département de l’Orne" in client.get(f"{path}?q=departement").text
    assert client.post(path, data={"client_id": contact.client_id}).status_code == 303
    one = f"{path}/{contact.client_id}"
    assert client.post(one, data={"price": "abc", "contact_id": ""}).status_code == 422
    sent = {"price": "4 800,50", "contact_id": contact.id}
    assert client.post(one, data=sent).status_code == 303
    assert "4 800,50 €" in client.get(path).text.replace("\u00a0", " ").replace("\u202f", " ")
    assert client.post(f"{one}/retirer").status_code == 303
    assert queries.clients_of(cohort.id) == []
    assert client.post(path, data={"client_id": "x"}).status_code == 303  # told, not broken


# --- trainees ------------------------------------------------------------------------------


def test_someone_known_is_found_and_enrolled(cohort: Cohort, sign_in: SignIn) -> None:
    trainee = TraineeFactory(email="nadia.benali@example.org")
    client, path = sign_in(Role.OFFICE), f"/sessions/{cohort.id}/stagiaires"
    assert trainee.name in client.get(f"{path}/inscrire?q=nadia.benali@example.org").text
    one = f"{path}/inscrire/{trainee.id}"
    assert client.post(one, data={"employer": "Mairie"}).status_code == 422
    assert client.post(one, data={"payer": "later", "employer": "Mairie"}).status_code == 303
    assert "à préciser" in client.get(path).text
    assert client.post(one, data={"payer": "later"}).status_code == 422
    assert "déjà dans la session" in client.get(f"{path}/inscrire?q=benali").text


def test_someone_new_is_enrolled_and_mistakes_are_kept(cohort: Cohort, sign_in: SignIn) -> None:
    client, path = sign_in(Role.OFFICE), f"/sessions/{cohort.id}/stagiaires/nouveau"
    sent = {
        "first_name": "Élodie",
        "last_name": "D’Œuvre",
        "email": "elodie@",
        "birth_date": "31/02/1990",
        "phone": "abc",
        "payer": "personally",
    }
    reply = client.post(path, data=sent)
    assert reply.status_code == 422
    page = page_of(reply)
    assert page.select_one("#email")["value"] == "elodie@"
    assert page.select_one("#birth_date")["value"] == "31/02/1990"
    reply = client.post(path, data=sent | {"email": "elodie@example.org", "birth_date": ""})
    assert reply.status_code == 422  # the phone number is left
    assert page_of(reply).select_one("#phone-erreur") is not None
    assert queries.roster(cohort.id) == []
    sent |= {"email": "elodie@example.org", "birth_date": "12/05/1990", "phone": "0612345678"}
    assert client.post(path, data=sent).status_code == 303
    (one,) = queries.roster(cohort.id)
    assert (one.trainee.name, one.enrolment.pays_personally) == ("Élodie D’Œuvre", True)


def test_leaving_replacing_and_coming_back(cohort: Cohort, sign_in: SignIn) -> None:
    enrolment = EnrolmentFactory(cohort_id=cohort.id)
    with committed():
        cohort.starts_on, cohort.ends_on = date(2090, 1, 1), date(2090, 1, 2)
    client = sign_in(Role.OFFICE)
    path = f"/sessions/{cohort.id}/stagiaires/{enrolment.id}"
    assert client.post(f"{path}/depart", data={"on": "2026-06-02", "reason": ""}).status_code == 422
    assert client.post(f"{path}/depart", data={"on": "x", "reason": "y"}).status_code == 422
    sent = {"on": "2026-06-02", "reason": "Mutation"}
    assert client.post(f"{path}/depart", data=sent).status_code == 303
    assert "Mutation" in client.get(f"/sessions/{cohort.id}/stagiaires").text
    assert client.post(f"{path}/retablir").status_code == 303
    other = {"first_name": "Léa", "last_name": "Roux", "email": "lea@example.org"}
    reply = client.post(f"{path}/remplacer", data=other | {"on": "2026-06-02", "reason": ""})
    assert reply.status_code == 422
    assert page_of(reply).select_one("#first_name")["value"] == "Léa"
    assert client.post(f"{path}/remplacer", data=other | sent).status_code == 303
    assert "Léa Roux vient à sa place" in client.get(f"/sessions/{cohort.id}/stagiaires").text


def test_the_reason_of_a_dropout_is_noted_from_the_list(cohort: Cohort, sign_in: SignIn) -> None:
    enrolment = EnrolmentFactory(cohort_id=cohort.id, departure="dropout", left_on=cohort.starts_on)
    client = sign_in(Role.OFFICE)
    assert "Motif à consigner" in client.get(f"/sessions/{cohort.id}/stagiaires").text
    path = f"/sessions/{cohort.id}/stagiaires/{enrolment.id}/motif"
    assert client.post(path, data={"was_given": "yes", "reason": " "}).status_code == 422
    assert client.post(path, data={"was_given": "no", "reason": "2 appels"}).status_code == 303
    assert "2 appels" in client.get(f"/sessions/{cohort.id}/stagiaires").text


def test_who_pays_is_changed(cohort: Cohort, sign_in: SignIn) -> None:
    enrolment = EnrolmentFactory(cohort_id=cohort.id)
    client = sign_in(Role.OFFICE)
    path = f"/sessions/{cohort.id}/stagiaires/{enrolment.id}"
    assert page_of(client.get(path)).select_one("[name=payer][checked]")["value"] == "later"
    sent = {"payer": "personally", "employer": "Sa boutique"}
    assert client.post(path, data=sent).status_code == 303
    assert page_of(client.get(path)).select_one("[name=payer][checked]")["value"] == "personally"
    assert client.post(path, data={"payer": "999"}).status_code == 422
