"""Joining instructions: the office's pages and the trainee's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import roster
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.links import Purpose
from admin_app.joining import operations, queries
from tests.admin_app.joining.test_operations import AT, OFFICE
from tests.factories import EnrolmentFactory, cohort_with, committed
from tests.factories.joining import cohort_ready_to_join
from tests.support.pdf import text_of
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]


def path_of(cohort: Cohort) -> str:
    return f"/sessions/{cohort.id}/convocations"


def test_the_page_says_what_is_missing_and_sending_is_refused(
    sign_in: SignIn, outbox: list
) -> None:
    cohort, client = cohort_ready_to_join(1, kinds=("welcome-booklet",)), sign_in(Role.OFFICE)
    page = client.get(path_of(cohort))
    assert "Ce qui manque avant d’envoyer" in page.text
    assert "Règlement intérieur" in page.text
    enrolment = roster(cohort.id)[0].enrolment
    for path in (path_of(cohort), f"{path_of(cohort)}/{enrolment.id}"):
        reply = client.post(path)
        assert reply.status_code == 422
        assert "Rien n’est parti" in reply.text
    assert outbox == []


def test_the_office_sends_to_one_then_to_all_then_again(sign_in: SignIn, outbox: list) -> None:
    cohort, client = cohort_ready_to_join(2), sign_in(Role.OFFICE)
    path = path_of(cohort)
    assert "Envoyer à 2" in client.get(path).text.replace("\u00a0", " ")
    assert client.post(f"{path}/{roster(cohort.id)[0].enrolment.id}").status_code == 303
    assert client.post(path).status_code == 303
    assert len(outbox) == 2
    assert "Renvoyer à tous" in client.get(path).text
    assert client.post(path).status_code == 422  # everyone has it
    assert client.post(path, data={"again": "yes"}).status_code == 303
    assert len(outbox) == 4


def test_a_draft_is_shown_before_anything_leaves(sign_in: SignIn) -> None:
    cohort, client = cohort_ready_to_join(1), sign_in(Role.OFFICE)
    person = roster(cohort.id)[0]
    reply = client.get(f"{path_of(cohort)}/{person.enrolment.id}/apercu")
    assert reply.mimetype == "application/pdf"
    said = text_of(reply.data)
    assert person.trainee.name in said
    assert "Projet" in said


@pytest.mark.parametrize("role", [Role.TRAINER, Role.CLIENT, Role.AUDITOR])
def test_others_may_not_open_it(sign_in: SignIn, role: Role) -> None:
    cohort = cohort_ready_to_join(1)
    assert sign_in(role).get(path_of(cohort)).status_code == 403


def test_the_quality_manager_reads_and_sends_nothing(sign_in: SignIn, outbox: list) -> None:
    cohort, client = cohort_ready_to_join(1), sign_in(Role.QUALITY_MANAGER)
    assert client.get(path_of(cohort)).status_code == 200
    assert client.post(path_of(cohort)).status_code == 403
    assert outbox == []


def test_another_cohorts_trainee_is_not_found(sign_in: SignIn) -> None:
    cohort, client = cohort_ready_to_join(1), sign_in(Role.OFFICE)
    other = roster(cohort_with(1).id)[0].enrolment.id
    assert client.post(f"{path_of(cohort)}/{other}").status_code == 404
    assert client.get(f"{path_of(cohort)}/{other}/apercu").status_code == 404
    assert client.get("/sessions/999/convocations").status_code == 404


def test_the_page_costs_the_same_for_few_and_many(sign_in: SignIn) -> None:
    cohort, client = cohort_ready_to_join(2), sign_in(Role.OFFICE)

    def statements() -> int:
        db.session.remove()
        with counted() as found:
            assert client.get(path_of(cohort)).status_code == 200
        return len(found)

    few = statements()
    for _ in range(60):
        EnrolmentFactory(cohort_id=cohort.id)
    assert statements() == few <= 10


def test_an_empty_cohort_says_what_to_do_first(sign_in: SignIn) -> None:
    cohort = cohort_ready_to_join(0)
    assert "Personne à convoquer" in sign_in(Role.OFFICE).get(path_of(cohort)).text


# --- the trainee ---------------------------------------------------------------------------


def sent_link(cohort: Cohort) -> str:
    """The trainee's own address, once the instructions were sent."""
    person = roster(cohort.id)[0]
    operations.send_instructions(cohort, person, by=OFFICE, at=clock.now())
    link = links.current(Purpose.TRAINEE_FILE, ("enrolment", person.enrolment.id), clock.now())
    assert link is not None
    return f"/l/{links.token(link)}"


def test_the_trainee_sees_when_where_and_with_whom_and_opening_is_noted(
    browse: FlaskClient,
) -> None:
    cohort = cohort_ready_to_join(1, practical_info="Apportez un cas.")
    link = sent_link(cohort)
    home = browse.get(link)
    assert home.status_code in {302, 303}
    page = browse.get(home.location)
    assert page.status_code == 200
    for words in ("Votre convocation", "Salle Loire", "Apportez un cas.", "Paul Ribeiro"):
        assert words in page.text
    row = queries.current_of(roster(cohort.id)[0].enrolment.id)
    assert row is not None
    db.session.refresh(row)
    assert row.opened_at is not None


def test_the_trainee_fetches_the_very_documents_that_were_sent(browse: FlaskClient) -> None:
    cohort = cohort_ready_to_join(1)
    link = sent_link(cohort)
    reply = browse.get(f"{link}/formation/convocation")
    assert reply.mimetype == "application/pdf"
    assert "Convocation" in text_of(reply.data)
    assert browse.get(f"{link}/formation/documents/house-rules").data.startswith(b"%PDF")
    assert browse.get(f"{link}/formation/documents/nothing").status_code == 404


def test_the_page_stands_before_anything_was_sent(browse: FlaskClient) -> None:
    cohort = cohort_ready_to_join(1)
    person = roster(cohort.id)[0]
    from admin_app.core.actor import ActorKind

    with committed():
        link = links.create(
            Purpose.TRAINEE_FILE,
            actor_kind=ActorKind.TRAINEE,
            subject=("enrolment", person.enrolment.id),
            label=person.trainee.name,
            email=person.trainee.email,
            at=AT,
            expires_at=clock.now() + timedelta(days=1),
        )
    path = f"/l/{links.token(link)}/formation"
    assert "Votre formation" in browse.get(path).text
    assert browse.get(f"{path}/convocation").status_code == 404


def test_a_link_that_was_revoked_or_forged_opens_nothing(browse: FlaskClient) -> None:
    cohort = cohort_ready_to_join(1)
    link = sent_link(cohort)
    with committed():
        links.revoke_all(("enrolment", roster(cohort.id)[0].enrolment.id), AT)
    assert browse.get(f"{link}/formation").status_code == 410
    assert browse.get("/l/forged.link/formation").status_code == 404


def test_the_command_issues_them_without_sending(app: Flask, outbox: list) -> None:
    cohort = cohort_ready_to_join(2)
    runner = app.test_cli_runner()
    done = runner.invoke(
        args=["documents", "issue", "joining-instructions", cohort.reference, "--json"]
    )
    assert done.exit_code == 0, done.stderr
    assert done.stdout.count("CONVOC-") == 2
    assert outbox == []
