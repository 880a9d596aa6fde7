"""The first run: once, by whoever holds the code, whole or not at all."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.accounts.operations import NewAccount
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.storage import store
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.organisation import installation_code
from admin_app.organisation.models import Provider
from admin_app.organisation.operations import set_up
from admin_app.organisation.queries import identity
from tests.admin_app.organisation.details import IDENTITY, PASSWORD, details, logo

NOON = datetime(2026, 6, 2, 10, 0, tzinfo=UTC)
ME = {
    "admin_name": "Hélène Marchand",
    "admin_email": "helene@atelier.example.org",
    "password": PASSWORD,
}


@pytest.fixture
def visitor(app: Flask) -> FlaskClient:
    """Someone who comes before anything is set up."""
    return app.test_client()


def send(visitor: FlaskClient, **changes: object) -> object:
    data = IDENTITY | ME | {"code": installation_code.current()} | changes
    return visitor.post("/installation", data=data)


def test_before_it_every_page_leads_there(visitor: FlaskClient, app: Flask) -> None:
    for path in ("/connexion", "/acces", "/organisme", "/logo", "/mon-compte"):
        reply = visitor.get(path)
        assert (reply.status_code, reply.headers["Location"]) == (303, "/installation")
    assert visitor.get("/installation").status_code == 200
    assert visitor.get("/nulle-part").status_code == 404


def test_it_makes_the_organisation_and_its_administrator(visitor: FlaskClient) -> None:
    reply = send(visitor, logo=logo(), is_quality_manager="y")
    assert (reply.status_code, reply.headers["Location"]) == (303, "/organisme/premiers-pas")
    row = db.session.scalars(select(Provider)).one()
    assert (row.siret, row.activity_number, row.postcode) == (
        "73282932000074",
        "75331234567",
        "33000",
    )
    assert (row.email, row.phone) == ("contact@atelier.example.org", "0556000000")
    assert row.certified_on == date(2025, 3, 10)
    assert store.exists(row.logo_sha256)
    user = db.session.scalars(select(User)).one()
    assert user.roles == {Role.ADMINISTRATOR, Role.QUALITY_MANAGER}
    assert "Régler l’envoi des messages" in visitor.get("/organisme/premiers-pas").text
    assert visitor.get("/logo").mimetype == "image/png"
    actors = db.session.scalars(select(JournalEntry.actor_label)).all()
    assert set(actors) == {"Hélène Marchand", "Liasse"}


def test_it_happens_once(visitor: FlaskClient, app: Flask) -> None:
    send(visitor)
    assert not installation_code.path().exists()
    assert visitor.get("/installation").status_code == 404
    assert app.test_client().post("/installation", data=IDENTITY | ME).status_code == 404
    with pytest.raises(Refused, match="déjà"):
        set_up(details(), NewAccount(name="X", email="x@example.org"), password=PASSWORD, at=NOON)


def test_it_asks_for_the_code_of_the_installation(visitor: FlaskClient) -> None:
    reply = send(visitor, code="ABCD-EFGH-JKLM")
    assert reply.status_code == 422
    assert "pas le code" in reply.text
    assert db.session.scalars(select(Provider)).first() is None
    assert installation_code.path().stat().st_mode & 0o777 == 0o600
    typed = installation_code.current().lower().replace("-", " ")
    assert send(visitor, code=typed).status_code == 303


def test_the_address_may_carry_the_code(visitor: FlaskClient) -> None:
    code = installation_code.current()
    assert f'value="{code}"' in visitor.get(f"/installation?code={code}").text


@pytest.mark.parametrize(
    ("field", "wrong", "why"),
    [
        ("siret", "732 829 320 00075", "clé de contrôle"),
        ("siret", "12", "14 chiffres"),
        ("activity_number", "123", "11 chiffres"),
        ("activity_region", "Atlantide", "choix"),
        ("postcode", "33", "5 chiffres"),
        ("email", "contact@", "n’est pas une adresse"),
        ("phone", "abc", "n’est pas un numéro"),
        ("website", "x", "paraît fausse"),
        ("vat_status", "none", ""),
        ("time_zone", "Mars/Phobos", "choix"),
        ("certified_on", "2999-01-01", "fausse"),
        ("certified_on", "12 mai", "Ce jour n’existe pas"),
        ("certificate_number", "", "Indiquez le numéro du certificat"),
        ("admin_email", "helene", "n’est pas une adresse"),
        ("password", "court", "Trop court"),
        ("name", " ", "Indiquez le nom de l’organisme"),
        ("representative", "x" * 121, "120 caractères au plus"),
    ],
)
def test_what_is_wrong_is_said_next_to_it_and_the_rest_is_kept(
    visitor: FlaskClient, field: str, wrong: str, why: str
) -> None:
    reply = send(visitor, **{field: wrong})
    assert reply.status_code == 422
    assert f'id="{field}-erreur"' in reply.text
    assert why in reply.text
    kept = "city" if field != "city" else "name"
    assert f'value="{IDENTITY[kept]}"' in reply.text
    assert PASSWORD not in reply.text
    assert db.session.scalars(select(Provider)).first() is None
    assert db.session.scalars(select(User)).first() is None


def test_all_troubles_of_the_act_are_said_at_once(visitor: FlaskClient) -> None:
    reply = send(visitor, siret="1" * 14, postcode="1", password="Marchand-2026-xyz")
    assert reply.text.count('class="invalid-feedback"') == 3


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "type accepté"),
        (b"%PDF-1.7 x", "type accepté"),
        (b"", "vide"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * 1_000_001, "1 Mo"),
    ],
)
def test_a_logo_that_is_none_is_refused_by_its_trouble(
    visitor: FlaskClient, content: bytes, why: str
) -> None:
    reply = send(visitor, logo=logo(content, "logo.png"))
    assert reply.status_code == 422
    assert why in reply.text.replace("\u00a0", " ")
    assert db.session.scalars(select(Provider)).first() is None


def test_the_organisations_clock_is_everywhere(visitor: FlaskClient) -> None:
    send(visitor, time_zone="Indian/Reunion", activity_region="La Réunion")
    late = datetime(2026, 6, 2, 21, 30, tzinfo=UTC)
    assert clock.day_of(late) == date(2026, 6, 3)
    assert clock.local(late).hour == 1


def test_naming_a_disability_officer_is_evidence(app: Flask) -> None:
    admin = NewAccount(name="H", email="h@example.org", roles=frozenset({Role.ADMINISTRATOR}))
    with clock.frozen(NOON):
        row, _ = set_up(
            details(disability_officer="Paul Ribeiro", disability_email="p@example.org"),
            admin,
            password=PASSWORD,
            at=NOON,
        )
    proof = db.session.scalars(select(Evidence)).one()
    assert (proof.piece, proof.scope_kind, proof.scope_id) == (
        "disability-officer",
        "provider",
        row.id,
    )
    assert proof.occurred_on == NOON.date()


def test_the_identity_is_what_documents_print(app: Flask) -> None:
    admin = NewAccount(name="H", email="h@example.org", roles=frozenset({Role.ADMINISTRATOR}))
    set_up(details(), admin, password=PASSWORD, at=NOON)
    said = identity()
    assert said["siret"] == "732 829 320 00074"
    assert said["activity_sentence"].startswith("Déclaration d’activité enregistrée sous le numéro")
    assert "ne vaut pas agrément de l’État" in said["activity_sentence"]
    assert said["address"] == ["12 rue des Tilleuls", "33000 Bordeaux"]
    assert said["vat_mention"] == "Exonération de TVA, article 261, 4, 4° a du CGI"
    assert said["logo"] == ""
