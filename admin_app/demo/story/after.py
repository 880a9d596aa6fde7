"""After the last day: what was learnt, opinions, certificates, follow-up months later."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from admin_app.attendance.operations import record_remote_follow_up
from admin_app.certificates.operations import send_certificates, start_issuing
from admin_app.core import clock
from admin_app.core.actor import SYSTEM, Actor
from admin_app.demo import days
from admin_app.demo.answers import Voice, answers_to, said
from admin_app.demo.files import pdf, section
from admin_app.demo.ink import chance
from admin_app.demo.story.session import Session, at_minute
from admin_app.demo.world import client, trainee, trainer
from admin_app.evaluations.kinds import DAYS_BETWEEN, KINDS
from admin_app.evaluations.models import Survey
from admin_app.evaluations.operations import (
    Result,
    assess,
    finish,
    note_unanswered,
    remind,
    save_answers,
    send_surveys,
)
from admin_app.evaluations.operations.surveys import last_day
from admin_app.evaluations.queries import objectives_of, respondents
from admin_app.questionnaires import load
from admin_app.resources.operations import add_resource, note_fetched, share
from admin_app.resources.queries import shared_in

# when each survey leaves (as the round of the application does), and who answers from when to when
SENT = {"exit-survey": 1, "trainer-feedback": 1, "client-feedback": 7, "follow-up-survey": 90}
ANSWERED = {
    "exit-survey": (1, 4),
    "trainer-feedback": (1, 3),
    "client-feedback": (8, 14),
    "follow-up-survey": (91, 99),
}
REMINDED = (DAYS_BETWEEN, 2 * DAYS_BETWEEN)  # days after it was sent
AT_WORK = ("trainer-feedback", "client-feedback")  # answered at the office
STEPS = ("assessments", "certificates", "resources", "remote", *SENT)
DESPITE = "Le dossier sera complété ; les stagiaires attendent leurs attestations."
RESOURCES = "dossier-de-ressources.pdf"
Way = Callable[[str, int], Actor]
LUCK = (Result.REACHED, Result.REACHED, Result.REACHED, Result.PARTLY)


def plan(session: Session, *, is_remote: bool = False) -> None:
    """Note all that follows the last day, whatever is left out of it."""
    left_out = session.twists.without
    if "assessments" not in left_out:
        _plan_assessments(session)
    if is_remote and "remote" not in left_out:
        day = days.after(session.end, 2)
        session.note(day, "14:30", _follow_remotely, session)
    if "resources" not in left_out:
        _plan_resources(session)
    if "certificates" not in left_out:
        day = days.after(session.end, 5)
        session.note(day, "10:05", _issue, session)
        session.note(
            day,
            "10:40",
            _send_certificates,
            session,
        )
    for kind in SENT:
        if kind not in left_out:
            _plan_survey(session, kind)


def _plan_assessments(session: Session) -> None:
    first = clock.at(days.after(session.end), time(9, 10))
    for rank, name in enumerate(session.names):
        if name not in session.twists.unassessed and _stays(session, name):
            session.world.agenda.note_at(at_minute(first, 4 * rank), _assess, session, name)


def _stays(session: Session, name: str) -> bool:
    return name not in session.gone


def _assess(session: Session, name: str, at: datetime) -> None:
    cohort, voice = session.cohort(), session.voice(name)
    results = [
        LUCK[chance("learnt", name, rank) % len(LUCK)]
        for rank, _ in enumerate(objectives_of(cohort))
    ]
    assess(
        cohort,
        session.enrolments[name],
        results=results,
        method=said("assessment", "method", voice),
        comment=said("assessment", "partly" if Result.PARTLY in results else "comment", voice),
        assessed_on=session.end,
        by=session.trainer(),
        at=at,
    )


def _follow_remotely(session: Session, at: datetime) -> None:
    for name in session.names:
        if _stays(session, name):
            record_remote_follow_up(
                session.enrolment(name),
                activities=said("remote", "activities", session.voice(name)),
                exchanges=said("remote", "exchanges", session.voice(name)),
                by=session.trainer(),
                at=at,
            )


def _issue(session: Session, at: datetime) -> None:
    cohort = session.cohort()
    back_url = f"/sessions/{cohort.id}/certificats/"
    start_issuing(cohort, back_url=back_url, despite=DESPITE, by=session.world.office, at=at)


def _send_certificates(session: Session, at: datetime) -> None:
    send_certificates(session.cohort(), despite=DESPITE, by=session.world.office, at=at)


def _plan_resources(session: Session) -> None:
    day = days.after(session.end, 2)
    session.note(day, "11:25", _hand_over, session)
    for name in session.names:
        luck = chance("fetch", session.reference, name)
        if _stays(session, name) and luck % 5:
            fetched = day + timedelta(days=luck % 4)
            session.note(fetched, f"{13 + luck % 8}:{luck % 60:02}", _fetch, session, name)


def _hand_over(session: Session, at: datetime) -> None:
    cohort, by = session.cohort(), session.trainer()
    add_resource(cohort, pdf(RESOURCES), title="Dossier de ressources", by=by, at=at)
    share(cohort, by=by, at=at)


def _fetch(session: Session, name: str, at: datetime) -> None:
    enrolment = session.enrolment(name)
    by = trainee(name, enrolment.id)
    for row in shared_in(session.cohort().id):
        note_fetched(row, enrolment, by=by, at=at)


def _plan_survey(session: Session, kind: str) -> None:
    sent = session.end + timedelta(days=SENT[kind])
    session.note(sent, "07:05", _send, session, kind)
    for rank, (name, who) in enumerate(_asked(session, kind)):
        if (kind, name) in session.twists.silent:
            for later in REMINDED:
                day = sent + timedelta(days=later)
                session.note(day, "07:06", _remind, session, kind, name)
            over = last_day(KINDS[kind], session.end, sent) + timedelta(days=1)
            session.note(over, "07:06", _conclude, session, kind, name)
        elif (kind, name) in session.twists.waiting:
            day = sent + timedelta(days=REMINDED[0])
            session.note(day, "07:06", _remind, session, kind, name)
        else:
            day, hour = _moment(session.end, kind, name)
            voice = session.voice(name, None if name in session.names else rank)
            session.note(day, hour, _answer, session, kind, voice, who)


def _asked(session: Session, kind: str) -> list[tuple[str, Way]]:
    if kind == "client-feedback":
        keys = [known["key"] for known in session.known.get("client", ())]
        names = [section("organisation", "client", "key", key)["contact"] for key in keys]
        return [(name, client) for name in names]
    if kind == "trainer-feedback":
        keys = [*session.known["trainers"], *session.known.get("guests", ())]
        found = [section("organisation", "trainer", "key", key) for key in keys]
        names = [f"{one['first_name']} {one['last_name']}" for one in found]
        return [(name, trainer) for name in names]
    return [(name, trainee) for name in session.names if _stays(session, name)]


def _moment(end: date, kind: str, name: str) -> tuple[date, str]:
    first, last = ANSWERED[kind]
    luck = chance(kind, name)
    day = end + timedelta(days=first + luck % (last - first + 1))
    if kind in AT_WORK:
        return days.since(day), f"{9 + luck % 9:02}:{luck % 60:02}"
    return day, f"{12 + luck % 9}:{luck % 60:02}"


def _send(session: Session, kind: str, at: datetime) -> None:
    send_surveys(kind, session.cohort(), by=SYSTEM, at=at)


def _survey(session: Session, kind: str, name: str) -> Survey:
    found = respondents(KINDS[kind], session.cohort().id)
    survey = next((one.survey for one in found if one.name == name), None)
    if survey is None:
        raise LookupError(f"{session.reference}: {kind} was not sent to {name}")
    return survey


def _answer(session: Session, kind: str, voice: Voice, who: Way, at: datetime) -> None:
    survey = _survey(session, kind, voice.name)
    save_answers(survey, answers_to(load(kind), voice), at=at)
    finish(survey, by=who(voice.name, survey.id), at=at)


def _remind(session: Session, kind: str, name: str, at: datetime) -> None:
    remind(_survey(session, kind, name), session.cohort(), by=SYSTEM, at=at)


def _conclude(session: Session, kind: str, name: str, at: datetime) -> None:
    note_unanswered(_survey(session, kind, name), by=SYSTEM, at=at)
