"""Who is signed in: the signed cookie names a user and a stamp; the row decides the rest.

A session ends by itself after `session_minutes` without a request (the cookie carries its time),
and at once when the stamp changes, the account is disabled, or its access comes to its end.
"""

from dataclasses import dataclass
from hmac import compare_digest
from typing import Any
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    request,
    session,
    url_for,
)
from flask_login import LoginManager, current_user
from sqlalchemy import Select, bindparam, func, null, select
from werkzeug.wrappers import Response as BaseResponse

from admin_app.accounts.models import Reader, User, UserRole
from admin_app.core import clock
from admin_app.core.database import db
from admin_app.core.security import SAFE

_ROLES = (
    select(func.aggregate_strings(UserRole.role, ","))
    .where(UserRole.user_id == User.id)
    .scalar_subquery()
)
# built once: every request of someone who is signed in runs it; in the order of `Reader`
_READER = select(
    User.id,
    User.email,
    User.name,
    User.stamp,
    User.password_set_at,
    User.access_until,
    User.disabled_at,
    User.trainer_id,
    User.client_id,
    _ROLES,
).where(User.id == bindparam("key"))
WITH_USER = "liasse.with_user"


@dataclass(frozen=True, slots=True)
class WithUser:
    """The row that is read with the user: its name in `g`, and the statement that reads both."""

    name: str
    statement: Select[Any]


def init_signed_in(app: Flask) -> None:
    """Set Flask-Login up."""
    manager = LoginManager(app)
    # no tie to the address or the browser: a trainer's phone changes network during the day
    manager.session_protection = None
    manager.user_loader(load_user)
    manager.unauthorized_handler(ask_to_sign_in)
    app.before_request(_slide)
    app.context_processor(_addresses)


def load_user(text: str) -> Reader | None:
    """The reader whom the session remembers, if the session still stands.

    Args:
        text: « id:stamp », as `User.get_id` gives it.
    """
    key, _, stamp = text.partition(":")
    if not key.isdecimal() or len(key) > 18:
        return None
    row = db.session.execute(_reader_and_house(), {"key": int(key)}).first()
    if row is None:
        return None
    *columns, names, house = row
    reader = Reader(*columns, role_names=tuple(sorted(names.split(","))) if names else ())
    if not compare_digest(reader.stamp, stamp) or not reader.is_open_at(clock.now()):
        return None
    if with_user := current_app.extensions.get(WITH_USER):
        setattr(g, with_user.name, house)
    return reader


def _reader_and_house() -> Select[Any]:
    house: WithUser | None = current_app.extensions.get(WITH_USER)
    return _READER.add_columns(null()) if house is None else house.statement


def read_with_user(app: Flask, name: str, entity: Any, condition: Any) -> None:
    """Have one more row read by the statement that reads the user, and kept in `g` by that name.

    Every page of someone who is signed in needs it: it costs no statement of its own.
    """
    statement = _READER.add_columns(entity).outerjoin(entity, condition)
    app.extensions[WITH_USER] = WithUser(name, statement)


def ask_to_sign_in() -> Response | BaseResponse:
    """Send a visitor to the sign-in page, and bring them back afterwards."""
    if request.method in SAFE:
        wanted = request.full_path.rstrip("?")
    else:
        wanted = urlsplit(request.referrer or "").path
        flash(
            "Votre session avait pris fin : ce que vous veniez d’envoyer n’a pas été enregistré. "
            "Connectez-vous, puis recommencez.",
            "warning",
        )
    address = url_for("accounts_public.sign_in", suite=safe_next(wanted) or None)
    if request.headers.get("HX-Request"):
        reply = make_response("", 401)
        reply.headers["HX-Redirect"] = address
        return reply
    return redirect(address, code=303)


def safe_next(wanted: str) -> str:
    """The address to go back to, when it is one of ours; else nothing."""
    parts = urlsplit(wanted.strip())
    ours = wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted
    printable = all(" " < letter < "\x7f" for letter in wanted)
    return wanted if ours and printable and not parts.scheme and not parts.netloc else ""


def _slide() -> None:
    """Have the cookie live `session_minutes` after the last request; signed anew once a minute."""
    if "_user_id" not in session:
        return
    minute = clock.signing_minute()
    if session.get("_minute") != minute:
        session["_minute"] = minute
        session.permanent = True


def _addresses() -> dict[str, Any]:
    if not current_user or not current_user.is_authenticated:
        return {"account_url": "", "sign_out_url": ""}
    return {
        "account_url": url_for("accounts_public.account"),
        "sign_out_url": url_for("accounts_public.sign_out"),
    }
