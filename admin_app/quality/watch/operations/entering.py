"""An item comes in, is corrected, or is left without effect; who reads for a domain."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from urllib.parse import urlsplit

from sqlalchemy import select

from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.transaction import act, locked
from admin_app.evidence.models import Evidence
from admin_app.evidence.operations import withdraw, withdraw_from
from admin_app.journal.operations import record
from admin_app.people.operations.checks import gathered
from admin_app.quality import owners
from admin_app.quality.checks import LONG, chosen, limited, needed, past_day
from admin_app.quality.watch.models import WatchDomain, WatchNote
from admin_app.quality.watch.operations.common import (
    SUBJECT,
    prove_entry,
    prove_use,
    refuse_if_dropped,
    told,
)
from admin_app.quality.watch.words import TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found. Days are never to come; `reader_id` 0 is the reader of the domain."""

    topic: str
    title: str
    source: str
    url: str = ""
    published_on: date | None = None
    found_on: date | None = None
    found_by: str = ""
    extract: str = ""
    reader_id: int = 0


@act
def enter(found: Found, *, by: Actor, at: datetime) -> WatchNote:
    """Enter an item: the evidence `legal-watch`, `trades-watch` or `teaching-watch` follows.

    Raises:
        Problems: a day to come, no title, no source, or an address that is none.
    """
    found = _checked(found, at)
    reader = _reader(found, at)
    row = WatchNote(
        topic=found.topic,
        title=found.title,
        source=found.source,
        url=found.url,
        published_on=found.published_on,
        found_on=found.found_on,
        found_by=found.found_by or by.label,
        extract=found.extract,
        reader_id=reader.id,
        reader_name=reader.name,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    prove_entry(row, by=by, at=at)
    told(row, "add", f"entrée ({TOPICS[row.topic]})", by=by, at=at)
    return row


@act
def correct(row: WatchNote, found: Found, *, by: Actor, at: datetime) -> WatchNote:
    """Correct what was entered; its domain stays. The evidence is made again if it said otherwise.

    Raises:
        Refused: it was left without effect.
        Problems: as for `enter`.
    """
    refuse_if_dropped(row)
    found = _checked(replace(found, topic=row.topic), at)
    reader = _reader(found, at)
    proved = ("title", "source", "url", "published_on", "found_on")
    is_other = any(getattr(row, name) != getattr(found, name) for name in proved)
    for name in (*proved, "extract"):
        setattr(row, name, getattr(found, name))
    row.found_by = found.found_by or row.found_by
    row.reader_id, row.reader_name = reader.id, reader.name
    db.session.flush()
    if is_other:
        _withdraw_entry(row, by=by, at=at)
        prove_entry(row, by=by, at=at)
    told(row, "correct", "corrigée", by=by, at=at)
    return row


@act
def drop(
    row: WatchNote, *, on: date | None, why: str, is_mistake: bool, by: Actor, at: datetime
) -> WatchNote:
    """Leave an item without effect, with the reason.

    Args:
        is_mistake: it was entered by mistake, so that its evidence is withdrawn; else its reading
            stands, and so does the fact that no decision came of it.

    Raises:
        Refused: it is dropped already, somebody was told of it, no reason, or a day to come.
    """
    refuse_if_dropped(row)
    if row.shared_on is not None and not is_mistake:
        raise Refused("Cet élément a été diffusé : il a eu une suite.", "why")
    with gathered() as attempt:
        day = attempt(lambda: past_day(on, at, "on", since=row.found_on))
        text = attempt(lambda: needed(why, "Dites pourquoi.", "why", LONG))
    row.dropped_on, row.dropped_why, row.is_mistake = day, text, is_mistake
    if is_mistake:
        withdraw_from((SUBJECT, row.id), why="Entrée par erreur.", by=by, at=at)
    else:
        prove_use(row, "classée sans suite, motif noté", day, by=by, at=at, outcome="tried")
    told(row, "drop", "entrée par erreur" if is_mistake else "classée sans suite", by=by, at=at)
    return row


@act
def take_up(row: WatchNote, *, by: Actor, at: datetime) -> WatchNote:
    """Take up again an item that had been left without effect.

    Raises:
        Refused: it was not, or it had been entered by mistake.
    """
    if row.dropped_on is None:
        raise Refused("Cet élément n’est pas classé sans suite.")
    if row.is_mistake:
        raise Refused("Cet élément a été entré par erreur : entrez-en un nouveau.")
    row.dropped_on, row.dropped_why = None, ""
    told(row, "take-up", "reprise", by=by, at=at)
    return row


@act
def name_reader(topic: str, user_id: int, name: str, *, by: Actor, at: datetime) -> WatchDomain:
    """Say who reads for a domain: whoever is asked to analyse what is found there.

    Raises:
        Refused: an unknown domain, nobody, or someone who cannot read the registers.
    """
    chosen(topic, TOPICS, "topic")
    reader = owners.chosen(user_id, name, at)
    row = db.session.scalar(select(WatchDomain).where(WatchDomain.topic == topic))
    if row is None:
        row = WatchDomain(topic=topic, assigned_on=clock.day_of(at))
        db.session.add(row)
    else:
        locked(row)
    row.reader_id, row.reader_name = reader.id, reader.name
    row.assigned_on = clock.day_of(at)
    db.session.flush()
    record(
        "watch.reader",
        by=by,
        at=at,
        subject=("watch-domain", row.id),
        summary=f"{TOPICS[topic].capitalize()} confiée à {reader.name}.",
    )
    return row


def _reader(found: Found, at: datetime) -> owners.Owner:
    if found.reader_id:
        return owners.chosen(found.reader_id, "", at, prefix="reader")
    domain = db.session.scalar(select(WatchDomain).where(WatchDomain.topic == found.topic))
    return owners.Owner(domain.reader_id, domain.reader_name) if domain else owners.Owner(None, "")


def _withdraw_entry(row: WatchNote, *, by: Actor, at: datetime) -> None:
    statement = select(Evidence).where(
        Evidence.source_kind == SUBJECT,
        Evidence.source_id == row.id,
        Evidence.piece == f"{row.topic}-watch",
        Evidence.withdrawn_at.is_(None),
    )
    for one in db.session.scalars(statement):
        withdraw(one, why="L’entrée a été corrigée.", by=by, at=at)


def _checked(found: Found, at: datetime) -> Found:
    with gathered() as attempt:
        attempt(lambda: chosen(found.topic, TOPICS, "topic"))
        title = attempt(lambda: needed(found.title, "Donnez un titre.", "title", 200))
        source = attempt(lambda: needed(found.source, "Dites d’où cela vient.", "source", 200))
        url = attempt(lambda: _address(found.url))
        day = attempt(lambda: past_day(found.found_on, at, "found_on"))
        attempt(lambda: _check_published(found, at))
        extract = attempt(lambda: limited(found.extract, "extract"))
        who = attempt(lambda: limited(found.found_by, "found_by", 120))
    return replace(
        found, title=title, source=source, url=url, found_on=day, extract=extract, found_by=who
    )


def _check_published(found: Found, at: datetime) -> None:
    if found.published_on is None:
        return
    past_day(found.published_on, at, "published_on")
    if found.found_on is not None and found.published_on > found.found_on:
        raise Refused("C’est après le jour où vous l’avez trouvé.", "published_on")


def _address(text: str) -> str:
    text = limited(text, "url", 500)
    if not text:
        return ""
    if "://" not in text:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        parts = urlsplit("")
    is_address = parts.scheme in {"http", "https"} and "." in parts.netloc and " " not in text
    if not is_address:
        raise Refused("Écrivez l’adresse ainsi : https://www.legifrance.gouv.fr/…", "url")
    return text
