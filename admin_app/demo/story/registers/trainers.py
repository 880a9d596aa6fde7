"""Trainers: diplomas, reviews of the year, what keeps their skills up; a guest whose ran out."""

from datetime import datetime, timedelta

from admin_app.cohorts.operations import assign_trainer
from admin_app.cohorts.queries import by_reference
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.demo.files import read
from admin_app.demo.story.registers.book import Book, Known
from admin_app.people.figures import figures_of
from admin_app.people.models import Trainer
from admin_app.people.operations import (
    DevelopmentDetails,
    DiplomaDetails,
    TrainerDetails,
    add_diploma,
    create_trainer,
    record_development,
    record_review,
)
from admin_app.people.operations.reviews import ReviewDetails

DETAILS = ("first_name", "last_name", "email", "phone", "status", "titles", "bio")
YEAR = timedelta(days=365)


def plan(book: Book) -> None:
    """Note diplomas, reviews and development; the guest is entered while all still holds."""
    for name, hour, deed in (
        ("diploma", 15, _diploma),
        ("trainer-review", 9, _review),
        ("development", 17, _develop),
    ):
        for rank, known in book.entries(name):
            book.note(known["ago"], f"{hour:02}:{20 + 7 * rank}", deed, book, known)
    guest = read("registers")["guest"]
    book.note(guest["entered"], "10:32", _enter_guest, book)


def _trainer(book: Book, known: Known) -> Trainer:
    return db.session.get_one(Trainer, book.world.trainers[known["trainer"]])


def _diploma(book: Book, known: Known, at: datetime) -> None:
    details = DiplomaDetails(
        kind=known["kind"],
        title=known["title"],
        checked_on=clock.day_of(at),
        obtained_on=known["obtained_on"],
    )
    add_diploma(_trainer(book, known), details, by=book.world.office, at=at)


def _review(book: Book, known: Known, at: datetime) -> None:
    trainer, day = _trainer(book, known), clock.day_of(at)
    details = ReviewDetails(
        held_on=day,
        held_by=book.quality.label,
        looked_at=tuple(known["looked_at"]),
        observations=known["observations"],
        decisions=known["decisions"],
        needs=known.get("needs", ""),
    )
    figures = figures_of(trainer.id, day - YEAR, day)
    record_review(trainer, details, figures=figures, by=book.quality, at=at)


def _develop(book: Book, known: Known, at: datetime) -> None:
    details = DevelopmentDetails(
        kind=known["kind"],
        title=known["title"],
        done_on=clock.day_of(at),
        effect=known["effect"],
        minutes=60 * known["hours"],
    )
    record_development(_trainer(book, known), details, by=book.quality, at=at)


def _enter_guest(book: Book, at: datetime) -> None:
    known, by = read("registers")["guest"], book.world.office
    details = TrainerDetails(**{name: known[name] for name in DETAILS})
    trainer = create_trainer(details, by=by, at=at)
    diploma = DiplomaDetails(
        kind="authorisation",
        title=known["diploma"],
        issuer=known["issuer"],
        checked_on=clock.day_of(at),
        valid_until=book.day(known["expired"]),
    )
    add_diploma(trainer, diploma, shows=known["skill"], by=by, at=at)
    cohort = by_reference(known["cohort"])
    if cohort is None:
        raise LookupError(known["cohort"])
    assign_trainer(cohort, trainer.id, reason=known["reason"], by=by, at=at)
