"""Who is of the team, since when, until when."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from admin_app.core.actor import Actor
from admin_app.core.checks import gathered, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act, touch_scope
from admin_app.journal.operations import record
from admin_app.people.models import Trainer
from admin_app.people.operations.checks import tidy_name
from admin_app.staff.models import StaffMember

SUBJECT = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberDetails:
    """Who someone is: name, role, first day in the house, their trainer's file if they have one."""

    name: str
    role: str
    since: date | None
    trainer_id: int | None = None


@act
def add_member(details: MemberDetails, *, by: Actor, at: datetime) -> StaffMember:
    """Add someone to the team: a review and development are expected from then on.

    Raises:
        Problems: no name, no role, a day to come, or no such trainer.
    """
    row = StaffMember(**asdict(_checked(details, at)))
    db.session.add(row)
    db.session.flush()
    _told(row, "added", "entre dans l’équipe", by=by, at=at)
    return row


@act
def change_member(
    row: StaffMember, details: MemberDetails, *, by: Actor, at: datetime
) -> StaffMember:
    """Change what is said of someone.

    Raises:
        Problems: as for `add_member`.
        Refused: the first day comes after the last.
    """
    clean = _checked(details, at)
    if row.left_on is not None and clean.since is not None and clean.since > row.left_on:
        raise Refused("Ce jour est après le départ.", "since")
    for name, value in asdict(clean).items():
        setattr(row, name, value)
    _told(row, "changed", "fiche modifiée", by=by, at=at)
    return row


@act
def leave(row: StaffMember, on: date | None, *, by: Actor, at: datetime) -> StaffMember:
    """Someone leaves: from that day on nothing more is expected of them.

    Args:
        on: the first day no longer in the house.

    Raises:
        Refused: they have left already, or the day is to come or before their arrival.
    """
    if row.left_on is not None:
        raise Refused("Cette personne est déjà partie.", "on")
    row.left_on = past_day(on, at, "on", since=row.since)
    _told(row, "left", f"quitte l’équipe le {day(row.left_on)}", by=by, at=at)
    return row


def _checked(details: MemberDetails, at: datetime) -> MemberDetails:
    with gathered() as attempt:
        name = attempt(lambda: tidy_name(details.name, "name", "le nom", 120))
        role = attempt(lambda: tidy_name(details.role, "role", "la fonction", 150))
        attempt(lambda: past_day(details.since, at, "since"))
        attempt(lambda: _check_trainer(details.trainer_id))
    return replace(details, name=name, role=role, trainer_id=details.trainer_id or None)


def _check_trainer(key: int | None) -> None:
    if key and db.session.get(Trainer, key) is None:
        raise Refused("Choisissez dans la liste.", "trainer_id")


def _told(row: StaffMember, action: str, words: str, *, by: Actor, at: datetime) -> None:
    summary = f"{row.name} – {words}."
    record(f"staff.{action}", by=by, at=at, subject=(SUBJECT, row.id), summary=summary)
    touch_scope(SUBJECT, row.id)
