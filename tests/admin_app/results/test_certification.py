"""What is known of a certification: figures, contents, authorisation."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from admin_app.programmes.models import Programme, ProgrammeVersion
from admin_app.results.models import (
    CertificationAuthorisation,
    CertificationMatch,
    CertificationSheet,
)
from tests.factories.results import catalogue_version

SignIn = Callable[..., FlaskClient]
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
SHEET = {
    "title": "Animer un réseau territorial",
    "code": "RS6543",
    "certifier": "Université de l’Aubrée",
    "starts_on": "2025-09-01",
    "ends_on": "2026-08-31",
    "entered": "20",
    "presented": "18",
    "obtained": "15",
    "source": "Procès-verbaux du jury",
    "blocks": "Aucun",
    "equivalences": "Aucune",
    "bridges": "Aucune",
    "further": "Aucune",
    "outlets": "Chargé de coopération",
}
AUTHORISATION = {
    "kind": "habilitation",
    "granted_by": "Université de l’Aubrée",
    "granted_on": "2026-01-10",
    "valid_until": "2027-01-09",
}


@pytest.fixture(autouse=True)
def now() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.QUALITY_MANAGER)


@pytest.fixture
def version(office: FlaskClient) -> ProgrammeVersion:
    return catalogue_version(recognition="rs", is_certifying=True)


def base(version: ProgrammeVersion) -> str:
    return f"/resultats/formations/{version.programme_id}/certification"


def plain(reply: Any) -> str:
    return str(reply.text).replace("\u00a0", " ").replace("\u202f", " ")


def pieces(piece: str) -> list[Evidence]:
    db.session.expire_all()
    return list(db.session.scalars(select(Evidence).where(Evidence.piece == piece)))


def test_the_public_reads_the_rates_and_what_it_leads_to(
    office: FlaskClient, version: ProgrammeVersion, browse: FlaskClient
) -> None:
    assert "Rien pour l’instant" in plain(office.get(base(version)))
    assert office.post(f"{base(version)}/fiche", data=SHEET).status_code == 303
    (piece,) = pieces("certification-results")
    assert (piece.scope_kind, piece.scope_id) == ("catalogue-entry", version.programme_id)
    assert piece.facts == {"entered": 20, "presented": 18, "obtained": 15}
    slug = db.session.get_one(Programme, version.programme_id).slug
    public = plain(browse.get(f"/catalogue/{slug}"))
    assert "83 % – 15 reçus sur 18 présentés" in public
    assert "90 % – 18 présentés sur 20 entrés" in public
    assert "Chargé de coopération" in public
    assert "RS6543" in office.get(f"{base(version)}/fiche").text  # the next one starts from it


def test_rates_of_few_people_are_not_shown(
    office: FlaskClient, version: ProgrammeVersion, browse: FlaskClient
) -> None:
    few = SHEET | {"entered": "3", "presented": "2", "obtained": "1"}
    office.post(f"{base(version)}/fiche", data=few)
    slug = db.session.get_one(Programme, version.programme_id).slug
    public = plain(browse.get(f"/catalogue/{slug}"))
    assert "trop peu de personnes pour être publié" in public
    assert "1 reçus" not in public


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"presented": "21"}, "Plus de présentés que d’entrés"),
        ({"obtained": "19"}, "Plus de reçus que de présentés"),
        ({"obtained": "-1"}, "n’est pas négatif"),
        ({"obtained": "douze"}, "nombre entier"),
        ({"ends_on": "2027-08-31"}, "La période doit être passée"),
        ({"starts_on": "2026-09-01"}, "finit avant de commencer"),
        ({"outlets": " "}, "À renseigner"),
        ({"code": ""}, "Indiquez le numéro RNCP ou RS"),
    ],
)
def test_a_wrong_sheet_is_refused_and_kept(
    office: FlaskClient, version: ProgrammeVersion, changes: dict[str, str], message: str
) -> None:
    reply = office.post(f"{base(version)}/fiche", data=SHEET | changes)
    assert reply.status_code == 422
    assert message in plain(reply)
    assert "Procès-verbaux du jury" in reply.text
    assert db.session.scalars(select(CertificationSheet)).all() == []


def test_contents_are_matched_objective_by_objective(
    office: FlaskClient, version: ProgrammeVersion
) -> None:
    page = f"{base(version)}/contenu"
    assert "Situer ses missions parmi celles de ses pairs" in plain(office.get(page))
    data = {
        "checked_on": "2026-11-02",
        "checked_by": "Claire",
        "conclusion": "Tout est couvert",
        "demands-0": "C1",
        "demands-1": "C2",
        "demands-2": "",
    }
    reply = office.post(page, data=data)
    assert reply.status_code == 422
    assert "pour chaque objectif" in plain(reply)
    assert "C2" in reply.text
    assert db.session.scalars(select(CertificationMatch)).all() == []
    assert office.post(page, data=data | {"demands-2": "C3"}).status_code == 303
    (piece,) = pieces("certification-content")
    assert piece.occurred_on == date(2026, 11, 2)
    assert [one["demand"] for one in piece.facts["rows"]] == ["C1", "C2", "C3"]
    assert "Tout est couvert" in office.get(base(version)).text


def test_an_authorisation_carries_its_last_day_and_its_copy(
    office: FlaskClient, version: ProgrammeVersion
) -> None:
    page = f"{base(version)}/habilitation"
    sent = AUTHORISATION | {"file": (BytesIO(PDF), "decision.pdf")}
    assert office.post(page, data=sent).status_code == 303
    (piece,) = pieces("certification-authorisation")
    assert piece.valid_until == date(2027, 1, 9)
    row = db.session.scalars(select(CertificationAuthorisation)).one()
    assert office.get(f"{page}/{row.id}/copie").data == PDF
    other = catalogue_version(recognition="rs", is_certifying=True)
    assert office.get(f"{base(other)}/habilitation/{row.id}/copie").status_code == 404
    assert office.post(f"{page}/{row.id}/retirer", data={"why": ""}).status_code == 422
    assert office.post(f"{page}/{row.id}/retirer", data={"why": "Dénoncée"}).status_code == 303
    assert pieces("certification-authorisation")[0].withdrawn_at is not None
    assert "Dénoncée" in office.get(base(version)).text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": ""}, "Choisissez de quoi il s’agit"),
        ({"granted_by": ""}, "Indiquez qui l’a accordée"),
        ({"granted_on": "2026-12-24"}, "pas encore venu"),
        ({"valid_until": "2025-01-01"}, "précède l’accord"),
        ({"file": (BytesIO(b"MZ\x00\x00"), "x.pdf")}, "pas d’un type accepté"),
    ],
)
def test_a_wrong_authorisation_is_refused(
    office: FlaskClient, version: ProgrammeVersion, changes: dict[str, Any], message: str
) -> None:
    reply = office.post(f"{base(version)}/habilitation", data=AUTHORISATION | changes)
    assert reply.status_code == 422
    assert message in plain(reply)
    assert db.session.scalars(select(CertificationAuthorisation)).all() == []


def test_a_programme_that_is_not_certifying_says_why_nothing_applies(office: FlaskClient) -> None:
    version = catalogue_version()
    assert "n’est pas certifiante" in plain(office.get(base(version)))
    reply = office.post(f"{base(version)}/fiche", data=SHEET)
    assert reply.status_code == 422
    assert "n’est pas certifiante" in plain(reply)
    assert pieces("certification-results") == []
