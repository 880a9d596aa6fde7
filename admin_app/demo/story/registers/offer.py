"""What the catalogue rests on: results published, resources looked at, help at a distance."""

from datetime import datetime, timedelta

from admin_app.cohorts.queries import by_reference
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.demo.story.registers.book import Book, Known
from admin_app.joining.assistance import Assistance, write_assistance
from admin_app.programmes.models import Programme, ProgrammeVersion
from admin_app.programmes.operations import ResourcesDetails, review_resources
from admin_app.results.operations import publish_results

PERIOD = timedelta(days=364)
ONE = timedelta(days=1)


def plan(book: Book) -> None:
    """Note them, each on its day."""
    for rank, known in book.entries("results"):
        book.note(known["ago"], f"11:{40 + rank}", _publish, book, known)
    for rank, known in book.entries("resources"):
        book.note(known["ago"], f"16:{10 + rank}", _look, book, known)
    for rank, known in book.entries("assistance"):
        book.note(known["ago"], f"14:{2 + rank:02}", _assist, book, known)


def _programme(book: Book, reference: str) -> Programme:
    version = db.session.get_one(ProgrammeVersion, book.world.versions[reference])
    return version.programme


def _publish(book: Book, known: Known, at: datetime) -> None:
    last = clock.day_of(at) - ONE
    publish_results(
        _programme(book, known["programme"]),
        first=last - PERIOD,
        last=last,
        comment=known["comment"],
        by=book.quality,
        at=at,
    )


def _look(book: Book, known: Known, at: datetime) -> None:
    details = ResourcesDetails(
        reviewed_on=clock.day_of(at),
        reviewed_by=known["by"],
        looked_at=known["looked_at"],
        decisions=known["decisions"],
    )
    review_resources(_programme(book, known["programme"]), details, by=book.quality, at=at)


def _assist(book: Book, known: Known, at: datetime) -> None:
    cohort = by_reference(known["cohort"])
    if cohort is None:
        raise LookupError(known["cohort"])
    names = ("technical", "teaching", "answer_within", "activities")
    written = Assistance(**{name: known[name] for name in names})
    write_assistance(cohort, written, by=book.world.office, at=at)
