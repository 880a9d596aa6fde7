"""Users with a password, for these tests."""

from functools import cache
from typing import Any

from admin_app.accounts.models import User
from admin_app.accounts.passwords import hash_password
from admin_app.core.access import Role
from tests.factories import UserFactory
from tests.factories.base import A_DAY

PASSWORD = "Sept chevaux verts boivent du lait tiède"
hashed = cache(hash_password)


def user_with_password(*roles: Role, **columns: Any) -> User:
    """Someone who can sign in with PASSWORD."""
    return UserFactory(
        roles=roles or (Role.OFFICE,),
        password_hash=hashed(PASSWORD),
        password_set_at=A_DAY,
        **columns,
    )
