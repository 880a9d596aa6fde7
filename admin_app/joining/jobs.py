"""Sending to many: the worker writes to each, one transaction a trainee, and can start again."""

from datetime import datetime
from typing import Any

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import roster
from admin_app.core import clock, jobs
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.errors import Refused, refuse_if_any
from admin_app.core.formatting import plural
from admin_app.core.jobs import Job, Progress
from admin_app.joining import operations
from admin_app.joining.gathering import common
from admin_app.joining.queries import current_in

MANY = 8  # each takes about a third of a second: beyond, nobody should wait in front of a page


def send_to_all(cohort: Cohort, *, again: bool, by: Actor, at: datetime) -> tuple[int, Job | None]:
    """Send to those not sent yet, or to everyone when `again`; at once when they are few.

    Returns:
        How many were or will be written to, and the job that does it when they are many.

    Raises:
        Problems: mentions are missing for the first of them.
        Refused: there is nobody to write to, or the cohort is cancelled.
    """
    waiting = operations.to_send(cohort, again=again)
    if not waiting:
        raise Refused("Tous les stagiaires ont déjà reçu leur convocation.")
    if len(waiting) <= MANY:
        shared = common(cohort, at)
        for person in waiting:
            operations.send_instructions(cohort, person, by=by, at=at, shared=shared)
        return len(waiting), None
    refuse_if_any(operations.missing(cohort, waiting[0], at=at))
    return len(waiting), _start(cohort, again=again, count=len(waiting), by=by, at=at)


def _start(cohort: Cohort, *, again: bool, count: int, by: Actor, at: datetime) -> Job:
    return jobs.start(
        "send-joining-instructions",
        label=f"Envoi de {plural(count, 'convocation')}, session {cohort.reference}",
        by=by,
        at=at,
        back_url=f"/sessions/{cohort.id}/convocations",  # no request is needed to start
        cohort_id=cohort.id,
        # whoever was written to since then is done: a job that starts again skips them
        since=at.isoformat() if again else None,
        actor=[by.kind.value, by.label, by.id],
    )


@jobs.kind("send-joining-instructions")
def send(progress: Progress, *, cohort_id: int, since: str | None, actor: list[Any]) -> None:
    """Write to each trainee who was not yet, or not since that instant."""
    cohort = cohort_by_id(cohort_id)
    if cohort is None:
        return
    by, at = Actor(ActorKind(actor[0]), actor[1], actor[2]), clock.now()
    limit = datetime.fromisoformat(since) if since else None
    done = {
        key for key, row in current_in(cohort_id).items() if limit is None or row.sent_at >= limit
    }
    people = roster(cohort_id, active_only=True)
    progress.start(len(people))
    shared, refused = common(cohort, at), 0
    for rank, person in enumerate(people, start=1):
        if person.enrolment.id not in done:
            try:
                operations.send_instructions(cohort, person, by=by, at=clock.now(), shared=shared)
            except Refused:  # someone who left meanwhile; the page shows who was not written to
                refused += 1
        progress.advance(rank, person.trainee.name)
    if refused:
        raise Refused(f"{plural(refused, 'convocation')} n’ont pu partir : voyez la liste.")
