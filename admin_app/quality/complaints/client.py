"""A client complains in its own space, and follows what becomes of it."""

from flask import request
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.cohorts.queries import cohorts_of_client
from admin_app.core import clock
from admin_app.core.access import Pages, Permission, origin
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.pages import go, invalid, keep, or_404, page_number, render
from admin_app.quality.complaints import forms, operations, queries, views

pages = Pages("complaints", "client", "/espace/reclamations")
SPACE = Permission.CLIENT_SPACE


@pages.get("", allow=SPACE)
def index() -> str:
    """The client's own complaints."""
    page = queries.of_client(current_user.client_id or 0, page_number())
    shown = page.map(views.space_page)
    return render("quality/complaints/space_index.html", page=shown)


@pages.form("/nouvelle", allow=SPACE)
def ask() -> str | tuple[str, int] | Response:
    """Say what went wrong."""
    form = forms.ClientForm()
    form.offer(cohorts_of_client(_client())[:50])
    if form.is_sent:
        received = forms.received_now(
            form,
            clock.today(),
            author_kind="client",
            author_name=current_user.name,
            author_email=current_user.email,
            client_id=_client(),
            cohort_id=form.cohort_id.data or None,
        )
        made = keep(
            form,
            lambda: operations.receive(received, by=_as_client(), at=clock.now(), origin=origin()),
        )
        if made is not None:
            return go("complaints_client.show", "Réclamation envoyée.", complaint_id=made.id)
    shown = invalid if request.method == "POST" else render
    page = views.promise(clock.today()) | {"form": form}
    return shown("quality/complaints/space_ask.html", **page)


@pages.get("/<int:complaint_id>", allow=SPACE)
def show(complaint_id: int) -> str:
    """Where one of the client's complaints stands."""
    row = or_404(queries.one_of_client(complaint_id, current_user.client_id))
    return render("quality/complaints/space_show.html", **views.space_page(row))


def _client() -> int:
    return or_404(int(current_user.client_id) if current_user.client_id else None)


def _as_client() -> Actor:
    return Actor(ActorKind.CLIENT, current_user.name, current_user.id)
