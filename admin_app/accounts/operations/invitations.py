"""Inviting someone by a personal link, which they use once to choose their password."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import current_app

from admin_app.accounts.models import User
from admin_app.accounts.operations.access import (
    NewAccount,
    change_account,
    create_user,
    enable,
    roles_said,
)
from admin_app.accounts.operations.signing_in import actor_of
from admin_app.accounts.operations.stamps import set_password
from admin_app.accounts.queries import user, user_of_email
from admin_app.core import clock, links, mail
from admin_app.core.access import Role
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.errors import Refused
from admin_app.core.links import PersonalLink, Purpose
from admin_app.core.transaction import act, locked
from admin_app.journal.operations import record

VALID_FOR = timedelta(days=7)


@act
def invite(
    account: NewAccount, *, by: Actor, at: datetime, origin: Origin | None = None
) -> PersonalLink:
    """Create an account without password, and send its owner a link to choose one.

    Args:
        account: who, and what they may do; its password is ignored.
        at: UTC instant; the link is valid for 7 days from then, and serves once.

    Raises:
        Refused: the address is wrong or taken already, or the roles do not hold together.
    """
    made = create_user(account, by=by, at=at, origin=origin)
    return _send(made, by=by, at=at, origin=origin)


@act
def invite_again(
    user: User, *, by: Actor, at: datetime, origin: Origin | None = None
) -> PersonalLink:
    """Send a new invitation; earlier links open nothing any more.

    Raises:
        Refused: this person has chosen a password already, or the account is disabled.
    """
    if user.password_hash:
        raise Refused("Cette personne a déjà choisi son mot de passe.")
    if not user.is_open_at(at):
        raise Refused("Cet accès est fermé : rouvrez-le d’abord.")
    links.revoke_all(("user", user.id), at)
    return _send(user, by=by, at=at, origin=origin)


@act
def invite_auditor(
    *,
    name: str,
    email: str,
    access_until: datetime,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
    why: Sequence[str] = (),
) -> User:
    """Give someone the reading room until a UTC instant; a known auditor is let in until then.

    Args:
        why: what the invitation says of it, a line each: which audit, which period, until when.

    Raises:
        Refused: the address is wrong, or its account is not an auditor's.
    """
    account = NewAccount(
        name=name,
        email=email,
        roles=frozenset({Role.AUDITOR}),
        access_until=clock.day_of(access_until - timedelta(seconds=1)),
    )
    known = user_of_email(email)
    if known is None:
        made = create_user(account, by=by, at=at, origin=origin)
        _send(made, by=by, at=at, origin=origin, why=why)
        return made
    if known.roles != account.roles:
        raise Refused("Cette adresse a déjà un accès, qui n’est pas celui d’un auditeur.", "email")
    if known.disabled_at is not None:
        enable(known, by=by, at=at, origin=origin)
    change_account(known, account, by=by, at=at, origin=origin)
    if known.password_hash:
        _tell_again(known, by=by, at=at, why=why)
    else:
        links.revoke_all(("user", known.id), at)
        _send(known, by=by, at=at, origin=origin, why=why)
    return known


@act
def accept(link: PersonalLink, password: str, *, at: datetime, origin: Origin) -> User:
    """Choose the first password, with the personal link of the invitation, which is then used up.

    Raises:
        Refused: the password is too weak, or the access was closed in the meantime.
    """
    links.use_up(link, at)
    invited = invited_by(link)
    if not invited.is_open_at(at):
        raise Refused("Cet accès a été fermé. Voyez avec la personne qui vous a invité(e).")
    set_password(invited, password, at)
    invited.last_sign_in_at = at
    record(
        "accounts.invitation-accepted",
        by=actor_of(invited),
        at=at,
        summary=f"{invited.name} a choisi son mot de passe et ouvert son accès.",
        subject=("user", invited.id),
        origin=origin,
    )
    return invited


def invited_by(link: PersonalLink) -> User:
    """The user whom that link is for.

    Raises:
        Refused: there is none any more.
    """
    found = user(link.subject_id)
    if found is None:
        raise Refused("Cet accès n’existe plus.")
    return locked(found)


def _tell_again(user: User, *, by: Actor, at: datetime, why: Sequence[str]) -> None:
    """To somebody who has a password already: what opens, and where to sign in."""
    mail.post(
        "access-again",
        to=(user.name, user.email),
        subject="Votre accès à Liasse",
        about=("user", user.id),
        at=at,
        url=str(current_app.config["PUBLIC_URL"]).rstrip("/") + "/connexion",
        invited_by=by.label,
        why=why,
    )


def _send(
    user: User, *, by: Actor, at: datetime, origin: Origin | None, why: Sequence[str] = ()
) -> PersonalLink:
    link = links.create(
        Purpose.INVITATION,
        actor_kind=ActorKind.USER,
        subject=("user", user.id),
        label=user.name,
        email=user.email,
        at=at,
        expires_at=at + VALID_FOR,
        single_use=True,
    )
    mail.post(
        "invitation",
        to=(user.name, user.email),
        subject="Votre accès à Liasse",
        about=("user", user.id),
        at=at,
        url=links.url(link, "/acces"),
        expires_at=link.expires_at,
        roles=roles_said(user.roles),
        invited_by=by.label,
        why=why,
    )
    record(
        "accounts.invited",
        by=by,
        at=at,
        summary=f"{user.name} est invité(e) : {roles_said(user.roles)}.",
        subject=("user", user.id),
        origin=origin,
    )
    return link
