"""A forgotten password, replaced by a link; a known one, changed."""

from datetime import datetime, timedelta

from flask import Flask

from admin_app.accounts import throttle
from admin_app.accounts.models import User
from admin_app.accounts.operations.invitations import invited_by
from admin_app.accounts.operations.signing_in import TooSoon, actor_of
from admin_app.accounts.operations.stamps import set_password
from admin_app.accounts.passwords import is_right
from admin_app.accounts.queries import user_of_email
from admin_app.core import clock, links, mail
from admin_app.core.actor import ActorKind, Origin
from admin_app.core.errors import Refused
from admin_app.core.jobs import add_task, enqueue
from admin_app.core.links import PersonalLink, Purpose
from admin_app.core.transaction import act, after_commit
from admin_app.journal.operations import record

VALID_FOR = timedelta(hours=1)
NOT_BEFORE = timedelta(minutes=2)


def init_reset(app: Flask) -> None:
    """Declare the task that answers a forgotten password."""
    add_task(app, "reset_password", send_reset)


@act
def ask_reset(email: str) -> None:
    """Note that someone has forgotten the password of that address.

    The worker looks the account up, so that the answer takes the same time, and says the same,
    whether or not there is one.
    """
    after_commit(lambda: enqueue("reset_password", email))


@act
def send_reset(email: str) -> None:
    """Send a link to choose a new password, if that address has an open account."""
    at = clock.now()
    user = user_of_email(email)
    if user is None or not user.is_open_at(at):
        return
    earlier = links.current(Purpose.PASSWORD_RESET, ("user", user.id), at)
    if earlier is not None and earlier.created_at > at - NOT_BEFORE:
        return  # asked twice in a row: the first message is on its way
    _revoke_resets(user, at)
    link = links.create(
        Purpose.PASSWORD_RESET,
        actor_kind=ActorKind.USER,
        subject=("user", user.id),
        label=user.name,
        email=user.email,
        at=at,
        expires_at=at + VALID_FOR,
        single_use=True,
    )
    mail.post(
        "password-reset",
        to=(user.name, user.email),
        subject="Choisir un nouveau mot de passe",
        about=("user", user.id),
        at=at,
        url=links.url(link, "/mot-de-passe"),
        expires_at=link.expires_at,
    )


@act
def reset(link: PersonalLink, password: str, *, at: datetime, origin: Origin) -> User:
    """Choose a new password with the link that was asked for; every session of the user ends.

    Raises:
        Refused: the password is too weak, or the access is closed.
    """
    links.use_up(link, at)
    user = invited_by(link)
    if not user.is_open_at(at):
        raise Refused("Cet accès est fermé. Voyez avec la personne qui administre les accès.")
    set_password(user, password, at)
    _revoke_resets(user, at)
    record(
        "accounts.password-reset",
        by=actor_of(user),
        at=at,
        summary=f"{user.name} a choisi un nouveau mot de passe par lien.",
        subject=("user", user.id),
        origin=origin,
    )
    return user


def change_password(user: User, present: str, new: str, *, at: datetime, origin: Origin) -> User:
    """Change one's password, knowing the present one; the other sessions end.

    Raises:
        Refused: the present password is wrong, or the new one too weak or the same.
        TooSoon: the present password was wrong too often.
    """
    if throttle.must_wait(user.email, origin.ip, at):
        raise TooSoon("Trop d’essais infructueux. Réessayez plus tard.", "present")
    if not is_right(present, user.password_hash):
        throttle.note_failure(user.email, origin.ip, at)
        raise Refused("Ce n’est pas votre mot de passe actuel.", "present")
    if new == present:
        raise Refused("C’est le même que l’actuel.", "password")
    return _changed(user, new, at=at, origin=origin)


@act
def _changed(user: User, new: str, *, at: datetime, origin: Origin) -> User:
    set_password(user, new, at)
    _revoke_resets(user, at)
    record(
        "accounts.password-changed",
        by=actor_of(user),
        at=at,
        summary=f"{user.name} a changé son mot de passe.",
        subject=("user", user.id),
        origin=origin,
    )
    return user


def _revoke_resets(user: User, at: datetime) -> None:
    links.revoke_all(("user", user.id), at)
