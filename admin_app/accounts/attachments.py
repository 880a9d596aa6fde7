"""What an account is about besides its owner: a trainer's file, a client.

Those rooms stand above this one: they say here how their rows are found and named.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Flask, current_app

from admin_app.core.access import Role
from admin_app.core.errors import Refused


@dataclass(frozen=True, slots=True)
class Attachable:
    """A kind of row that accounts of a role are tied to.

    Args:
        role: whose accounts need one.
        field: the form field and the column without `_id`, for messages.
        word: what it is, in French, with its article.
        label: the row's name by key; None when there is no such row.
        options: the rows to offer first, as (key, name), at most that many.
        by_email: the keys of the rows that carry an e-mail address.
        by_name: the keys of the rows of that exact name.
    """

    role: Role
    field: str
    word: str
    label: Callable[[int], str | None]
    options: Callable[[int], Sequence[tuple[int, str]]]
    by_email: Callable[[str], Sequence[int]]
    by_name: Callable[[str], Sequence[int]]


def attach(app: Flask, one: Attachable) -> None:
    """Declare such rows (from a room's `init_room`)."""
    app.extensions.setdefault("liasse.attachables", {})[one.role] = one


def attachables() -> tuple[Attachable, ...]:
    """Everything that was declared."""
    return tuple(current_app.extensions.get("liasse.attachables", {}).values())


def attachable(role: Role) -> Attachable | None:
    """What accounts of that role are tied to, if anything."""
    found: Attachable | None = current_app.extensions.get("liasse.attachables", {}).get(role)
    return found


def written(one: Attachable, key: int | None) -> str:
    """How a row is shown in the field where it is chosen: « Claire Vasseur (n° 12) »."""
    name = one.label(key) if key else None
    return f"{name} (n° {key})" if name else ""


def resolve(one: Attachable, typed: str, email: str) -> int:
    """The row that was chosen: typed as it was offered, by name or address, or else the one that
    carries the account's own address.

    Raises:
        Refused: there is none, or several.
    """
    numbered = re.search(r"\(n° ?(\d{1,9})\)\s*$", typed)
    if numbered and one.label(int(numbered[1])):
        return int(numbered[1])
    text = typed.strip()
    named = text and "@" not in text
    found = one.by_name(text) if named else one.by_email((text or email).lower())
    if len(found) == 1:
        return found[0]
    raise Refused(_trouble(one, text, several=bool(found)), one.field)


def _trouble(one: Attachable, text: str, *, several: bool) -> str:
    if several:
        return f"Plusieurs fiches correspondent : choisissez {one.word} dans la liste."
    if text:
        return f"Aucune fiche ne correspond à « {text} ». Choisissez {one.word} dans la liste."
    return (
        f"Choisissez {one.word} dans la liste : aucune fiche ne porte cette adresse e-mail. "
        "Créez d’abord la fiche si elle n’existe pas."
    )
