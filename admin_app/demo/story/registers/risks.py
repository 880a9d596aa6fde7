"""Risks: written down, rated, met with measures and facts, looked at again; their analysis."""

from datetime import datetime

from admin_app.core import clock
from admin_app.demo.files import read
from admin_app.demo.story.registers.book import Book, Known
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.risks import operations as risks
from admin_app.quality.risks.models import Risk, RiskMeasure

KIND = "risk"


def plan(book: Book) -> None:
    """Note each risk with what follows it, then the analysis as it is approved."""
    for rank, known in book.entries(KIND):
        minute = 10 + 4 * rank
        book.note(known["ago"], f"10:{minute}", _write, book, known)
        for place, (_, done_ago, words) in enumerate(known["measures"]):
            if words:
                hour = f"17:{minute + place}"
                book.note(done_ago, hour, _measure_done, book, known, place)
        for kind, pointed in known.get("facts", ()):
            book.note(8, f"12:{minute}", _link, book, known, kind, pointed)
        if "reviewed" in known:
            book.note(known["reviewed"][0], f"13:{minute}", _review, book, known)
    book.note(read("registers")["analysis"]["ago"], "17:30", _approve, book)


def _write(book: Book, known: Known, at: datetime) -> None:
    described = risks.Described(
        title=known["title"],
        domain=known["domain"],
        causes=known["causes"],
        effects=known["effects"],
        owner_name=book.world.users[known["owner"]].label,
    )
    row = risks.write_down(described, _rated(known["rated"], at), by=book.quality, at=at)
    book.keep(KIND, known["key"], row)
    for place, (words, done_ago, done_words) in enumerate(known["measures"]):
        measure = risks.add_measure(
            row,
            words,
            owner_id=0,
            owner_name=row.owner_name,
            due_on=book.day(done_ago) if done_words else None,
            by=book.quality,
            at=at,
        )
        book.keep("measure", f"{known['key']}-{place}", measure)


def _rated(values: list[object], at: datetime) -> risks.Rated:
    likelihood, impact, why = values
    return risks.Rated(
        on=clock.day_of(at), likelihood=int(str(likelihood)), impact=int(str(impact)), why=str(why)
    )


def _row(book: Book, known: Known) -> Risk:
    return book.row(Risk, KIND, known["key"])


def _review(book: Book, known: Known, at: datetime) -> None:
    rated = _rated(known["reviewed"][1:], at)
    risks.review(_row(book, known), rated, by=book.quality, at=at)


def _measure_done(book: Book, known: Known, place: int, at: datetime) -> None:
    measure = book.row(RiskMeasure, "measure", f"{known['key']}-{place}")
    words, on = known["measures"][place][2], clock.day_of(at)
    risks.measure_done(_row(book, known), measure, on=on, words=words, by=book.quality, at=at)


def _link(book: Book, known: Known, kind: str, pointed: str, at: datetime) -> None:
    is_incident = kind == "incident"
    reference = book.row(Complaint, "complaint", pointed).reference if is_incident else pointed
    fact = risks.Pointed(kind=kind, reference=reference)
    risks.link_fact(_row(book, known), fact, by=book.quality, at=at)


def _approve(book: Book, at: datetime) -> None:
    known = read("registers")["analysis"]
    approved = risks.Approved(
        on=clock.day_of(at),
        present=known["present"],
        method=known["method"],
        conclusions=known["conclusions"],
    )
    risks.approve(approved, by=book.world.users["administrator"], at=at)
