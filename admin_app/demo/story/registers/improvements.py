"""Improvements with their origins, done and checked, or not; the reviews of the year."""

from datetime import datetime, timedelta

from admin_app.core import clock
from admin_app.demo.story.registers.book import Book, Known
from admin_app.quality.complaints.models import Complaint
from admin_app.quality.improvements import operations as improvements
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.improvements.queries.reviews import figures
from admin_app.quality.risks.models import Risk

KIND = "improvement"


def plan(book: Book) -> None:
    """Note each action as far as it went, and each review."""
    for rank, known in book.entries(KIND):
        minute = 10 + 5 * rank
        book.note(known["ago"], f"14:{minute}", _open, book, known)
        deeds = {"done": _done, "checked": _check, "cancelled": _cancel}
        for step, deed in deeds.items():
            if step in known:
                book.note(known[step], f"15:{minute}", deed, book, known)
    for rank, known in book.entries("review"):
        book.note(known["ago"], f"16:{30 + rank}", _hold, book, known)


def _open(book: Book, known: Known, at: datetime) -> None:
    kind, pointed = known["origin"]
    plan = improvements.Plan(
        title=known["title"],
        kind=known["kind"],
        origin_kind=kind,
        origin_reference=_reference(book, kind, pointed),
        origin_words=pointed if kind == "idea" else "",
        cause=known.get("cause", ""),
        action=known["action"],
        owner_id=book.world.users[known["owner"]].id or 0,
        created_on=clock.day_of(at),
        due_on=book.day(known["due"]),
    )
    book.keep(KIND, known["title"], improvements.open_action(plan, by=book.quality, at=at))


def _reference(book: Book, kind: str, pointed: str) -> str:
    if kind == "complaint":
        return book.row(Complaint, kind, pointed).reference
    if kind == "risk":
        return book.row(Risk, kind, pointed).reference
    return "" if kind == "idea" else pointed


def _row(book: Book, known: Known) -> Improvement:
    return book.row(Improvement, KIND, known["title"])


def _done(book: Book, known: Known, at: datetime) -> None:
    on, words = clock.day_of(at), known["done_words"]
    improvements.mark_done(_row(book, known), on=on, words=words, by=book.quality, at=at)


def _check(book: Book, known: Known, at: datetime) -> None:
    check = improvements.Check(
        on=clock.day_of(at),
        how=known["how"],
        result=known["result"],
        is_effective="next_action" not in known,
        closes=known.get("closes", False),
        next_action=known.get("next_action", ""),
        next_due_on=book.day(known["next_due"]) if "next_due" in known else None,
    )
    improvements.check_effect(_row(book, known), check, by=book.quality, at=at)


def _cancel(book: Book, known: Known, at: datetime) -> None:
    on, why = clock.day_of(at), known["why"]
    improvements.cancel(_row(book, known), on=on, why=why, by=book.quality, at=at)


def _hold(book: Book, known: Known, at: datetime) -> None:
    day = clock.day_of(at)
    held = improvements.Held(
        kind=known["kind"],
        held_on=day,
        period_from=day - timedelta(days=known["period"]),
        period_to=day - timedelta(days=1),
        present=known["present"],
        findings=known["findings"],
        decisions=known["decisions"],
    )
    seen = figures(held.kind, held.period_from, held.period_to)
    improvements.hold(held, seen, by=book.quality, at=at)
