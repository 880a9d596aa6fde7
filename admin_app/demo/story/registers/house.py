"""The house: its procedures published, its places looked at, what it publishes read again."""

from datetime import datetime

from admin_app.core import clock
from admin_app.core.database import db
from admin_app.demo.files import read
from admin_app.demo.story.house import TO_ADAPT
from admin_app.demo.story.registers.book import Book, Known
from admin_app.organisation.models import Place
from admin_app.organisation.operations import (
    Looked,
    Reread,
    check_place,
    publish,
    review_publications,
)
from admin_app.organisation.queries import text_to_start_from
from admin_app.organisation.words import POINTS


def plan(book: Book) -> None:
    """Note each of them."""
    for rank, kind in enumerate(read("procedures")):
        book.note(397, f"15:{5 + 7 * rank:02}", _publish, book, kind)
    for rank, known in book.entries("place-check"):
        book.note(known["ago"], f"17:{5 + rank:02}", _check_place, book, known)
    book.note(read("registers")["publications"]["ago"], "15:05", _reread, book)


def _publish(book: Book, kind: str, at: datetime) -> None:
    """The starting text, each passage to adapt replaced by what the house has to say."""
    words = iter(read("procedures")[kind])
    text = TO_ADAPT.sub(lambda _: next(words), text_to_start_from(kind))
    by = book.world.users["administrator"]
    publish(kind, text, in_force_from=clock.day_of(at), by=by, at=at)


def _check_place(book: Book, known: Known, at: datetime) -> None:
    looked = Looked(
        on=clock.day_of(at),
        who=book.world.users["disability"].label,
        equipment=known["equipment"],
        accessibility=known["accessibility"],
        accessibility_words=known.get("accessibility_words", ""),
        remarks=known.get("remarks", ""),
    )
    place = db.session.get_one(Place, book.world.places[known["place"]])
    check_place(place, looked, by=book.world.office, at=at)


def _reread(book: Book, at: datetime) -> None:
    known = read("registers")["publications"]
    special = {known["wrong"]: "corrected", known["absent"]: "absent"}
    reread = Reread(
        on=clock.day_of(at),
        who=book.quality.label,
        media=known["media"],
        points={point: special.get(point, "right") for point in POINTS},
        findings=known["findings"],
        corrections=known["corrections"],
    )
    review_publications(reread, by=book.quality, at=at)
