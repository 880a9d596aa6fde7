"""Messages, for the office: what left, what waits, what failed."""

from flask import request
from werkzeug.wrappers import Response

from admin_app.core import clock, mail
from admin_app.core.access import Pages, Permission, current_actor
from admin_app.core.errors import Refused
from admin_app.core.mail import MailState
from admin_app.core.pages import download, go, or_404, page_number, paginate, render
from admin_app.core.storage import store
from admin_app.messages import operations, queries, views

pages = Pages("messages", "office", "/messages")
STATES = [
    (MailState.SENT.value, "partis"),
    (MailState.WAITING.value, "en attente"),
    (MailState.SENDING.value, "en cours d’envoi"),
    (MailState.KEPT.value, "gardés, non envoyés"),
    (MailState.FAILED.value, "non remis"),
]


@pages.get("/", allow=Permission.COHORTS_READ)
def index() -> str:
    """The messages, newest first."""
    text, state = request.args.get("q", ""), request.args.get("state", "")
    narrow = queries.messages(text=text, state=state) if text or state else None
    page = paginate(narrow if narrow is not None else queries.all_messages(), page_number())
    return render(
        "messages/index.html",
        page=page,
        states=STATES,
        is_filtered=bool(text or state),
        leaves=mail.leaves(),
        outbox=mail.outbox(),
    )


@pages.get("/<int:message_id>", allow=Permission.COHORTS_MANAGE)
def show(message_id: int) -> str:
    """One message: to whom, what it says, what goes with it, what became of it."""
    one = or_404(queries.message(message_id))
    return render(
        "messages/show.html",
        one=one,
        text=views.readable(one.text),
        leaves=mail.leaves(),
        outbox=mail.outbox(),
    )


@pages.get("/<int:message_id>/pieces/<int:rank>", allow=Permission.COHORTS_MANAGE)
def attachment(message_id: int, rank: int) -> Response:
    """A file that goes with a message, from 1."""
    one = or_404(queries.message(message_id))
    file = or_404(one.attachments[rank - 1] if 1 <= rank <= len(one.attachments) else None)
    return download(store.get(file["sha256"]), file["name"], file["kind"])


@pages.post("/<int:message_id>/renvoyer", allow=Permission.COHORTS_MANAGE)
def resend(message_id: int) -> Response:
    """Send again a message that was given up."""
    message = or_404(queries.message(message_id))
    try:
        operations.resend(message, by=current_actor(), at=clock.now())
        words = f"Message remis à l’envoi pour {message.to_name}."
    except Refused as refused:
        words = refused.message
    return go("messages_office.show", words, message_id=message_id)
