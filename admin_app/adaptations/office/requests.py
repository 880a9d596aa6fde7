"""The office finds the requests, reads one, acknowledges it and finds its client."""

from flask import request as asked
from werkzeug.wrappers import Response

from admin_app.adaptations import operations, views
from admin_app.adaptations.forms import requests as forms
from admin_app.adaptations.models import AdaptationRequest
from admin_app.adaptations.office.pages import DECIDE, pages
from admin_app.adaptations.queries import requests as queries
from admin_app.adaptations.words import STATES
from admin_app.core import clock
from admin_app.core.access import current_actor
from admin_app.core.errors import Refused
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.core.pages.forms import choices

Reply = str | tuple[str, int] | Response
FILTERS = [*STATES.items(), ("all", "toutes")]


@pages.get("/", allow=DECIDE)
def index() -> str:
    """The requests, those that wait for an answer first."""
    chosen = {name: asked.args.get(name, "") for name in ("q", "state")}
    page = queries.lines(number=page_number(), **chosen)
    is_filtered = any(chosen.values())
    return render(
        "adaptations/index.html",
        page=page,
        filters=FILTERS,
        states=STATES,
        is_filtered=is_filtered,
        is_new=not page.items and not is_filtered and not queries.has_any(),
        today=clock.today(),
    )


@pages.get("/<int:request_id>", allow=DECIDE)
def show(request_id: int) -> str:
    """Where a request stands, what remains to be done, who owes what."""
    found = or_404(queries.request(request_id))
    return render("adaptations/show.html", **views.office_page(found, clock.today()))


@pages.form("/<int:request_id>/accuser-reception", allow=DECIDE)
def acknowledge(request_id: int) -> Reply:
    """Tell whoever asked that the request was read."""
    found = or_404(queries.request(request_id))
    form = forms.AcknowledgeForm()
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.acknowledge(
                found, message=form.message.data or "", by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return back(found, f"Accusé de réception envoyé à {found.email}.")
    return answer("adaptations/acknowledge.html", form=form, **views.short(found))


@pages.form("/<int:request_id>/client", allow=DECIDE)
def client(request_id: int) -> Reply:
    """Say which client asked, among those that are known."""
    found = or_404(queries.request(request_id))
    known = queries.client_choices(found, asked.args.get("q", ""))
    form = forms.AttachForm(data={"client_id": found.client_id or 0})
    form.offer(known)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.attach_client(
                found, form.client_id.data or 0, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return back(found, "Demande rattachée à son client.")
    return answer("adaptations/client.html", form=form, choices=known, **views.short(found))


@pages.form("/<int:request_id>/client/nouveau", allow=DECIDE)
def new_client(request_id: int) -> Reply:
    """Make a client of whoever asked."""
    found = or_404(queries.request(request_id))
    form = forms.new_client_form(found)
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.create_client(
                found, form.details, by=current_actor(), at=clock.now()
            ),
        )
        if done is not None:
            return back(found, f"Client créé : {done.name}.")
    return answer("adaptations/new_client.html", form=form, **views.short(found))


@pages.form("/<int:request_id>/session", allow=DECIDE)
def attach_cohort(request_id: int) -> Reply:
    """Say for which cohort the request was made."""
    found = or_404(queries.request(request_id))
    form = forms.CohortForm()
    form.cohort_id.choices = (
        choices(queries.cohort_choices(found.client_id)) if found.client_id else []
    )
    if form.is_sent:
        cohort = or_404(views.cohort(form.cohort_id.data))
        done = keep(
            form,
            lambda: operations.attach_to_cohort(found, cohort, by=current_actor(), at=clock.now()),
        )
        if done is not None:
            return back(found, f"Demande rattachée à la session {cohort.reference}.")
    return answer("adaptations/attach_cohort.html", form=form, **views.short(found))


def back(found: AdaptationRequest, message: str) -> Response:
    """To the page of the request, saying what was done."""
    return go("adaptations_office.show", message, request_id=found.id)


def answer(template: str, **context: object) -> str | tuple[str, int]:
    """The page: shown, or sent back with its messages (422)."""
    return invalid(template, **context) if asked.method == "POST" else render(template, **context)


def refused_page(found: AdaptationRequest, refused: Refused) -> tuple[str, int]:
    """The page of the request with why a button did nothing."""
    context = views.office_page(found, clock.today())
    return invalid("adaptations/show.html", refused=refused.message, **context)
