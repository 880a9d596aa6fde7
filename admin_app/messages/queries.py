"""Reading messages: what was sent to whom, and what never left."""

from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import defer

from admin_app.core.database import db
from admin_app.core.mail import MailMessage, MailState
from admin_app.core.pages.listing import Prepared, prepared
from admin_app.core.search import holding


def messages(
    *, text: str = "", cohort_id: int | None = None, state: str = ""
) -> Select[MailMessage]:
    """Messages, newest first, filtered."""
    statement = select(MailMessage).order_by(MailMessage.id.desc())
    if cohort_id is not None:
        statement = statement.where(MailMessage.cohort_id == cohort_id)
    if state in {one.value for one in MailState}:
        statement = statement.where(MailMessage.state == state)
    if text.strip():
        searched = (MailMessage.to_name, MailMessage.to_email, MailMessage.subject)
        statement = statement.where(holding(text, *searched))
    return statement


@cache
def all_messages() -> Prepared:
    """All of them, newest first."""
    written = (MailMessage.text, MailMessage.html, MailMessage.attachments)
    return prepared(messages().options(*map(defer, written)))  # the list shows none of it


def message(message_id: int) -> MailMessage | None:
    """The message of that key."""
    return db.session.get(MailMessage, message_id)
