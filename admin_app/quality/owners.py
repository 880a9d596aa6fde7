"""Who is in charge of something in a register: someone who signs in, or a name."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from admin_app.accounts.models import User, UserRole
from admin_app.accounts.queries import is_open
from admin_app.core.access import GRANTS, Permission
from admin_app.core.database import db
from admin_app.core.errors import Refused

OFFERED = 200
LARGEST_KEY = 2**31 - 1


class Owner(NamedTuple):
    """Who is in charge: the key of a user (None for someone who has no access) and the name."""

    id: int | None
    name: str


def choices(at: datetime) -> list[tuple[int, str]]:
    """Those who may read the registers and sign in at that UTC instant: key and name."""
    roles = [role.value for role, held in GRANTS.items() if Permission.QUALITY_READ in held]
    holding = select(UserRole.user_id).where(UserRole.role.in_(roles))
    rows = db.session.execute(
        select(User.id, User.name)
        .where(User.id.in_(holding), is_open(at))
        .order_by(User.search, User.id)
        .limit(OFFERED)
    )
    return [(key, name) for key, name in rows]


def chosen(user_id: int | None, name: str, at: datetime, *, prefix: str = "owner") -> Owner:
    """The user of that key, or else that name.

    Args:
        prefix: how the two fields of the form begin: `owner_id`, `owner_name`.

    Raises:
        Refused: neither is given, or no such user reads the registers.
    """
    name = " ".join(name.split())
    if not user_id:
        if not name:
            raise Refused("Choisissez une personne, ou écrivez son nom à côté.", f"{prefix}_id")
        if len(name) > 120:
            raise Refused("120 caractères au plus.", f"{prefix}_name")
        return Owner(None, name)
    user = db.session.get(User, user_id) if user_id <= LARGEST_KEY else None
    if user is None or not user.is_open_at(at) or Permission.QUALITY_READ not in user.permissions:
        raise Refused("Choisissez une personne qui lit les registres.", f"{prefix}_id")
    return Owner(user.id, user.name)
