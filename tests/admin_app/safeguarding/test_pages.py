"""The pages of safeguarding, and that what was told is nowhere else."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from admin_app.audits.queries import piece_in
from admin_app.core import clock, links
from admin_app.core.access import Purpose, Role
from admin_app.core.actor import ActorKind
from admin_app.core.database import Base, db
from admin_app.core.transaction import transaction
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.safeguarding import operations
from admin_app.safeguarding.models import (
    NarrativeOpening,
    Report,
    SafeguardingContact,
    SafeguardingReader,
)
from tests.factories import (
    AssignmentFactory,
    ProviderFactory,
    TrainerFactory,
    UserFactory,
    cohort_with,
)
from tests.factories.base import A_DAY
from tests.factories.safeguarding import (
    SECRET,
    WHERE,
    WHO,
    as_actor,
    contact,
    procedure,
    reader,
    report,
)
from tests.support.statements import counted

HOME, REGISTER = "/signalements/", "/signalements/registre"
ROOM = {"safeguarding_narrative", "safeguarding_note", "safeguarding_opening"}
NOTE, DETAIL = "Elle confirme devant témoin", "Rendez-vous pris jeudi"
SignIn = Callable[..., FlaskClient]
SENT = {"category": "sexual-harassment", "text": SECRET, "contact": WHERE}


@pytest.fixture(autouse=True)
def _at(app: Flask):  # type: ignore[no-untyped-def]
    ProviderFactory()
    with clock.frozen(A_DAY + timedelta(days=3)):
        yield


def shown(words: str) -> str:
    return words.replace("\u00a0", " ")


def everywhere_but_the_room(words: str) -> list[str]:
    """Every column of every table, but the closed room's, where these words can be read."""
    found = []
    for table in Base.metadata.sorted_tables:
        for row in db.session.execute(text(f'SELECT * FROM "{table.name}"')).mappings():
            found += [
                f"{table.name}.{name}"
                for name, value in row.items()
                if words in str(value) and table.name not in ROOM
            ]
    return found


def link_of(enrolment_id: int, purpose: Purpose = Purpose.TRAINEE_FILE) -> str:
    with transaction():
        link = links.create(
            purpose,
            actor_kind=ActorKind.TRAINEE,
            subject=("enrolment", enrolment_id),
            label=WHO,
            email="elodie@example.org",
            at=clock.now(),
            expires_at=clock.in_days(30),
        )
    return f"/l/{links.token(link)}"


def the_one() -> Report:
    return db.session.scalars(select(Report)).one()


# ------------------------------------------------------------------ who reports


def test_anyone_reports_without_a_name(browse: FlaskClient) -> None:
    procedure()
    contact()
    page = shown(browse.get("/signaler").text)
    assert "Une association locale : 01 23 45 67 89" in page
    assert "ecoute@atelier.example.org" in page
    reply = browse.post("/signaler", data=SENT | {"is_anonymous": "y", "author": WHO})
    assert reply.status_code == 200
    assert "SIG-2026-0001" in reply.text
    assert SECRET not in reply.text
    row = the_one()
    assert (row.is_anonymous, row.channel, row.author_kind) == (True, "public", "unknown")
    assert everywhere_but_the_room(SECRET) == everywhere_but_the_room(WHO) == []
    assert "Vannier" not in str(
        db.session.execute(text("SELECT author FROM safeguarding_narrative")).all()
    )


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"category": ""}, "Choisissez ce qui s’en approche"),
        ({"text": ""}, "avec vos mots"),
        ({"website": "http://spam"}, "piège les robots"),
        ({"contact": "x" * 301}, "300 caractères"),
    ],
)
def test_a_report_that_is_wrong_is_kept_and_changes_nothing(
    browse: FlaskClient, changes: dict, message: str
) -> None:
    reply = browse.post("/signaler", data=SENT | {"training": "Gardé"} | changes)
    assert reply.status_code == 422
    assert message in shown(reply.text)
    assert "Gardé" in reply.text
    assert db.session.scalar(select(Report.id)) is None


@pytest.mark.parametrize("purpose", [Purpose.TRAINEE_FILE, Purpose.SIGNING, Purpose.POSITIONING])
def test_a_trainee_reports_from_the_personal_link(
    app: Flask, browse: FlaskClient, purpose: Purpose
) -> None:
    cohort = cohort_with()
    link = link_of(cohort.enrolments[0].id, purpose)
    if purpose is Purpose.TRAINEE_FILE:
        assert f"{link}/signaler" in browse.get(f"{link}/formation").text
    assert browse.get(f"{link}/signaler").status_code == 200
    wrong = browse.post(f"{link}/signaler", data={"category": "other", "text": ""})
    assert wrong.status_code == 422
    reply = browse.post(f"{link}/signaler", data=SENT | {"tells_cohort": "y"})
    assert reply.status_code == 200
    assert "SIG-2026-0001" in reply.text
    row = the_one()
    assert (row.cohort_id, row.author_kind, row.channel) == (cohort.id, "trainee", "link")


def test_a_trainee_may_say_neither_name_nor_training(app: Flask, browse: FlaskClient) -> None:
    link = link_of(cohort_with().enrolments[0].id)
    browse.post(f"{link}/signaler", data=SENT | {"is_anonymous": "y"})
    row = the_one()
    assert (row.cohort_id, row.is_anonymous) == (None, True)
    for entry in db.session.scalars(select(JournalEntry)):
        assert WHO not in entry.actor_label
        assert (entry.ip, entry.user_agent) == ("", "")


def test_a_trainer_reports_about_own_sessions_or_none(sign_in: SignIn) -> None:
    trainer, cohort = TrainerFactory(), cohort_with()
    AssignmentFactory(cohort_id=cohort.id, trainer_id=trainer.id)
    client = sign_in(user=UserFactory(roles=(Role.TRAINER,), trainer_id=trainer.id))
    assert "/mes-sessions/signaler" in client.get(f"/emargement/sessions/{cohort.id}").text
    for address in ("/mes-sessions/signaler", f"/mes-sessions/signaler?session={cohort.id}"):
        assert client.get(address).status_code == 200
        assert client.post(address, data=SENT | {"tells_cohort": "y"}).status_code == 200
        assert client.post(address, data={}).status_code == 422
    first, second = db.session.scalars(select(Report).order_by(Report.id))
    assert (first.cohort_id, second.cohort_id) == (None, cohort.id)
    other = cohort_with().id
    assert client.get(f"/mes-sessions/signaler?session={other}").status_code == 404


# ------------------------------------------------------------------ who may read


ADDRESSES = ("", "/nouveau", "/{id}", "/{id}/fiche", "/{id}/cloture", "/{id}/effacement")
ACTS = ("/recit", "/mesures", "/notes", "/fiche", "/cloture", "/rouvrir", "/effacement")


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 404),
        (Role.OFFICE, 404),
        (Role.QUALITY_MANAGER, 404),
        (Role.DISABILITY_OFFICER, 404),
        (Role.TRAINER, 403),
        (Role.AUDITOR, 403),
        (Role.CLIENT, 403),
    ],
)
def test_who_is_not_named_opens_nothing(
    app: Flask, sign_in: SignIn, role: Role, status: int
) -> None:
    reader()
    row, client = report(), sign_in(role)
    for address in ADDRESSES:
        reply = client.get(REGISTER + address.format(id=row.id))
        assert reply.status_code == status, address
        assert row.reference not in reply.text
    for act in ACTS:
        reply = client.post(f"{REGISTER}/{row.id}{act}", data={"reason": "handle", "why": "person"})
        assert reply.status_code == status, act
    assert db.session.scalar(select(NarrativeOpening.id)) is None
    if status == 404:
        home = client.get(HOME)
        assert home.status_code == 200
        assert "Inès Calvet" in home.text
        assert REGISTER not in home.text


def test_the_list_of_who_is_named_is_the_administrator_s(sign_in: SignIn) -> None:
    user = UserFactory(roles=(Role.QUALITY_MANAGER,), name="Inès Calvet")
    for role in (Role.QUALITY_MANAGER, Role.OFFICE, Role.TRAINER):
        assert sign_in(role).get(f"{HOME}personnes").status_code == 403
    client = sign_in(Role.ADMINISTRATOR)
    assert "Inès Calvet" in client.get(f"{HOME}personnes").text
    assert client.post(f"{HOME}personnes", data={"user_id": "0"}).status_code == 422
    assert client.post(f"{HOME}personnes", data={"user_id": "zzz"}).status_code == 422
    assert client.post(f"{HOME}personnes", data={"user_id": str(user.id)}).status_code == 303
    row = db.session.scalars(select(SafeguardingReader)).one()
    assert client.post(f"{HOME}personnes/{row.id}/retirer").status_code == 303
    assert client.post(f"{HOME}personnes/{row.id}/retirer").status_code == 404
    assert db.session.scalar(select(SafeguardingReader.id)) is None


def test_contacts_are_named_by_those_who_manage_them(sign_in: SignIn) -> None:
    assert sign_in(Role.OFFICE).get(f"{HOME}contacts").status_code == 403
    client = sign_in(Role.QUALITY_MANAGER)
    data = {"name": "Inès Calvet", "email": "ecoute@example.org", "since": "2026-05-01"}
    wrong = client.post(f"{HOME}contacts", data=data | {"since": "2027-01-01"})
    assert wrong.status_code == 422
    assert "pas encore venu" in shown(wrong.text)
    assert "ecoute@example.org" in wrong.text
    assert client.post(f"{HOME}contacts", data=data).status_code == 303
    row = db.session.scalars(select(SafeguardingContact)).one()
    assert client.post(f"{HOME}contacts/{row.id}/fin").status_code == 303
    assert client.post(f"{HOME}contacts/999/fin").status_code == 404
    assert "Auparavant" in client.get(f"{HOME}contacts").text


# ------------------------------------------------------------------ the register


def test_opening_asks_why_and_is_written_before_it_is_shown(sign_in: SignIn) -> None:
    client, row = sign_in(user=reader()), report()
    here = f"{REGISTER}/{row.id}"
    page = client.get(here)
    for words in (SECRET, WHO, WHERE):
        assert words not in page.text
    refused = client.post(f"{here}/recit", data={"reason": "", "detail": "Gardé"})
    assert refused.status_code == 422
    assert "Gardé" in refused.text
    assert SECRET not in refused.text
    assert client.get(f"{here}/recit").status_code == 405
    opened = client.post(f"{here}/recit", data={"reason": "hear", "detail": DETAIL})
    assert opened.status_code == 200
    assert "no-store" in opened.headers["Cache-Control"]
    for words in (SECRET, WHO, WHERE):
        assert words in opened.text
    last = db.session.scalars(select(JournalEntry).order_by(JournalEntry.id.desc())).first()
    assert last is not None
    assert (last.action, last.actor_label) == ("safeguarding.open", "Inès Calvet")
    assert last.ip
    again = client.get(here).text
    assert "Préparer un entretien" in again
    assert DETAIL in again


def test_the_whole_way_by_the_pages(sign_in: SignIn) -> None:
    client, cohort = sign_in(user=reader()), cohort_with()
    assert "Aucun signalement" in client.get(REGISTER).text
    data = {
        "received_on": "2026-06-02",
        "channel": "spoken",
        "author_kind": "trainee",
        "category": "other",
        "cohort": "XYZ",
        "text": SECRET,
    }
    wrong = client.post(f"{REGISTER}/nouveau", data=data)
    assert wrong.status_code == 422
    assert SECRET in wrong.text
    assert client.get(f"{REGISTER}/nouveau").status_code == 200
    assert client.post(f"{REGISTER}/nouveau", data=data | {"cohort": ""}).status_code == 303
    here = f"{REGISTER}/{the_one().id}"
    for page in ("/fiche", "/cloture", "/effacement"):
        assert client.get(here + page).status_code == 200
    card = {"category": "harassment", "cohort": cohort.reference}
    assert client.post(f"{here}/fiche", data=card).status_code == 303
    for act, wrong_data in (
        ("/mesures", {"kind": "", "on": "2026-06-02"}),
        ("/mesures", {"kind": "heard", "on": "2027-06-02"}),
        ("/mesures", {"kind": "sanction", "on": "2026-06-02"}),
        ("/notes", {"text": ""}),
        ("/cloture", {"how": "", "on": "2026-06-03"}),
        ("/cloture", {"how": "other", "on": "2027-06-03", "erase_after": "2027-06-04"}),
        ("/cloture", {"how": "other", "on": "2026-06-03", "erase_after": ""}),
        ("/effacement", {"why": ""}),
    ):
        assert client.post(here + act, data=wrong_data).status_code == 422, (act, wrong_data)
    done = {"kind": "heard", "on": "2026-06-02"}
    assert client.post(f"{here}/mesures", data=done).status_code == 303
    assert client.post(f"{here}/notes", data={"text": NOTE}).status_code == 303
    end = {"how": "measures", "on": "2026-06-03", "erase_after": "2027-06-04"}
    assert client.post(f"{here}/cloture", data=end).status_code == 303
    assert "Personne entendue" in client.get(here).text
    assert client.post(f"{here}/rouvrir").status_code == 303
    assert client.post(f"{here}/effacement", data={"why": "person"}).status_code == 303
    page = client.get(here).text
    assert "demande de la personne" in page
    assert client.post(f"{here}/recit", data={"reason": "hear"}).status_code == 422
    assert everywhere_but_the_room(NOTE) == []


def test_the_register_runs_as_many_statements_for_two_as_for_thirty(sign_in: SignIn) -> None:
    client, cohort = sign_in(user=reader()), cohort_with()
    for _ in range(2):
        report(cohort_id=cohort.id)
    with counted() as few:
        client.get(REGISTER)
    for _ in range(28):
        report(cohort_id=cohort.id)
    with counted() as many:
        page = client.get(REGISTER)
    assert len(few) == len(many) <= 10
    assert "1 à 25 sur 30 signalements" in shown(page.text)
    assert all("safeguarding_narrative" not in one for one in many)


def test_the_home_runs_as_many_statements_for_one_as_for_twelve(sign_in: SignIn) -> None:
    client = sign_in(user=reader())
    procedure()
    cohort_with()
    with counted() as few:
        client.get(HOME)
    for _ in range(11):
        cohort_with(trainees=1)
    with counted() as many:
        page = client.get(HOME)
    assert len(few) == len(many) <= 10
    assert "0 sur 3" in shown(page.text)


def test_trainers_are_told_from_the_page_of_their_cohort(sign_in: SignIn, outbox: list) -> None:
    cohort, client = cohort_with(), sign_in(Role.OFFICE)
    address = f"{HOME}formateurs/{cohort.id}"
    assert "Aucune procédure" in client.get(address).text
    assert client.post(address, follow_redirects=True).status_code == 200
    assert outbox == []
    procedure()
    page = client.post(address, follow_redirects=True)
    assert "Procédure envoyée." in page.text
    assert len(outbox) == 1
    assert "1 sur 1" in shown(client.get(HOME).text)
    assert client.get(f"{HOME}formateurs/999").status_code == 404


# ------------------------------------------------------------------ nowhere else


def test_what_was_told_is_nowhere_else(
    app: Flask,
    sign_in: SignIn,
    outbox: list,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture,
) -> None:
    """The whole way by the pages; then every table, mail, log, page and export is searched."""
    caplog.set_level(logging.DEBUG)
    cohort = cohort_with()
    user = reader()
    visitor, client = app.test_client(), sign_in(user=user)
    link = link_of(cohort.enrolments[0].id)
    visitor.post(f"{link}/signaler", data=SENT | {"tells_cohort": "y"})
    here = f"{REGISTER}/{the_one().id}"
    client.post(f"{here}/recit", data={"reason": "hear", "detail": DETAIL})
    client.post(f"{here}/notes", data={"text": NOTE})
    client.post(f"{here}/mesures", data={"kind": "heard", "on": "2026-06-03"})
    client.post(
        f"{here}/cloture",
        data={"how": "measures", "on": "2026-06-04", "erase_after": "2027-06-04"},
    )
    secrets = (SECRET, WHERE, NOTE, DETAIL)
    for words in secrets:
        assert everywhere_but_the_room(words) == []
        assert words not in caplog.text
        for mail in outbox:
            assert words not in mail.body + mail.subject + str(mail.alternatives)
    printed = "".join(capfd.readouterr())
    assert all(words not in printed for words in secrets)
    _nobody_reads(sign_in, cohort.id, secrets)


def _nobody_reads(sign_in: SignIn, cohort_id: int, secrets: tuple[str, ...]) -> None:
    pages = (
        f"/sessions/{cohort_id}",
        f"/sessions/{cohort_id}/preuves",
        "/couverture",
        "/journal",
        "/journal?q=parking",
        "/messages/",
        "/sessions/",
        "/sessions/export.csv",
        "/stagiaires",
        HOME,
        "/",
    )
    for role in Role:
        client = sign_in(role)
        for page in pages:
            read = client.get(page, follow_redirects=True).data.decode(errors="replace")
            for words in (*secrets, "harcèlement sexuel"):
                assert words not in read, (role, page)


def test_no_export_of_the_house_writes_the_register(app: Flask, sign_in: SignIn) -> None:
    """Every address that gives a table or a file is fetched, as whoever may open it."""
    reader()
    report(cohort_id=cohort_with().id)
    client = sign_in(*Role)
    exports = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and not rule.arguments
        and any(sign in rule.rule for sign in ("csv", "xlsx", "export", "telecharger"))
    ]
    for address in exports:
        reply = client.get(address)
        assert reply.status_code < 500
        for words in (SECRET, WHO, WHERE):
            assert words.encode() not in reply.data


def test_the_auditor_is_shown_only_that_it_was_handled(app: Flask) -> None:
    """No page shows more of a report than its evidence says; it belongs to no cohort's file."""
    by, cohort = as_actor(reader()), cohort_with()
    row, at = report(cohort_id=cohort.id), A_DAY + timedelta(days=3)
    end = {"how": "measures", "on": at.date(), "erase_after": at.date() + timedelta(days=90)}
    operations.close(row, **end, by=by, at=at)
    piece = db.session.scalars(select(Evidence).where(Evidence.piece == "report-handled")).one()
    assert "report" not in app.extensions["liasse.piece_views"]
    assert piece_in(cohort, piece.id) is None
    assert piece.label == "Signalement SIG-2026-0001 traité"
    assert set(piece.facts) == {"received_on", "closed_on"}


def test_an_error_of_the_database_does_not_tell_what_was_written(app: Flask) -> None:
    assert db.engine.hide_parameters
