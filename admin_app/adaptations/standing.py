"""Where a request stands: what is done, what comes next, who has the ball, for which day. Pure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from admin_app.adaptations.queries.requests import Dossier
from admin_app.adaptations.words import OPEN, STATES
from admin_app.core import clock
from admin_app.core.formatting import day

US, YOU, TRAINER, OFFICER = "nous", "vous", "la personne qui forme", "le référent handicap"
APPLIED_WITHIN = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the way, and the day it was done (None: still to come)."""

    name: str
    done_on: date | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What remains to be done: the act, who owes it, by when. `act` names it for the page."""

    act: str
    title: str
    text: str
    owed_by: str
    due_on: date | None


def state_words(found: Dossier) -> str:
    """« acceptée »."""
    return STATES[found.request.state]


def steps(found: Dossier) -> list[Step]:
    """The way of a request, as whoever asked sees it."""
    request = found.request
    shown = [
        Step("Demande reçue", clock.day_of(request.received_at)),
        Step("Accusé de réception", _day(request.acknowledged_at)),
        Step("Besoin analysé avec vous", found.analysis.held_on if found.analysis else None),
    ]
    if request.state == "withdrawn":
        return [*_done(shown), Step("Demande retirée", _day(request.withdrawn_at))]
    if request.state in OPEN:
        return [*shown, Step("Notre réponse, avec ses raisons", None)]
    shown = [*_done(shown), Step(f"Demande {state_words(found)}", _day(request.decided_at))]
    if request.state == "accepted":
        if request.changes_programme:
            shown.append(Step("Programme adapté", _published_on(found)))
        shown.append(Step("Session organisée", found.cohort.starts_on if found.cohort else None))
    return shown


def ball(found: Dossier, today: date) -> str:
    """Who has the ball, as whoever asked reads it."""
    request = found.request
    if request.state in {"declined", "withdrawn"}:
        return "Personne : le dossier est clos."
    if request.state in OPEN:
        return "À nous : nous étudions votre demande."
    if request.changes_programme and not found.is_adapted:
        return "À nous : nous rédigeons votre programme adapté."
    if found.cohort is None:
        return "À nous deux : il reste à fixer les dates de la session."
    if found.cohort.ends_on < today:
        return "Personne : la session a eu lieu."
    return (
        "À nous : la session se prépare."
        if found.cohort.starts_on > today
        else "La session a lieu."
    )


def next_words(found: Dossier, today: date) -> str:
    """The next date, in words; empty when there is none."""
    request = found.request
    if request.state in OPEN and request.answer_due_on is not None:
        return f"Réponse au plus tard le {day(request.answer_due_on)}"
    if request.state == "accepted" and found.cohort is not None:
        is_past = found.cohort.starts_on < today
        return f"{'Session du' if is_past else 'Premier jour :'} {day(found.cohort.starts_on)}"
    return ""


def tasks(found: Dossier) -> list[Task]:
    """What remains to be done, most pressing first."""
    request = found.request
    due = request.answer_due_on
    todo: list[Task] = []
    if request.particular_needs and request.called_at is None and request.state != "withdrawn":
        text = "Des personnes aux besoins particuliers viendront ; leur nature ne s’écrit pas ici."
        todo.append(Task("call", "Appeler la personne qui demande", text, OFFICER, due))
    if request.state == "received":
        text = "Un message lui dit que quelqu’un a lu sa demande, et pour quand est la réponse."
        todo.append(Task("acknowledge", "Accuser réception", text, US, due))
    if request.state in {*OPEN, "accepted"} and request.client_id is None:
        text = "Une fiche de client, pour l’analyse du besoin et la convention."
        todo.append(Task("client", "Rattacher la demande à un client", text, US, due))
    if request.state in {*OPEN, "accepted"} and found.analysis is None:
        text = "Contexte, attentes du commanditaire et des stagiaires, contraintes, niveau."
        todo.append(Task("analyse", "Analyser le besoin avec le client", text, US, due))
    if request.state in OPEN:
        text = "Accepter ou décliner, avec un motif que la personne lira."
        todo.append(Task("decide", "Décider", text, US, due))
    if request.state == "accepted":
        todo += _after_acceptance(found)
    return todo


def _after_acceptance(found: Dossier) -> list[Task]:
    request, cohort = found.request, found.cohort
    before = cohort.starts_on - timedelta(days=1) if cohort else None
    todo: list[Task] = []
    if request.changes_programme and found.adapted is None:
        text = "Une copie du programme de référence, que vous adaptez ; la différence est gardée."
        todo.append(Task("adapt", "Préparer le programme adapté", text, US, before))
    elif found.adapted is not None and found.adapted.is_draft:
        text = "Le brouillon existe : il reste à le compléter et à le publier."
        todo.append(Task("publish", "Publier le programme adapté", text, US, before))
    if cohort is None or cohort.cancelled_at is not None:
        text = "Ses pièces rejoindront alors le dossier de la session."
        if found.is_adapted:
            text = "Une session ouverte sur le programme adapté s’y rattache d’elle-même."
        todo.append(Task("cohort", "Rattacher la demande à une session", text, US, None))
    elif found.unlocated:
        text = "Chaque adaptation promise est à rattacher à la demi-journée où elle a eu lieu ; "
        text += f"il en reste {found.unlocated}."
        title = "Dire où les adaptations ont été appliquées"
        todo.append(Task("apply", title, text, TRAINER, cohort.ends_on + APPLIED_WITHIN))
    return todo


def _done(shown: list[Step]) -> list[Step]:
    return [step for step in shown if step.done_on is not None]


def _published_on(found: Dossier) -> date | None:
    return _day(found.adapted.published_at) if found.adapted else None


def _day(at: datetime | None) -> date | None:
    return clock.day_of(at) if at is not None else None
