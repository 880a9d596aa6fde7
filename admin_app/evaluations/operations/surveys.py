"""Asking for opinions: sent by link, reminded, answered; or asked for and never answered."""

from datetime import date, datetime, timedelta
from typing import Any

from admin_app.cohorts.models import Cohort
from admin_app.core import clock, links, mail
from admin_app.core.actor import Actor
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.formatting import of_name
from admin_app.core.transaction import act
from admin_app.evaluations.kinds import KINDS, REMINDERS, SurveyKind
from admin_app.evaluations.models import Survey
from admin_app.evaluations.queries.respondents import Respondent, respondents, survey_of
from admin_app.evidence.operations import record as prove
from admin_app.journal.operations import record
from admin_app.questionnaires import load
from compliance.expectations import catalogue
from compliance.vocabulary import Outcome

DAYS_TO_ANSWER = 15


@act
def send_surveys(kind: str, cohort: Cohort, *, by: Actor, at: datetime) -> int:
    """Send a survey to all those of a cohort who have not had it; how many were written to.

    Args:
        kind: exit-survey, follow-up-survey, client-feedback or trainer-feedback.

    Raises:
        Refused: the cohort has not begun, or nobody is to be asked.
    """
    about = KINDS[kind]
    if clock.day_of(at) < cohort.starts_on:
        raise Refused("La session n’a pas commencé : personne ne peut encore donner son avis.")
    asked = [one for one in respondents(about, cohort.id) if one.survey is None]
    for one in asked:
        send_survey(about, cohort, one, by=by, at=at)
    return len(asked)


@act
def send_survey(
    about: SurveyKind, cohort: Cohort, respondent: Respondent, *, by: Actor, at: datetime
) -> Survey:
    """Send a survey to one person, by personal link.

    Raises:
        Refused: this person has had it already.
    """
    if survey_of(about.key, about.scope.value, respondent.scope_id) is not None:
        raise Refused(f"{respondent.name} a déjà reçu ce questionnaire.")
    survey = Survey(
        kind=about.key,
        cohort_id=cohort.id,
        scope_kind=about.scope.value,
        scope_id=respondent.scope_id,
        respondent=respondent.name,
        email=respondent.email,
        sent_at=at,
        due_on=last_day(about, cohort.ends_on, clock.day_of(at)),
        reminders=0,
        answers={},
        refused_why="",
    )
    db.session.add(survey)
    db.session.flush()
    _write_to(about, cohort, survey, at, is_reminder=False)
    record(
        "evaluations.survey-sent",
        by=by,
        at=at,
        subject=("survey", survey.id),
        cohort_id=cohort.id,
        summary=f"Questionnaire envoyé à {respondent.name} : {about.words}.",
    )
    return survey


def last_day(about: SurveyKind, ends_on: date, sent_on: date) -> date:
    """The last day to answer, inclusive: that of the expected piece, or later if sent late.

    Args:
        ends_on: the last day of the cohort.
    """
    expected = ends_on + timedelta(days=catalogue().piece(about.key).offset_days)
    return max(expected, sent_on + timedelta(days=DAYS_TO_ANSWER))


@act
def remind(survey: Survey, cohort: Cohort, *, by: Actor, at: datetime) -> None:
    """Ask again.

    Raises:
        Refused: it was answered, declined, or reminded often enough.
    """
    if survey.answered_at is not None:
        raise Refused(f"{survey.respondent} a déjà répondu.")
    if survey.refused_why:
        raise Refused(f"{survey.respondent} ne souhaite pas répondre.")
    if survey.reminders >= REMINDERS:
        raise Refused(f"{survey.respondent} a déjà été relancé {REMINDERS} fois.")
    about = KINDS[survey.kind]
    survey.reminders += 1
    survey.reminded_at = at
    _write_to(about, cohort, survey, at, is_reminder=True)
    record(
        "evaluations.survey-reminded",
        by=by,
        at=at,
        subject=("survey", survey.id),
        cohort_id=cohort.id,
        summary=f"Relance {survey.reminders} envoyée à {survey.respondent} : {about.words}.",
    )


@act
def note_unanswered(survey: Survey, *, by: Actor, at: datetime) -> None:
    """The last day to answer is over: « asked for, never answered » is a fact of the file.

    Leaves the evidence of its kind, with the outcome `tried`; an answer that comes later is
    evidence too, and then counts.

    Raises:
        Refused: it was answered or declined, reminders are still to be sent, or there is still
            time to answer.
    """
    today = clock.day_of(at)
    if survey.answered_at is not None or survey.refused_why:
        raise Refused(f"Le sort de la demande faite à {survey.respondent} est déjà connu.")
    if survey.reminders < REMINDERS or survey.reminded_at is None:
        raise Refused(f"{survey.respondent} n’a pas encore été relancé {REMINDERS} fois.")
    if max(survey.due_on or today, clock.day_of(survey.reminded_at)) >= today:
        raise Refused(f"{survey.respondent} a encore le temps de répondre.")
    _prove(survey, f"demandé, relancé {REMINDERS} fois, sans réponse", by, at, Outcome.TRIED)
    record(
        "evaluations.survey-unanswered",
        by=by,
        at=at,
        subject=("survey", survey.id),
        cohort_id=survey.cohort_id,
        summary=f"Aucune réponse de {survey.respondent} après {REMINDERS} relances : "
        f"{KINDS[survey.kind].words}.",
    )


@act
def save_answers(survey: Survey, answers: dict[str, Any], *, at: datetime) -> None:
    """Keep what has been answered so far; nobody reads it before it is sent.

    Raises:
        Refused: the answers were sent already.
    """
    if survey.answered_at is not None:
        raise Refused("Vos réponses ont déjà été envoyées.")
    survey.answers = survey.answers | answers
    survey.saved_at = at


@act
def finish(survey: Survey, *, by: Actor, at: datetime) -> None:
    """Send the answers; they no longer change.

    Raises:
        Refused: required answers are missing, or they were sent already.
    """
    if survey.answered_at is not None:
        raise Refused("Vos réponses ont déjà été envoyées.")
    if load(survey.kind).missing(survey.answers):
        raise Refused("Il manque encore des réponses.")
    survey.answered_at = at
    _prove(survey, "reçu", by, at, Outcome.OBTAINED)
    record(
        "evaluations.survey-answered",
        by=by,
        at=at,
        subject=("survey", survey.id),
        cohort_id=survey.cohort_id,
        summary=f"Réponse reçue {of_name(survey.respondent)} : {KINDS[survey.kind].words}.",
    )


@act
def decline(survey: Survey, *, why: str, by: Actor, at: datetime) -> None:
    """Write that someone will not answer, and why: no more reminders.

    Raises:
        Refused: no reason is given, or it was answered.
    """
    if survey.answered_at is not None:
        raise Refused(f"{survey.respondent} a déjà répondu.")
    if not why.strip():
        raise Refused("Dites pourquoi il n’y aura pas de réponse.", "why")
    survey.refused_why = why.strip()[:300]
    _prove(survey, "demandé, sans réponse souhaitée", by, at, Outcome.TRIED)
    record(
        "evaluations.survey-declined",
        by=by,
        at=at,
        subject=("survey", survey.id),
        cohort_id=survey.cohort_id,
        summary=f"Pas de réponse attendue de {survey.respondent} : {KINDS[survey.kind].words}.",
    )


def _write_to(
    about: SurveyKind, cohort: Cohort, survey: Survey, at: datetime, *, is_reminder: bool
) -> None:
    link = links.current_or_create(
        about.purpose,
        actor_kind=about.actor,
        subject=("survey", survey.id),
        label=survey.respondent,
        email=survey.email,
        at=at,
        expires_at=at + timedelta(days=about.open_days),
    )
    questionnaire = load(about.key)
    prefix = "Rappel : " if is_reminder else ""
    mail.post(
        "survey",
        to=(survey.respondent, survey.email),
        subject=f"{prefix}{questionnaire.title}",
        about=("survey", survey.id),
        at=at,
        cohort_id=cohort.id,
        title=questionnaire.title,
        intro=questionnaire.intro,
        training=cohort.title,
        questions=len(questionnaire.questions),
        url=links.url(link),
        until=link.expires_at,
        is_reminder=is_reminder,
    )


def _prove(survey: Survey, result: str, by: Actor, at: datetime, outcome: Outcome) -> None:
    words = KINDS[survey.kind].words
    prove(
        survey.kind,
        scope=(survey.scope_kind, survey.scope_id),
        label=f"{words.capitalize()}, {survey.respondent} : {result}",
        occurred_on=clock.day_of(at),
        by=by,
        at=at,
        source=("survey", survey.id),
        facts={
            "sent_at": survey.sent_at.isoformat() if survey.sent_at else "",
            "reminders": survey.reminders,
        },
        cohort_id=survey.cohort_id,
        outcome=outcome.value,
    )
