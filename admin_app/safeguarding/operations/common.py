"""What the acts on a report have in common. The journal says that, never what."""

from datetime import date, datetime

from admin_app.core.actor import Actor, ActorKind, Origin
from admin_app.core.checks import past_day
from admin_app.core.errors import Refused
from admin_app.core.formatting import day as day_words
from admin_app.core.transaction import touch_scope
from admin_app.journal.operations import record
from admin_app.safeguarding.models import Report
from admin_app.safeguarding.queries import is_reader

SUBJECT = "report"
LONG = 10_000


def noted(
    row: Report,
    action: str,
    words: str,
    *,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> None:
    """Write in the journal that something was done about a report.

    Neither its category nor its cohort is written: in a small group they would name someone.
    """
    record(
        f"safeguarding.{action}",
        by=by,
        at=at,
        subject=(SUBJECT, row.id),
        summary=f"Signalement {row.reference} : {words}",
        origin=origin,
    )
    touch_scope(SUBJECT, row.id)


def refuse_unless_reader(by: Actor, at: datetime) -> None:
    """Only those who are named keep the register.

    Raises:
        Refused: that person is not named.
    """
    if by.kind is not ActorKind.USER or not is_reader(by.id, at):
        raise Refused("Seules les personnes nommées tiennent ce registre.")


def refuse_if_closed(row: Report) -> None:
    """Nothing more is noted about a closed report.

    Raises:
        Refused: it is closed.
    """
    if row.closed_on is not None:
        raise Refused("Ce signalement est clos : rouvrez-le pour le compléter.")


def checked_day(on: date | None, row: Report, at: datetime, field: str) -> date:
    """The day of something done since the report was received.

    Raises:
        Refused: no day, one to come, or one before the reception.
    """
    too_early = f"C’est avant la réception, le {day_words(row.received_on)}."
    return past_day(on, at, field, since=row.received_on, too_early=too_early)
