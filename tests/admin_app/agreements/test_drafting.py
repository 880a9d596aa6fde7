"""Drafting: filled from what the other rooms know; what is missing is said."""

from datetime import timedelta
from decimal import Decimal

import pytest
from flask import Flask

from admin_app.agreements import operations, queries
from admin_app.agreements.models import State
from admin_app.cohorts.models import Cohort, Enrolment
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.people.models import Client, Trainer
from admin_app.programmes.models import ProgrammeVersion
from tests.factories import committed
from tests.factories.agreements import (
    AT,
    OFFICE,
    agreement_in,
    brought_to,
    cohort_to_agree,
    payer_of,
    sponsor_of,
    terms_of,
)


def test_a_convention_is_filled_from_what_is_known(app: Flask) -> None:
    cohort = cohort_to_agree(trainees=12)
    agreement = agreement_in("draft", cohort)
    assert agreement.reference == "CONV-2026-0001"
    assert agreement.price == Decimal("4800.00")
    assert agreement.headcount == 12
    assert agreement.signatory_name == "Sophie Delorme"
    assert agreement.signatory_email.endswith("@caf.example.org")
    assert agreement.means == "Salle équipée, supports remis."
    assert "attestation de fin de formation" in agreement.recognition
    assert operations.missing(agreement, at=AT) == []


def test_the_price_of_the_programme_serves_when_none_was_agreed(app: Flask) -> None:
    cohort = cohort_to_agree(trainees=4)
    with committed():
        sponsor_of(cohort).price = None
        version = db.session.get_one(ProgrammeVersion, cohort.version_id)
        version.price, version.price_basis = Decimal("300.00"), "trainee"
    assert agreement_in("draft", cohort).price == Decimal("1200.00")


def test_only_one_is_in_hand_at_a_time(app: Flask) -> None:
    cohort = cohort_to_agree()
    agreement = agreement_in("sent", cohort)
    with pytest.raises(Refused, match=agreement.reference):
        operations.draft_convention(sponsor_of(cohort).id, by=OFFICE, at=AT)
    operations.cancel_agreement(agreement, why="Autre date.", by=OFFICE, at=AT)
    assert agreement_in("draft", cohort).reference == "CONV-2026-0002"


def test_a_person_gets_no_convention_and_an_organisation_no_contract(app: Flask) -> None:
    cohort = cohort_to_agree()
    enrolment = db.session.query(Enrolment).first()
    assert enrolment is not None
    with pytest.raises(Refused, match="ne paie pas"):
        operations.draft_contract(enrolment.id, by=OFFICE, at=AT)
    with committed():
        db.session.get_one(Client, sponsor_of(cohort).client_id).kind = "individual"
    with pytest.raises(Refused, match="particulier"):
        operations.draft_convention(sponsor_of(cohort).id, by=OFFICE, at=AT)


def test_what_is_gone_is_refused(app: Flask) -> None:
    with pytest.raises(Refused, match="n’est plus dans la session"):
        operations.draft_convention(999, by=OFFICE, at=AT)
    with pytest.raises(Refused, match="plus inscrite"):
        operations.draft_contract(999, by=OFFICE, at=AT)
    cohort = cohort_to_agree()
    with committed():
        db.session.get_one(Cohort, cohort.id).cancelled_at = AT
    with pytest.raises(Refused, match="annulée"):
        operations.draft_convention(sponsor_of(cohort).id, by=OFFICE, at=AT)


@pytest.mark.parametrize(
    ("field", "mention"),
    [
        ("price", "price"),
        ("payment_terms", "payment"),
        ("cancellation_terms", "cancellation"),
        ("means", "means"),
        ("monitoring", "monitoring"),
        ("recognition", "recognition"),
        ("headcount", "headcount"),
        ("signatory_name", "signatory"),
    ],
)
def test_each_mention_of_the_draft_is_asked_for(app: Flask, field: str, mention: str) -> None:
    agreement = agreement_in("draft")
    empty = None if field in {"price", "headcount"} else " "
    operations.edit_agreement(agreement, terms_of(agreement, **{field: empty}), by=OFFICE, at=AT)
    assert [one.field for one in operations.missing(agreement, at=AT)] == [mention]
    with pytest.raises(Problems):
        operations.issue_agreement(agreement, by=OFFICE, at=AT)
    assert agreement.status is State.DRAFT


def test_mentions_of_the_other_rooms_are_asked_for_too(app: Flask) -> None:
    cohort = cohort_to_agree()
    agreement = agreement_in("draft", cohort)
    with committed():
        version = db.session.get_one(ProgrammeVersion, cohort.version_id)
        version.objectives, version.contents = [], []
        db.session.get_one(Cohort, cohort.id).place_id = None
        db.session.get_one(Client, agreement.client_id).address = ""
    found = {one.field for one in operations.missing(agreement, at=AT)}
    assert found == {"objectives", "contents", "place", "client"}


def test_a_contract_wants_its_own_mentions(app: Flask) -> None:
    _, draft = payer_of(cohort_to_agree())
    assert operations.missing(draft, at=AT) == []
    operations.edit_agreement(draft, terms_of(draft, address=""), by=OFFICE, at=AT)
    with committed():
        for trainer in db.session.query(Trainer):
            trainer.titles = ""
    missing = operations.missing(draft, at=AT)
    assert {one.field for one in missing} == {"trainee", "trainers"}
    assert any("L. 6353-4, 4°" in one.message for one in missing)


def test_what_is_wrong_changes_nothing(app: Flask) -> None:
    agreement = agreement_in("draft")
    with pytest.raises(Refused, match="adresse e-mail"):
        operations.edit_agreement(
            agreement, terms_of(agreement, signatory_email="sophie"), by=OFFICE, at=AT
        )
    with pytest.raises(Refused, match="au moins un"):
        operations.edit_agreement(agreement, terms_of(agreement, headcount=0), by=OFFICE, at=AT)
    with pytest.raises(Problems):
        operations.edit_agreement(
            agreement, terms_of(agreement, signatory_name="x" * 121), by=OFFICE, at=AT
        )
    db.session.refresh(agreement)
    assert agreement.signatory_name == "Sophie Delorme"


def test_only_a_draft_can_be_edited(app: Flask) -> None:
    agreement = agreement_in("issued")
    with pytest.raises(Refused, match="est établie"):
        operations.edit_agreement(agreement, terms_of(agreement), by=OFFICE, at=AT)
    _, contract = payer_of(cohort_to_agree())
    brought_to("issued", contract)
    with pytest.raises(Refused, match=r"Le contrat .* est établi mais"):
        operations.edit_agreement(contract, terms_of(contract), by=OFFICE, at=AT)


def test_what_nobody_signed_is_reopened_and_issued_anew(app: Flask) -> None:
    agreement = agreement_in("sent")
    first = queries.papers(agreement)["document"]
    operations.reopen_agreement(agreement, by=OFFICE, at=AT + timedelta(days=1))
    operations.edit_agreement(
        agreement, terms_of(agreement, price=Decimal("4500")), by=OFFICE, at=AT
    )
    second = operations.issue_agreement(agreement, by=OFFICE, at=AT + timedelta(days=1))
    assert second.number == f"{agreement.reference}-v2"
    assert second.supersedes_id == first.id
    assert first.superseded_at is not None


def test_what_was_signed_is_replaced_and_both_stay(app: Flask) -> None:
    agreement = agreement_in("concluded")
    with pytest.raises(Refused, match="déjà signée"):
        operations.reopen_agreement(agreement, by=OFFICE, at=AT)
    fresh = operations.revise_agreement(agreement, by=OFFICE, at=AT)
    assert fresh.supersedes_id == agreement.id
    assert fresh.payment_terms == agreement.payment_terms
    with pytest.raises(Refused, match="déjà en cours"):
        operations.revise_agreement(agreement, by=OFFICE, at=AT)
    brought_to("concluded", fresh, AT + timedelta(days=5))
    db.session.refresh(agreement)
    assert agreement.status is State.REPLACED
    assert queries.papers(agreement)["signed"] is not None
