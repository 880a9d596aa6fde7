"""What is done by itself: surveys on their day, two reminders a week apart, then the outcome."""

from contextlib import suppress
from datetime import datetime, time, timedelta

from sqlalchemy import exists, select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.jobs import apart
from admin_app.core.mail import MailMessage, MailState
from admin_app.evaluations.kinds import DAYS_BETWEEN, KINDS, REMINDERS
from admin_app.evaluations.models import Survey
from admin_app.evaluations.operations import note_unanswered, remind, send_surveys
from admin_app.evidence.models import Evidence

CATCH_UP = timedelta(days=30)  # what is older waits for someone to decide


def send_what_is_due() -> int:
    """Send what falls due and remind; how many messages. Doing it twice sends nothing more.

    Whoever let the last day pass after two reminders is then said to have been asked in vain. A
    cohort or a survey that fails is logged, and stops no other.
    """
    at = clock.now()
    with apart("surveys unanswered"):
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
    sent = 0
    for one in [cohort.id for cohort in cohorts]:
        with apart(f"surveys {kind}", cohort=one):
            cohort = db.session.get_one(Cohort, one)
            sent += send_surveys(kind, cohort, by=SYSTEM, at=clock.now())
    return sent


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
        with apart("survey reminders"), suppress(Refused):  # answered in the meantime
            remind(survey, cohort, by=SYSTEM, at=at)
            sent += 1
    return sent


def _conclude(at: datetime) -> None:
    """Say what was asked in vain, once for each survey."""
    today = clock.today()
    is_said = exists().where(
        Evidence.scope_kind == Survey.scope_kind,
        Evidence.scope_id == Survey.scope_id,
        Evidence.piece == Survey.kind,
    )
    never_left = exists().where(  # nobody was asked by a message that did not leave
        MailMessage.about_kind == "survey",
        MailMessage.about_id == Survey.id,
        MailMessage.state != MailState.SENT.value,
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
            ~never_left,
        )
        .order_by(Survey.id)
        .limit(500)
    ).all()
    for survey in rows:
        with apart("surveys unanswered"), suppress(Refused):  # answered in the meantime
            note_unanswered(survey, by=SYSTEM, at=at)
