"""The four surveys: who is asked, when, by which link, and which piece an answer makes."""

from dataclasses import dataclass

from admin_app.core.actor import ActorKind
from admin_app.core.links import Purpose
from compliance.vocabulary import ScopeKind


@dataclass(frozen=True, slots=True)
class SurveyKind:
    """A kind of survey. `days_after` the last day it is sent by itself; `words` name it."""

    key: str
    purpose: Purpose
    actor: ActorKind
    scope: ScopeKind
    words: str
    days_after: int
    open_days: int


EXIT = SurveyKind(
    "exit-survey",
    Purpose.EXIT_SURVEY,
    ActorKind.TRAINEE,
    ScopeKind.ENROLMENT,
    "avis en fin de formation",
    0,
    60,
)
FOLLOW_UP = SurveyKind(
    "follow-up-survey",
    Purpose.FOLLOW_UP_SURVEY,
    ActorKind.TRAINEE,
    ScopeKind.ENROLMENT,
    "avis quelques mois après",
    90,
    90,
)
CLIENT = SurveyKind(
    "client-feedback",
    Purpose.CLIENT_FEEDBACK,
    ActorKind.CLIENT,
    ScopeKind.CLIENT,
    "appréciation du client",
    7,
    90,
)
TRAINER = SurveyKind(
    "trainer-feedback",
    Purpose.TRAINER_FEEDBACK,
    ActorKind.TRAINER,
    ScopeKind.TRAINER_IN_COHORT,
    "retour des formateurs",
    0,
    60,
)
KINDS = {one.key: one for one in (EXIT, CLIENT, TRAINER, FOLLOW_UP)}
REMINDERS = 2  # after which « asked for, never answered » is itself a fact
DAYS_BETWEEN = 7
