"""The watch: three domains, each with its reader; what is found, made of it, and told."""

from datetime import date, datetime

from admin_app.core import clock
from admin_app.demo import days
from admin_app.demo.files import read
from admin_app.demo.story.registers.book import Book, Known
from admin_app.quality.watch import operations as watch
from admin_app.quality.watch.models import WatchEffect, WatchNote

KIND = "watch"
READERS = {"legal": "quality", "trades": "office", "teaching": "disability"}
DECREE = "decree"


def plan(book: Book) -> None:
    """Note who reads for each domain, then every item and what follows it."""
    for rank, topic in enumerate(READERS):
        book.note(394, f"11:{5 + rank:02}", _name_reader, book, topic)
    for rank, known in book.entries("watch"):
        _plan_item(book, known, str(rank), book.world.days.ago(known["ago"]))
    _plan_decree(book)


def _plan_item(book: Book, known: Known, name: str, day: date) -> None:
    note = book.world.agenda.note
    note(day, "17:10", _enter, book, known, name)
    if "analysis" not in known:
        return
    note(days.after(day, 3), "08:50", _analyse, book, known, name)
    if "effect" in known:
        note(days.after(day, 6), "09:05", _note_effect, book, known, name)
        note(days.after(day, 15), "16:20", _effect_done, book, name)
    if known.get("told") == "meeting":
        note(days.after(day, 8), "09:30", _tell_in_meeting, book, known, name)
    elif "told" in known:
        note(days.after(day, 4), "10:15", _send, book, known, name)


def _plan_decree(book: Book) -> None:
    """It comes in on its own day, when the story covers it."""
    known = read("registers")[DECREE] | {"topic": "legal", "told": "trainers"}
    day = days.since(known["on"])
    if day <= book.world.days.ago(394):
        return
    _plan_item(book, known, DECREE, day)
    book.world.agenda.note(days.after(day, 12), "09:40", _tell_in_meeting, book, known, DECREE)


def _name_reader(book: Book, topic: str, at: datetime) -> None:
    reader = book.world.users[READERS[topic]]
    watch.name_reader(topic, reader.id or 0, reader.label, by=book.quality, at=at)


def _enter(book: Book, known: Known, name: str, at: datetime) -> None:
    found = watch.Found(
        topic=known["topic"],
        title=known["title"],
        source=known["source"],
        url=known.get("url", ""),
        published_on=known.get("published_on"),
        found_on=clock.day_of(at),
        extract=known.get("extract", ""),
    )
    book.keep(KIND, name, watch.enter(found, by=book.quality, at=at))


def _analyse(book: Book, known: Known, name: str, at: datetime) -> None:
    watch.analyse(
        book.row(WatchNote, KIND, name),
        on=clock.day_of(at),
        analysis=known["analysis"],
        decision=known.get("decision", ""),
        by=book.quality,
        at=at,
    )


def _note_effect(book: Book, known: Known, name: str, at: datetime) -> None:
    reference, words = known["effect"]
    row = book.row(WatchNote, KIND, name)
    effect = watch.note_effect(row, reference, words, done_on=None, by=book.quality, at=at)
    book.keep("watch-effect", name, effect)


def _effect_done(book: Book, name: str, at: datetime) -> None:
    row = book.row(WatchNote, KIND, name)
    effect = book.row(WatchEffect, "watch-effect", name)
    watch.effect_done(row, effect, clock.day_of(at), by=book.quality, at=at)


def _send(book: Book, known: Known, name: str, at: datetime) -> None:
    whom = ("trainers", "users") if known["told"] == "all" else ("trainers",)
    people = watch.people_of(whom, at)
    message = known.get("message", "")
    watch.send(book.row(WatchNote, KIND, name), people, message, by=book.quality, at=at)


def _tell_in_meeting(book: Book, known: Known, name: str, at: datetime) -> None:
    watch.note_told(
        book.row(WatchNote, KIND, name),
        on=clock.day_of(at),
        how="meeting",
        whom="Équipe et formateurs",
        words=known.get("words", ""),
        by=book.quality,
        at=at,
    )
