"""What is read of accounts."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app
from sqlalchemy import ColumnElement, and_, false, or_, select

from admin_app.accounts.models import Account, User, UserRole
from admin_app.core.access import Permission, Role
from admin_app.core.database import db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching

HOMES: tuple[tuple[Permission, tuple[str, ...]], ...] = (
    (Permission.COHORTS_READ, ("spaces_office.today",)),
    (Permission.TRAINER_SPACE, ("attendance_trainer.index", "spaces_trainer.index")),
    (Permission.AUDIT_READ, ("audits_auditor.index", "spaces_auditor.index")),
    (Permission.CLIENT_SPACE, ("spaces_client.index", "agreements_client.index")),
)
STATES = {
    "open": "ouverts",
    "invited": "invités, sans réponse",
    "closed": "fermés",
}


def home_endpoint(user: Account) -> str:
    """The page where this person's day begins: the office, the trainer's day, the reading room…"""
    for permission, endpoints in HOMES:
        for endpoint in endpoints:
            if permission in user.permissions and endpoint in current_app.view_functions:
                return endpoint
    return "accounts_public.account"


def user(key: int) -> User | None:
    """The user of that key."""
    return db.session.get(User, key)


def user_of_email(email: str) -> User | None:
    """The user of that address, whatever its capitals."""
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def users_of_client(client_id: int) -> Sequence[User]:
    """Who may sign in for that client, oldest first."""
    return db.session.scalars(
        select(User).where(User.client_id == client_id).order_by(User.id)
    ).all()


def user_of_trainer(trainer_id: int) -> User | None:
    """The account of that trainer, if they have one."""
    return db.session.scalar(select(User).where(User.trainer_id == trainer_id).order_by(User.id))


def has_administrator(at: datetime, *, besides: int | None = None) -> bool:
    """Whether someone (else than that user) can administer: has the role, a password, an open
    access without end. Their rows are locked until the act is over."""
    statement = (
        select(User.id)
        .join(UserRole, UserRole.user_id == User.id)
        .where(
            UserRole.role == Role.ADMINISTRATOR.value,
            User.password_hash != "",
            User.disabled_at.is_(None),
            User.access_until.is_(None),
        )
        .with_for_update(of=User)
    )
    return any(key != besides for key in db.session.scalars(statement).all())


def accounts(
    number: int, at: datetime, *, text: str = "", role: str = "", state: str = ""
) -> Page[User]:
    """A page of accounts by name; filtered by words of the name or address, role and state."""
    statement = matching(select(User).order_by(User.search, User.id), text, User.search)
    if role:
        held = select(UserRole.user_id).where(UserRole.role == role)
        statement = statement.where(User.id.in_(held))
    if state:
        statement = statement.where(_in_state(state, at))
    return paginate(statement, number)


def is_open(at: datetime) -> ColumnElement[bool]:
    """The condition « may sign in at that UTC instant »."""
    return and_(
        User.disabled_at.is_(None), or_(User.access_until.is_(None), User.access_until > at)
    )


def state_of(user: User, at: datetime) -> str:
    """« open », « invited » or « closed » at that UTC instant."""
    if not user.is_open_at(at):
        return "closed"
    return "open" if user.password_hash else "invited"


def _in_state(state: str, at: datetime) -> ColumnElement[bool]:
    conditions = {
        "open": and_(is_open(at), User.password_hash != ""),
        "invited": and_(is_open(at), User.password_hash == ""),
        "closed": ~is_open(at),
    }
    return conditions.get(state, false())
