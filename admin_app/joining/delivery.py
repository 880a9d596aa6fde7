"""What becomes of the proof when joining instructions never left, or leave after all."""

from datetime import datetime

from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.mail import MailMessage
from admin_app.core.transaction import act
from admin_app.documents.packing import unpack
from admin_app.evidence import operations as evidence
from admin_app.joining.gathering import common, essentials
from admin_app.joining.models import JoiningInstructions
from admin_app.joining.queries import document_of
from admin_app.journal import operations as journal

TEMPLATE = "joining-instructions"


@act
def follow(message: MailMessage, *, left: bool, at: datetime) -> None:
    """Take the proof back when the message is given up; give it back when it leaves after all.

    Whoever opened them by their personal link was told, whatever became of the message. What was
    replaced since, or no longer says the days and the place, proves nothing when it leaves late.
    """
    row = db.session.scalar(
        select(JoiningInstructions).where(JoiningInstructions.message_id == message.id)
    )
    if row is None or row.opened_at is not None or (left and not _still_holds(row, message, at)):
        return
    source = ("joining-instructions", row.id)
    change = evidence.note_delivered if left else evidence.note_undelivered
    if not change(source, by=SYSTEM, at=at):
        return
    what = "remise après un nouvel envoi" if left else "non remise : elle ne prouve plus rien"
    journal.record(
        "joining.delivered" if left else "joining.undelivered",
        by=SYSTEM,
        at=at,
        summary=f"Convocation de {message.to_name} {what}.",
        subject=source,
        cohort_id=message.cohort_id,
        details={"message": message.id},
    )


def _still_holds(row: JoiningInstructions, message: MailMessage, at: datetime) -> bool:
    if row.superseded_at is not None or message.cohort_id is None:
        return False
    now = common(db.session.get_one(Cohort, message.cohort_id), at)
    told = unpack(document_of(row).data)["action"]
    return essentials(told) == essentials(now.data["action"])
