"""A place is looked at: equipment and accessibility, on which day, by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from sqlalchemy import select

from admin_app.core.actor import Actor, Origin
from admin_app.core.checks import chosen, gathered, limited, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day as day_words
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.organisation.models import Place, PlaceCheck
from admin_app.organisation.words import LOOKS

PIECE, SUBJECT = "place-checked", "place-check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was seen. `on` is never to come; what is lacking (`words.LOOKS`) is said in words."""

    on: date | None
    who: str
    equipment: str
    accessibility: str
    equipment_words: str = ""
    accessibility_words: str = ""
    remarks: str = ""


@act
def check_place(
    place: Place, looked: Looked, *, by: Actor, at: datetime, origin: Origin | None = None
) -> PlaceCheck:
    """Record that a place was looked at; the evidence `place-checked` follows.

    Raises:
        Refused: it is archived, or a remote classroom.
        Problems: a day to come, nobody, or something lacking that is not said.
    """
    if place.archived_at is not None:
        raise Refused("Ce lieu est archivé : reprenez-le d’abord.")
    if place.is_remote:
        raise Refused("Une classe à distance n’a ni salle ni accès à vérifier.")
    row = PlaceCheck(place_id=place.id, recorded_at=at, recorded_by=by.label)
    for name, value in _checked(looked, at).items():
        setattr(row, name, value)
    db.session.add(row)
    db.session.flush()
    _follow(place)
    _prove(place, row, by=by, at=at)
    words = f"Lieu vérifié le {day_words(row.checked_on)} : {place.name}."
    _note("organisation.place-checked", words, place, by, at, origin)
    return row


@act
def remove_check(
    place: Place,
    check: PlaceCheck,
    why: str,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> PlaceCheck:
    """Take away a check entered by mistake: it stays readable and proves nothing more.

    Raises:
        Refused: no reason, or it was taken away already.
    """
    if check.removed_at is not None:
        raise Refused("Cette vérification est déjà retirée.")
    check.removed_why = needed(why, "Dites pourquoi.", "why", 500)
    check.removed_at, check.removed_by = at, by.label
    db.session.flush()
    _follow(place)
    evidence.withdraw_from((SUBJECT, check.id), why=check.removed_why, by=by, at=at)
    words = f"Vérification du {day_words(check.checked_on)} retirée : {place.name}."
    _note("organisation.place-check-removed", words, place, by, at, origin)
    return check


def _checked(looked: Looked, at: datetime) -> dict[str, object]:
    with gathered() as attempt:
        values: dict[str, object] = {
            "checked_on": attempt(lambda: past_day(looked.on, at, "on")),
            "checked_by": attempt(lambda: needed(looked.who, "Dites qui a regardé.", "who", 120)),
            "remarks": attempt(lambda: limited(looked.remarks, "remarks", 2_000)),
        }
        for name in ("equipment", "accessibility"):
            values |= attempt(partial(_look, looked, name)) or {}
    return values


def _look(looked: Looked, name: str) -> dict[str, object]:
    found = chosen(getattr(looked, name), LOOKS, name)
    field = f"{name}_words"
    words = limited(getattr(looked, field), field, 2_000)
    if found == "lacking" and not words:
        raise Refused("Dites ce qui manque.", field)
    return {name: found, field: words}


def _follow(place: Place) -> None:
    """The place carries what its last check says, so that lists can be filtered."""
    last = db.session.scalars(
        select(PlaceCheck)
        .where(PlaceCheck.place_id == place.id, PlaceCheck.removed_at.is_(None))
        .order_by(PlaceCheck.checked_on.desc(), PlaceCheck.id.desc())
        .limit(1)
    ).first()
    place.checked_on = last.checked_on if last else None
    place.has_defect = last.has_defect if last else False


def _prove(place: Place, row: PlaceCheck, *, by: Actor, at: datetime) -> None:
    evidence.record(
        PIECE,
        scope=("place", place.id),
        label=f"{place.name} : équipement et accessibilité vérifiés par {row.checked_by}",
        occurred_on=row.checked_on,
        by=by,
        at=at,
        source=(SUBJECT, row.id),
        facts={
            "place": place.name,
            "checked_on": row.checked_on.isoformat(),
            "checked_by": row.checked_by,
            "equipment": LOOKS[row.equipment],
            "accessibility": LOOKS[row.accessibility],
        },
    )


def _note(
    action: str, summary: str, place: Place, by: Actor, at: datetime, origin: Origin | None
) -> None:
    record(action, by=by, at=at, summary=summary, subject=("place", place.id), origin=origin)
