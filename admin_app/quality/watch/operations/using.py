"""What is made of an item: analysed, decided, applied to programmes, told to people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.accounts.queries import is_open
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.mail import post
from admin_app.core.transaction import act
from admin_app.people.models import Trainer
from admin_app.people.operations.checks import gathered
from admin_app.programmes.models import Programme
from admin_app.quality.checks import chosen, limited, needed, past_day
from admin_app.quality.watch.models import WatchEffect, WatchNote, WatchTold
from admin_app.quality.watch.operations.common import (
    SUBJECT,
    prove_use,
    refuse_if_dropped,
    told,
)
from admin_app.quality.watch.words import HOW, TOPICS

MOST_TOLD = 300


@dataclass(frozen=True, slots=True)
class Person:
    """Someone to tell: `trainer` or `user`, its key, name and address."""

    kind: str
    id: int
    name: str
    email: str


@act
def analyse(
    row: WatchNote,
    *,
    on: date | None,
    analysis: str,
    decision: str,
    by: Actor,
    at: datetime,
) -> WatchNote:
    """Say what an item means for the organisation and, if one is taken, what is decided.

    A decision leaves the evidence that the watch is used. An analysis may be made again.

    Raises:
        Refused: it was left without effect.
        Problems: a day to come or before it was found, or no analysis.
    """
    refuse_if_dropped(row)
    with gathered() as attempt:
        day = attempt(lambda: past_day(on, at, "on", since=row.found_on))
        text = attempt(lambda: needed(analysis, "Écrivez ce que cela change.", "analysis"))
        decided = attempt(lambda: limited(decision, "decision"))
    is_new = decided and decided != row.decision
    row.analysed_on, row.analysed_by = day, by.label
    row.analysis, row.decision = text, decided
    if is_new:
        prove_use(row, "analysée et suivie d’une décision", day, by=by, at=at)
    words = "analysée, décision prise" if decided else "analysée"
    told(row, "analyse", words, by=by, at=at)
    return row


@act
def note_effect(
    row: WatchNote,
    reference: str,
    words: str,
    *,
    done_on: date | None,
    by: Actor,
    at: datetime,
) -> WatchEffect:
    """Say what an item changes in a programme, known by its reference.

    Args:
        done_on: the day on which the programme was changed; None when it is still to be done.

    Raises:
        Refused: it was left without effect.
        Problems: no such programme, no words, or a day to come.
    """
    refuse_if_dropped(row)
    with gathered() as attempt:
        programme = attempt(lambda: _programme(reference))
        text = attempt(lambda: needed(words, "Dites ce que cela change.", "words"))
        if done_on is not None:
            attempt(lambda: past_day(done_on, at, "done_on", since=row.found_on))
    effect = WatchEffect(
        note_id=row.id,
        programme_id=programme.id,
        words=text,
        noted_on=clock.day_of(at),
        done_on=done_on,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(effect)
    db.session.flush()
    on = done_on or effect.noted_on
    prove_use(row, f"effet sur la formation {programme.reference}", on, by=by, at=at)
    told(row, "effect", f"effet noté sur {programme.reference}", by=by, at=at)
    return effect


@act
def effect_done(
    row: WatchNote, effect: WatchEffect, on: date | None, *, by: Actor, at: datetime
) -> WatchEffect:
    """Say that a programme was changed as noted.

    Raises:
        Refused: it was said already or taken away, or the day is to come.
    """
    if effect.done_on is not None or effect.removed_at is not None:
        raise Refused("C’est déjà dit.", "on")
    effect.done_on = past_day(on, at, "on", since=row.found_on)
    programme = db.session.get_one(Programme, effect.programme_id)
    words = f"la formation {programme.reference} en tient compte"
    prove_use(row, words, effect.done_on, by=by, at=at)
    told(row, "effect-done", words, by=by, at=at)
    return effect


@act
def remove_effect(
    row: WatchNote, effect: WatchEffect, why: str, *, by: Actor, at: datetime
) -> WatchEffect:
    """Take away an effect that was noted wrongly; it stays readable.

    Raises:
        Refused: it was taken away already, or no reason is given.
    """
    if effect.removed_at is not None:
        raise Refused("Cet effet est déjà retiré.")
    effect.removed_why = needed(why, "Dites pourquoi.", "why", 300)
    effect.removed_at, effect.removed_by = at, by.label
    told(row, "effect-removed", "effet retiré", by=by, at=at)
    return effect


@act
def send(
    row: WatchNote, people: Sequence[Person], message: str, *, by: Actor, at: datetime
) -> list[WatchTold]:
    """Send an item, with its analysis, to these people by the house's mail.

    Raises:
        Refused: it was left without effect, nobody is chosen, or too many are.
    """
    refuse_if_dropped(row)
    words = limited(message, "message", 2_000)
    once = list({one.email.lower(): one for one in people}.values())
    if not once:
        raise Refused("Choisissez au moins une personne.", "people")
    if len(once) > MOST_TOLD:
        raise Refused(f"{MOST_TOLD} personnes au plus à la fois.", "people")
    today = clock.day_of(at)
    rows = [_send_to(row, one, words, today, by, at) for one in once]
    db.session.add_all(rows)
    row.shared_on = row.shared_on or today
    count = plural(len(rows), "personne")
    prove_use(row, f"transmise par message à {count}", today, by=by, at=at)
    told(row, "send", f"transmise par message à {count}", by=by, at=at)
    return rows


@act
def note_told(
    row: WatchNote,
    *,
    on: date | None,
    how: str,
    whom: str,
    words: str,
    by: Actor,
    at: datetime,
) -> WatchTold:
    """Note that people were told of an item otherwise than by our mail.

    Raises:
        Refused: it was left without effect.
        Problems: a day to come, an unknown way, or nobody.
    """
    refuse_if_dropped(row)
    with gathered() as attempt:
        day = attempt(lambda: past_day(on, at, "on", since=row.found_on))
        attempt(lambda: chosen(how, HOW, "how"))
        name = attempt(lambda: needed(whom, "Dites à qui.", "whom", 200))
        text = attempt(lambda: limited(words, "words"))
    line = WatchTold(
        note_id=row.id,
        told_on=day,
        how=how,
        audience_kind="other",
        audience_id=None,
        name=name,
        words=text,
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(line)
    row.shared_on = min(row.shared_on, day) if row.shared_on else day
    db.session.flush()
    prove_use(row, f"transmise {HOW[how]}", day, by=by, at=at)
    told(row, "told", f"transmise {HOW[how]}", by=by, at=at)
    return line


def people_of(keys: Sequence[str], at: datetime) -> list[Person]:
    """The people behind « trainer-3 », « user-7 », « trainers » and « users » (all of them).

    Raises:
        Refused: one of them is unknown or no longer there.
    """
    found: list[Person] = []
    for key in keys:
        kind, _, number = key.partition("-")
        if key in {"trainers", "users"}:
            found += _all(key, at)
        else:
            is_key = number.isdecimal() and len(number) < 10
            found.append(_one(kind, int(number) if is_key else 0, at))
    return found


def _all(key: str, at: datetime) -> list[Person]:
    if key == "trainers":
        trainers = select(Trainer).where(Trainer.archived_at.is_(None)).order_by(Trainer.id)
        return [_trainer(one) for one in db.session.scalars(trainers.limit(MOST_TOLD + 1))]
    inside = select(User).where(is_open(at), User.client_id.is_(None)).order_by(User.id)
    users = db.session.scalars(inside.limit(MOST_TOLD + 1))
    return [Person("user", one.id, one.name, one.email) for one in users if _is_inside(one)]


def _one(kind: str, key: int, at: datetime) -> Person:
    if kind == "trainer":
        trainer = db.session.get(Trainer, key)
        if trainer is not None and trainer.archived_at is None:
            return _trainer(trainer)
    if kind == "user":
        user = db.session.get(User, key)
        if user is not None and user.is_open_at(at) and _is_inside(user):
            return Person("user", user.id, user.name, user.email)
    raise Refused(
        "Cette personne n’est pas ou plus dans la liste : choisissez à nouveau.", "people"
    )


def _is_inside(user: User) -> bool:
    return not {role.value for role in user.roles} <= {"auditor", "client"}


def _trainer(row: Trainer) -> Person:
    return Person("trainer", row.id, row.name, row.email)


def _send_to(
    row: WatchNote, person: Person, words: str, today: date, by: Actor, at: datetime
) -> WatchTold:
    message = post(
        "watch-told",
        to=(person.name, person.email),
        subject=f"{TOPICS[row.topic].capitalize()} : {row.title}"[:300],
        about=(SUBJECT, row.id),
        at=at,
        note=row,
        words=words,
        sender=by.label,
    )
    return WatchTold(
        note_id=row.id,
        told_on=today,
        how="mail",
        audience_kind=person.kind,
        audience_id=person.id,
        name=person.name,
        email=person.email,
        words=words,
        message_id=message.id,
        recorded_at=at,
        recorded_by=by.label,
    )


def _programme(reference: str) -> Programme:
    wanted = reference.strip()
    if not wanted:
        raise Refused("Indiquez la référence de la formation.", "programme")
    found = db.session.scalar(
        select(Programme).where(Programme.reference == wanted.split(" – ")[0].strip())
    )
    if found is None:
        raise Refused(f"Aucune formation ne porte la référence « {wanted} ».", "programme")
    return found
