"""The pages of the référentiel: what each role sees, and what they cost."""

from collections.abc import Callable
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.coverage.models import Rebuild
from admin_app.organisation.models import Provider
from compliance import expectations as rules
from compliance.referentiel import load
from tests.factories import CohortFactory, ProgrammeVersionFactory
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
PAGES = (
    "/referentiel",
    "/referentiel/editions/2019",
    "/referentiel/editions/2026/subcontracting",
    "/referentiel/changements",
    "/referentiel/changements/formations",
    "/referentiel/pratiques",
    "/referentiel/valeurs",
    "/referentiel/textes",
)


def ours() -> str:
    return next(one.key for one in rules.catalogue().pieces if one.is_optional)


def words(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    text = BeautifulSoup(answer.text, "html.parser").main.get_text(" ", strip=True)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("path", PAGES)
def test_pages_cost_the_same_whatever_the_rows(sign_in: SignIn, path: str) -> None:
    client = sign_in(Role.QUALITY_MANAGER)
    CohortFactory()
    with counted() as few:
        assert client.get(path).status_code == 200
    for _ in range(30):
        CohortFactory(version_id=ProgrammeVersionFactory(recognition="", financing="").id)
    with counted() as many:
        assert client.get(path).status_code == 200
    assert len(many) == len(few) <= 10


@pytest.mark.parametrize("path", PAGES)
def test_who_may_read(sign_in: SignIn, path: str) -> None:
    assert sign_in(Role.OFFICE).get(path).status_code == 200
    assert sign_in(Role.TRAINER).get(path).status_code == 403


@pytest.mark.parametrize(
    "path",
    [
        "/referentiel/editions/2030",
        "/referentiel/editions/2026/nothing",
        "/referentiel/pratiques/agreement",
        "/referentiel/pratiques/nothing",
        "/referentiel/valeurs/first-payment-cap",
        "/referentiel/valeurs/teaching-referent-threshold",
    ],
)
def test_what_does_not_exist_or_is_not_to_choose(sign_in: SignIn, path: str) -> None:
    assert sign_in(Role.QUALITY_MANAGER).get(path).status_code == 404


def test_every_indicator_has_its_page(sign_in: SignIn) -> None:
    client = sign_in(Role.QUALITY_MANAGER)
    for edition in load().editions:
        for one in edition.indicators:
            said = words(client, f"/referentiel/editions/{edition.key}/{one.key}")
            assert one.title in said
            assert "exigence du texte" in said


def test_it_never_says_that_one_complies(sign_in: SignIn) -> None:
    client = sign_in(Role.QUALITY_MANAGER)
    for path in PAGES:
        assert "est conforme" not in words(client, path)


def test_what_changed_speaks_of_the_next_audit(sign_in: SignIn) -> None:
    client = sign_in(Role.QUALITY_MANAGER)
    house = db.session.scalars(select(Provider)).one()
    house.next_audit_on = None
    db.session.commit()
    assert "n’est pas connue" in words(client, "/referentiel/changements")
    house.next_audit_on = date(2099, 12, 15)
    db.session.commit()
    assert "15 décembre 2099" in words(client, "/referentiel/changements")


def test_programmes_to_review(sign_in: SignIn) -> None:
    client = sign_in(Role.QUALITY_MANAGER)
    assert "Aucune fiche à revoir" in words(client, "/referentiel/changements/formations")
    ProgrammeVersionFactory(title="Lire un bilan", recognition="attestation", financing="")
    ProgrammeVersionFactory(title="Animer", recognition="attestation", financing="OPCO")
    said = words(client, "/referentiel/changements/formations")
    assert "Lire un bilan" in said
    assert "Animer" not in said
    assert "Modalités de financement" in said
    assert "1 fiche publiée" in words(client, "/referentiel/changements")


def test_doing_without_and_again(sign_in: SignIn) -> None:
    client, piece = sign_in(Role.QUALITY_MANAGER), ours()
    path = f"/referentiel/pratiques/{piece}"
    sent = client.post(path, data={"why": ""})
    assert sent.status_code == 422
    assert "Dites pourquoi" in sent.text
    assert client.post(path, data={"why": "Nous sommes deux."}).status_code == 303
    assert db.session.scalars(select(Rebuild)).one().finished_at is not None
    assert "Nous sommes deux." in words(client, "/referentiel/pratiques")
    assert client.post(f"{path}/reprendre").status_code == 303
    assert "Nous sommes deux." not in words(client, "/referentiel/pratiques")


def test_a_number_of_ones_own(sign_in: SignIn) -> None:
    client = sign_in(Role.QUALITY_MANAGER)
    path = "/referentiel/valeurs/adaptation-answer-days"
    for wrong in ("", "dix", "-4", "999999"):
        sent = client.post(path, data={"number": wrong, "why": "Congés d’été"})
        assert sent.status_code == 422, wrong
        assert "Congés d’été" in sent.text
    assert client.post(path, data={"number": "12", "why": "Congés"}).status_code == 303
    assert "12 jours" in words(client, "/referentiel/valeurs")
    assert client.post(f"{path}/oublier").status_code == 303
    assert "12 jours" not in words(client, "/referentiel/valeurs")


def test_only_who_answers_for_quality_chooses(sign_in: SignIn) -> None:
    client = sign_in(Role.OFFICE)
    assert client.get("/referentiel/valeurs/adaptation-answer-days").status_code == 403
    assert client.post(f"/referentiel/pratiques/{ours()}", data={"why": "x"}).status_code == 403
    assert "S’en passer" not in words(client, "/referentiel/pratiques")
