"""What shows that a remote trainee really followed: work done and exchanges, not connections."""

from datetime import datetime

from sqlalchemy import select

from admin_app.attendance.models import RemoteFollowUp
from admin_app.attendance.operations.common import needed
from admin_app.cohorts.models import Cohort, Enrolment, HalfDay
from admin_app.core import clock
from admin_app.core.actor import Actor, Origin
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.core.formatting import of_name
from admin_app.core.transaction import act, locked
from admin_app.evidence import operations as evidence
from admin_app.journal import operations as journal
from admin_app.people.models import Trainee

PIECE = "remote-follow-up"


@act
def record_remote_follow_up(
    enrolment: Enrolment,
    *,
    activities: str,
    exchanges: str,
    by: Actor,
    at: datetime,
    origin: Origin | None = None,
) -> RemoteFollowUp:
    """Note how a trainee followed the remote half-days (D. 6313-3-1).

    Noted again in better words, it replaces what was written; the same again changes nothing.

    Args:
        activities: the work handed in or done, with its days.
        exchanges: what was said with the trainer, and when (messages, calls, corrections).

    Raises:
        Problems: nothing is remote in this cohort, or one of the two is empty.
    """
    cohort = db.session.get_one(Cohort, enrolment.cohort_id)
    trainee = db.session.get_one(Trainee, enrolment.trainee_id)
    _refuse_unless_remote(cohort)
    said = _both(activities, exchanges)
    found = db.session.scalar(
        select(RemoteFollowUp).where(RemoteFollowUp.enrolment_id == enrolment.id)
    )
    if found is not None and (found.activities, found.exchanges) == said:
        return found
    if found is None:
        found = RemoteFollowUp(enrolment_id=enrolment.id)
        db.session.add(found)
    else:
        locked(found)
    found.activities, found.exchanges = said
    found.recorded_at, found.recorded_by = at, by.label
    db.session.flush()
    scope = ("enrolment", enrolment.id)
    evidence.withdraw_all(PIECE, scope=scope, why="Suivi précisé.", by=by, at=at)
    evidence.record(
        PIECE,
        scope=scope,
        label=f"Suivi à distance {of_name(trainee.name)}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("remote-follow-up", found.id),
        facts={"activities": found.activities, "exchanges": found.exchanges},
        cohort_id=cohort.id,
    )
    journal.record(
        "attendance.remote-follow-up",
        by=by,
        at=at,
        summary=f"Session {cohort.reference} : suivi à distance {of_name(trainee.name)} consigné.",
        subject=scope,
        cohort_id=cohort.id,
        origin=origin,
    )
    return found


def _refuse_unless_remote(cohort: Cohort) -> None:
    remote = select(HalfDay.id).where(
        HalfDay.cohort_id == cohort.id, HalfDay.is_remote, HalfDay.cancelled_at.is_(None)
    )
    if db.session.scalar(remote.limit(1)) is None:
        raise Refused("Aucune demi-journée de cette session n’est à distance.")


def _both(activities: str, exchanges: str) -> tuple[str, str]:
    """The two texts; what is wrong in both is said together."""
    found, problems = [], []
    for text, field, message in (
        (activities, "activities", "Dites quel travail a été fait ou rendu, et quand."),
        (exchanges, "exchanges", "Dites quels échanges ont eu lieu, et quand."),
    ):
        try:
            found.append(needed(text, message, field, 1000))
        except Refused as refused:
            problems.append(refused)
    if problems:
        raise Problems(problems)
    return found[0], found[1]
