"""Agreements, made by the operations themselves, as far as a test wants them."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from admin_app.agreements import operations, queries
from admin_app.agreements.models import Agreement
from admin_app.cohorts.models import Cohort, CohortClient, Enrolment
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.database import db
from admin_app.core.drawing import Ink
from admin_app.organisation.queries import forget_provider, provider
from tests.factories.base import committed
from tests.factories.house import ClientContactFactory, ProviderFactory
from tests.factories.training import cohort_with

OFFICE = Actor(ActorKind.USER, "Hélène Marchand", 1)
SIGNATORY = Actor(ActorKind.CLIENT, "Sophie Delorme", 1)
ORIGIN = Origin("192.0.2.17", "Firefox/140")
AT = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)  # well before the cohort of the factories

STATES = ("draft", "issued", "sent", "signed", "concluded")


def cohort_to_agree(trainees: int = 3, **cohort: Any) -> Cohort:
    """A cohort with an organisation of ours and a client that knows who signs."""
    if provider() is None:
        ProviderFactory()
        forget_provider()
    made = cohort_with(trainees=trainees, **cohort)
    row = sponsor_of(made)
    contact = ClientContactFactory(client_id=row.client_id)
    with committed():
        row.contact_id = contact.id
    return made


def sponsor_of(cohort: Cohort) -> CohortClient:
    """The client of that cohort."""
    return db.session.query(CohortClient).filter_by(cohort_id=cohort.id).one()


def payer_of(cohort: Cohort, price: Decimal = Decimal("900.00")) -> tuple[Enrolment, Agreement]:
    """A trainee of that cohort who pays, and the draft of the contract, complete."""
    from admin_app.people.models import Trainer

    enrolment = db.session.query(Enrolment).filter_by(cohort_id=cohort.id).first()
    assert enrolment is not None
    with committed():
        enrolment.pays_personally, enrolment.client_id = True, None
        for trainer in db.session.query(Trainer):
            trainer.titles = "Master en ingénierie de formation"
    draft = operations.draft_contract(enrolment.id, by=OFFICE, at=AT)
    operations.edit_agreement(
        draft,
        terms_of(draft, price=price, address="3 rue du Port, 17000 La Rochelle"),
        by=OFFICE,
        at=AT,
    )
    return enrolment, draft


def terms_of(agreement: Agreement, **changed: Any) -> operations.Terms:
    """The terms of a draft, some of them changed."""
    names = operations.Terms.__dataclass_fields__
    return operations.Terms(**{name: getattr(agreement, name) for name in names} | changed)


def typed(name: str) -> Ink:
    """A signature typed."""
    return Ink("typed", [], name)


def signing(name: str = "Sophie Delorme", quality: str = "directrice") -> operations.Signing:
    """All that someone gives in signing."""
    return operations.Signing(name, quality, typed(name), True)


def agreement_in(state: str, cohort: Cohort | None = None, at: datetime = AT) -> Agreement:
    """A convention with the client of a cohort, in that state."""
    cohort = cohort or cohort_to_agree()
    made = operations.draft_convention(sponsor_of(cohort).id, by=OFFICE, at=at)
    return brought_to(state, made, at)


def brought_to(state: str, agreement: Agreement, at: datetime = AT) -> Agreement:
    """The same agreement, further on, an hour for each step."""
    wanted = STATES.index(state)
    if wanted >= 1:
        operations.issue_agreement(agreement, by=OFFICE, at=at)
    if wanted >= 2:
        operations.send_agreement(agreement, by=OFFICE, at=at + timedelta(hours=1))
    if wanted >= 3:
        papers = queries.papers(agreement)
        operations.sign_as_client(
            agreement,
            signing(agreement.signatory_name, agreement.signatory_quality),
            shown_sha256=papers["document"].sha256,
            by=SIGNATORY,
            at=at + timedelta(hours=2),
            origin=ORIGIN,
        )
    if wanted >= 4:
        operations.countersign(
            agreement,
            signing("Hélène Marchand", "gérante"),
            by=OFFICE,
            at=at + timedelta(hours=3),
            origin=ORIGIN,
        )
    return agreement
