"""Resources: the office's pages, the trainer's, the trainee's."""

import io
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from admin_app.cohorts import operations as cohorts
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import roster, trainers_of
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.links import Purpose
from admin_app.resources import operations, queries
from tests.admin_app.resources.test_operations import ACTS, pdf
from tests.factories import EnrolmentFactory, UserFactory, cohort_with
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    """A cohort of two trainees."""
    return cohort_with(2)


def trainer_of(cohort: Cohort, sign_in: SignIn) -> FlaskClient:
    """The trainer of that cohort, signed in."""
    trainer = trainers_of(cohort.id)[0].trainer
    return sign_in(user=UserFactory(roles=(Role.TRAINER,), trainer_id=trainer.id))


def send(client: FlaskClient, path: str, data: bytes, name: str = "dossier.pdf", title: str = ""):  # type: ignore[no-untyped-def]
    """Send a file as a browser does."""
    return client.post(
        path,
        data={"file": (io.BytesIO(data), name), "title": title},
        content_type="multipart/form-data",
    )


@pytest.mark.parametrize("who", ["office", "trainer"])
def test_both_desks_add_share_remind_and_withdraw(
    cohort: Cohort, sign_in: SignIn, outbox: list, who: str
) -> None:
    client = sign_in(Role.OFFICE) if who == "office" else trainer_of(cohort, sign_in)
    start = "/sessions" if who == "office" else "/mes-sessions"
    path = f"{start}/{cohort.id}/ressources"
    assert "Rien n’a encore été ajouté" in client.get(path).text
    assert send(client, path, pdf().data, title="Dossier").status_code == 303
    assert "pas encore remis" in client.get(path).text
    assert client.post(f"{path}/remettre").status_code == 303
    assert len(outbox) == 2
    assert "ouvert par 0 sur 2" in client.get(path).text
    assert client.post(f"{path}/relancer").status_code == 303
    assert len(outbox) == 4
    (line,) = queries.lines(cohort.id)
    one = f"{path}/{line.resource.id}"
    assert roster(cohort.id)[0].trainee.name in client.get(one).text
    fetched = client.get(f"{one}/fichier")
    assert fetched.data == pdf().data
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert client.get(f"{one}/retirer").status_code == 200
    assert client.post(f"{one}/retirer", data={"why": ""}).status_code == 422
    assert client.post(f"{one}/retirer", data={"why": "Erreur"}).status_code == 303
    assert "Erreur" in client.get(path).text
    assert client.post(f"{one}/retirer", data={"why": "Encore"}).status_code == 422


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "vide.pdf", "est vide"),
        (b"MZ\x90\x00" + b"\x00" * 60, "dossier.pdf", "pas d’un type accepté"),
        (b"<html><script>alert(1)</script>", "page.pdf", "pas d’un type accepté"),
        (b"Nom;Prenom\n", "liste.csv", "pas d’un type accepté"),
    ],
)
def test_a_file_of_another_kind_is_refused_and_the_title_kept(
    cohort: Cohort, sign_in: SignIn, data: bytes, name: str, words: str
) -> None:
    client = sign_in(Role.OFFICE)
    reply = send(client, f"/sessions/{cohort.id}/ressources", data, name, title="Mon titre")
    assert reply.status_code == 422
    page = BeautifulSoup(reply.text, "html.parser")
    assert words in page.select_one("#file-erreur").get_text()
    assert page.select_one("#title")["value"] == "Mon titre"
    assert queries.lines(cohort.id) == []


def test_a_file_that_is_too_large_is_refused(cohort: Cohort, sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICE)
    reply = send(client, f"/sessions/{cohort.id}/ressources", b"%PDF-1.7" + b"0" * 10_100_000)
    assert reply.status_code == 422
    assert "dépasse 10 Mo" in reply.text.replace("\u00a0", " ")


def test_no_file_at_all_is_refused(cohort: Cohort, sign_in: SignIn) -> None:
    reply = sign_in(Role.OFFICE).post(f"/sessions/{cohort.id}/ressources", data={"title": "x"})
    assert reply.status_code == 422
    assert "Choisissez un fichier" in reply.text


def test_sharing_nothing_is_refused_with_words(cohort: Cohort, sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICE)
    for act in ("remettre", "relancer"):
        reply = client.post(f"/sessions/{cohort.id}/ressources/{act}")
        assert reply.status_code == 422
        assert "error-summary" in reply.text


def test_a_trainer_sees_own_cohorts_only(cohort: Cohort, sign_in: SignIn) -> None:
    other = cohort_with(1)
    row = operations.add_resource(other, pdf(), **ACTS)
    client = trainer_of(cohort, sign_in)
    listed = client.get("/mes-sessions/ressources").text
    assert cohort.reference in listed
    assert other.reference not in listed
    path = f"/mes-sessions/{other.id}/ressources"
    for reply in (
        client.get(path),
        send(client, path, pdf("b").data),
        client.post(f"{path}/remettre"),
        client.post(f"{path}/relancer"),
        client.get(f"{path}/{row.id}"),
        client.get(f"{path}/{row.id}/fichier"),
        client.post(f"{path}/{row.id}/retirer", data={"why": "x"}),
        client.get(f"/mes-sessions/{cohort.id}/ressources/{row.id}/fichier"),
    ):
        assert reply.status_code == 404
    assert len(queries.lines(other.id)) == 1


def test_a_trainer_whose_assignment_ended_sees_nothing_more(
    cohort: Cohort, sign_in: SignIn
) -> None:
    client = trainer_of(cohort, sign_in)
    cohorts.unassign_trainer(trainers_of(cohort.id)[0].assignment, why="Congé", **ACTS)
    assert client.get(f"/mes-sessions/{cohort.id}/ressources").status_code == 404


def test_a_trainer_without_file_and_other_roles_see_nothing(
    cohort: Cohort, sign_in: SignIn
) -> None:
    path = f"/mes-sessions/{cohort.id}/ressources"
    assert sign_in(Role.TRAINER).get(path).status_code == 404
    assert sign_in(Role.OFFICE).get(path).status_code == 403
    assert sign_in(Role.TRAINER).get(f"/sessions/{cohort.id}/ressources").status_code == 403
    assert (
        sign_in(Role.QUALITY_MANAGER).post(f"/sessions/{cohort.id}/ressources/remettre").status_code
        == 403
    )


def test_resources_of_another_cohort_are_not_found(cohort: Cohort, sign_in: SignIn) -> None:
    row = operations.add_resource(cohort_with(1), pdf(), **ACTS)
    client = sign_in(Role.OFFICE)
    for path in ("", "/fichier", "/retirer"):
        reply = client.get(f"/sessions/{cohort.id}/ressources/{row.id}{path}")
        assert reply.status_code == 404


def test_pages_cost_the_same_for_few_and_many(cohort: Cohort, sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICE)
    row = operations.add_resource(cohort, pdf(), **ACTS)
    operations.share(cohort, **ACTS)
    paths = [f"/sessions/{cohort.id}/ressources", f"/sessions/{cohort.id}/ressources/{row.id}"]

    def statements(path: str) -> int:
        db.session.remove()
        with counted() as found:
            assert client.get(path).status_code == 200
        return len(found)

    few = [statements(path) for path in paths]
    for n in range(30):
        EnrolmentFactory(cohort_id=cohort.id)
        operations.add_resource(cohort, pdf(f"x{n}"), **ACTS)
    assert [statements(path) for path in paths] == few
    assert max(few) <= 10


# --- the trainee ---------------------------------------------------------------------------


def link_of(cohort: Cohort, rank: int = 0) -> str:
    """The personal address of a trainee, once resources were shared."""
    enrolment = roster(cohort.id)[rank].enrolment
    link = links.current(Purpose.TRAINEE_FILE, ("enrolment", enrolment.id), clock.now())
    assert link is not None
    return f"/l/{links.token(link)}/ressources"


@pytest.fixture
def shared(cohort: Cohort) -> Cohort:
    """The same cohort, with one file handed over and one that is not."""
    operations.add_resource(cohort, pdf("a"), title="Dossier", **ACTS)
    by, at = ACTS["by"], clock.now()
    operations.share(cohort, by=by, at=at)
    operations.add_resource(cohort, pdf("b"), title="Brouillon", **ACTS)
    return cohort


def test_a_trainee_fetches_and_it_is_noted(shared: Cohort, browse: FlaskClient) -> None:
    path = link_of(shared)
    page = browse.get(path)
    assert "Dossier" in page.text
    assert "Brouillon" not in page.text
    row = queries.shared_in(shared.id)[0]
    reply = browse.get(f"{path}/{row.id}")
    assert reply.data == pdf("a").data
    assert "attachment" in reply.headers["Content-Disposition"]
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "déjà ouvert" in browse.get(path).text
    reader = queries.readers(row, 1).items[0]
    assert reader.fetched_at is not None


def test_what_is_not_shared_or_withdrawn_or_elsewhere_is_not_found(
    shared: Cohort, browse: FlaskClient
) -> None:
    path = link_of(shared)
    other = operations.add_resource(cohort_with(1), pdf("z"), **ACTS)
    draft = queries.unshared_in(shared.id)[0]
    gone = queries.shared_in(shared.id)[0]
    operations.withdraw(gone, why="Erreur", **ACTS)
    for row in (other, draft, gone):
        assert browse.get(f"{path}/{row.id}").status_code == 404
    assert "Rien pour l’instant" in browse.get(path).text


def test_a_link_of_another_purpose_opens_nothing(shared: Cohort, browse: FlaskClient) -> None:
    from admin_app.core.actor import ActorKind
    from tests.factories import committed

    enrolment = roster(shared.id)[0].enrolment
    with committed():
        link = links.create(
            Purpose.SIGNING,
            actor_kind=ActorKind.TRAINEE,
            subject=("enrolment", enrolment.id),
            label="x",
            email="x@example.org",
            at=clock.now(),
            expires_at=clock.in_days(1),
        )
    assert browse.get(f"/l/{links.token(link)}/ressources").status_code == 410
