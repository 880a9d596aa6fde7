"""Fills an empty database with an organisation of a given size."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Engine, MetaData

from benchmarks.data.house import House, HouseMaker
from benchmarks.data.ledgers import Ledgers
from benchmarks.data.registers import RegisterMaker
from benchmarks.data.rows import CohortRows
from benchmarks.data.sheets import Book, loading
from benchmarks.data.story import Keys, Plan, Teller
from benchmarks.sizes import Size

TRAINEES = 12
ENDED, RUNNING = 1, 2
FLUSH_EVERY = 100  # cohorts: some eighty thousand rows


@dataclass(frozen=True, slots=True)
class Targets:
    """What the measures look at: an ended cohort, one that runs today, a half-day of it, …"""

    cohort: int = ENDED
    running: int = RUNNING
    half_day: int = 0
    programme: int = 1
    slug: str = "formation-1"
    client: int = 1
    trainee: int = 1
    audit: int = 1


def make(
    engine: Engine, metadata: MetaData, size: Size, today: date, document_sha256: str
) -> tuple[Targets, dict[str, int]]:
    """Fill an empty database; what to look at, and how many rows each table has got.

    Args:
        today: the day around which the organisation lives.
        document_sha256: the stored file that every document of the organisation shares.
    """
    with loading(engine, metadata) as writer, _without_garbage():
        book = Book(metadata, writer)
        house = HouseMaker(book, size, today).make()
        RegisterMaker(book, house, size).make()
        book.flush()
        half_day = _cohorts(book, house, size, document_sha256)
        book.flush()
    return Targets(half_day=half_day), book.counts()


@contextmanager
def _without_garbage() -> Iterator[None]:
    """Nothing here is cyclic, and looking for cycles among so many tuples is half the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _cohorts(book: Book, house: House, size: Size, document_sha256: str) -> int:
    ledgers = Ledgers(book)
    teller = Teller(house, _keys(book))
    rows = CohortRows(ledgers, house, document_sha256)
    half_day = 0
    for plan in _plans(size, house.today):
        story = teller.tell(plan)
        rows.write(story)
        if plan.number == RUNNING:
            half_day = story.facts.half_days[0].key
        if plan.number % FLUSH_EVERY == 0:
            book.flush()
    return half_day


def _plans(size: Size, today: date) -> Iterator[Plan]:
    """The two cohorts that are looked at are alike at every size; chance decides of the others."""
    ended = today - timedelta(days=60)
    yield Plan(1, starts_on=ended, days=2, trainees=size.crowd or TRAINEES, trainer=1)
    yield Plan(2, starts_on=today, days=2, trainees=TRAINEES, trainer=1)
    for number in range(3, size.cohorts + 1):
        yield Plan(number)


def _keys(book: Book) -> Keys:
    names = {
        "half_day": "half_day",
        "enrolment": "enrolment",
        "assignment": "assignment",
        "sponsor": "cohort_client",
        "mark": "mark",
        "adaptation": "adaptation_request",
        "accommodation": "accommodation",
        "evidence": "evidence",
        "programme": "programme",
        "version": "programme_version",
    }
    return Keys(**{name: book.keys_of(table) for name, table in names.items()})
