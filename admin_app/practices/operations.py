"""Choosing: a delay of one's own, a piece of good practice to do without. Texts are not chosen."""

from datetime import date, datetime
from typing import Any

from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.errors import Refused
from admin_app.core.transaction import act, locked, touch_provider
from admin_app.journal.operations import record
from admin_app.organisation.models import Provider
from admin_app.organisation.queries import the_provider
from admin_app.practices.queries import chosen, own_value, switched_off
from compliance import expectations as rules
from compliance.expectations import Piece
from compliance.values import DatedValue
from compliance.wording import counted_unit

LONGEST = 500


@act
def choose_value(
    key: str, number: int, *, why: str, by: Actor, at: datetime, origin: Origin | None = None
) -> Provider:
    """Use a number of one's own from today on; the former ones stay.

    Args:
        number: days, minutes, percent or people, as the value says.
        why: shown beside the number, for whoever comes after.

    Raises:
        Refused: no such value may be chosen, or the number makes no sense.
    """
    value = _choosable(key)
    if not value.least <= number <= value.most:
        raise Refused(f"Écrivez un nombre de {value.least} à {value.most}.", "number")
    if len(why) > LONGEST:
        raise Refused(f"{LONGEST} signes au plus.", "why")
    if number == chosen(clock.day_of(at)).get(key, value.on(clock.day_of(at))):
        raise Refused("C’est déjà le nombre en usage.", "number")
    row = _keep_value(key, number, why.strip(), by=by, day=clock.day_of(at))
    record(
        "practices.value",
        by=by,
        at=at,
        summary=f"« {value.label} » : {counted_unit(number, value.unit)} désormais.",
        subject=("provider", row.id),
        details={"key": key, "value": number},
        origin=origin,
    )
    touch_provider()
    return row


@act
def forget_value(key: str, *, by: Actor, at: datetime, origin: Origin | None = None) -> Provider:
    """Come back to the number that Liasse proposes.

    Raises:
        Refused: no number of one's own is in use.
    """
    value, day = _choosable(key), clock.day_of(at)
    if key not in chosen(day):
        raise Refused("Aucun nombre qui vous soit propre n’est en usage.")
    row = _keep_value(key, None, "", by=by, day=day)
    record(
        "practices.value",
        by=by,
        at=at,
        summary=f"« {value.label} » : retour au nombre proposé par Liasse.",
        subject=("provider", row.id),
        details={"key": key, "value": None},
        origin=origin,
    )
    touch_provider()
    return row


@act
def do_without(
    piece: str, *, why: str, by: Actor, at: datetime, origin: Origin | None = None
) -> Provider:
    """No longer expect a piece of good practice; what was proved stays.

    Raises:
        Refused: a text or its guide asks for the piece or needs it, it is already so, or no
            reason is given.
    """
    found = _ours(piece)
    if piece in switched_off():
        raise Refused("Cette pièce n’est déjà plus attendue.")
    if not why.strip():
        raise Refused("Dites pourquoi : la raison reste écrite avec la décision.", "why")
    if len(why) > LONGEST:
        raise Refused(f"{LONGEST} signes au plus.", "why")
    row = locked(the_provider())
    told = {"since": clock.day_of(at).isoformat(), "why": why.strip(), "by": by.label}
    _change(row, "without", {**_part(row, "without"), piece: told})
    _tell(found, "n’est plus attendue", row, by=by, at=at, origin=origin)
    return row


@act
def expect_again(piece: str, *, by: Actor, at: datetime, origin: Origin | None = None) -> Provider:
    """Expect again a piece of good practice.

    Raises:
        Refused: it is expected already.
    """
    found = _ours(piece)
    if piece not in switched_off():
        raise Refused("Cette pièce est déjà attendue.")
    row = locked(the_provider())
    kept = {key: told for key, told in _part(row, "without").items() if key != piece}
    _change(row, "without", kept)
    _tell(found, "est de nouveau attendue", row, by=by, at=at, origin=origin)
    return row


def _choosable(key: str) -> DatedValue:
    found = own_value(key)
    if found is None:
        raise Refused("Ce nombre ne se règle pas : un texte le fixe, ou il n’existe pas.")
    return found.value


def _ours(key: str) -> Piece:
    book = rules.catalogue()
    if key not in book:
        raise Refused("Cette pièce n’est pas au catalogue.")
    piece = book.piece(key)
    if not piece.is_optional:
        raise Refused(f"« {piece.title} » ne se désactive pas : {rules.why_kept(piece)}.")
    return piece


def _keep_value(key: str, number: int | None, why: str, *, by: Actor, day: date) -> Provider:
    row = locked(the_provider())
    values = _part(row, "values")
    entry = {"from": day.isoformat(), "value": number, "why": why, "by": by.label}
    former = [one for one in values.get(key, []) if one["from"] != entry["from"]]
    _change(row, "values", {**values, key: [*former, entry]})
    return row


def _part(row: Provider, name: str) -> dict[str, Any]:
    found: dict[str, Any] = (row.practices or {}).get(name, {})
    return found


def _change(row: Provider, name: str, part: dict[str, Any]) -> None:
    row.practices = {**(row.practices or {}), name: part}


def _tell(
    piece: Piece, words: str, row: Provider, *, by: Actor, at: datetime, origin: Origin | None
) -> None:
    record(
        "practices.piece",
        by=by,
        at=at,
        summary=f"« {piece.title} » (bonne pratique) {words}.",
        subject=("provider", row.id),
        details={"piece": piece.key},
        origin=origin,
    )
    touch_provider()
