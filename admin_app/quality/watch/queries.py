"""Reading the watch: the list, one item whole, the rhythm of each domain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, select

from admin_app.accounts.models import User, UserRole
from admin_app.accounts.queries import is_open
from admin_app.core.access import Role
from admin_app.core.database import Rows, db
from admin_app.core.mail import MailMessage
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.journal.models import JournalEntry
from admin_app.journal.queries import of_subject
from admin_app.people.models import Trainer
from admin_app.people.queries import active_trainers
from admin_app.programmes.models import Programme
from admin_app.quality.pieces import YEAR, Rhythm, days_of, last_days, rhythm
from admin_app.quality.watch.models import WatchDomain, WatchEffect, WatchNote, WatchTold
from admin_app.quality.watch.words import TOPICS

MOST_SHOWN = 200
_KEPT = WatchNote.dropped_on.is_(None)
_STATES: dict[str, ColumnElement[bool]] = {
    "to-analyse": and_(_KEPT, WatchNote.analysed_on.is_(None), WatchNote.shared_on.is_(None)),
    "analysed": and_(_KEPT, WatchNote.analysed_on.is_not(None), WatchNote.shared_on.is_(None)),
    "shared": and_(_KEPT, WatchNote.shared_on.is_not(None)),
    "dropped": WatchNote.dropped_on.is_not(None),
}


@dataclass(frozen=True, slots=True)
class Domain:
    """Where a domain stands: who reads, what waits, when it was last watched and used."""

    topic: str
    reader: str
    waiting: int
    watched: Rhythm
    used: Rhythm


class Told(NamedTuple):
    """Somebody who was told, and the message if it left by our mail."""

    line: WatchTold
    state: str | None
    sent_at: datetime | None


class Effect(NamedTuple):
    """What an item changes in a programme."""

    effect: WatchEffect
    programme: Programme


class Source(NamedTuple):
    """A source already read for a domain, and the last day."""

    source: str
    last_on: date


def notes(
    number: int,
    *,
    q: str = "",
    topic: str = "",
    state: str = "",
    programme: str = "",
    reader_id: int | None = None,
) -> Page[WatchNote]:
    """The items wanted, last found first.

    Args:
        state: a key of `words.STATES`; empty for all.
        programme: the reference of a programme that they change.
        reader_id: the user to whom they are assigned.
    """
    statement: Rows = select(WatchNote).order_by(WatchNote.found_on.desc(), WatchNote.id.desc())
    statement = matching(statement, q, WatchNote.search)
    if topic:
        statement = statement.where(WatchNote.topic == topic)
    if state in _STATES:
        statement = statement.where(_STATES[state])
    if programme:
        statement = statement.where(_changes(programme))
    if reader_id is not None:
        statement = statement.where(WatchNote.reader_id == reader_id)
    return paginate(statement, number)


def has_any() -> bool:
    """Whether anything was ever entered."""
    return db.session.scalar(select(WatchNote.id).limit(1)) is not None


def note(note_id: int) -> WatchNote | None:
    """The item of that key."""
    return db.session.get(WatchNote, note_id)


def effects_of(note_id: int) -> list[Effect]:
    """What an item changes in programmes, oldest first, what was taken away too."""
    rows = db.session.execute(
        select(WatchEffect, Programme)
        .join(Programme, Programme.id == WatchEffect.programme_id)
        .where(WatchEffect.note_id == note_id)
        .order_by(WatchEffect.id)
        .limit(MOST_SHOWN)
    )
    return [Effect(*row) for row in rows]


def effect(note_id: int, effect_id: int) -> WatchEffect | None:
    """That effect, when it is that item's."""
    found = db.session.get(WatchEffect, effect_id)
    return found if found is not None and found.note_id == note_id else None


def told_of(note_id: int) -> list[Told]:
    """Who was told of an item, oldest first, and whether each message left."""
    rows = db.session.execute(
        select(WatchTold, MailMessage.state, MailMessage.sent_at)
        .outerjoin(MailMessage, MailMessage.id == WatchTold.message_id)
        .where(WatchTold.note_id == note_id)
        .order_by(WatchTold.told_on, WatchTold.id)
        .limit(MOST_SHOWN)
    )
    return [Told(*row) for row in rows]


def story(note_id: int) -> Sequence[JournalEntry]:
    """What was done about an item, oldest first."""
    newest = db.session.scalars(of_subject("watch-note", note_id).limit(50)).all()
    return list(reversed(newest))


def domains(today: date) -> list[Domain]:
    """Where each domain stands on that day (three statements)."""
    readers = {row.topic: row.reader_name for row in db.session.scalars(select(WatchDomain))}
    waiting = _waiting()
    last = last_days([f"{one}-watch{use}" for one in TOPICS for use in ("", "-use")])
    every = days_of("watch-rhythm-days", today)
    return [
        Domain(
            topic=topic,
            reader=readers.get(topic, ""),
            waiting=waiting.get(topic, 0),
            watched=rhythm(last.get(f"{topic}-watch"), every, today),
            used=rhythm(last.get(f"{topic}-watch-use"), YEAR, today),
        )
        for topic in TOPICS
    ]


def domain(topic: str) -> WatchDomain | None:
    """Who reads for that domain."""
    return db.session.scalar(select(WatchDomain).where(WatchDomain.topic == topic))


def sources(topic: str = "", limit: int = 100) -> list[Source]:
    """The sources already read, last read first, for the same to be said in the same words."""
    last = func.max(WatchNote.found_on)
    statement = select(WatchNote.source, last).group_by(WatchNote.source)
    if topic:
        statement = statement.where(WatchNote.topic == topic)
    rows = db.session.execute(statement.order_by(last.desc(), WatchNote.source).limit(limit))
    return [Source(*row) for row in rows]


def programme_choices(limit: int = MOST_SHOWN) -> list[str]:
    """« REF – Titre » of the programmes in use, to be proposed."""
    rows = db.session.execute(
        select(Programme.reference, Programme.title)
        .where(Programme.archived_at.is_(None))
        .order_by(Programme.search, Programme.id)
        .limit(limit)
    )
    return [f"{reference} – {title}" for reference, title in rows]


def audience(at: datetime) -> list[tuple[str, str]]:
    """Who may be told by mail: everybody at once, then each user and trainer by name."""
    outside = [Role.AUDITOR.value, Role.CLIENT.value, Role.TRAINER.value]
    inside = select(UserRole.user_id).where(UserRole.role.not_in(outside))
    users = db.session.scalars(
        select(User)
        .where(User.id.in_(inside), is_open(at))
        .order_by(User.search, User.id)
        .limit(MOST_SHOWN)
    ).all()
    trainers: Sequence[Trainer] = active_trainers(MOST_SHOWN)
    return [
        ("users", "Toute l’équipe qui se connecte à Liasse"),
        ("trainers", "Tous les formateurs et formatrices en activité"),
        *((f"user-{one.id}", f"{one.name} (équipe)") for one in users),
        *((f"trainer-{one.id}", f"{one.name} (formation)") for one in trainers),
    ]


def _waiting() -> dict[str, int]:
    rows = db.session.execute(
        select(WatchNote.topic, func.count()).where(_STATES["to-analyse"]).group_by(WatchNote.topic)
    )
    return {row[0]: row[1] for row in rows}


def _changes(reference: str) -> ColumnElement[bool]:
    return exists().where(
        WatchEffect.note_id == WatchNote.id,
        WatchEffect.removed_at.is_(None),
        WatchEffect.programme_id == Programme.id,
        Programme.reference == reference,
    )
