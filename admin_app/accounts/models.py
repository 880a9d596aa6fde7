"""Rows of accounts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from flask_login import UserMixin
from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from admin_app.core import clock
from admin_app.core.access import Permission, Role, permissions_of
from admin_app.core.database import Row
from admin_app.core.search import Searchable


class Account(UserMixin):
    """What an account says of someone, read from its row or from a few columns of it."""

    if TYPE_CHECKING:  # of the row, columns; of a reader, fields
        id: Any
        stamp: Any
        access_until: Any
        disabled_at: Any
        role_names: Any

    @property
    def roles(self) -> frozenset[Role]:
        """What this person is, for the organisation."""
        return frozenset(map(Role, self.role_names))

    @property
    def permissions(self) -> frozenset[Permission]:
        """Everything that this person's roles allow."""
        return _permissions(self.role_names)

    @property
    def last_day(self) -> date | None:
        """The last day of access, for the organisation; None when it has no end."""
        if self.access_until is None:
            return None
        return clock.day_of(self.access_until - timedelta(seconds=1))

    @property
    def roles_label(self) -> str:
        """« administration, secrétariat », in the order of the house."""
        return ", ".join(role.label for role in Role if role in self.roles) or "aucun rôle"

    def is_open_at(self, instant: datetime) -> bool:
        """Whether this person may sign in at that UTC instant."""
        if self.disabled_at is not None:
            return False
        return self.access_until is None or instant < self.access_until

    def get_id(self) -> str:
        """What the signed-in session remembers: a changed stamp ends it."""
        return f"{self.id}:{self.stamp}"


class User(Searchable, Account, Row):
    """Someone who signs in. The stamp changes with the password: older sessions then end."""

    __tablename__ = "user"
    searched = ("name", "email")
    __table_args__ = (UniqueConstraint("email"),)

    email: Mapped[str] = mapped_column(String(254))
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    stamp: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    password_set_at: Mapped[datetime | None]
    last_sign_in_at: Mapped[datetime | None]
    access_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    trainer_id: Mapped[int | None] = mapped_column(ForeignKey("trainer.id"), index=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)

    role_rows: Mapped[list["UserRole"]] = relationship(
        lazy="selectin", cascade="all, delete-orphan"
    )

    @property
    def role_names(self) -> tuple[str, ...]:
        """The roles held, by their words."""
        return tuple(row.role for row in self.role_rows)


@dataclass(frozen=True, eq=False)
class Reader(Account):
    """Who is signed in, as every page needs to know it; `operations` take the row, a `User`."""

    id: int
    email: str
    name: str
    stamp: str
    password_set_at: datetime | None
    access_until: datetime | None
    disabled_at: datetime | None
    trainer_id: int | None
    client_id: int | None
    role_names: tuple[str, ...]


@cache  # a page asks dozens of times
def _permissions(names: tuple[str, ...]) -> frozenset[Permission]:
    return permissions_of(map(Role, names))


class UserRole(Row):
    """A role held by a user."""

    __tablename__ = "user_role"
    __table_args__ = (UniqueConstraint("user_id", "role"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(30))


class SignInAttempt(Row):
    """A failed sign-in, kept a short while to slow guessing down; holds no password."""

    __tablename__ = "sign_in_attempt"

    email_hash: Mapped[str] = mapped_column(String(64), index=True)
    ip: Mapped[str] = mapped_column(String(45), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
