"""Signing in and out."""

from datetime import datetime, timedelta

from admin_app.accounts import passwords, throttle
from admin_app.accounts.models import User
from admin_app.accounts.operations.stamps import new_stamp
from admin_app.accounts.queries import user_of_email
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.errors import Refused
from admin_app.core.formatting import plural
from admin_app.core.transaction import act
from admin_app.journal.operations import record

WRONG = "Adresse e-mail ou mot de passe incorrect."


class TooSoon(Refused):
    """Too many failures: the next try must wait."""


def actor_of(user: User) -> Actor:
    """The user as one who acts."""
    return Actor(ActorKind.USER, user.name, user.id)


def sign_in(email: str, password: str, *, at: datetime, origin: Origin) -> User:
    """The user whose address and password these are; the sign-in is written in the journal.

    The same work and the same answer, whether or not the address has an account.

    Args:
        at: UTC instant of the try; `origin`: where it comes from, for the throttle.

    Raises:
        TooSoon: too many failures from there or for that address; nothing was checked.
        Refused: wrong address or password, or the access is closed (told only to whoever knows
            the password).
    """
    wait = throttle.must_wait(email, origin.ip, at)
    if wait:
        raise TooSoon(f"Trop d’essais infructueux. Réessayez dans {_said(wait)}.")
    user = user_of_email(email)
    if not passwords.is_right(password, user.password_hash if user else "") or user is None:
        throttle.note_failure(email, origin.ip, at)
        raise Refused(WRONG)
    if not user.is_open_at(at):
        raise Refused("Cet accès est fermé. Voyez avec la personne qui administre les accès.")
    return _let_in(user, password, at=at, origin=origin)


@act
def _let_in(user: User, password: str, *, at: datetime, origin: Origin) -> User:
    user.last_sign_in_at = at
    if passwords.is_outdated(user.password_hash):
        user.password_hash = passwords.hash_password(password)
    throttle.forget_failures(user.email)
    record(
        "accounts.signed-in",
        by=actor_of(user),
        at=at,
        summary=f"{user.name} s’est connecté(e).",
        subject=("user", user.id),
        origin=origin,
    )
    return user


@act
def sign_out(user: User, *, at: datetime, origin: Origin) -> None:
    """Write in the journal that the user left; the page forgets the session."""
    record(
        "accounts.signed-out",
        by=actor_of(user),
        at=at,
        summary=f"{user.name} s’est déconnecté(e).",
        subject=("user", user.id),
        origin=origin,
    )


@act
def sign_out_everywhere(user: User, *, at: datetime, origin: Origin) -> None:
    """End every session of this user, on every device: the stamp that they hold is changed."""
    user.stamp = new_stamp()
    record(
        "accounts.sessions-ended",
        by=actor_of(user),
        at=at,
        summary=f"{user.name} a mis fin à toutes ses sessions ouvertes.",
        subject=("user", user.id),
        origin=origin,
    )


def _said(wait: timedelta) -> str:
    minutes = -(-int(wait.total_seconds()) // 60) or 1
    return plural(minutes, "minute") if minutes <= 60 else plural(-(-minutes // 60), "heure")
