"""Drafting: a convention or a contract is proposed from what the other rooms know, then edited."""

from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal

from admin_app.agreements import queries
from admin_app.agreements.models import CONTRACT, CONVENTION, Agreement, State
from admin_app.agreements.operations.common import close_links, in_state, the, told
from admin_app.agreements.queries.gathering import around
from admin_app.agreements.words import ATTESTATION, CANCELLATION, OTHER, PAYMENT
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import Sponsor
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.addresses import clean_email
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act, locked
from admin_app.documents.numbering import next_number
from admin_app.people.models import Client, ClientContact
from admin_app.programmes.models import ProgrammeVersion
from compliance.vocabulary import RecognitionKind

PREFIX = {CONVENTION: "CONV", CONTRACT: "CONT"}
TO_REVISE = (State.SIGNED, State.CONCLUDED, State.REFUSED, State.CANCELLED)
MOST = {"signatory_name": 120, "signatory_quality": 120, "address": 300}
MOST_TEXT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the office may change of a draft.

    `price` in euros, as the organisation's VAT status says (net, or without VAT); `headcount` how
    many trainees are sold. Texts are printed as they are, line by line. `address` and
    `concluded_remotely` are for a contract.
    """

    price: Decimal | None
    headcount: int | None
    payment_terms: str = ""
    cancellation_terms: str = ""
    monitoring: str = ""
    recognition: str = ""
    means: str = ""
    other_terms: str = ""
    signatory_name: str = ""
    signatory_quality: str = ""
    signatory_email: str = ""
    address: str = ""
    concluded_remotely: bool = True


@act
def draft_convention(cohort_client_id: int, *, by: Actor, at: datetime) -> Agreement:
    """Propose a convention to a client of a cohort, filled from what is known.

    Args:
        cohort_client_id: the row that says that this client is of this cohort.

    Raises:
        Refused: there is one already, the client is a person, or the session is cancelled.
    """
    found = queries.sponsor(cohort_client_id)
    if found is None:
        raise Refused("Ce client n’est plus dans la session.")
    if not found.client.is_organisation:
        raise Refused(
            f"{found.client.name} est un particulier : c’est un contrat qu’il faut, avec la "
            "personne inscrite."
        )
    cohort_id, client_id = found.row.cohort_id, found.client.id
    _refuse_a_second(cohort_id, client_id=client_id, enrolment_id=None)
    agreement = _row(CONVENTION, cohort_id, at, client_id=client_id)
    _propose_signatory(agreement, found)
    agreement.headcount = len(queries.trainees_of(agreement)) or None
    agreement.price = _price(agreement, found.row.price)
    return _drafted(agreement, found.client.name, by=by, at=at)


@act
def draft_contract(enrolment_id: int, *, by: Actor, at: datetime) -> Agreement:
    """Propose a contract to a trainee who pays for the training (L. 6353-3).

    Raises:
        Refused: there is one already, the trainee does not pay, or the session is cancelled.
    """
    found = queries.enrolled(enrolment_id)
    if found is None or not found.enrolment.is_active:
        raise Refused("Cette personne n’est plus inscrite.")
    if not found.enrolment.pays_personally:
        raise Refused(
            f"{found.trainee.name} ne paie pas sa formation : le contrat n’est dû qu’à qui la paie."
        )
    cohort_id = found.enrolment.cohort_id
    _refuse_a_second(cohort_id, client_id=None, enrolment_id=enrolment_id)
    agreement = _row(CONTRACT, cohort_id, at, enrolment_id=enrolment_id)
    agreement.signatory_name = found.trainee.name
    agreement.signatory_quality = "stagiaire"
    agreement.signatory_email = found.trainee.email
    agreement.address = _address(found.client) if found.client else ""
    agreement.headcount = 1
    agreement.price = _price(agreement, None)
    return _drafted(agreement, found.trainee.name, by=by, at=at)


@act
def edit_agreement(agreement: Agreement, terms: Terms, *, by: Actor, at: datetime) -> None:
    """Change a draft.

    Raises:
        Problems: something typed cannot be kept; nothing is changed.
    """
    in_state(agreement, (State.DRAFT,))
    email = clean_email(terms.signatory_email, "signatory_email") if terms.signatory_email else ""
    refuse_if_any(_too_long(terms))
    if terms.headcount is not None and not 1 <= terms.headcount <= 10_000:
        raise Refused("Indiquez au moins un stagiaire.", "headcount")
    for field in fields(terms):
        value = getattr(terms, field.name)
        setattr(agreement, field.name, value.strip() if isinstance(value, str) else value)
    agreement.signatory_email = email
    told(agreement, "edit", f"Projet de {agreement.reference} modifié.", by=by, at=at)


@act
def reopen_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> None:
    """Back to a draft what nobody has signed; its links open nothing more.

    The issued document stays; issuing again makes a new version that supersedes it.

    Raises:
        Refused: someone has signed, or it is closed: it can only be replaced.
    """
    in_state(agreement, (State.ISSUED, State.SENT))
    close_links(agreement, at)
    agreement.state = State.DRAFT.value
    told(agreement, "reopen", f"Modification de {the(agreement)} : envoi suspendu.", by=by, at=at)


@act
def revise_agreement(agreement: Agreement, *, by: Actor, at: datetime) -> Agreement:
    """A new draft, equal to this one, that will replace it once concluded; both stay.

    Raises:
        Refused: nobody has signed it yet (it can be reopened), or it is being replaced already.
    """
    in_state(agreement, TO_REVISE)
    other = queries.live_with(
        agreement.cohort_id, client_id=agreement.client_id, enrolment_id=agreement.enrolment_id
    )
    if other is not None and other.id != agreement.id:
        raise Refused(f"{other.reference} est déjà en cours pour la remplacer.")
    fresh = _row(
        agreement.kind,
        agreement.cohort_id,
        at,
        client_id=agreement.client_id,
        enrolment_id=agreement.enrolment_id,
    )
    for field in fields(Terms):
        setattr(fresh, field.name, getattr(agreement, field.name))
    fresh.supersedes_id = agreement.id
    db.session.flush()
    told(
        fresh,
        "revise",
        f"Projet {fresh.reference} préparé pour remplacer {agreement.reference}.",
        by=by,
        at=at,
    )
    return fresh


def _row(
    kind: str,
    cohort_id: int,
    at: datetime,
    *,
    client_id: int | None = None,
    enrolment_id: int | None = None,
) -> Agreement:
    frame = around(cohort_id)
    if frame.cohort.cancelled_at is not None:
        raise Refused(f"La session {frame.cohort.reference} est annulée.")
    agreement = Agreement(
        reference=next_number(PREFIX[kind], clock.day_of(at).year),
        kind=kind,
        cohort_id=cohort_id,
        client_id=client_id,
        enrolment_id=enrolment_id,
        payment_terms=PAYMENT[kind],
        cancellation_terms=CANCELLATION[kind],
        monitoring=frame.version.monitoring,
        means=frame.version.means,
        recognition=_recognition(frame.version),
        other_terms=OTHER,
        concluded_remotely=True,
        signatory_name="",
        signatory_quality="",
        signatory_email="",
        address="",
        state=State.DRAFT.value,
        created_at=at,
        closed_why="",
    )
    db.session.add(agreement)
    return agreement


def _drafted(agreement: Agreement, party: str, *, by: Actor, at: datetime) -> Agreement:
    db.session.flush()
    told(agreement, "draft", f"Projet {agreement.reference} préparé pour {party}.", by=by, at=at)
    return agreement


def _refuse_a_second(cohort_id: int, *, client_id: int | None, enrolment_id: int | None) -> None:
    locked(db.session.get_one(Cohort, cohort_id))  # two drafts at once: the second sees the first
    former = queries.live_with(cohort_id, client_id=client_id, enrolment_id=enrolment_id)
    if former is not None:
        raise Refused(f"{former.reference} existe déjà : ouvrez-la pour la modifier.")


def _propose_signatory(agreement: Agreement, found: Sponsor) -> None:
    contact = _signatory(found)
    if contact is not None:
        agreement.signatory_name = contact.name
        agreement.signatory_quality = contact.quality
        agreement.signatory_email = contact.email


def _signatory(found: Sponsor) -> ClientContact | None:
    """Whoever signs for the client, else whom the office writes to about this cohort."""
    if found.contact is not None and found.contact.signs:
        return found.contact
    return next((one for one in found.client.contacts if one.signs), found.contact)


def _price(agreement: Agreement, agreed: Decimal | None) -> Decimal | None:
    """The price agreed with the client, else the programme's for as many trainees."""
    if agreed is not None:
        return agreed
    cohort = db.session.get_one(Cohort, agreement.cohort_id)
    version = db.session.get_one(ProgrammeVersion, cohort.version_id)
    if version.price is None or (version.price_basis == "group" and not agreement.is_convention):
        return None
    if version.price_basis == "trainee":
        return version.price * (agreement.headcount or 1)
    return version.price


def _recognition(version: ProgrammeVersion) -> str:
    parts = [version.recognition_details.strip()]
    if version.recognition == RecognitionKind.ATTESTATION:
        parts.insert(0, ATTESTATION)
    elif version.recognition:
        label = RecognitionKind(version.recognition).label
        parts.insert(0, f"{label[0].upper()}{label[1:]}.")
    return "\n".join(part for part in parts if part)


def _address(client: Client) -> str:
    city = f"{client.postcode} {client.city}".strip()
    return ", ".join(part for part in (client.address, city) if part)


def _too_long(terms: Terms) -> list[Refused]:
    found = []
    for field in fields(terms):
        value = getattr(terms, field.name)
        most = MOST.get(field.name, MOST_TEXT)
        if isinstance(value, str) and len(value.strip()) > most:
            found.append(Refused(f"{most} caractères au plus.", field.name))
    return found
