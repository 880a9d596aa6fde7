"""Those with whom the house works: the network for disability, subcontractors, a funder."""

from datetime import datetime

from admin_app.adaptations.models import NetworkPartner
from admin_app.adaptations.operations import network
from admin_app.cohorts.operations import set_funders
from admin_app.cohorts.queries import by_reference
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.demo.files import pdf, read
from admin_app.demo.story.registers.book import Book, Known
from admin_app.people.models import Client
from admin_app.people.operations import ClientDetails, ContactDetails, create_client
from admin_app.people.operations.funders import FeedbackDetails, ask_funder, note_feedback
from admin_app.subcontracting import operations as subcontracting
from admin_app.subcontracting.models import Subcontract, Subcontractor
from compliance.clauses import clauses_on

PARTNER, SUB, FUNDER = "partner", "subcontractor", "funder"
CONTRACT, PROOF = "contrat-de-sous-traitance.pdf", "attestation.pdf"


def plan(book: Book) -> None:
    """Note each of them."""
    _plan_network(book)
    for _, known in book.entries(SUB):
        _plan_subcontractor(book, known)
    known = read("registers")[FUNDER]
    book.note(known["entered"], "10:40", _enter_funder, book, known)
    book.note(known["asked"], "11:50", _ask_funder, book, known)
    book.note(known["obtained"], "15:35", _hear_funder, book, known)


def _plan_network(book: Book) -> None:
    for rank, known in book.entries(PARTNER):
        book.note(390, f"09:{30 + 4 * rank}", _add_partner, book, known)
    for _, known in book.entries("network-check"):
        book.note(known["ago"], "12:05", _check_network, book, known)
    for _, known in book.entries("network-contact"):
        book.note(known["ago"], "16:05", _note_contact, book, known)
    book.note(read("registers")["officer-training"]["ago"], "18:05", _note_training, book)


def _officer(book: Book) -> Actor:
    return book.world.users["disability"]


def _add_partner(book: Book, known: Known, at: datetime) -> None:
    values = {name: value for name, value in known.items() if name != "key"}
    row = network.add_partner(network.Partner(**values), by=_officer(book), at=at)
    book.keep(PARTNER, known["key"], row)


def _check_network(book: Book, known: Known, at: datetime) -> None:
    by = _officer(book)
    network.check_network(clock.day_of(at), by.label, known["words"], by=by, at=at)


def _note_contact(book: Book, known: Known, at: datetime) -> None:
    by = _officer(book)
    made = network.Made(
        on=clock.day_of(at),
        who=by.label,
        how=known["how"],
        topic=known["topic"],
        answered=known["answered"],
        words=known.get("words", ""),
        is_anonymous=True,
    )
    network.note_contact(book.row(NetworkPartner, PARTNER, known["partner"]), made, by=by, at=at)


def _note_training(book: Book, at: datetime) -> None:
    known, by = read("registers")["officer-training"], _officer(book)
    network.note_training(
        clock.day_of(at),
        by.label,
        known["title"],
        known["organiser"],
        known["proof"],
        by=by,
        at=at,
    )


def _plan_subcontractor(book: Book, known: Known) -> None:
    book.note(known["ago"], "10:50", _enter, book, known)
    for rank, (kind, ago, end) in enumerate(known["proofs"]):
        book.note(ago, f"11:{5 + rank:02}", _add_proof, book, known, kind, end)
    book.note(known["clauses"], "16:50", _check_clauses, book, known)
    if "evaluated" in known:
        book.note(known["evaluated"], "18:40", _evaluate, book, known)


def _enter(book: Book, known: Known, at: datetime) -> None:
    """The subcontractor, whom it sends, and its signed contract."""
    day = clock.day_of(at)
    details = subcontracting.SubcontractorDetails(
        name=known["name"],
        kind="subcontractor",
        siret=known["siret"],
        contact=known["contact"],
        added_on=day,
    )
    row = subcontracting.add_subcontractor(details, by=book.quality, at=at)
    book.keep(SUB, known["name"], row)
    trainer_id = book.world.trainers[known["trainer"]]
    subcontracting.link_trainer(row, trainer_id, by=book.quality, at=at)
    signed = subcontracting.ContractDetails(
        signed_on=day, starts_on=day, ends_on=book.day(known["ends"]), missions=known["missions"]
    )
    contract = subcontracting.sign_contract(row, signed, file=pdf(CONTRACT), by=book.quality, at=at)
    book.keep("subcontract", known["name"], contract)


def _row(book: Book, known: Known) -> Subcontractor:
    return book.row(Subcontractor, SUB, known["name"])


def _add_proof(book: Book, known: Known, kind: str, end: int, at: datetime) -> None:
    details = subcontracting.ProofDetails(
        kind=kind, obtained_on=clock.day_of(at), valid_until=book.day(end) if end else None
    )
    row = _row(book, known)
    subcontracting.add_proof(row, details, file=pdf(PROOF), by=book.world.office, at=at)


def _check_clauses(book: Book, known: Known, at: datetime) -> None:
    day = clock.day_of(at)
    found = {"state": "found", "where": "Article 2 et annexe 1"}
    beside = {"state": "beside", "where": "Aucune formation n’est payée par le CPF."}
    answers = {one.key: beside if one.optional else found for one in clauses_on(day)}
    contract = book.row(Subcontract, "subcontract", known["name"])
    row = _row(book, known)
    subcontracting.check_clauses(row, contract, answers, on=day, by=book.quality, at=at)


def _evaluate(book: Book, known: Known, at: datetime) -> None:
    details = subcontracting.EvaluationDetails(
        held_on=clock.day_of(at),
        held_by=book.quality.label,
        observations=known["observations"],
        verdict=known["verdict"],
    )
    subcontracting.evaluate(_row(book, known), details, by=book.quality, at=at)


def _enter_funder(book: Book, known: Known, at: datetime) -> None:
    places = {name: known[name] for name in ("name", "siret", "address", "postcode", "city")}
    contact = ContactDetails(
        name=known["contact"], quality=known["quality"], email=known["email"], signs=False
    )
    details = ClientDetails(kind="funder", **places)
    funder = create_client(details, contact=contact, by=book.world.office, at=at)
    book.keep(FUNDER, FUNDER, funder)
    cohort = by_reference(known["cohort"])
    if cohort is None:
        raise LookupError(known["cohort"])
    set_funders(cohort, [funder.id], by=book.world.office, at=at)


def _ask_funder(book: Book, known: Known, at: datetime) -> None:
    funder = book.row(Client, FUNDER, FUNDER)
    ask_funder(funder, funder.contacts[0], known["message"], by=book.quality, at=at)


def _hear_funder(book: Book, known: Known, at: datetime) -> None:
    details = FeedbackDetails(
        outcome="obtained", happened_on=clock.day_of(at), how="phone", words=known["words"]
    )
    note_feedback(book.row(Client, FUNDER, FUNDER), details, by=book.quality, at=at)
