"""What is done by itself: surveys on their day, two reminders a week apart, then the outcome."""

from datetime import datetime, time, timedelta

from sqlalchemy import exists, select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.evaluations.kinds import DAYS_BETWEEN, KINDS, REMINDERS
from admin_app.evaluations.models import Survey
from admin_app.evaluations.operations import note_unanswered, remind, send_surveys
from admin_app.evidence.models import Evidence

CATCH_UP = timedelta(days=30)  # what is older waits for someone to decide


def send_what_is_due() -> int:
    """Send what falls due and remind; how many messages. Doing it twice sends nothing more.

    Whoever let the last day pass after two reminders is then said to have been asked in vain.
    """
    at = clock.now()
    _conclude(at)
    return sum(_send(kind) for kind in KINDS) + _remind(at)


def _send(kind: str) -> int:
    about, today = KINDS[kind], clock.today()
    due = today - timedelta(days=about.days_after)
    cohorts = db.session.scalars(
        select(Cohort)
        .where(
            Cohort.ends_on < due if about.days_after == 0 else Cohort.ends_on <= due,
            Cohort.ends_on > due - CATCH_UP,
            Cohort.cancelled_at.is_(None),
        )
        .order_by(Cohort.id)
    ).all()
    return sum(send_surveys(kind, one, by=SYSTEM, at=clock.now()) for one in cohorts)


def _remind(at: datetime) -> int:
    before = clock.at(clock.day_of(at) - timedelta(days=DAYS_BETWEEN - 1), time())
    rows = db.session.execute(
        select(Survey, Cohort)
        .join(Cohort, Cohort.id == Survey.cohort_id)
        .where(
            Survey.answered_at.is_(None),
            Survey.refused_why == "",
            Survey.reminders < REMINDERS,
            Survey.sent_at < before,
            (Survey.reminded_at.is_(None)) | (Survey.reminded_at < before),
        )
        .order_by(Survey.id)
        .limit(500)
    ).all()
    sent = 0
    for survey, cohort in rows:
        try:
            remind(survey, cohort, by=SYSTEM, at=at)
            sent += 1
        except Refused:
            continue  # answered in the meantime
    return sent


def _conclude(at: datetime) -> None:
    """Say what was asked in vain, once for each survey."""
    today = clock.today()
    is_said = exists().where(
        Evidence.scope_kind == Survey.scope_kind,
        Evidence.scope_id == Survey.scope_id,
        Evidence.piece == Survey.kind,
    )
    rows = db.session.scalars(
        select(Survey)
        .where(
            Survey.answered_at.is_(None),
            Survey.refused_why == "",
            Survey.reminders >= REMINDERS,
            Survey.due_on < today,
            Survey.reminded_at < clock.at(today, time()),
            ~is_said,
        )
        .order_by(Survey.id)
        .limit(500)
    ).all()
    for survey in rows:
        try:
            note_unanswered(survey, by=SYSTEM, at=at)
        except Refused:
            continue  # answered in the meantime
