"""From the link that is sent to the copy that both hold."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from admin_app.agreements import operations, queries
from admin_app.agreements.models import Agreement, AgreementSignature, State
from admin_app.cohorts.models import Cohort
from admin_app.core import links
from admin_app.core.database import db
from admin_app.core.drawing import ink_of
from admin_app.core.errors import Problems, Refused
from admin_app.core.links import LinkProblem, PersonalLink
from admin_app.core.storage import Store
from admin_app.core.transaction import touch_cohort
from admin_app.core.uploads import Upload
from admin_app.coverage.facts import cohort_facts
from admin_app.coverage.models import Expectation
from admin_app.documents import queries as documents
from admin_app.documents.models import Document
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from tests.factories import committed
from tests.factories.agreements import (
    AT,
    OFFICE,
    ORIGIN,
    SIGNATORY,
    agreement_in,
    brought_to,
    cohort_to_agree,
    payer_of,
    signing,
    sponsor_of,
)
from tests.support.pdf import opened, text_of


def sign(agreement: Agreement, **changed: Any) -> AgreementSignature:
    given = {
        "shown_sha256": queries.papers(agreement)["document"].sha256,
        "by": SIGNATORY,
        "at": AT + timedelta(days=1),
        "origin": ORIGIN,
    } | changed
    return operations.sign_as_client(agreement, given.pop("signing", signing()), **given)


def countersign(agreement: Agreement, at: datetime = AT + timedelta(days=2)) -> Document:
    return operations.countersign(
        agreement, signing("Hélène Marchand", "gérante"), by=OFFICE, at=at, origin=ORIGIN
    )


def test_it_is_sent_by_a_personal_link_that_expires(app: Flask, outbox: list[Any]) -> None:
    agreement = agreement_in("issued")
    link = operations.send_agreement(agreement, by=OFFICE, at=AT)
    assert (agreement.status, agreement.sent_at) == (State.SENT, AT)
    assert agreement.answer_by == AT + timedelta(days=30)
    (message,) = outbox
    assert links.url(link, "/accord") in message.body
    assert agreement.reference in message.subject


def test_a_reminder_repeats_the_link_and_renews_it_once_expired(
    app: Flask, outbox: list[Any]
) -> None:
    agreement = agreement_in("sent")
    first = db.session.query(PersonalLink).one()
    again = operations.send_agreement(agreement, by=OFFICE, at=AT + timedelta(days=7))
    assert again.id == first.id
    assert agreement.reminded_at == AT + timedelta(days=7)
    assert "Rappel" in outbox[-1].subject
    assert "attend encore votre signature" in outbox[-1].body
    late = operations.send_agreement(agreement, by=OFFICE, at=AT + timedelta(days=40))
    assert late.id != first.id
    assert agreement.answer_by == AT + timedelta(days=70)


def test_it_cannot_be_sent_to_nobody(app: Flask) -> None:
    agreement = agreement_in("draft")
    with pytest.raises(Refused, match="est encore un projet"):
        operations.send_agreement(agreement, by=OFFICE, at=AT)
    with committed():
        agreement.signatory_email = ""
    operations.issue_agreement(agreement, by=OFFICE, at=AT)
    with pytest.raises(Refused, match="adresse e-mail"):
        operations.send_agreement(agreement, by=OFFICE, at=AT)


def test_a_signature_keeps_who_how_when_where_and_what(app: Flask) -> None:
    agreement = agreement_in("sent")
    ink = ink_of(
        way="drawn", strokes=[[[0, 0], [80, 40], [160, 0]]], typed_name="", name="Sophie Delorme"
    )
    signature = sign(
        agreement, signing=operations.Signing("Sophie Delorme", "directrice", ink, True)
    )
    document = queries.papers(agreement)["document"]
    assert agreement.status is State.SIGNED
    assert signature.document_sha256 == document.sha256
    assert signature.way == "drawn"
    assert signature.strokes
    assert (signature.ip, signature.user_agent) == ("192.0.2.17", "Firefox/140")
    assert signature.signed_at == AT + timedelta(days=1)
    assert "j’ai qualité pour engager CAF de l’Aubrée" in signature.consent
    entry = db.session.query(JournalEntry).filter_by(action="agreements.sign").one()
    assert (entry.actor_label, entry.ip) == ("Sophie Delorme", "192.0.2.17")
    assert db.session.query(Evidence).count() == 0, "one signature concludes nothing"


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (operations.Signing(" ", "directrice", signing().ink, True), "name"),
        (operations.Signing("Sophie Delorme", "", signing().ink, True), "quality"),
        (operations.Signing("Sophie Delorme", "directrice", signing().ink, False), "consent"),
    ],
)
def test_nothing_may_be_left_out(app: Flask, given: operations.Signing, field: str) -> None:
    agreement = agreement_in("sent")
    with pytest.raises(Problems) as caught:
        sign(agreement, signing=given)
    assert [one.field for one in caught.value.problems] == [field]
    assert db.session.query(AgreementSignature).count() == 0


def test_a_document_that_changed_is_not_signed(app: Flask) -> None:
    agreement = agreement_in("sent")
    with pytest.raises(Refused, match="a changé"):
        sign(agreement, shown_sha256="0" * 64)


def test_nobody_signs_twice_nor_after_the_end(app: Flask) -> None:
    agreement = agreement_in("signed")
    with pytest.raises(Refused, match="contresignature"):
        sign(agreement)
    cancelled = agreement_in("sent", cohort_to_agree())
    operations.cancel_agreement(cancelled, why="Report.", by=OFFICE, at=AT)
    with pytest.raises(Refused, match="annulée"):
        sign(cancelled)


def test_nobody_signs_for_a_cancelled_session(app: Flask) -> None:
    agreement = agreement_in("sent")
    with committed():
        db.session.get_one(Cohort, agreement.cohort_id).cancelled_at = AT
    with pytest.raises(Refused, match="est annulée"):
        sign(agreement)


def test_both_signatures_conclude_and_prove(app: Flask, outbox: list[Any]) -> None:
    agreement = agreement_in("signed")
    outbox.clear()
    copy = countersign(agreement)
    assert agreement.status is State.CONCLUDED
    assert agreement.signed_on == date(2026, 7, 3)
    assert copy.number == f"{agreement.reference}-S"
    (piece,) = db.session.query(Evidence)
    assert (piece.piece, piece.scope_kind) == ("agreement", "client")
    assert piece.scope_id == sponsor_of(db.session.get_one(Cohort, agreement.cohort_id)).id
    assert piece.occurred_on == agreement.signed_on
    assert piece.sha256 == hashlib.sha256(documents.read(copy)).hexdigest() == copy.sha256
    assert piece.document_id == copy.id
    assert [message.attachments[0][0] for message in outbox] == [f"{copy.number}.pdf"] * 2
    assert outbox[1].to == ["Atelier des Territoires <contact@atelier.example.org>"]


def test_the_copy_carries_the_very_bytes_and_the_proof(app: Flask) -> None:
    agreement = agreement_in("signed")
    document = queries.papers(agreement)["document"]
    copy = documents.read(countersign(agreement))
    text = text_of(copy)
    for told in (
        "Preuve de signature",
        document.sha256,
        "Sophie Delorme",
        "Hélène Marchand, gérante",
        "192.0.2.17",
        "01/07/2026 12:30:00",
        "n’est pas une signature qualifiée",
        "Exemplaire signé des deux parties",
    ):
        assert told in text
    pdf = opened(copy)
    assert pdf.attachments[f"{document.number}.pdf"].get_file().read_bytes() == documents.read(
        document
    )


def test_whoever_holds_the_pen_is_named(app: Flask) -> None:
    from admin_app.core.actor import Actor, ActorKind

    agreement = agreement_in("signed")
    paul = Actor(ActorKind.USER, "Paul Ribeiro", 9)
    copy = operations.countersign(
        agreement, signing("Hélène Marchand", "gérante"), by=paul, at=AT + timedelta(days=2)
    )
    assert "Depuis le compte de Paul Ribeiro" in text_of(documents.read(copy))


def test_a_changed_file_is_not_countersigned(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    agreement = agreement_in("signed")
    monkeypatch.setattr(Store, "get", lambda *_: b"autre chose")
    with pytest.raises(Refused, match="a été modifié"):
        countersign(agreement)
    assert agreement.status is State.SIGNED


def test_a_crash_at_the_end_leaves_nothing_half_done(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    from admin_app.agreements.operations import concluding

    agreement = agreement_in("signed")

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(concluding, "_send_copies", fail)
    with pytest.raises(RuntimeError):
        countersign(agreement)
    db.session.refresh(agreement)
    assert agreement.status is State.SIGNED
    assert db.session.query(Evidence).count() == 0
    assert db.session.query(AgreementSignature).count() == 1
    assert documents.latest("convention-signed", ("agreement", agreement.id)) is None
    monkeypatch.undo()
    assert countersign(agreement).version == 1


def test_the_first_link_gives_way_to_one_for_the_copy(app: Flask) -> None:
    agreement = agreement_in("signed")
    first = db.session.query(PersonalLink).one()
    countersign(agreement)
    with pytest.raises(LinkProblem):
        links.open_link(links.token(first))
    last = db.session.query(PersonalLink).order_by(PersonalLink.id.desc()).first()
    assert last is not None
    assert last.expires_at == AT + timedelta(days=367)


def test_signed_after_the_start_is_kept_at_its_true_date(app: Flask) -> None:
    agreement = agreement_in("signed")
    countersign(agreement, at=datetime(2026, 9, 18, 9, tzinfo=UTC))
    (piece,) = db.session.query(Evidence)
    assert piece.occurred_on == date(2026, 9, 18) > date(2026, 9, 17)


def test_a_refusal_keeps_its_reason_and_tells_the_office(app: Flask, outbox: list[Any]) -> None:
    agreement = agreement_in("sent")
    with pytest.raises(Refused, match="pourquoi"):
        operations.refuse_as_client(agreement, why="  ", by=SIGNATORY, at=AT)
    operations.refuse_as_client(agreement, why="Le prix a changé.", by=SIGNATORY, at=AT)
    assert (agreement.status, agreement.closed_why) == (State.REFUSED, "Le prix a changé.")
    assert "Le prix a changé." in outbox[-1].body
    assert outbox[-1].to == ["Atelier des Territoires <contact@atelier.example.org>"]
    assert operations.revise_agreement(agreement, by=OFFICE, at=AT).status is State.DRAFT


def test_cancelling_marks_the_proof_and_keeps_it(app: Flask) -> None:
    agreement = agreement_in("concluded")
    with pytest.raises(Refused, match="pourquoi"):
        operations.cancel_agreement(agreement, why="", by=OFFICE, at=AT)
    operations.cancel_agreement(agreement, why="Session reportée.", by=OFFICE, at=AT)
    (piece,) = db.session.query(Evidence)
    assert piece.withdrawn_at == AT
    assert "Session reportée." in piece.withdrawn_why
    assert queries.papers(agreement)["signed"] is not None
    with pytest.raises(Refused, match="annulée"):
        operations.cancel_agreement(agreement, why="Encore.", by=OFFICE, at=AT)


def test_a_replacement_adds_its_proof_beside_the_first(app: Flask) -> None:
    agreement = agreement_in("concluded")
    fresh = operations.revise_agreement(agreement, by=OFFICE, at=AT + timedelta(days=3))
    brought_to("concluded", fresh, AT + timedelta(days=4))
    assert db.session.query(Evidence).filter(Evidence.withdrawn_at.is_(None)).count() == 2


# -- the contract of a person who pays


def test_a_contract_is_signed_by_the_trainee_and_proves_for_the_enrolment(app: Flask) -> None:
    enrolment, draft = payer_of(cohort_to_agree(), price=Decimal("900.00"))
    brought_to("concluded", draft)
    (piece,) = db.session.query(Evidence)
    assert (piece.piece, piece.scope_kind) == ("individual-contract", "enrolment")
    assert piece.scope_id == enrolment.id
    text = text_of(documents.read(queries.papers(draft)["signed"]))
    for told in (
        "articles L. 6353-3 à L. 6353-7",
        "14 jours",
        "Aucune somme n’est due avant l’expiration du délai de rétractation",
        "270,00 € au plus",
        "3 rue du Port, 17000 La Rochelle",
        "Master en ingénierie de formation",
        "CONT-2026-0001",
    ):
        assert told in text.replace("\u00a0", " ").replace("\u202f", " ")


def test_concluded_on_the_premises_the_delay_is_ten_days(app: Flask) -> None:
    _, draft = payer_of(cohort_to_agree())
    with committed():
        draft.concluded_remotely = False
    document = operations.issue_agreement(draft, by=OFFICE, at=AT)
    text = text_of(documents.read(document)).replace("\u00a0", " ")
    assert "10 jours" in text
    assert "lettre recommandée avec avis de réception" in text


# -- paper

SCAN = Upload("convention signée.pdf", "pdf", b"%PDF-1.4 un scan")


def paper(agreement: Agreement, **changed: Any) -> Document:
    hands = {
        "client": operations.Hand("Sophie Delorme", "directrice", date(2026, 7, 6)),
        "provider": operations.Hand("Hélène Marchand", "gérante", date(2026, 7, 2)),
    } | changed
    return operations.record_paper(
        agreement, SCAN, **hands, by=OFFICE, at=datetime(2026, 7, 10, 9, tzinfo=UTC)
    )


@pytest.mark.parametrize("state", ["draft", "issued", "sent"])
def test_a_paper_signed_by_hand_comes_by_the_same_door(app: Flask, state: str) -> None:
    agreement = agreement_in(state)
    scan = paper(agreement)
    assert agreement.status is State.CONCLUDED
    assert agreement.signed_on == date(2026, 7, 6)
    assert documents.read(scan) == SCAN.data
    (piece,) = db.session.query(Evidence)
    assert piece.occurred_on == date(2026, 7, 6)
    assert piece.sha256 == scan.sha256
    assert {one.way for one in agreement.signatures} == {"paper"}
    assert {one.document_sha256 for one in agreement.signatures} == {scan.sha256}


def test_a_paper_from_the_future_or_from_nobody_is_refused(app: Flask) -> None:
    agreement = agreement_in("issued")
    with pytest.raises(Problems) as caught:
        paper(
            agreement,
            client=operations.Hand(" ", "", date(2026, 7, 6)),
            provider=operations.Hand("Hélène Marchand", "", date(2026, 7, 11)),
        )
    fields = [one.field for one in caught.value.problems]
    assert fields == ["client_name", "provider_signed_on"]
    assert db.session.query(Evidence).count() == 0


def test_a_signature_on_screen_is_not_replaced_by_paper(app: Flask) -> None:
    with pytest.raises(Refused, match="contresignature"):
        paper(agreement_in("signed"))


def owed(agreement: Agreement, piece: str) -> Expectation:
    return db.session.query(Expectation).filter_by(cohort_id=agreement.cohort_id, piece=piece).one()


def test_once_the_client_has_signed_it_is_ours_to_sign_and_the_office_is_told(
    app: Flask, outbox: list[Any]
) -> None:
    agreement = agreement_in("sent")
    with committed():
        touch_cohort(agreement.cohort_id)
    assert owed(agreement, "agreement").owed_by == "client"
    sign(agreement)
    after = owed(agreement, "agreement")
    assert (after.owed_by, after.owed_name) == ("office", "l’équipe administrative")
    assert "reste notre contresignature" in after.sentence
    message = outbox[-1]
    assert message.subject.startswith("À contresigner : la convention")
    assert f"/conventions/{agreement.id}" in message.body
    assert "a signé la convention" in message.body
    assert queries.to_countersign(5)[0].agreement.id == agreement.id
    countersign(agreement)
    assert queries.to_countersign(5) == []


def test_a_convention_taken_back_once_signed_is_the_clients_again(app: Flask) -> None:
    agreement = agreement_in("signed")
    assert owed(agreement, "agreement").owed_by == "office"
    operations.cancel_agreement(agreement, why="Autre prix", by=OFFICE, at=AT + timedelta(days=2))
    assert owed(agreement, "agreement").owed_by == "client"


def test_a_contract_signed_by_the_trainee_is_ours_to_sign(app: Flask) -> None:
    enrolment, draft = payer_of(cohort_to_agree())
    brought_to("signed", draft)
    found = owed(draft, "individual-contract")
    assert (found.owed_by, found.scope_id) == ("office", enrolment.id)
    assert "Le contrat de formation est signé par" in found.sentence


def test_of_a_past_day_what_was_owed_that_day_is_told(app: Flask) -> None:
    agreement = agreement_in("signed")
    countersign(agreement, at=AT + timedelta(days=5))
    cohort = db.session.get_one(Cohort, agreement.cohort_id)
    waits = [
        cohort_facts(cohort, (AT + timedelta(days=days)).date()).clients[0].agreement_awaits_us
        for days in (-1, 1, 4, 5)
    ]
    assert waits == [False, True, True, False]
