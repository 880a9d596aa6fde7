"""Sending again what was given up."""

from datetime import datetime

from admin_app.core import mail
from admin_app.core.actor import Actor
from admin_app.core.errors import Refused
from admin_app.core.mail import MailMessage
from admin_app.core.transaction import act
from admin_app.journal import operations as journal


@act
def resend(message: MailMessage, *, by: Actor, at: datetime) -> None:
    """Send again a message that was given up, as it was written, to the same address.

    What its failure took back is proved again once it has left (`core.mail.follow`).

    Raises:
        Refused: it has left, or is still being tried.
    """
    if not mail.send_again(message.id):
        raise Refused("Ce message est déjà parti, ou son envoi est encore en cours.")
    journal.record(
        "messages.resent",
        by=by,
        at=at,
        summary=f"Message renvoyé à {message.to_name} : {message.subject}.",
        subject=("mail-message", message.id),
        cohort_id=message.cohort_id,
    )
