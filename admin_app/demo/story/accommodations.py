"""Accommodations: what a trainee asks the disability officer, and what was decided."""

from datetime import date, datetime, timedelta

from admin_app.adaptations.models import Accommodation
from admin_app.adaptations.operations import (
    add_note,
    ask_accommodation,
    decide_accommodation,
    read_need,
    tell_trainers,
)
from admin_app.core.database import db
from admin_app.demo import days
from admin_app.demo.story.session import Session
from admin_app.demo.world import from_phone, trainee

NEEDS = (
    "J’entends mal quand plusieurs personnes parlent en même temps. Être placée face à qui parle, "
    "et recevoir les supports la veille, m’aiderait beaucoup.",
    "Je fatigue vite devant un écran et j’ai besoin de pauses courtes. Peut-on en parler ?",
)
MEASURES = (
    "Place face à la personne qui anime ; une seule prise de parole à la fois ; boucle magnétique "
    "installée ; supports envoyés la veille en gros caractères."
)


def plan_answered(session: Session, name: str) -> None:
    """Note a request made with the positioning, read, answered, and told to the trainers."""
    kept: dict[str, int] = {}
    asked = session.start - timedelta(days=16)
    session.note(asked, "19:48", _ask, session, name, NEEDS[0], kept)
    read = session.day_before(13)
    told = days.after(read)
    session.note(read, "09:25", _read, session, kept)
    session.note(read, "11:10", _decide, session, kept)
    session.note(told, "09:05", _tell, session, kept)
    session.note(session.end, "18:20", _note, session, kept)


def plan_asked(session: Session, name: str, day: date) -> None:
    """Note a request that waits for its answer."""
    session.note(day, "20:16", _ask, session, name, NEEDS[1], {})


def _ask(session: Session, name: str, need: str, kept: dict[str, int], at: datetime) -> None:
    row = ask_accommodation(
        session.enrolment(name),
        need=need,
        contact="par message, plutôt le soir",
        consent=True,
        by=trainee(name, session.enrolments[name]),
        at=at,
        origin=from_phone(name),
    )
    kept["accommodation"] = row.id


def _read(session: Session, kept: dict[str, int], at: datetime) -> None:
    read_need(kept["accommodation"], by=session.world.users["disability"], at=at)


def _decide(session: Session, kept: dict[str, int], at: datetime) -> None:
    row = db.session.get_one(Accommodation, kept["accommodation"])
    decide_accommodation(row, measures=MEASURES, by=session.world.users["disability"], at=at)


def _tell(session: Session, kept: dict[str, int], at: datetime) -> None:
    row = db.session.get_one(Accommodation, kept["accommodation"])
    tell_trainers(row, by=session.world.users["disability"], at=at)


def _note(session: Session, kept: dict[str, int], at: datetime) -> None:
    row = db.session.get_one(Accommodation, kept["accommodation"])
    text = "Point fait en fin de session : les mesures ont convenu."
    add_note(row, text, by=session.world.users["disability"], at=at)
