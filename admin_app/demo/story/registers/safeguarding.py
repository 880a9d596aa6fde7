"""Violence: whom to talk to, who keeps the closed register, a report handled to its end."""

from datetime import datetime, timedelta

from admin_app.core import clock
from admin_app.demo.files import read
from admin_app.demo.story.registers.book import Book
from admin_app.safeguarding import operations as safeguarding
from admin_app.safeguarding.models import Report
from admin_app.safeguarding.operations.people import ContactDetails

KIND = "report"
READERS = ("quality", "administrator")


def plan(book: Book) -> None:
    """Note the contact, those who are named, and one report."""
    ago = read("registers")["safeguarding"]["ago"]
    book.note(ago, "09:02", _name_contact, book)
    for rank, key in enumerate(READERS):
        book.note(ago, f"09:{6 + rank:02}", _name_reader, book, key)
    known = read("registers")[KIND]
    book.note(known["ago"], "12:40", _report, book)
    book.note_after(known["ago"], known["heard"], "12:45", _act, book, "heard")
    book.note_after(known["ago"], known["followed"], "12:50", _act, book, "followed")
    book.note_after(known["ago"], known["closed"], "18:55", _close, book)


def _name_contact(book: Book, at: datetime) -> None:
    known = dict(read("registers")["safeguarding"])
    known.pop("ago")
    details = ContactDetails(**known, since=clock.day_of(at))
    safeguarding.name_contact(details, by=book.world.users["administrator"], at=at)


def _name_reader(book: Book, key: str, at: datetime) -> None:
    user_id = book.world.users[key].id or 0
    safeguarding.name_reader(user_id, by=book.world.users["administrator"], at=at)


def _report(book: Book, at: datetime) -> None:
    known = read("registers")[KIND]
    told = safeguarding.Told(
        text=known["text"],
        category=known["category"],
        channel=known["channel"],
        author_kind=known["author_kind"],
        is_anonymous=True,
        received_on=clock.day_of(at),
    )
    book.keep(KIND, KIND, safeguarding.report(told, by=book.quality, at=at))


def _act(book: Book, kind: str, at: datetime) -> None:
    row = book.row(Report, KIND, KIND)
    if kind == "heard":
        safeguarding.open_narrative(row, reason="hear", by=book.quality, at=at)
    safeguarding.add_action(row, kind, on=clock.day_of(at), by=book.quality, at=at)


def _close(book: Book, at: datetime) -> None:
    day = clock.day_of(at)
    until = day + timedelta(days=read("registers")[KIND]["kept"])
    row = book.row(Report, KIND, KIND)
    safeguarding.close(row, how="measures", on=day, erase_after=until, by=book.quality, at=at)
