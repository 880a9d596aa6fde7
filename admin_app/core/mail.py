"""The post: a message is a row of the act that sends it, and leaves once the act is written."""

from dataclasses import dataclass
from datetime import datetime
from email.utils import formataddr
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from flask import Flask, current_app, render_template
from flask_mailman import EmailMultiAlternatives, Mail
from sqlalchemy import String, Text, select
from sqlalchemy.orm import Mapped, mapped_column

from admin_app.core import clock
from admin_app.core.database import Row, db
from admin_app.core.jobs import add_task, enqueue
from admin_app.core.smtp import SmtpServer
from admin_app.core.storage import store
from admin_app.core.transaction import after_commit, transaction

log = structlog.get_logger(__name__)
mailman = Mail()
TRIES = 5


class MailState(StrEnum):
    """Where a message stands."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file that leaves with a message."""

    name: str
    sha256: str
    kind: str = "application/pdf"


class MailMessage(Row):
    """A message written to someone: what it said, about what, and when it left."""

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
    problem: Mapped[str] = mapped_column(String(300), default="")


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
    message = db.session.get(MailMessage, message_id, populate_existing=True)
    if message is None or message.state != MailState.WAITING:
        return
    with transaction():
        message.tries += 1
        try:
            _send(message)
        except Exception as error:  # the network and its many faults; the row keeps the reason
            message.problem = f"{type(error).__name__} : {error}"[:300]
            if message.tries >= TRIES:
                message.state = MailState.FAILED.value
            log.warning("mail.failed", message=message_id, error=type(error).__name__)
        else:
            message.state, message.sent_at = MailState.SENT.value, clock.now()


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


def _chosen_server() -> Any:
    """The server that the office set from a page, unless the settings name one; else None."""
    if current_app.config["SETTINGS"].smtp_url:
        return None
    chosen: SmtpServer | None = current_app.extensions.get("liasse.mail_server", lambda: None)()
    return chosen.connection() if chosen else None


def _lost_messages() -> list[int]:
    waiting = select(MailMessage.id).where(MailMessage.state == MailState.WAITING.value)
    return list(db.session.scalars(waiting.limit(200)))
