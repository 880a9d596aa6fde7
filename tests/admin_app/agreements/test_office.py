"""The office's pages of agreements."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from admin_app.agreements import operations
from admin_app.agreements.models import Agreement, State
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.people.models import Client
from tests.factories import ClientFactory, committed
from tests.factories.agreements import (
    AT,
    OFFICE,
    agreement_in,
    cohort_to_agree,
    payer_of,
    sponsor_of,
    terms_of,
)
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def office(sign_in: SignIn) -> FlaskClient:
    return sign_in(Role.OFFICE)


def follow(reply: Any) -> str:
    assert reply.status_code == 303, reply.text
    return str(reply.location)


def test_from_the_cohort_to_the_signed_copy(
    app: Flask, office: FlaskClient, outbox: list[Any]
) -> None:
    cohort = cohort_to_agree()
    page = office.get(f"/sessions/{cohort.id}/conventions")
    assert "à préparer" in page.text
    row = sponsor_of(cohort)
    shown = follow(office.post(f"/sessions/{cohort.id}/conventions/client/{row.id}"))
    assert "Établir le document" in office.get(shown).text
    follow(office.post(f"{shown}/etablir"))
    assert "Envoyer à signer" in office.get(shown).text
    follow(office.post(f"{shown}/envoyer"))
    page = office.get(shown)
    assert "Relancer" in page.text
    assert "À Sophie Delorme" in page.text
    assert len(outbox) == 1
    agreement = db.session.query(Agreement).one()
    db.session.refresh(agreement)
    from admin_app.agreements import queries
    from tests.factories.agreements import ORIGIN, SIGNATORY, signing

    operations.sign_as_client(
        agreement,
        signing(),
        shown_sha256=queries.papers(agreement)["document"].sha256,
        by=SIGNATORY,
        at=AT,
        origin=ORIGIN,
    )
    assert "Contresigner" in office.get(shown).text
    form = {
        "name": "Hélène Marchand",
        "quality": "gérante",
        "typed": "Hélène Marchand",
        "consent": "y",
    }
    follow(office.post(f"{shown}/contresigner", data=form))
    page = office.get(shown)
    assert "signée des deux parties" in page.text
    assert "Télécharger l’exemplaire signé" in page.text
    assert office.get(f"/sessions/{cohort.id}/documents").text.count("en vigueur") == 2


def test_the_draft_is_seen_before_it_is_issued(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("draft")
    reply = office.get(f"/conventions/{agreement.id}/projet.pdf")
    assert reply.mimetype == "application/pdf"
    from tests.support.pdf import text_of

    assert "Projet" in text_of(reply.data)


def test_what_is_missing_is_listed_with_where_to_fill_it(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("draft")
    operations.edit_agreement(agreement, terms_of(agreement, price=None), by=OFFICE, at=AT)
    with committed():
        db.session.get_one(Client, agreement.client_id).address = ""
    page = office.get(f"/conventions/{agreement.id}")
    assert "Il manque 2" in page.text
    assert f"/conventions/{agreement.id}/modifier#price" in page.text
    assert "D.\u00a06353-1" in page.text
    assert "Établir le document" not in page.text
    reply = office.post(f"/conventions/{agreement.id}/etablir", follow_redirects=True)
    assert "Indiquez le prix" in reply.text
    db.session.refresh(agreement)
    assert agreement.status is State.DRAFT


def test_a_bad_form_is_kept_and_changes_nothing(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("draft")
    sent = {
        "price": "beaucoup",
        "headcount": "douze",
        "signatory_email": "sophie chez caf",
        "signatory_name": "Une autre",
        "payment_terms": "Comptant",
    }
    reply = office.post(f"/conventions/{agreement.id}/modifier", data=sent)
    assert reply.status_code == 422
    for kept in ("beaucoup", "douze", "sophie chez caf", "Une autre", "Comptant"):
        assert kept in reply.text
    assert "Écrivez le montant ainsi" in reply.text
    db.session.refresh(agreement)
    assert agreement.signatory_name == "Sophie Delorme"
    sent |= {"price": "4 500,50 €", "headcount": "11"}
    reply = office.post(f"/conventions/{agreement.id}/modifier", data=sent)
    assert reply.status_code == 422
    assert "n’est pas une adresse e-mail" in reply.text.replace("\u00a0", " ")


def test_a_good_form_is_saved(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("draft")
    sent = {
        "price": "4 500,50",
        "headcount": "11",
        "signatory_email": "Sophie@CAF.example.org",
        "means": "",
    }
    follow(office.post(f"/conventions/{agreement.id}/modifier", data=sent))
    db.session.refresh(agreement)
    assert str(agreement.price) == "4500.50"
    assert agreement.signatory_email == "sophie@caf.example.org"
    assert agreement.means == "", "an emptied text is emptied; issuing will ask for it"


def where_it_is_concluded(page: str) -> str:
    """The answer that the form proposes."""
    chosen = BeautifulSoup(page, "html.parser").select('[name="concluded_remotely"][checked]')
    return str(chosen[0]["value"]) if chosen else ""


def test_a_contract_has_its_own_fields(app: Flask, office: FlaskClient) -> None:
    cohort = cohort_to_agree()
    enrolment, draft = payer_of(cohort)
    page = office.get(f"/sessions/{cohort.id}/conventions")
    assert "Avec les personnes qui paient leur formation" in page.text
    page = office.get(f"/conventions/{draft.id}/modifier")
    assert "Adresse postale" in page.text
    assert where_it_is_concluded(page.text) == "yes"
    sent = {"price": "900", "concluded_remotely": "no", "address": "1 rue X, 17000 La Rochelle"}
    follow(office.post(f"/conventions/{draft.id}/modifier", data=sent))
    db.session.refresh(draft)
    assert draft.concluded_remotely is False
    page = office.get(f"/conventions/{draft.id}/modifier")
    assert where_it_is_concluded(page.text) == "no"
    operations.cancel_agreement(draft, why="Autre.", by=OFFICE, at=AT)
    shown = follow(office.post(f"/sessions/{cohort.id}/conventions/stagiaire/{enrolment.id}"))
    assert office.get(shown).status_code == 200


def test_countersigning_wants_everything_at_once(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("signed")
    reply = office.post(
        f"/conventions/{agreement.id}/contresigner", data={"name": "", "quality": "", "typed": ""}
    )
    assert reply.status_code == 422
    for told in ("Indiquez vos prénom et nom", "Cochez cette case", "Signez dans le cadre"):
        assert told in reply.text


@pytest.mark.parametrize(
    "drawn", ["{", "[]", '{"strokes": "x"}', '{"strokes": [[["a", 1]]]}', "9" * 300_000]
)
def test_a_drawing_that_cannot_be_read_is_refused(
    app: Flask, office: FlaskClient, drawn: str
) -> None:
    agreement = agreement_in("signed")
    form = {"name": "Hélène Marchand", "quality": "gérante", "consent": "y", "drawn": drawn}
    reply = office.post(f"/conventions/{agreement.id}/contresigner", data=form)
    assert reply.status_code == 422
    db.session.refresh(agreement)
    assert agreement.status is State.SIGNED


def paper(**changed: Any) -> dict[str, Any]:
    return {
        "scan": (io.BytesIO(PDF), "convention.pdf"),
        "client_name": "Sophie Delorme",
        "client_signed_on": "2026-07-06",
        "provider_name": "Hélène Marchand",
        "provider_signed_on": "06/07/2026",
    } | changed


def test_a_paper_is_recorded(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("sent")
    follow(office.post(f"/conventions/{agreement.id}/papier", data=paper()))
    page = office.get(f"/conventions/{agreement.id}")
    assert "sur papier, le 6 juillet 2026" in page.text.replace("\u00a0", " ")
    db.session.refresh(agreement)
    assert agreement.signed_on == date(2026, 7, 6)


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"scan": (io.BytesIO(b"<html>non</html>"), "a.pdf")}, "n’est pas d’un type accepté"),
        ({"scan": (io.BytesIO(b""), "a.pdf")}, "est vide"),
        ({"client_signed_on": "31/02/2026"}, "Ce jour n’existe pas"),
        ({"client_signed_on": ""}, "Indiquez le jour"),
        ({"provider_signed_on": "2090-01-01"}, "n’est pas encore venu"),
        ({"client_name": " "}, "Indiquez qui a signé"),
    ],
)
def test_a_bad_paper_is_refused_with_its_reason(
    app: Flask, office: FlaskClient, changed: dict[str, Any], told: str
) -> None:
    agreement = agreement_in("sent")
    reply = office.post(f"/conventions/{agreement.id}/papier", data=paper(**changed))
    assert reply.status_code == 422
    assert told in reply.text.replace("\u00a0", " ")
    assert "Hélène Marchand" in reply.text
    db.session.refresh(agreement)
    assert agreement.status is State.SENT


def test_a_paper_without_file(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("sent")
    form = paper()
    del form["scan"]
    reply = office.post(f"/conventions/{agreement.id}/papier", data=form)
    assert reply.status_code == 422
    assert "Choisissez le fichier" in reply.text


def test_cancelling_wants_a_reason(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("sent")
    reply = office.post(f"/conventions/{agreement.id}/annuler", data={"why": " "})
    assert reply.status_code == 422
    assert "Dites pourquoi" in reply.text
    follow(office.post(f"/conventions/{agreement.id}/annuler", data={"why": "Report."}))
    assert "Report." in office.get(f"/conventions/{agreement.id}").text


def test_what_cannot_be_done_is_said(app: Flask, office: FlaskClient) -> None:
    agreement = agreement_in("concluded")
    for act in ("etablir", "envoyer", "reprendre"):
        reply = office.post(f"/conventions/{agreement.id}/{act}", follow_redirects=True)
        assert "est déjà signée des deux parties" in reply.text
    follow(office.post(f"/conventions/{agreement.id}/remplacer"))
    reply = office.post(f"/conventions/{agreement.id}/remplacer", follow_redirects=True)
    assert "déjà en cours" in reply.text
    assert "En cours de remplacement" in office.get(f"/conventions/{agreement.id}").text


def test_nobody_else_comes_in(app: Flask, sign_in: SignIn) -> None:
    agreement = agreement_in("draft")
    for role in (Role.TRAINER, Role.AUDITOR, Role.CLIENT, Role.QUALITY_MANAGER):
        assert sign_in(role).get(f"/conventions/{agreement.id}").status_code == 403
    assert sign_in(Role.OFFICE).get("/conventions/999").status_code == 404
    assert sign_in(Role.OFFICE).get("/sessions/999/conventions").status_code == 404
    assert sign_in(Role.OFFICE).post("/conventions/999/etablir").status_code == 404


def test_a_late_signature_is_announced(app: Flask, office: FlaskClient) -> None:
    cohort = cohort_to_agree(starts_on=date(2026, 1, 14))
    agreement = agreement_in("sent", cohort)
    assert "La formation a commencé le" in office.get(f"/conventions/{agreement.id}").text
    concluded = agreement_in("concluded", cohort_to_agree(starts_on=date(2026, 1, 14)))
    assert (
        "Le dossier de preuves montre cet écart" in office.get(f"/conventions/{concluded.id}").text
    )


def test_the_list_filters_and_counts_its_statements(app: Flask, office: FlaskClient) -> None:
    cohort = cohort_to_agree()
    agreement_in("sent", cohort)
    counts = []
    for more in (0, 60):
        with committed():
            for rank in range(more):
                client = ClientFactory(name=f"Ville {rank}")
                db.session.add(
                    Agreement(
                        reference=f"X-{rank}",
                        kind="convention",
                        cohort_id=cohort.id,
                        client_id=client.id,
                        state="draft",
                        created_at=AT + timedelta(days=rank),
                    )
                )
        with counted() as statements:
            page = office.get("/conventions")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10
    assert "sur 61" in page.text.replace("\u00a0", " ")
    assert "X-59" in page.text
    assert office.get("/conventions?etat=sent").text.count("CONV-2026-0001") >= 1
    assert "X-59" not in office.get("/conventions?etat=sent").text
    assert "X-7" in office.get("/conventions?q=ville+7").text
    assert "Rien ne correspond" in office.get("/conventions?q=%25").text
    assert office.get("/conventions?etat=n'importe&type=quoi&page=-3").status_code == 200


def test_one_page_runs_few_statements(app: Flask, office: FlaskClient) -> None:
    keys = [agreement_in("concluded", cohort_to_agree(trainees=n)).id for n in (1, 25)]
    counts = []
    for key in keys:
        db.session.remove()
        with counted() as statements:
            office.get(f"/conventions/{key}")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10
