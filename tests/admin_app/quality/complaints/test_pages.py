"""The pages of complaints: the office's, the public's, a trainee's, a client's, a trainer's."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock, links
from admin_app.core.access import Purpose, Role
from admin_app.core.actor import ActorKind
from admin_app.core.database import db
from admin_app.core.transaction import transaction
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.quality.complaints.models import Complaint, ComplaintExchange
from tests.factories import (
    AssignmentFactory,
    ClientFactory,
    ProviderFactory,
    TrainerFactory,
    UserFactory,
    cohort_with,
)
from tests.factories.base import A_DAY
from tests.factories.complaints import THE_DAY, WORDS, answered, closed, complaint, incident
from tests.support.statements import counted

HOME = "/qualite/reclamations/"
SignIn = Callable[..., FlaskClient]
SENT = {
    "kind": "complaint",
    "received_on": "2026-06-01",
    "channel": "phone",
    "author_kind": "trainee",
    "topic": "premises",
    "label_short": "Salle froide",
    "words": WORDS,
}
PUBLIC = {
    "author_kind": "trainee",
    "author_name": "Nadia Benali",
    "author_email": "nadia@example.org",
    "topic": "premises",
    "words": WORDS,
}


@pytest.fixture(autouse=True)
def _at(app: Flask):  # type: ignore[no-untyped-def]
    ProviderFactory()
    with clock.frozen(A_DAY + timedelta(days=3)):
        yield


def shown(text: str) -> str:
    return text.replace("\u00a0", " ")


def the_one() -> Complaint:
    return db.session.scalars(select(Complaint)).one()


def trainee_link(enrolment_id: int, purpose: Purpose = Purpose.TRAINEE_FILE) -> str:
    with transaction():
        link = links.create(
            purpose,
            actor_kind=ActorKind.TRAINEE,
            subject=("enrolment", enrolment_id),
            label="Nadia Benali",
            email="nadia@example.org",
            at=clock.now(),
            expires_at=clock.in_days(30),
        )
    return f"/l/{links.token(link)}"


def test_an_empty_register_says_what_to_do_first(sign_in: SignIn) -> None:
    page = sign_in(Role.QUALITY_MANAGER).get(HOME)
    assert page.status_code == 200
    assert "Aucune réclamation, aucun aléa" in page.text


def test_the_list_runs_as_many_statements_for_two_as_for_thirty(sign_in: SignIn) -> None:
    client, cohort = sign_in(Role.QUALITY_MANAGER), cohort_with()
    for rank in range(2):
        complaint(cohort_id=cohort.id, label_short=f"Affaire {rank}")
    with counted() as few:
        client.get(HOME)
    for rank in range(28):
        (incident if rank % 2 else complaint)(cohort_id=cohort.id)
    with counted() as many:
        page = client.get(HOME)
    assert len(few) == len(many) <= 10
    assert "1 à 25 sur 30 dossiers" in shown(page.text)


def test_the_page_of_one_runs_a_fixed_number_of_statements(sign_in: SignIn) -> None:
    row = incident(cohort_id=cohort_with().id)
    with counted() as statements:
        page = sign_in(Role.OFFICE).get(f"{HOME}{row.id}")
    assert page.status_code == 200
    assert len(statements) <= 10


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=salle", {"REC-2026-0001"}),
        ("q=ALEA-2026", {"ALEA-2026-0001"}),
        ("kind=incident", {"ALEA-2026-0001"}),
        ("state=to-answer", set()),
        ("state=to-solve", {"ALEA-2026-0001"}),
        ("state=closed", {"REC-2026-0002"}),
        ("state=all", {"REC-2026-0001", "REC-2026-0002", "ALEA-2026-0001"}),
        ("author=trainer", {"ALEA-2026-0001"}),
        ("topic=content", set()),
        ("mine=1", set()),
        ("state=zzz&kind=%27&page=99999", set()),
    ],
)
def test_the_list_is_narrowed_by_its_address(sign_in: SignIn, query: str, found: set) -> None:
    complaint()
    closed()
    incident()
    page = sign_in(Role.OFFICE).get(f"{HOME}?{query}")
    assert page.status_code == 200
    every = {"REC-2026-0001", "REC-2026-0002", "ALEA-2026-0001"}
    assert {one for one in every if one in page.text} == found


def test_the_office_enters_one_and_finds_its_cohort_by_reference(sign_in: SignIn) -> None:
    cohort, client = cohort_with(), sign_in(Role.OFFICE)
    assert cohort.reference in client.get(f"{HOME}nouvelle?session={cohort.id}").text
    reply = client.post(f"{HOME}nouvelle", data=SENT | {"cohort": cohort.reference.lower()})
    assert reply.status_code == 303
    row = the_one()
    assert (row.cohort_id, row.channel, row.received_on) == (
        cohort.id,
        "phone",
        THE_DAY,
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"received_on": "2026-06-05"}, "pas encore venu"),
        ({"received_on": "31/02/2026"}, "n’existe pas"),
        ({"words": ""}, "Écrivez ce qui est dit"),
        ({"cohort": "XYZ"}, "Aucune session ne porte"),
        ({"author_email": "sophie"}, "n’est pas une adresse"),
        ({"kind": ""}, "Choisissez"),
        ({"topic": "zzz"}, "Choisissez dans la liste"),
    ],
)
def test_bad_input_is_said_kept_and_changes_nothing(
    sign_in: SignIn, changes: dict, message: str
) -> None:
    reply = sign_in(Role.OFFICE).post(f"{HOME}nouvelle", data=SENT | changes)
    assert reply.status_code == 422
    assert message in shown(reply.text)
    assert "Salle froide" in reply.text
    assert db.session.scalar(select(Complaint.id)) is None


def test_the_whole_way_by_the_pages(sign_in: SignIn, outbox: list) -> None:
    row, client = complaint(), sign_in(Role.QUALITY_MANAGER)
    here = f"{HOME}{row.id}"
    for act in ("", "/fiche", "/accuser-reception", "/reponse", "/echange", "/cloture"):
        assert client.get(here + act).status_code == 200, act
    assert client.post(f"{here}/accuser-reception", data={"how": "mail"}).status_code == 303
    said = {"on": "2026-06-03", "direction": "in", "channel": "phone", "text": "Elle précise."}
    assert client.post(f"{here}/echange", data=said).status_code == 303
    told = {"how": "noted", "on": "2026-06-04", "text": "La salle est changée."}
    assert client.post(f"{here}/reponse", data=told).status_code == 303
    done = {"on": "2026-06-04", "decision": "Une remise.", "satisfied": "partly"}
    assert client.post(f"{here}/cloture", data=done).status_code == 303
    page = shown(client.get(here).text)
    for words in ("Elle précise.", "La salle est changée.", "Une remise.", "en partie"):
        assert words in page
    assert client.get(f"{here}/rouvrir").status_code == 200
    assert client.post(f"{here}/rouvrir", data={"why": "À revoir."}).status_code == 303
    db.session.expire_all()
    assert (row.closed_on, len(outbox)) == (None, 1)


@pytest.mark.parametrize(
    ("act", "data", "message"),
    [
        ("accuser-reception", {"how": "noted", "on": ""}, "Indiquez le jour"),
        ("accuser-reception", {"how": "noted", "on": "2027-01-01"}, "pas encore venu"),
        ("accuser-reception", {"how": ""}, "Dites comment"),
        ("reponse", {"how": "mail", "text": ""}, "Écrivez la réponse"),
        ("echange", {"on": "2027-01-01", "text": "Gardé"}, "pas encore venu"),
        ("cloture", {"on": "2026-06-04", "decision": "Gardé", "satisfied": "yes"}, "Répondez"),
        ("suivi", {"user_id": "999"}, ""),
        ("solution", {"on": "2026-06-02", "solution": "Gardé"}, "réponse"),
        ("rouvrir", {"why": "Gardé"}, "déjà ouvert"),
        ("fiche", {"received_on": "2027-01-01", "label_short": "Gardé"}, "pas encore venu"),
    ],
)
def test_an_act_that_cannot_be_done_says_why(
    sign_in: SignIn, act: str, data: dict, message: str
) -> None:
    row, client = complaint(), sign_in(Role.OFFICE)
    card = {"channel": "mail", "author_kind": "client", "topic": "premises"}
    extra = {"direction": "in", "channel": "phone"} if act == "echange" else {}
    reply = client.post(f"{HOME}{row.id}/{act}", data=(card if act == "fiche" else extra) | data)
    assert reply.status_code == 422
    assert message in shown(reply.text)
    if "Gardé" in data.values():
        assert "Gardé" in reply.text
    assert db.session.scalar(select(Evidence.id)) is None
    assert db.session.scalar(select(ComplaintExchange.id)) is None


def test_an_incident_is_solved_by_the_pages(sign_in: SignIn) -> None:
    cohort = cohort_with()
    row, client = incident(cohort_id=cohort.id), sign_in(Role.OFFICE)
    page = client.get(f"{HOME}{row.id}/solution")
    assert "matin" in page.text
    data = {
        "on": "2026-06-02",
        "solution": "Un autre appareil.",
        "half_days": [str(cohort.half_days[0].id)],
    }
    assert client.post(f"{HOME}{row.id}/solution", data=data).status_code == 303
    assert "Demi-journées touchées" in client.get(f"{HOME}{row.id}").text
    data["half_days"] = ["999999"]
    assert client.post(f"{HOME}{row.id}/solution", data=data).status_code == 422


@pytest.mark.parametrize("role", [Role.TRAINER, Role.DISABILITY_OFFICER, Role.AUDITOR, Role.CLIENT])
def test_other_roles_open_nothing(sign_in: SignIn, role: Role) -> None:
    row, client = complaint(), sign_in(role)
    for address in ("", "nouvelle", f"{row.id}", f"{row.id}/reponse"):
        assert client.get(HOME + address).status_code == 403


def test_what_does_not_exist_is_not_found(sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICE)
    for act in ("", "/fiche", "/reponse", "/solution", "/cloture"):
        assert client.get(f"{HOME}999{act}").status_code == 404


# ------------------------------------------------------------------ those who have no account


def test_anyone_complains_and_reads_what_happens_next(browse: FlaskClient, outbox: list) -> None:
    page = shown(browse.get("/reclamation").text)
    assert "sous 7 jours" in page
    assert "sous 30 jours" in page
    reply = browse.post("/reclamation", data=PUBLIC)
    assert reply.status_code == 303
    thanks = shown(browse.get(reply.location).text)
    assert "REC-2026-0001" in thanks
    assert "jeudi 11 juin 2026" in thanks
    assert WORDS not in thanks
    assert [mail.recipients()[0].split("<")[1] for mail in outbox] == [
        "contact@atelier.example.org>",
        "nadia@example.org>",
    ]
    entry = db.session.scalars(select(JournalEntry)).one()
    assert WORDS not in entry.summary


def test_thanks_show_nothing_to_whoever_did_not_complain(app: Flask, browse: FlaskClient) -> None:
    complaint()
    assert "REC-2026-0001" not in browse.get("/reclamation/merci").text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"website": "http://spam"}, "piège les robots"),
        ({"author_email": ""}, "nous vous y répondrons"),
        ({"author_email": "nadia"}, "n’est pas une adresse"),
        ({"words": ""}, "avec vos mots"),
        ({"author_name": ""}, "Indiquez votre nom"),
        ({"author_kind": "zzz"}, ""),
    ],
)
def test_a_public_complaint_that_is_wrong_is_kept(
    browse: FlaskClient, changes: dict, message: str
) -> None:
    reply = browse.post("/reclamation", data=PUBLIC | {"wished": "Gardé"} | changes)
    assert reply.status_code == 422
    assert message in shown(reply.text)
    assert "Gardé" in reply.text
    assert db.session.scalar(select(Complaint.id)) is None


def test_a_flood_of_public_complaints_is_stopped_and_kept(browse: FlaskClient) -> None:
    for _ in range(5):
        assert browse.post("/reclamation", data=PUBLIC).status_code == 303
    reply = browse.post("/reclamation", data=PUBLIC)
    assert reply.status_code == 429
    assert WORDS in reply.text


def test_a_trainee_complains_from_the_personal_link(app: Flask, browse: FlaskClient) -> None:
    cohort = cohort_with()
    enrolment = cohort.enrolments[0]
    link = trainee_link(enrolment.id)
    assert f"{link}/reclamation" in browse.get(f"{link}/formation").text
    assert browse.get(f"{link}/reclamation").status_code == 200
    reply = browse.post(f"{link}/reclamation", data={"topic": "content", "words": ""})
    assert reply.status_code == 422
    reply = browse.post(f"{link}/reclamation", data={"topic": "content", "words": WORDS})
    assert reply.status_code == 200
    assert "jeudi 11 juin 2026" in shown(reply.text)
    row = the_one()
    assert (row.cohort_id, row.author_kind, row.topic) == (cohort.id, "trainee", "content")
    assert row.author_name.startswith("Nadia Benali")


def test_a_link_for_something_else_opens_no_complaint(app: Flask, browse: FlaskClient) -> None:
    link = trainee_link(cohort_with().enrolments[0].id, Purpose.POSITIONING)
    assert browse.get(f"{link}/reclamation").status_code == 410


def test_a_client_complains_and_follows_it_in_its_space(sign_in: SignIn) -> None:
    cohort = cohort_with()
    user = UserFactory(roles=(Role.CLIENT,), client_id=cohort.clients[0].client_id)
    client = sign_in(user=user)
    assert "Aucune réclamation" in client.get("/espace/reclamations").text
    data = {"topic": "administration", "words": WORDS, "cohort_id": str(cohort.id)}
    reply = client.post("/espace/reclamations/nouvelle", data=data)
    assert reply.status_code == 303
    assert WORDS in client.get(reply.location).text
    row = the_one()
    assert (row.cohort_id, row.client_id) == (cohort.id, user.client_id)
    other = cohort_with().id
    wrong = client.post("/espace/reclamations/nouvelle", data=data | {"cohort_id": str(other)})
    assert wrong.status_code == 422
    stranger = sign_in(user=UserFactory(roles=(Role.CLIENT,), client_id=ClientFactory().id))
    assert stranger.get(reply.location).status_code == 404
    assert sign_in(Role.CLIENT).get(reply.location).status_code == 404


def test_a_client_reads_the_answer_but_nothing_of_the_handling(sign_in: SignIn) -> None:
    client_id = ClientFactory().id
    row = answered(client_id=client_id)
    user = UserFactory(roles=(Role.CLIENT,), client_id=client_id)
    page = sign_in(user=user).get(f"/espace/reclamations/{row.id}")
    assert "La salle est changée." in page.text
    assert "Fil du dossier" not in page.text
    with counted() as statements:
        sign_in(user=user).get("/espace/reclamations")
    assert len(statements) <= 10


def test_a_trainer_tells_of_an_incident_in_own_sessions_alone(
    sign_in: SignIn, outbox: list
) -> None:
    trainer, cohort = TrainerFactory(), cohort_with()
    AssignmentFactory(cohort_id=cohort.id, trainer_id=trainer.id)
    client = sign_in(user=UserFactory(roles=(Role.TRAINER,), trainer_id=trainer.id))
    address = f"/mes-sessions/{cohort.id}/alea"
    assert address in client.get(f"/emargement/sessions/{cohort.id}").text
    assert client.get(address).status_code == 200
    assert client.post(address, data={"topic": "premises", "words": ""}).status_code == 422
    data = {
        "topic": "premises",
        "words": "Plus d’électricité.",
        "solution": "Travail sur papier.",
        "half_days": [str(cohort.half_days[0].id)],
    }
    assert client.post(address, data=data).status_code == 303
    row = the_one()
    assert (row.kind, row.solved_on, row.cohort_id) == (
        "incident",
        THE_DAY + timedelta(days=3),
        cohort.id,
    )
    (mail,) = outbox
    assert "contact@atelier.example.org" in mail.recipients()[0]
    assert client.get(f"/mes-sessions/{cohort_with().id}/alea").status_code == 404


def test_the_page_of_a_cohort_shows_them_to_those_who_handle_them(sign_in: SignIn) -> None:
    cohort = cohort_with()
    complaint(cohort_id=cohort.id)
    complaint(label_short="D’une autre")
    page = sign_in(Role.QUALITY_MANAGER).get(f"/sessions/{cohort.id}").text
    assert "Salle non chauffée" in page
    assert "D’une autre" not in page
    officer = sign_in(Role.DISABILITY_OFFICER).get(f"/sessions/{cohort.id}").text
    assert 'id="reclamations"' in page
    assert 'id="reclamations"' not in officer


def test_the_auditor_reads_the_way_without_the_name(app: Flask) -> None:
    from flask import render_template

    from admin_app.quality.complaints.views import piece

    row = closed()
    found = piece(row.id)
    assert found is not None
    with app.test_request_context():
        page = shown(render_template(found[0], content=found[1]))
    assert "Salle non chauffée" in page
    assert "Une remise est accordée." in page
    assert "Delorme" not in page
    assert piece(999) is None
