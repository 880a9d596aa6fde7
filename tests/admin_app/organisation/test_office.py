"""Identity, places and house documents, as the office keeps them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.documents.models import Document
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.organisation import queries
from admin_app.organisation.house import KINDS, TRAINEES, laid_out, left_to_adapt
from admin_app.organisation.models import HouseDocument, Place, Provider
from admin_app.organisation.operations import publish
from tests.admin_app.organisation.details import IDENTITY, logo
from tests.factories import PlaceFactory, ProviderFactory, UserFactory, committed
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
NOON = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.ADMINISTRATOR)


def statements(client: FlaskClient, path: str) -> int:
    db.session.remove()
    with counted() as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_the_identity_is_changed_and_the_journal_says_which_parts(office: FlaskClient) -> None:
    assert "Atelier des Territoires" in office.get("/organisme").text
    reply = office.post("/organisme", data=IDENTITY | {"city": "Pessac", "phone": ""})
    assert reply.status_code == 303
    row = db.session.scalars(select(Provider)).one()
    assert (row.city, row.phone) == ("Pessac", "")
    entry = db.session.scalars(select(JournalEntry)).one()
    assert {"city", "phone", "disability_officer"} <= set(entry.details["fields"])
    assert "name" not in entry.details["fields"]


def test_another_officer_replaces_the_former_whose_proof_stays_marked(office: FlaskClient) -> None:
    for name in ("Anne Petit", "Marc Grand", ""):
        office.post(
            "/organisme",
            data=IDENTITY
            | {"disability_officer": name, "disability_email": "h@example.org" if name else ""},
        )
    anne, marc = db.session.scalars(select(Evidence).order_by(Evidence.id))
    assert anne.withdrawn_why == "Remplacé par Marc Grand."
    assert marc.withdrawn_why == "Plus personne."


def test_an_officer_can_be_reached(office: FlaskClient) -> None:
    reply = office.post("/organisme", data=IDENTITY | {"disability_officer": "Anne Petit"})
    assert reply.status_code == 422
    assert "comment joindre" in reply.text


def test_a_refused_identity_changes_nothing(office: FlaskClient) -> None:
    reply = office.post("/organisme", data=IDENTITY | {"siret": "1", "name": "Autre"})
    assert reply.status_code == 422
    assert 'value="Autre"' in reply.text
    db.session.expire_all()
    assert db.session.scalars(select(Provider)).one().name == "Atelier des Territoires"


def test_the_logo_comes_and_goes(office: FlaskClient, browse: FlaskClient) -> None:
    assert browse.get("/logo").status_code == 404
    office.post("/organisme", data=IDENTITY | {"logo": logo()})
    assert browse.get("/logo").status_code == 200
    assert queries.identity()["logo"].startswith("data:image/png;base64,")
    office.post("/organisme", data=IDENTITY | {"without_logo": "y"})
    assert browse.get("/logo").status_code == 404


@pytest.mark.parametrize("role", [Role.OFFICE, Role.TRAINER, Role.AUDITOR, Role.CLIENT])
def test_only_those_who_manage_the_organisation_open_it(sign_in: SignIn, role: Role) -> None:
    someone = sign_in(role)
    for path in (
        "/organisme",
        "/organisme/documents",
        "/organisme/courrier",
        "/organisme/premiers-pas",
    ):
        assert someone.get(path).status_code == 403
    lists_places = 200 if role is Role.OFFICE else 403
    assert someone.get("/organisme/lieux").status_code == lists_places


def test_places_cost_the_same_whatever_their_number(office: FlaskClient) -> None:
    assert "Aucun lieu pour l’instant" in office.get("/organisme/lieux").text
    PlaceFactory()
    few = statements(office, "/organisme/lieux")
    for _ in range(30):
        PlaceFactory()
    assert statements(office, "/organisme/lieux") == few <= 10
    assert "26 à 31 sur 31" in office.get("/organisme/lieux?page=2").text.replace("\u00a0", " ")


def test_a_place_is_added_changed_archived_and_taken_again(office: FlaskClient) -> None:
    data = {
        "name": "  Salle   Loire ",
        "address": "12 rue des Tilleuls",
        "accessibility": "Ascenseur",
    }
    assert office.post("/organisme/lieux/ajouter", data=data).status_code == 303
    place = db.session.scalars(select(Place)).one()
    assert place.name == "Salle Loire"
    office.post(f"/organisme/lieux/{place.id}", data=data | {"name": "Salle Garonne"})
    assert "Salle Garonne" in office.get("/organisme/lieux?q=garonne").text
    office.post(f"/organisme/lieux/{place.id}/archiver", follow_redirects=True)
    assert "Salle Garonne" not in office.get("/organisme/lieux").text
    assert "Salle Garonne" in office.get("/organisme/lieux?etat=archives").text
    twice = office.post(f"/organisme/lieux/{place.id}/archiver", follow_redirects=True)
    assert "déjà archivé" in twice.text
    office.post(f"/organisme/lieux/{place.id}/reprendre")
    assert "Salle Garonne" in office.get("/organisme/lieux").text
    assert db.session.scalar(select(func.count(JournalEntry.id))) == 4


def test_a_place_needs_a_name_of_its_own_and_an_address(office: FlaskClient) -> None:
    PlaceFactory(name="Salle Loire")
    reply = office.post(
        "/organisme/lieux/ajouter", data={"name": "Salle Loire", "equipment": "Écran"}
    )
    assert reply.status_code == 422
    assert "s’appelle déjà" in reply.text
    assert "cochez" in reply.text
    assert "Écran" in reply.text
    remote = {"name": "Classe à distance", "is_remote": "y"}
    assert office.post("/organisme/lieux/ajouter", data=remote).status_code == 303
    for path in ("/organisme/lieux/999", "/organisme/lieux/999/archiver"):
        call = office.post if path.endswith("archiver") else office.get
        assert call(path).status_code == 404


def adapted(kind: str) -> str:
    return re.sub(r"\[À [^\]]*\]", "Adapté.", queries.text_to_start_from(kind))


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS])
def test_a_starting_text_is_to_be_adapted_before_it_is_published(
    office: FlaskClient, kind: str
) -> None:
    text = queries.text_to_start_from(kind)
    assert "{" not in text
    assert "Atelier des Territoires" in text
    assert left_to_adapt(text)
    page = office.get(f"/organisme/documents/{kind}/publier")
    assert "Un texte de départ" in page.text
    data = {"text": text, "in_force_from": "2026-06-01"}
    refused = office.post(f"/organisme/documents/{kind}/publier", data=data)
    assert refused.status_code == 422
    assert "à adapter, dont" in refused.text
    assert db.session.scalars(select(HouseDocument)).first() is None


def test_publishing_makes_a_document_and_evidence_and_keeps_the_former(app: Flask) -> None:
    row = ProviderFactory()
    with clock.frozen(NOON):
        first = publish(
            "house-rules",
            adapted("house-rules"),
            in_force_from=date(2019, 2, 1),
            by=SYSTEM,
            at=NOON,
        )
        second = publish(
            "house-rules",
            adapted("house-rules") + "\n- Rangez.",
            in_force_from=date(2026, 7, 1),
            by=SYSTEM,
            at=NOON,
        )
    assert (first.version, second.version) == (1, 2)
    old, new = db.session.scalars(select(Evidence).order_by(Evidence.id))
    assert (old.piece, old.scope_kind, old.scope_id) == ("house-rules", "provider", row.id)
    assert old.occurred_on == date(2019, 2, 1)
    assert new.occurred_on == NOON.date()  # published before it is in force
    assert old.withdrawn_at is None
    papers = db.session.scalars(select(Document).order_by(Document.version)).all()
    assert [paper.title for paper in papers] == ["Règlement intérieur"] * 2
    assert papers[1].supersedes_id == papers[0].id
    assert queries.house_document_on("house-rules", date(2026, 6, 30)) == first
    assert queries.house_document_on("house-rules", date(2026, 7, 1)) == second
    assert queries.house_document_on("house-rules", date(2019, 1, 31)) is None
    assert queries.text_to_start_from("house-rules").endswith("- Rangez.")


def test_the_approval_is_kept_with_the_version_and_what_is_in_force_is_said(
    office: FlaskClient,
) -> None:
    path = "/organisme/documents/complaints-procedure"
    typed = {
        "text": adapted("complaints-procedure"),
        "in_force_from": "2026-06-01",
        "approved_by": "Hélène Marchand",
        "approved_on": "2026-05-20",
    }
    with clock.frozen(NOON):
        late = office.post(f"{path}/publier", data=typed | {"approved_on": "2026-06-03"})
        assert late.status_code == 422
        assert "pas encore venu" in late.text
        assert "Hélène Marchand" in late.text
        assert db.session.scalars(select(HouseDocument)).first() is None
        assert office.post(f"{path}/publier", data=typed).status_code == 303
        office.post(f"{path}/publier", data=typed | {"in_force_from": "2026-07-01"})
        listed = office.get("/organisme/documents").text.replace("\u00a0", " ")
        shown = office.get(path).text
    assert "En vigueur depuis le 1er juin 2026, approuvé par Hélène Marchand." in listed
    assert "Version 2 à venir le 1er juillet 2026." in listed
    assert "9 documents sur 10 à publier" in listed
    assert "en vigueur" in shown
    assert "à venir" in shown
    first = db.session.scalars(select(Evidence).order_by(Evidence.id)).first()
    assert first is not None
    assert first.piece == "complaints-procedure"
    assert first.facts["approved_by"] == "Hélène Marchand"
    assert first.facts["approved_on"] == "2026-05-20"
    assert statements(office, "/organisme/documents") <= 10


def test_the_versions_are_read_in_the_page_and_as_pdf(office: FlaskClient) -> None:
    data = {"text": adapted("welcome-booklet"), "in_force_from": "01/06/2026"}
    assert office.post("/organisme/documents/welcome-booklet/publier", data=data).status_code == 303
    page = office.get("/organisme/documents/welcome-booklet")
    assert "Version 1" in page.text
    assert "Qui fait quoi" in page.text
    pdf = office.get("/organisme/documents/welcome-booklet/1.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.data.startswith(b"%PDF")
    for missing in ("unknown", "welcome-booklet?version=9", "welcome-booklet/9.pdf"):
        assert office.get(f"/organisme/documents/{missing}").status_code == 404
    assert "version 1" in office.get("/organisme/documents").text


@pytest.mark.parametrize(
    ("text", "day", "why"),
    [
        ("Trop court.", NOON.date(), "trop court"),
        ("x" * 300, NOON.date() + timedelta(days=400), "trop loin"),
    ],
)
def test_what_cannot_be_published(app: Flask, text: str, day: date, why: str) -> None:
    ProviderFactory()
    with clock.frozen(NOON), pytest.raises(Refused, match=why):
        publish("house-rules", text, in_force_from=day, by=SYSTEM, at=NOON)


def test_a_text_is_laid_out() -> None:
    blocks = laid_out("# Titre\nUne ligne.\n- un\n– deux\n\n  Autre ligne.  \n")
    assert [(block.kind, block.lines) for block in blocks] == [
        ("heading", ("Titre",)),
        ("paragraph", ("Une ligne.",)),
        ("list", ("un", "deux")),
        ("paragraph", ("Autre ligne.",)),
    ]


def test_the_first_steps_tick_themselves_off(office: FlaskClient) -> None:
    before = office.get("/organisme/premiers-pas").text
    PlaceFactory()
    after = office.get("/organisme/premiers-pas").text
    assert before.count(">fait<") < after.count(">fait<")
    assert statements(office, "/organisme/premiers-pas") <= 10


def test_an_officer_without_access_leaves_a_step_to_do(office: FlaskClient) -> None:
    words = "Ouvrir un accès au référent handicap"
    page = office.get("/organisme/premiers-pas").text
    assert _state_of(page, words) == "à faire"
    UserFactory(roles=(Role.DISABILITY_OFFICER,), password_set_at=None)  # invited, not come yet
    assert _state_of(office.get("/organisme/premiers-pas").text, words) == "à faire"
    UserFactory(roles=(Role.DISABILITY_OFFICER,), password_set_at=NOON)
    assert _state_of(office.get("/organisme/premiers-pas").text, words) == "fait"


def test_every_house_document_for_trainees_is_published_before_the_step_is_done(
    office: FlaskClient,
) -> None:
    words = "Publier le règlement intérieur"
    keys = [one.key for one in KINDS if one.group == TRAINEES]
    for key in keys:
        assert _state_of(office.get("/organisme/premiers-pas").text, words) == "à faire"
        with clock.frozen(NOON):
            publish(key, "x" * 300, in_force_from=NOON.date(), by=SYSTEM, at=NOON)
    assert _state_of(office.get("/organisme/premiers-pas").text, words) == "fait"


def _state_of(page: str, words: str) -> str:
    """What the page says of the step whose title begins so."""
    line = next(one for one in page.split('<li class="task') if f"<b>{words}" in one)
    return "fait" if ">fait<" in line else "à faire"


def test_an_audit_that_has_passed_is_refused_with_all_the_rest_at_once(office: FlaskClient) -> None:
    wrong = {"next_audit_on": "2020-01-06", "siret": "123", "certified_on": "2090-01-01"}
    reply = office.post("/organisme", data=IDENTITY | wrong)
    assert reply.status_code == 422
    for words in ("Ce jour est passé", "SIRET", "Ce jour n’est pas encore venu"):
        assert words in reply.text


def test_an_audit_known_already_may_have_passed(office: FlaskClient) -> None:
    row = db.session.scalars(select(Provider)).one_or_none() or ProviderFactory()
    with committed():
        row.next_audit_on = date(2020, 1, 6)
    reply = office.post("/organisme", data=IDENTITY | {"next_audit_on": "2020-01-06"})
    assert reply.status_code == 303
