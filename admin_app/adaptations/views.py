"""What the pages of adaptations show, gathered once; no page queries."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask import url_for

from admin_app.adaptations import standing
from admin_app.adaptations.forms import accommodations as room
from admin_app.adaptations.forms import requests as forms
from admin_app.adaptations.models import AdaptationRequest
from admin_app.adaptations.operations.accommodations import Need
from admin_app.adaptations.queries import requests as queries
from admin_app.adaptations.queries.accommodations import Line, measures_for
from admin_app.adaptations.queries.requests import Dossier
from admin_app.adaptations.words import ACCOMMODATION_STATES, DECIDED, OPEN, STATES
from admin_app.cohorts.models import Cohort, HalfDay
from admin_app.cohorts.queries import cohort as cohort_by_id
from admin_app.cohorts.queries import half_days
from admin_app.core import clock
from admin_app.core.access import way_to
from admin_app.core.pages import Form, Page
from admin_app.needs.forms.analysis import AnalysisForm, analysis_form
from admin_app.needs.queries.analysis import of_request
from admin_app.organisation.queries import provider
from admin_app.people.queries import client as client_by_id
from admin_app.programmes import views as programmes
from admin_app.programmes.models import ProgrammeVersion
from admin_app.programmes.queries import trainers_of
from admin_app.programmes.queries import version as version_by_id
from admin_app.programmes.text import text_of

PLACES = {
    "call": ("", "Attendu"),
    "acknowledge": ("adaptations_office.acknowledge", "Accuser réception"),
    "client": ("adaptations_office.client", "Rattacher"),
    "analyse": ("adaptations_office.analyse", "Saisir l’analyse"),
    "decide": ("adaptations_office.decide", "Décider"),
    "adapt": ("adaptations_office.make_adapted", "Copier le programme"),
    "cohort": ("adaptations_office.attach_cohort", "Rattacher"),
}


def short(found: AdaptationRequest) -> dict[str, Any]:
    """A request, for the small pages that act on it."""
    return {"demand": found, "version": version_by_id(found.version_id)}


def request_piece(request_id: int) -> tuple[str, dict[str, Any]] | None:
    """A request as the reading room shows it: what was asked, decided, promised and applied."""
    found = queries.request(request_id)
    if found is None:
        return None
    file = queries.dossier(found)
    return "adaptations/piece.html", {"demand": found, "file": file, "words": STATES[found.state]}


def decide_page(found: AdaptationRequest) -> dict[str, Any]:
    """What one looks at when deciding."""
    return short(found) | {"analysis": of_request(found.id)}


def office_page(found: AdaptationRequest, today: date) -> dict[str, Any]:
    """A request for the office: what remains to be done, by whom, and what is known."""
    file = queries.dossier(found)
    return {
        "demand": found,
        "file": file,
        "tasks": [_task(one, file, today) for one in standing.tasks(file)],
        "state_words": STATES[found.state],
        "is_open": found.state in OPEN,
        "is_decided": found.state in DECIDED,
        "next": standing.next_words(file, today),
        "story": queries.story(found.id),
        "today": today,
    }


def _task(task: standing.Task, file: Dossier, today: date) -> dict[str, Any]:
    endpoint, label = PLACES.get(task.act, ("", ""))
    url = (way_to(endpoint, request_id=file.request.id) if endpoint else None) or ""
    if task.act == "publish" and file.adapted is not None:
        url = way_to("programmes_office.version", version_id=file.adapted.id) or ""
        label = "Ouvrir"
    if task.act == "apply":
        url, label = "#adaptations", "Le dire"
    is_late = task.due_on is not None and task.due_on < today
    return {"task": task, "url": url, "label": label, "status": "late" if is_late else "upcoming"}


def differences_page(found: AdaptationRequest) -> dict[str, Any] | None:
    """The adapted programme beside the standard one; None when there is none yet."""
    file = queries.dossier(found)
    if file.adapted is None:
        return None
    rows = programmes.differences(_base(file), file.adapted)
    return {"demand": found, "file": file, "rows": rows, "base": _base(file)}


def follow_page(
    found: AdaptationRequest, token: str | None = None, form: Form | None = None
) -> dict[str, Any]:
    """A request for whoever asked: where it stands, who has the ball, what changes."""
    file = queries.dossier(found)
    return {
        "demand": found,
        "file": file,
        "form": form or forms.WhyForm(),
        "state_words": STATES[found.state],
        "steps": standing.steps(file),
        "ball": standing.ball(file, clock.today()),
        "next": standing.next_words(file, clock.today()),
        "rows": _rows(file),
        "is_open": found.state in OPEN,
        "provider": provider(),
        **_addresses(found, token),
    }


def adapted_page(found: AdaptationRequest, token: str | None = None) -> dict[str, Any] | None:
    """The adapted programme as it reads, once it is published."""
    file = queries.dossier(found)
    if not _is_readable(file) or file.adapted is None:
        return None
    return {
        "demand": found,
        "version": file.adapted,
        "days": programmes.days_of(text_of(file.adapted)),
        "trainers": trainers_of(file.adapted.id),
        **programmes.WORDS,
        **_addresses(found, token),
    }


def space_index(page: Page[queries.Line]) -> dict[str, Any]:
    """The client's own requests."""
    return {"page": page, "states": STATES}


def ask_page(version: ProgrammeVersion) -> dict[str, Any]:
    """The form of a request, and for what programme."""
    return {"version": version, "programme": version.programme, "provider": provider()}


def thanks_page(version: ProgrammeVersion, request_id: int | None) -> dict[str, Any]:
    """What happens next; the request is shown to whoever has just sent it, and only then."""
    found = queries.request(request_id) if request_id else None
    return ask_page(version) | {
        "demand": found if found is not None and found.version_id == version.id else None
    }


def known_of(client_id: int | None, email: str) -> dict[str, str]:
    """What a client's form starts with."""
    known = client_by_id(client_id) if client_id else None
    if known is None:
        return {"email": email}
    contact = next((one for one in known.contacts if one.email == email), None)
    if contact is None:
        return {"organisation": known.name, "email": email}
    return {
        "organisation": known.name,
        "contact_name": contact.name,
        "contact_quality": contact.quality,
        "email": contact.email,
        "phone": contact.phone,
    }


def analysis_form_of(found: AdaptationRequest, led_by: str) -> AnalysisForm:
    """The form of the analysis, filled with what the request tells already."""
    with_whom = ", ".join(word for word in (found.contact_name, found.contact_quality) if word)
    return analysis_form(
        of_request(found.id), led_by=led_by, with_whom=with_whom, context=found.context
    )


def half_days_of(found: AdaptationRequest) -> Sequence[HalfDay]:
    """The half-days where a promised change can be applied."""
    return half_days(found.cohort_id) if found.cohort_id else []


def cohort(cohort_id: int | None) -> Cohort | None:
    """The cohort of that key."""
    return cohort_by_id(cohort_id) if cohort_id else None


def accommodation_page(line: Line, need: Need, **sent: Form) -> dict[str, Any]:
    """One request for accommodation, once its reading is in the journal."""
    row = line.accommodation
    return {
        "accommodation": row,
        "trainee": line.trainee,
        "cohort": line.cohort,
        "need": need,
        "notes": [one | {"at": datetime.fromisoformat(one["at"])} for one in row.follow_up],
        "state_words": ACCOMMODATION_STATES[row.state],
        "form": sent.get("form") or room.answer_form(row, formdata=None),
        "note_form": sent.get("note_form") or room.NoteForm(formdata=None),
        "erase_form": sent.get("erase_form")
        or room.EraseForm(formdata=None, data={"erase_after": row.erase_after}),
    }


def _base(file: Dossier) -> ProgrammeVersion:
    """The standard version that the adapted one was copied from."""
    origin = file.adapted.programme.adapted_from_id if file.adapted else None
    if origin is None or origin == file.version.id:
        return file.version
    return version_by_id(origin) or file.version


def _rows(file: Dossier) -> list[Any] | None:
    if file.adapted is None or not _is_readable(file):
        return None
    return programmes.differences(_base(file), file.adapted)


def _is_readable(file: Dossier) -> bool:
    return file.is_adapted and file.request.state == "accepted"


def _addresses(found: AdaptationRequest, token: str | None) -> dict[str, str]:
    place: dict[str, Any] = {"token": token} if token else {"request_id": found.id}
    names = ("show", "programme", "withdraw")
    if token:
        names = ("follow", "linked_programme", "linked_withdraw")
    urls = [url_for(f"adaptations_client.{name}", **place) for name in names]
    return dict(zip(("follow_url", "programme_url", "withdraw_url"), urls, strict=True))


def trainer_page(found: Cohort) -> dict[str, Any]:
    """What a trainer of a cohort must know and say."""
    return {
        "cohort": found,
        "promised": queries.adaptations_of(found.id),
        "measures": measures_for(found.id),
        "has_begun": found.starts_on <= clock.today(),
    }


def begun_half_days(cohort_id: int, now: datetime) -> Sequence[HalfDay]:
    """The half-days of a cohort that have begun: a change is applied in one of them."""
    return [one for one in half_days(cohort_id) if one.starts_at <= now]
