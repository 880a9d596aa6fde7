"""The post: a message is a row of the act that sends it, and leaves once the act is written.

Whoever sends it claims the row first, in a short transaction; the mail server is spoken to outside
any transaction, and what came of it is written in a second one. A worker that dies between the two
leaves a message that is sent again: better twice, then, than never.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import formataddr
from enum import StrEnum
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import structlog
from flask import Flask, current_app, render_template
from flask_mailman import EmailMultiAlternatives, Mail
from sqlalchemy import String, Text, or_, select, update
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core import clock
from admin_app.core.database import Row, db
from admin_app.core.jobs import add_task, enqueue
from admin_app.core.smtp import SmtpServer
from admin_app.core.storage import store
from admin_app.core.transaction import act, after_commit, locked

log = structlog.get_logger(__name__)
mailman = Mail()
# between two tries: a server that is down for a night, or a mailbox full for a day, harms nobody
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
TRIES = len(WAITS) + 1
LOST_AFTER = timedelta(minutes=5)  # the queue has had time enough
STUCK_AFTER = timedelta(minutes=15)  # no server keeps a worker waiting that long
FOLLOWERS = "liasse.mail_followers"


class MailState(StrEnum):
    """Where a message stands. Kept: no server is known, a file in `outbox/` holds it."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file that leaves with a message."""

    name: str
    sha256: str
    kind: str = "application/pdf"


class MailMessage(Row):
    """A message written to someone: what it said, about what, and when it left.

    `next_at`: not tried again before. `beat_at`: last handed to the queue, or claimed to be sent.
    `failed_at`: when it was given up; kept when it leaves after all.
    """

    __tablename__ = "mail_message"

    template: Mapped[str] = mapped_column(String(60))
    to_email: Mapped[str] = mapped_column(String(254))
    to_name: Mapped[str] = mapped_column(String(200))
    subject: Mapped[str] = mapped_column(String(300))
    text: Mapped[str] = mapped_column(Text)
    html: Mapped[str] = mapped_column(Text)
    attachments: Mapped[list[dict[str, Any]]]
    about_kind: Mapped[str] = mapped_column(String(40), index=True)
    about_id: Mapped[int] = mapped_column(index=True)
    cohort_id: Mapped[int | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(20), default=MailState.WAITING.value, index=True)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    next_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    problem: Mapped[str] = mapped_column(String(300), default="")


class Follower(Protocol):
    """What a room does when a message of its own is given up, or leaves after that."""

    def __call__(self, message: MailMessage, *, left: bool, at: datetime) -> None:
        """Follow, within the transaction that writes it."""


def follow(app: Flask, template: str, follower: Follower) -> None:
    """Have this called when a message of that template is given up, or leaves after that."""
    app.extensions.setdefault(FOLLOWERS, {})[template] = follower


def post(
    template: str,
    *,
    to: tuple[str, str],
    subject: str,
    about: tuple[str, int],
    at: datetime,
    cohort_id: int | None = None,
    attachments: tuple[Attachment, ...] = (),
    **context: Any,
) -> MailMessage:
    """Write a message within the act; it leaves once the act is committed.

    Args:
        template: name under `templates/mail/`, with a `.txt` and a `.html` file.
        to: name and address.
        about: kind and key of what it is about (`enrolment` 12…).
    """
    context |= {"subject": subject, "to_name": to[0]}
    message = MailMessage(
        template=template,
        to_name=to[0],
        to_email=to[1],
        subject=subject,
        text=render_template(f"mail/{template}.txt", **context),
        html=render_template(f"mail/{template}.html", **context),
        attachments=[
            {"name": one.name, "sha256": one.sha256, "kind": one.kind} for one in attachments
        ],
        about_kind=about[0],
        about_id=about[1],
        cohort_id=cohort_id,
        created_at=at,
        state=MailState.WAITING.value,
        tries=0,
        beat_at=clock.now(),
        problem="",
    )
    db.session.add(message)
    db.session.flush()
    message_id = message.id
    after_commit(lambda: enqueue("deliver", message_id))
    return message


def init_mail(app: Flask) -> None:
    """Set the post up: SMTP when it is configured, else one file a message in `outbox/`."""
    settings = app.config["SETTINGS"]
    app.config.update(_server(settings.smtp_url))
    if not settings.smtp_url:
        folder = settings.instance / "outbox"
        folder.mkdir(parents=True, exist_ok=True)
        app.config.setdefault("MAIL_BACKEND", "file")
        app.config.setdefault("MAIL_FILE_PATH", str(folder))
    mailman.init_app(app)
    add_task(app, "deliver", deliver)
    app.extensions["liasse.sweeps"]["deliver"] = _lost_messages
    app.extensions.setdefault(FOLLOWERS, {})


def _server(url: str) -> dict[str, Any]:
    if not url:
        return {}
    parts = urlsplit(url)
    return {
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": parts.hostname,
        "MAIL_PORT": parts.port or {"smtps": 465, "smtp+starttls": 587}.get(parts.scheme, 25),
        "MAIL_USERNAME": unquote(parts.username or "") or None,
        "MAIL_PASSWORD": unquote(parts.password or "") or None,
        "MAIL_USE_SSL": parts.scheme == "smtps",
        "MAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "MAIL_TIMEOUT": 20,
    }


def deliver(message_id: int) -> None:
    """Send a waiting message (the worker does); a failure is written and tried again later."""
    message = _claimed(message_id)
    if message is None:
        return  # someone else sends it, it has left, or its time has not come
    claimed_at, problem, is_kept = message.beat_at, "", not leaves()
    try:
        _send(message)
    except Exception as error:  # the network and its many faults; the row keeps the reason
        problem = f"{type(error).__name__} : {error}"[:300]
        log.warning("mail.failed", message=message_id, error=type(error).__name__)
    try:
        _write_outcome(message_id, claimed_at, problem, tell=True, is_kept=is_kept)
    except Exception as error:  # the message has left or not, whatever those who follow it do
        log.exception("mail.follower", message=message_id, error=type(error).__name__)
        _write_outcome(message_id, claimed_at, problem, tell=False, is_kept=is_kept)


@act
def send_again(message_id: int) -> bool:
    """Try again, from the start, a message given up, or kept for want of a server; whether there
    was one."""
    states = (MailState.FAILED.value, MailState.KEPT.value)
    taken = db.session.execute(
        update(MailMessage)
        .where(MailMessage.id == message_id, MailMessage.state.in_(states))
        .values(state=MailState.WAITING.value, tries=0, next_at=None, beat_at=clock.now())
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return False
    after_commit(lambda: enqueue("deliver", message_id))
    return True


@act
def _claimed(message_id: int) -> MailMessage | None:
    """The message, ours to send; None when it is not to be sent now, or by us."""
    now = clock.now()
    taken = db.session.execute(
        update(MailMessage)
        .where(
            MailMessage.id == message_id,
            MailMessage.state == MailState.WAITING.value,
            or_(MailMessage.next_at.is_(None), MailMessage.next_at <= now),
        )
        .values(state=MailState.SENDING.value, beat_at=now, tries=MailMessage.tries + 1)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        return None
    return db.session.get_one(MailMessage, message_id, populate_existing=True)


@act
def _write_outcome(
    message_id: int, claimed_at: datetime | None, problem: str, *, tell: bool, is_kept: bool
) -> None:
    message = locked(db.session.get_one(MailMessage, message_id))
    is_ours = message.state == MailState.SENDING and message.beat_at == claimed_at
    if message.state == MailState.SENT or (problem and not is_ours):
        return  # we were thought dead, and another took over: what it saw is later
    now, message.problem = clock.now(), problem
    if not problem and is_kept:
        message.state, message.next_at = MailState.KEPT.value, None
    elif not problem:
        message.state, message.sent_at, message.next_at = MailState.SENT.value, now, None
    elif message.tries < TRIES:
        message.state, message.beat_at = MailState.WAITING.value, None
        message.next_at = now + WAITS[message.tries - 1]
        return
    else:
        message.state, message.failed_at, message.next_at = MailState.FAILED.value, now, None
    follower: Follower | None = current_app.extensions[FOLLOWERS].get(message.template)
    if tell and follower is not None and message.failed_at is not None:
        follower(message, left=not problem, at=now)


def _send(message: MailMessage) -> None:
    sender = current_app.config["MAIL_SENDER"]()
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        sender,
        [formataddr((message.to_name, message.to_email))],
        connection=_chosen_server(),
    )
    mail.attach_alternative(message.html, "text/html")
    for one in message.attachments:
        mail.attach(one["name"], store.get(one["sha256"]), one["kind"])
    mail.send()


def leaves() -> bool:
    """Whether messages leave: else each is kept as a file of the `outbox` of the instance."""
    return current_app.extensions["mailman"].backend != "file" or _chosen_server() is not None


def outbox() -> str:
    """The folder where messages are kept when no server is known."""
    return str(current_app.config["SETTINGS"].instance / "outbox")


def _chosen_server() -> Any:
    """The server that the office set from a page, unless the settings name one; else None."""
    if current_app.config["SETTINGS"].smtp_url:
        return None
    chosen: SmtpServer | None = current_app.extensions.get("liasse.mail_server", lambda: None)()
    return chosen.connection() if chosen else None


@act
def _lost_messages() -> list[int]:
    """Messages whose time has come, and that nobody holds; they are handed to the queue once."""
    now = clock.now()
    db.session.execute(
        update(MailMessage)
        .where(
            MailMessage.state == MailState.SENDING.value, MailMessage.beat_at < now - STUCK_AFTER
        )
        .values(state=MailState.WAITING.value, beat_at=None)
    )
    waiting = select(MailMessage.id).where(
        MailMessage.state == MailState.WAITING.value,
        or_(MailMessage.next_at.is_(None), MailMessage.next_at <= now),
        or_(MailMessage.beat_at.is_(None), MailMessage.beat_at < now - LOST_AFTER),
    )
    keys = list(db.session.scalars(waiting.order_by(MailMessage.id).limit(200)))
    db.session.execute(update(MailMessage).where(MailMessage.id.in_(keys)).values(beat_at=now))
    return keys
