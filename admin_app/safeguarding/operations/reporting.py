"""Someone reports: the entry of the register, and apart from it what is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.transaction import act
from admin_app.documents.numbering import next_number
from admin_app.safeguarding import notices
from admin_app.safeguarding.models import Narrative, Report
from admin_app.safeguarding.operations.common import LONG, noted, refuse_unless_reader
from admin_app.safeguarding.words import AUTHORS, CATEGORIES, CHANNELS, ENTERED

OLDEST = timedelta(days=5 * 366)
# who reports is known to the readers alone: the journal names nobody, and keeps no address
SOMEONE = Actor(ActorKind.PUBLIC, "auteur d’un signalement")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is reported. `text`, `author` and `contact` go to the closed room, nowhere else.

    `received_on`: the day it reached the organisation (inclusive, never to come).
    """

    text: str
    category: str
    channel: str
    received_on: date
    author_kind: str = "unknown"
    author: str = ""
    contact: str = ""
    is_anonymous: bool = False
    cohort_id: int | None = None


@act
def report(told: Told, *, by: Actor, at: datetime) -> Report:
    """Enter a report; those who are named are told that one awaits them, and no more.

    The journal says that a report was entered: not by whom, unless a named person enters it for
    somebody; not from where; not what about.

    Args:
        at: UTC instant of the entry.

    Raises:
        Problems: nothing is told, or something is wrong.
        Refused: it is entered for somebody else by a person who is not named.
    """
    if told.channel in ENTERED:
        refuse_unless_reader(by, at)
    refuse_if_any(_problems(told, at))
    row = Report(
        reference=next_number("SIG", clock.day_of(at).year),
        received_on=told.received_on,
        recorded_at=at,
        category=told.category,
        author_kind=told.author_kind,
        channel=told.channel,
        is_anonymous=told.is_anonymous,
        cohort_id=told.cohort_id,
    )
    db.session.add(row)
    db.session.flush()
    author = "" if told.is_anonymous else told.author.strip()
    contact = told.contact.strip()
    narrative = Narrative(report_id=row.id, text=told.text.strip(), author=author, contact=contact)
    db.session.add(narrative)
    db.session.flush()
    db.session.expunge(narrative)  # what was told is read again only by opening it
    noted(row, "report", "inscrit au registre.", by=_shown(told, by), at=at)
    notices.awaits(row, at)
    return row


def _shown(told: Told, by: Actor) -> Actor:
    return by if told.channel in ENTERED else SOMEONE


def _problems(told: Told, at: datetime) -> Iterator[Refused]:
    if not told.text.strip():
        yield Refused("Dites ce qui s’est passé, avec vos mots.", "text")
    for name, most in (("text", LONG), ("author", 200), ("contact", 300)):
        length = len(getattr(told, name).strip())
        if length > most:
            yield Refused(f"{most} caractères au plus ; ce texte en compte {length}.", name)
    for name, known in (("category", CATEGORIES), ("channel", CHANNELS), ("author_kind", AUTHORS)):
        if getattr(told, name) not in known:
            yield Refused("Choisissez dans la liste.", name)
    today = clock.day_of(at)
    if told.received_on > today:
        yield Refused("Ce jour n’est pas encore venu.", "received_on")
    elif told.received_on < today - OLDEST:
        yield Refused("Ce jour est trop ancien : cinq ans au plus.", "received_on")
    if told.cohort_id is not None and db.session.get(Cohort, told.cohort_id) is None:
        yield Refused("Cette session n’existe pas.", "cohort")
