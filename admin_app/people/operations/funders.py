"""What funders are asked, and what they say."""

from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from admin_app.core import clock, mail
from admin_app.core.actor import Actor
from admin_app.core.checks import chosen, gathered, limited, needed, past_day
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import day
from admin_app.core.transaction import act
from admin_app.evidence import operations as evidence
from admin_app.journal.operations import record
from admin_app.people.models import Client, ClientContact, FunderFeedback
from admin_app.people.operations.removal import mark_removed
from admin_app.people.words import ASKED_HOW, FUNDER_OUTCOMES

PIECE, SCOPE = "funder-feedback", "funder"
YEAR = timedelta(days=365)
MOST_ASKED = 2  # asked, then reminded


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackDetails:
    """What was asked or said: `outcome` is a key of `FUNDER_OUTCOMES`, `how` of `ASKED_HOW`."""

    outcome: str
    happened_on: date | None
    how: str
    words: str = ""


@act
def note_feedback(
    funder: Client, details: FeedbackDetails, *, by: Actor, at: datetime
) -> FunderFeedback:
    """Keep what was asked of a funder, what it said, or that it did not answer.

    What it said, or its silence after a reminder, is the evidence `funder-feedback`
    (requirement `stakeholder-feedback`).

    Raises:
        Problems: a day to come, nothing said, or a silence that no reminder precedes.
    """
    with gathered() as attempt:
        attempt(lambda: chosen(details.outcome, FUNDER_OUTCOMES, "outcome"))
        on = attempt(lambda: past_day(details.happened_on, at, "happened_on"))
        attempt(lambda: chosen(details.how, ASKED_HOW, "how"))
        said = attempt(lambda: _said(details))
        attempt(lambda: _check_silence(funder, details, on))
    row = FunderFeedback(
        client_id=funder.id,
        **asdict(replace(details, happened_on=on, words=said)),
        recorded_at=at,
        recorded_by=by.label,
    )
    db.session.add(row)
    db.session.flush()
    if row.outcome != "asked":
        _prove(funder, row, by=by, at=at)
    _told(funder, row.outcome, f"appréciation {FUNDER_OUTCOMES[row.outcome]}", by=by, at=at)
    return row


@act
def ask_funder(
    funder: Client, contact: ClientContact, message: str, *, by: Actor, at: datetime
) -> FunderFeedback:
    """Ask a funder by mail what it thinks of our trainings.

    Raises:
        Refused: the message says nothing, or too much.
    """
    text = needed(message, "Écrivez votre message.", "message", 3_000)
    mail.post(
        "funder-feedback",
        to=(contact.name, contact.email),
        subject="Votre appréciation de nos formations",
        about=("client", funder.id),
        at=at,
        message=text,
    )
    words = f"Message envoyé à {contact.name}."
    details = FeedbackDetails(
        outcome="asked", happened_on=clock.day_of(at), how="mail", words=words
    )
    return note_feedback(funder, details, by=by, at=at)


@act
def set_feedback_aside(
    funder: Client, row: FunderFeedback, why: str, *, by: Actor, at: datetime
) -> FunderFeedback:
    """Set it aside (entered by mistake); it stays readable, its evidence is withdrawn.

    Raises:
        Refused: no reason is given, or it is set aside already.
    """
    mark_removed(row, why, by=by, at=at)
    evidence.withdraw_from((PIECE, row.id), why=row.removed_why, by=by, at=at)
    _told(funder, "set-aside", f"note du {day(row.happened_on)} écartée", by=by, at=at)
    return row


def _said(details: FeedbackDetails) -> str:
    if details.outcome == "obtained":
        return needed(details.words, "Écrivez ce que dit le financeur.", "words")
    return limited(details.words, "words")


def _check_silence(funder: Client, details: FeedbackDetails, on: date | None) -> None:
    if details.outcome != "tried" or on is None:
        return
    asked = db.session.scalar(
        select(func.count(FunderFeedback.id)).where(
            FunderFeedback.client_id == funder.id,
            FunderFeedback.outcome == "asked",
            FunderFeedback.removed_at.is_(None),
            FunderFeedback.happened_on.between(on - YEAR, on),
        )
    )
    if (asked or 0) < MOST_ASKED:
        raise Refused(
            "Notez d’abord la demande et la relance : un silence ne compte qu’ensuite.", "outcome"
        )


def _prove(funder: Client, row: FunderFeedback, *, by: Actor, at: datetime) -> None:
    evidence.record(
        PIECE,
        scope=(SCOPE, funder.id),
        label=f"{funder.name} – appréciation {FUNDER_OUTCOMES[row.outcome]}",
        occurred_on=row.happened_on,
        by=by,
        at=at,
        source=(PIECE, row.id),
        facts={"how": row.how, "words": row.words},
        outcome=row.outcome,
    )


def _told(funder: Client, action: str, words: str, *, by: Actor, at: datetime) -> None:
    record(
        f"people.funder-{action}",
        by=by,
        at=at,
        subject=("client", funder.id),
        summary=f"{funder.name} – {words}.",
    )
