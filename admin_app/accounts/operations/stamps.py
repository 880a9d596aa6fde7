"""The stamp that ties a session to a user, and what setting a password does."""

import secrets
from datetime import datetime

from admin_app.accounts.models import User
from admin_app.accounts.passwords import hash_password, weakness
from admin_app.accounts.throttle import forget_failures
from admin_app.core.errors import Refused


def new_stamp() -> str:
    """A fresh stamp: sessions that hold an older one have ended."""
    return secrets.token_hex(12)


def set_password(user: User, password: str, at: datetime, field: str = "password") -> None:
    """Give the user this password, within an act; their other sessions end.

    Raises:
        Refused: the password is too weak; `field` names the form field.
    """
    problem = weakness(password, email=user.email, name=user.name)
    if problem:
        raise Refused(problem, field)
    user.password_hash = hash_password(password)
    user.password_set_at = at
    user.stamp = new_stamp()
    forget_failures(user.email)
