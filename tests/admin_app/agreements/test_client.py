"""The signatory's page, from a personal link."""

from datetime import timedelta
from typing import Any

from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from admin_app.agreements import operations, queries
from admin_app.agreements.models import Agreement, AgreementSignature, State
from admin_app.core import clock, links
from admin_app.core.actor import ActorKind
from admin_app.core.database import db
from admin_app.core.links import PersonalLink, Purpose
from admin_app.journal.models import JournalEntry
from tests.factories import committed
from tests.factories.agreements import OFFICE, agreement_in, brought_to, cohort_to_agree, payer_of


def sent(app: Flask, agreement: Agreement | None = None) -> tuple[Agreement, str]:
    """An agreement sent today, and the path of its link."""
    at = clock.now()
    agreement = agreement or agreement_in("sent", at=at)
    link = db.session.query(PersonalLink).filter_by(subject_id=agreement.id).one()
    return agreement, f"/l/{links.token(link)}/accord"


def form(agreement: Agreement, **changed: Any) -> dict[str, str]:
    return {
        "name": "Sophie Delorme",
        "quality": "directrice de l’action sociale",
        "typed": "Sophie Delorme",
        "drawn": "",
        "consent": "y",
        "shown": queries.papers(agreement)["document"].sha256,
    } | changed


def test_the_whole_document_is_read_before_signing(app: Flask, browse: FlaskClient) -> None:
    _agreement, path = sent(app)
    page = browse.get(path).text.replace("\u00a0", " ").replace("\u202f", " ")
    for told in (
        "Convention de formation professionnelle",
        "Situer ses missions parmi celles de ses pairs",
        "4 800,00 €",
        "Annexe. Programme de la formation",
        "jeudi 17 septembre 2026, matin",
        "Cet enregistrement ne vaut pas agrément de l’État.",
        "J’ai lu la convention CONV-2026-0001 en entier",
    ):
        assert told in page
    pdf = browse.get(f"{path}.pdf")
    assert pdf.mimetype == "application/pdf"
    assert pdf.headers["Content-Disposition"].startswith("inline")
    kept = browse.get(f"{path}.pdf?telecharger=1")
    assert kept.headers["Content-Disposition"].startswith("attachment")


def test_the_bare_link_leads_there(app: Flask) -> None:
    assert app.extensions["liasse.link_homes"][Purpose.AGREEMENT] == "agreements_client.show"


def test_signing_by_typing_one_s_name(app: Flask, browse: FlaskClient) -> None:
    agreement, path = sent(app)
    reply = browse.post(path, data=form(agreement), headers={"User-Agent": "Firefox/140"})
    assert reply.status_code == 303
    page = browse.get(path)
    assert "Votre signature est enregistrée" in page.text
    assert "Je ne signe pas" not in page.text
    signature = db.session.query(AgreementSignature).one()
    assert (signature.way, signature.user_agent, signature.ip) == (
        "typed",
        "Firefox/140",
        "127.0.0.1",
    )
    entry = db.session.query(JournalEntry).filter_by(action="agreements.sign").one()
    assert (entry.actor_kind, entry.actor_label) == (ActorKind.CLIENT, "Sophie Delorme")


def test_the_form_of_the_page_holds_all_that_is_needed(app: Flask, browse: FlaskClient) -> None:
    agreement, path = sent(app)
    page = BeautifulSoup(browse.get(path).text, "html.parser").select_one("#signer form")
    assert page is not None
    names = [one["name"] for one in page.select("input[name]")]
    assert {name: names.count(name) for name in ("shown", "drawn", "typed", "name", "consent")} == {
        "shown": 1,
        "drawn": 1,
        "typed": 1,
        "name": 1,
        "consent": 1,
    }
    fields = {str(one["name"]): str(one.get("value", "")) for one in page.select("input[name]")}
    reply = browse.post(path, data=fields | {"typed": "Sophie Delorme", "consent": "y"})
    assert reply.status_code == 303
    db.session.refresh(agreement)
    assert agreement.status is State.SIGNED


def test_signing_by_drawing(app: Flask, browse: FlaskClient) -> None:
    agreement, path = sent(app)
    drawing = '{"w": 300, "h": 120, "strokes": [[[10, 10], [90, 60], [200, 20]]]}'
    reply = browse.post(path, data=form(agreement, typed="", drawn=drawing))
    assert reply.status_code == 303
    assert db.session.query(AgreementSignature).one().way == "drawn"


def test_everything_wrong_is_said_at_once_and_kept(app: Flask, browse: FlaskClient) -> None:
    agreement, path = sent(app)
    sent_form = form(agreement, quality="", typed="")
    del sent_form["consent"]
    reply = browse.post(path, data=sent_form)
    assert reply.status_code == 422
    assert "Cochez cette case pour signer." in reply.text
    assert "Signez dans le cadre" in reply.text
    assert "Sophie Delorme" in reply.text
    assert db.session.query(AgreementSignature).count() == 0
    reply = browse.post(path, data=form(agreement, quality=" "))
    assert reply.status_code == 422
    assert "en quelle qualité" in reply.text


def test_a_document_that_changed_meanwhile_is_read_again(app: Flask, browse: FlaskClient) -> None:
    agreement, path = sent(app)
    reply = browse.post(path, data=form(agreement, shown="0" * 64))
    assert reply.status_code == 422
    assert "a changé depuis que vous l’avez ouvert" in reply.text


def test_signing_twice_says_where_it_stands(app: Flask, browse: FlaskClient) -> None:
    agreement, path = sent(app)
    assert browse.post(path, data=form(agreement)).status_code == 303
    reply = browse.post(path, data=form(agreement))
    assert reply.status_code == 422
    assert "Votre signature est enregistrée" in reply.text
    assert db.session.query(AgreementSignature).count() == 1


def test_refusing(app: Flask, browse: FlaskClient, outbox: list[Any]) -> None:
    agreement, path = sent(app)
    reply = browse.post(f"{path}/refus", data={"why": ""})
    assert reply.status_code == 422
    assert "Dites pourquoi" in reply.text
    reply = browse.post(f"{path}/refus", data={"why": "Le prix n’est pas celui du devis."})
    assert "Votre réponse est transmise" in reply.text
    db.session.refresh(agreement)
    assert agreement.status is State.REFUSED
    assert "Le prix n’est pas celui du devis." in outbox[-1].body
    assert browse.get(path).status_code == 410


def test_links_that_open_nothing(app: Flask, browse: FlaskClient) -> None:
    _agreement, path = sent(app)
    link = db.session.query(PersonalLink).one()
    assert browse.get(path.replace("/accord", "x/accord")).status_code == 404
    with committed():
        link.purpose = Purpose.POSITIONING.value
    assert browse.get(path).status_code == 410
    with committed():
        link.purpose, link.expires_at = Purpose.AGREEMENT.value, clock.now() - timedelta(hours=1)
    reply = browse.get(path)
    assert reply.status_code == 410
    assert "a expiré" in reply.text
    with committed():
        link.expires_at, link.subject_kind = clock.now() + timedelta(days=1), "enrolment"
    assert browse.get(path).status_code == 404, "never someone else's"


def test_the_copy_is_at_hand_afterwards(app: Flask, browse: FlaskClient) -> None:
    agreement = agreement_in("concluded", at=clock.now() - timedelta(hours=4))
    link = db.session.query(PersonalLink).order_by(PersonalLink.id.desc()).first()
    assert link is not None
    path = f"/l/{links.token(link)}/accord"
    page = browse.get(path)
    assert "Votre exemplaire signé est à télécharger" in page.text
    assert browse.get(f"{path}.pdf").headers["Content-Disposition"].endswith("-S.pdf")
    assert browse.post(path, data=form(agreement)).status_code == 422


def test_a_person_who_pays_reads_the_right_to_withdraw(app: Flask, browse: FlaskClient) -> None:
    _, draft = payer_of(cohort_to_agree())
    at = clock.now()
    brought_to("issued", draft, at)
    link = operations.send_agreement(draft, by=OFFICE, at=at)
    path = f"/l/{links.token(link)}/accord"
    page = browse.get(path).text.replace("\u00a0", " ")
    assert "Droit de rétractation" in page
    assert "14 jours" in page
    assert "En qualité de" not in page
    data = {
        "name": draft.signatory_name,
        "typed": draft.signatory_name,
        "consent": "y",
        "shown": queries.papers(draft)["document"].sha256,
    }
    assert browse.post(path, data=data).status_code == 303
    entry = db.session.query(JournalEntry).filter_by(action="agreements.sign").one()
    assert entry.actor_kind == ActorKind.TRAINEE
