"""Whoever asked follows the request: by personal link, or in the client's own space."""

from flask import g, request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.adaptations import operations, views
from admin_app.adaptations.forms.requests import AskForm, WhyForm
from admin_app.adaptations.models import AdaptationRequest
from admin_app.adaptations.queries import requests as queries
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, Purpose, current_actor, linked, origin
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.programmes.queries import catalogue, public_version

pages = Pages("adaptations", "client")
SPACE = Permission.CLIENT_SPACE
LINK = linked(Purpose.ADAPTATION)
Reply = str | tuple[str, int] | Response


@pages.get("/espace/adaptations", allow=SPACE)
def index() -> str:
    """The client's own requests."""
    page = queries.of_client(current_user.client_id or 0, page_number())
    return render("adaptations/space_index.html", **views.space_index(page))


@pages.get("/espace/adaptations/nouvelle", allow=SPACE)
def choose() -> str:
    """Choose the programme to have adapted."""
    page = catalogue(on=clock.today(), number=page_number(), q=request.args.get("q", ""))
    return render("adaptations/space_choose.html", page=page)


@pages.form("/espace/adaptations/nouvelle/<slug>", allow=SPACE)
def ask(slug: str) -> Reply:
    """Ask for a custom version, as a client who is known."""
    version = or_404(public_version(slug, clock.today()))
    form = AskForm(data=views.known_of(current_user.client_id, current_user.email))
    if form.is_sent:
        made = keep(
            form,
            lambda: operations.request_adaptation(
                version,
                form.asked,
                client_id=current_user.client_id,
                by=current_actor(),
                at=clock.now(),
                origin=origin(),
            ),
        )
        if made is not None:
            return go("adaptations_client.show", "Demande envoyée.", request_id=made.id)
    context = {"form": form, **views.ask_page(version)}
    if request.method == "POST":
        return invalid("adaptations/space_ask.html", **context)
    return render("adaptations/space_ask.html", **context)


@pages.get("/espace/adaptations/<int:request_id>", allow=SPACE)
def show(request_id: int) -> str:
    """Where one of the client's requests stands."""
    return render("adaptations/follow.html", **views.follow_page(_own(request_id)))


@pages.get("/espace/adaptations/<int:request_id>/programme", allow=SPACE)
def programme(request_id: int) -> str:
    """The adapted programme as it reads."""
    return render("adaptations/adapted.html", **or_404(views.adapted_page(_own(request_id))))


@pages.post("/espace/adaptations/<int:request_id>/retirer", allow=SPACE)
def withdraw(request_id: int) -> Reply:
    """Give a request up."""
    return _withdraw(_own(request_id))


@pages.get("/l/<token>/demande", allow=LINK)
def follow(token: str) -> str:
    """Where the request stands, for the holder of its link."""
    return render("adaptations/follow.html", **views.follow_page(_linked(), token))


@pages.get("/l/<token>/demande/programme", allow=LINK)
def linked_programme(token: str) -> str:
    """The adapted programme as it reads, for the holder of the link."""
    return render("adaptations/adapted.html", **or_404(views.adapted_page(_linked(), token)))


@pages.post("/l/<token>/demande/retirer", allow=LINK)
def linked_withdraw(token: str) -> Reply:
    """Give the request up."""
    return _withdraw(_linked(), token)


def _own(request_id: int) -> AdaptationRequest:
    return or_404(queries.request_of_client(request_id, current_user.client_id))


def _linked() -> AdaptationRequest:
    return or_404(queries.request(g.link.subject_id))


def _withdraw(found: AdaptationRequest, token: str | None = None) -> Reply:
    form = WhyForm()
    if form.is_sent:
        done = keep(
            form,
            lambda: operations.withdraw_request(
                found, why=form.why.data or "", by=current_actor(), at=clock.now(), origin=origin()
            ),
        )
        if done is not None and token is not None:
            return go("adaptations_client.follow", "Votre demande est retirée.", token=token)
        if done is not None:
            return go("adaptations_client.show", "Demande retirée.", request_id=found.id)
    return invalid("adaptations/follow.html", **views.follow_page(found, token, form))
