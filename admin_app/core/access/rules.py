"""What a page declares about who may open it."""

from dataclasses import dataclass
from enum import StrEnum

from admin_app.core.access.permissions import Permission
from admin_app.core.links import Purpose


class Open(StrEnum):
    """Pages without a permission of their own."""

    PUBLIC = "public"
    SIGNED_IN = "signed-in"


@dataclass(frozen=True, slots=True)
class Linked:
    """Opened by a personal link made for one of these purposes."""

    purposes: frozenset[Purpose]


Access = Permission | Open | Linked
PUBLIC = Open.PUBLIC
SIGNED_IN = Open.SIGNED_IN


def linked(*purposes: Purpose) -> Linked:
    """Only for the holder of a personal link made for that."""
    return Linked(frozenset(purposes))
