"""Asking each trainee for their needs and starting point, before the first day."""

from datetime import datetime, timedelta
from typing import Any

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import roster
from admin_app.cohorts.queries.roster import Enrolled
from admin_app.core import clock, links, mail
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import of_name
from admin_app.core.links import Purpose
from admin_app.core.transaction import act, act_beside, locked
from admin_app.evidence.operations import record as prove
from admin_app.journal.operations import record
from admin_app.needs.models import Positioning
from admin_app.needs.queries.positioning import of_cohort, of_enrolment, questionnaire_of

OPEN_DAYS_AFTER_END = 30


@act
def send_positionings(cohort: Cohort, *, by: Actor, at: datetime) -> int:
    """Send the questionnaire to all the trainees who have not had it; how many were written to.

    Raises:
        Refused: nobody is enrolled.
    """
    people = roster(cohort.id, active_only=True)
    if not people:
        raise Refused("Personne n’est inscrit à cette session pour l’instant.")
    known = of_cohort(cohort.id)
    waiting = [one for one in people if one.enrolment.id not in known]
    for one in waiting:
        send_positioning(cohort, one, by=by, at=at)
    return len(waiting)


@act
def send_positioning(cohort: Cohort, person: Enrolled, *, by: Actor, at: datetime) -> Positioning:
    """Send the questionnaire to one trainee, or send it again: the link stays the same.

    Raises:
        Refused: this trainee has left, or has answered.
    """
    enrolment, trainee = person.enrolment, person.trainee
    if enrolment.departure:
        raise Refused(f"{trainee.name} ne participe plus à cette session.")
    row = of_enrolment(enrolment.id)
    if row is not None and row.answered_at is not None:
        raise Refused(f"{trainee.name} a déjà répondu.")
    is_reminder = row is not None and locked(row).sent_at is not None
    if row is None:
        row = Positioning(enrolment_id=enrolment.id, reminders=0, answers={})
        db.session.add(row)
    if is_reminder:
        row.reminders, row.reminded_at = row.reminders + 1, at
    else:
        row.sent_at = at
    db.session.flush()
    _write_to(cohort, person, at, is_reminder=is_reminder)
    said = "rappelé" if is_reminder else "envoyé"
    record(
        "needs.positioning-sent",
        by=by,
        at=at,
        subject=("positioning", row.id),
        cohort_id=cohort.id,
        summary=f"Questionnaire de besoins et de positionnement {said} à {trainee.name}.",
    )
    return row


@act
def save_answers(row: Positioning, answers: dict[str, Any], *, at: datetime) -> None:
    """Keep what has been answered so far.

    Raises:
        Refused: the answers were sent already.
    """
    _refuse_if_answered(row)
    row.answers = row.answers | answers
    row.saved_at = at


@act
def finish(row: Positioning, person: Enrolled, cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Send the answers: trainers read them, and they no longer change.

    Raises:
        Refused: required answers are missing, or they were sent already.
    """
    _refuse_if_answered(row)
    if questionnaire_of(cohort).missing(row.answers):
        raise Refused("Il manque encore des réponses.")
    row.answered_at = at
    day = clock.day_of(at)
    prove(
        "positioning",
        scope=("enrolment", person.enrolment.id),
        label=f"Besoins et positionnement {of_name(person.trainee.name)}",
        occurred_on=day,
        by=by,
        at=at,
        source=("positioning", row.id),
        facts={"questions": len(row.answers), "reminders": row.reminders},
        cohort_id=cohort.id,
    )
    record(
        "needs.positioning-answered",
        by=by,
        at=at,
        subject=("positioning", row.id),
        cohort_id=cohort.id,
        summary=f"Besoins et positionnement reçus {of_name(person.trainee.name)}.",
    )


@act_beside
def note_read(cohort: Cohort, *, at: datetime) -> None:
    """Note that a trainer has read the answers (the first time)."""
    for row in of_cohort(cohort.id).values():
        if row.answered_at is not None and row.read_by_trainer_at is None:
            locked(row).read_by_trainer_at = at


def _refuse_if_answered(row: Positioning) -> None:
    if row.answered_at is not None:
        raise Refused("Vos réponses ont déjà été envoyées.")


def _write_to(cohort: Cohort, person: Enrolled, at: datetime, *, is_reminder: bool) -> None:
    trainee = person.trainee
    until = clock.at(cohort.ends_on + timedelta(days=OPEN_DAYS_AFTER_END), datetime.min.time())
    link = links.current_or_create(
        Purpose.POSITIONING,
        actor_kind=ActorKind.TRAINEE,
        subject=("enrolment", person.enrolment.id),
        label=trainee.name,
        email=trainee.email,
        at=at,
        expires_at=max(until, at + timedelta(days=OPEN_DAYS_AFTER_END)),
    )
    title = questionnaire_of(cohort).title
    mail.post(
        "positioning",
        to=(trainee.name, trainee.email),
        subject=f"{'Rappel : ' if is_reminder else ''}{title}",
        about=("enrolment", person.enrolment.id),
        at=at,
        cohort_id=cohort.id,
        training=cohort.title,
        starts_on=cohort.starts_on,
        url=links.url(link),
        is_reminder=is_reminder,
    )
