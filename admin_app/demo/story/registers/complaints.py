"""Complaints and incidents: received, acknowledged, answered or solved, closed; some are not."""

from datetime import datetime

from admin_app.cohorts.queries import by_reference
from admin_app.core import clock
from admin_app.demo.files import section
from admin_app.demo.story.people import address_of
from admin_app.demo.story.registers.book import Book, Known
from admin_app.quality.complaints import operations as complaints
from admin_app.quality.complaints.models import Complaint

KIND = "complaint"
FIELDS = ("kind", "topic", "channel", "author_kind", "author_name", "label_short", "wished")


def plan(book: Book) -> None:
    """Note each of them, step by step, as far as it went."""
    for rank, known in book.entries(KIND):
        minute = 10 + 3 * rank
        book.note(known["ago"], f"18:{minute}", _receive, book, known)
        for step, hour, deed in (
            ("acknowledged", f"09:{minute}", _acknowledge),
            ("answered", f"11:{minute}", _answer),
            ("solved", f"18:{minute + 1}", _solve),
            ("closed", f"18:{minute + 20}", _close),
        ):
            if step in known:
                book.note_since(known["ago"], known[step], hour, deed, book, known)


def _receive(book: Book, known: Known, at: datetime) -> None:
    cohort = by_reference(known["cohort"]) if "cohort" in known else None
    received = complaints.Received(
        words=known["words"],
        received_on=clock.day_of(at),
        author_email=_address(known),
        client_id=book.world.clients.get(known.get("client", "")),
        cohort_id=cohort.id if cohort else None,
        **{name: known[name] for name in FIELDS if name in known},
    )
    row = complaints.receive(received, by=book.world.office, at=at)
    book.keep(KIND, known["key"], row)
    if not row.is_incident:
        complaints.assign(row, book.quality.id or 0, by=book.quality, at=at)


def _address(known: Known) -> str:
    if "client" not in known:
        return ""
    domain = section("organisation", "client", "key", known["client"])["domain"]
    return address_of(known["author_name"], domain)


def _row(book: Book, known: Known) -> Complaint:
    return book.row(Complaint, KIND, known["key"])


def _how(row: Complaint) -> str:
    return "mail" if row.author_email else "noted"


def _acknowledge(book: Book, known: Known, at: datetime) -> None:
    row, on = _row(book, known), clock.day_of(at)
    message = known["message"]
    complaints.acknowledge(row, how=_how(row), on=on, message=message, by=book.quality, at=at)


def _answer(book: Book, known: Known, at: datetime) -> None:
    row, on = _row(book, known), clock.day_of(at)
    complaints.answer(row, known["answer"], how=_how(row), on=on, by=book.quality, at=at)


def _solve(book: Book, known: Known, at: datetime) -> None:
    row, on = _row(book, known), clock.day_of(at)
    complaints.solve(row, known["solution"], on=on, by=book.world.office, at=at)


def _close(book: Book, known: Known, at: datetime) -> None:
    complaints.close(
        _row(book, known),
        known["decision"],
        satisfied=known.get("satisfied", ""),
        on=clock.day_of(at),
        by=book.quality,
        at=at,
    )
