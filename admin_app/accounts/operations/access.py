"""Who has an account, and what it lets them do."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from admin_app.accounts.attachments import attachable
from admin_app.accounts.models import User, UserRole
from admin_app.accounts.operations.stamps import new_stamp, set_password
from admin_app.accounts.queries import has_administrator, user_of_email
from admin_app.core import clock, links
from admin_app.core.access import Role
from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.addresses import clean_email
from admin_app.core.database import db
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import day as day_words
from admin_app.core.formatting import of_name
from admin_app.core.transaction import act
from admin_app.journal.operations import record

ALONE = (Role.AUDITOR, Role.CLIENT)
LAST = (
    "C’est la dernière personne qui peut administrer : donnez d’abord ce rôle à quelqu’un d’autre, "
    "qui a choisi son mot de passe et dont l’accès n’a pas de fin."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """What an account is made of.

    `access_until` is the last day of access, that day included; None for no end. `trainer_id`
    and `client_id` are the files that the roles trainer and client are tied to.
    """

    name: str
    email: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    trainer_id: int | None = None
    client_id: int | None = None
    access_until: date | None = None


@act
def create_user(
    account: NewAccount,
    *,
    by: Actor,
    at: datetime,
    password: str = "",
    origin: Origin | None = None,
) -> User:
    """Create an account, with its password when it is known (command line, first run).

    Args:
        at: UTC instant of creation.
        password: empty when its owner will choose it by link.

    Raises:
        Refused: address wrong or taken, roles that do not hold together, weak password.
    """
    email = clean_email(account.email)
    refuse_if_any(_problems(account))
    if user_of_email(email) is not None:
        raise Refused("Cette adresse a déjà un accès.", "email")
    user = User(
        name=account.name.strip(), email=email, stamp=new_stamp(), created_at=at, password_hash=""
    )
    _apply(user, account)
    db.session.add(user)
    db.session.flush()
    if password:
        set_password(user, password, at)
    record(
        "accounts.created",
        by=by,
        at=at,
        summary=f"Accès créé pour {user.name} : {roles_said(account.roles)}.",
        subject=("user", user.id),
        origin=origin,
        details={"roles": sorted(role.value for role in account.roles)},
    )
    return user


@act
def change_account(
    user: User, account: NewAccount, *, by: Actor, at: datetime, origin: Origin | None = None
) -> User:
    """Change a person's name, roles, file or end of access; the address stays.

    Raises:
        Refused: roles that do not hold together, or nobody would be left to administer.
    """
    refuse_if_any(_problems(account))
    _keep_an_administrator(user, account, at)
    before = user.roles
    user.name = account.name.strip()
    _apply(user, account)
    record(
        "accounts.changed",
        by=by,
        at=at,
        summary=f"Accès {of_name(user.name)} modifié : {_change_said(before, account)}.",
        subject=("user", user.id),
        origin=origin,
        details={
            "before": sorted(role.value for role in before),
            "after": sorted(role.value for role in account.roles),
        },
    )
    return user


@act
def disable(user: User, *, by: Actor, at: datetime, origin: Origin | None = None) -> None:
    """Close an access at once: sessions end, links open nothing. What the person did stays.

    Raises:
        Refused: it is one's own, closed already, or the last one that can administer.
    """
    if by.kind is ActorKind.USER and by.id == user.id:
        raise Refused("Vous ne pouvez pas fermer votre propre accès.")
    if user.disabled_at is not None:
        raise Refused("Cet accès est déjà fermé.")
    if Role.ADMINISTRATOR in user.roles and not has_administrator(at, besides=user.id):
        raise Refused(LAST)
    user.disabled_at, user.stamp = at, new_stamp()
    links.revoke_all(("user", user.id), at)
    record(
        "accounts.disabled",
        by=by,
        at=at,
        summary=f"Accès {of_name(user.name)} fermé.",
        subject=("user", user.id),
        origin=origin,
    )


@act
def enable(user: User, *, by: Actor, at: datetime, origin: Origin | None = None) -> None:
    """Open a closed access again, with the same roles.

    Raises:
        Refused: it is not closed.
    """
    if user.disabled_at is None:
        raise Refused("Cet accès n’est pas fermé.")
    user.disabled_at = None
    record(
        "accounts.enabled",
        by=by,
        at=at,
        summary=f"Accès {of_name(user.name)} rouvert.",
        subject=("user", user.id),
        origin=origin,
    )


def roles_said(roles: Iterable[Role]) -> str:
    """« administration, secrétariat », in the order of the house."""
    held = set(roles)
    return ", ".join(role.label for role in Role if role in held) or "aucun rôle"


def _problems(account: NewAccount) -> list[Refused]:
    found = []
    if not account.name.strip():
        found.append(Refused("Indiquez le nom de la personne.", "name"))
    if not account.roles:
        found.append(Refused("Choisissez au moins un rôle.", "roles"))
    for role in ALONE:
        if role in account.roles and len(account.roles) > 1:
            found.append(
                Refused(f"Le rôle « {role.label} » ne se cumule avec aucun autre.", "roles")
            )
    if Role.AUDITOR in account.roles and account.access_until is None:
        found.append(Refused("Un accès d’audit a une fin : indiquez-la.", "access_until"))
    if account.access_until is not None and account.access_until < clock.today():
        found.append(Refused("Ce jour est passé.", "access_until"))
    return found + _missing_files(account)


def _missing_files(account: NewAccount) -> list[Refused]:
    found = []
    for role, key in ((Role.TRAINER, account.trainer_id), (Role.CLIENT, account.client_id)):
        kind = attachable(role)
        if kind is not None and role in account.roles and not (key and kind.label(key)):
            found.append(Refused(f"Choisissez {kind.word}.", kind.field))
    return found


def _apply(user: User, account: NewAccount) -> None:
    kept = {row.role: row for row in user.role_rows}
    user.role_rows = [
        kept.get(role.value) or UserRole(role=role.value) for role in sorted(account.roles)
    ]
    user.trainer_id = account.trainer_id if Role.TRAINER in account.roles else None
    user.client_id = account.client_id if Role.CLIENT in account.roles else None
    user.access_until = None
    if account.access_until is not None:
        user.access_until = clock.at(account.access_until + timedelta(days=1), time(0))


def _keep_an_administrator(user: User, account: NewAccount, at: datetime) -> None:
    stays = Role.ADMINISTRATOR in account.roles and account.access_until is None
    if Role.ADMINISTRATOR not in user.roles or stays:
        return
    if not has_administrator(at, besides=user.id):
        raise Refused(LAST, "roles" if account.access_until is None else "access_until")


def _change_said(before: frozenset[Role], account: NewAccount) -> str:
    words = roles_said(account.roles)
    if before != account.roles:
        words = f"{roles_said(before)} → {words}"
    if account.access_until is not None:
        words += f", jusqu’au {day_words(account.access_until)}"
    return words
