"""Messages, for the office: what left, what waits, what failed."""

from flask import request

from admin_app.core.access import Pages, Permission
from admin_app.core.mail import MailState
from admin_app.core.pages import page_number, paginate, render
from admin_app.messages import queries

pages = Pages("messages", "office", "/messages")
STATES = [
    (MailState.SENT.value, "partis"),
    (MailState.WAITING.value, "en attente"),
    (MailState.FAILED.value, "non remis"),
]


@pages.get("/", allow=Permission.COHORTS_READ)
def index() -> str:
    """The messages, newest first."""
    text, state = request.args.get("q", ""), request.args.get("state", "")
    narrow = queries.messages(text=text, state=state) if text or state else None
    page = paginate(narrow if narrow is not None else queries.all_messages(), page_number())
    return render("messages/index.html", page=page, states=STATES, is_filtered=bool(text or state))
