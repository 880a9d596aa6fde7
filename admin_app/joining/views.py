"""What the pages of joining instructions show."""

from typing import Any

from flask import current_app, url_for

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import way_to
from admin_app.core.mail import MailMessage, MailState
from admin_app.core.pages import Page
from admin_app.documents.operations import missing_mentions
from admin_app.joining.assistance import is_remote
from admin_app.joining.gathering import HOUSE, KIND, Common
from admin_app.joining.queries import Sent
from admin_app.organisation.house import BY_KEY

# where what is missing is filled in, by the key of the mention
PLACES = {
    "schedule": "cohorts_office.half_days",
    "dates": "cohorts_office.half_days",
    "place": "cohorts_office.edit",
    "trainers": "cohorts_office.trainers",
    "objectives": "cohorts_office.programme",
    "assessment": "cohorts_office.programme",
    "house-rules": "organisation_office.house_documents",
    "welcome-booklet": "organisation_office.house_documents",
    "contact": "organisation_office.identity",
    "disability-contact": "organisation_office.identity",
}
OF_THE_COHORT = "cohorts_office."
# what a trainee finds behind the same link, when the room that gives it is there
ELSEWHERE = (
    ("Vos documents de travail", "resources_trainee.index"),
    ("Vos attestations", "certificates_trainee.index"),
    ("Demander un aménagement", "adaptations_trainee.accommodation"),
    ("Faire une réclamation", "complaints_trainee.ask"),
    ("Signaler une violence, une discrimination", "safeguarding_trainee.report"),
)


def index_page(cohort: Cohort, page: Page[Sent], shared: Common) -> dict[str, Any]:
    """The office's page: what is missing, what leaves, to whom it went."""
    sent = page.items[0].sent if page.items else 0
    return {
        "cohort": cohort,
        "page": page,
        "action": shared.data["action"],
        "missing": missing(cohort, shared),
        "enclosed": [(BY_KEY[kind].title, shared.house.get(kind)) for kind in HOUSE],
        "sent": sent,
        "waiting": page.total - sent,
        "mail_state": mail_state,
        "is_remote": is_remote(cohort),
        "assistance": shared.data.get("assistance"),
        "refused": (),
    }


def missing(cohort: Cohort, shared: Common) -> list[dict[str, str]]:
    """What must be filled in before anything can leave, and where."""
    data = shared.data | {"trainee": {"name": "…"}}
    return [
        {"sentence": one.message, "url": _place(one.field or "", cohort.id)}
        for one in missing_mentions(KIND, data, at=clock.now())
    ]


def mail_state(message: MailMessage | None) -> tuple[str, str]:
    """The shape and the words of where a message stands."""
    if message is None:
        return "info", "préparée"
    if message.state == MailState.SENT:
        return "ok", "envoyée"
    if message.state == MailState.KEPT:
        return "warn", "gardée, non envoyée"
    if message.state == MailState.FAILED:
        return "danger", "non remise"
    return "info", "en cours d’envoi"


def trainee_links(token: str) -> list[tuple[str, str]]:
    """The other pages of the trainee's file: words and address."""
    return [
        (words, url_for(endpoint, token=token))
        for words, endpoint in ELSEWHERE
        if endpoint in current_app.view_functions
    ]


def _place(key: str, cohort_id: int) -> str:
    """The page where it is filled in, empty when the reader may not open it."""
    endpoint = PLACES.get(key, "cohorts_office.edit")
    arguments: dict[str, Any] = {}
    if endpoint.startswith(OF_THE_COHORT):
        arguments["cohort_id"] = cohort_id
    return way_to(endpoint, **arguments) or ""
