"""Anyone asks for a custom version of a programme of the catalogue."""

from flask import request, session
from werkzeug.wrappers import Response

from admin_app.adaptations import operations, views
from admin_app.adaptations.forms.requests import AskForm
from admin_app.core import clock
from admin_app.core.access import PUBLIC, Pages, current_actor, origin
from admin_app.core.errors import Refused
from admin_app.core.pages import go, or_404, render
from admin_app.programmes.queries import public_version

pages = Pages("adaptations", "public", prefix="/catalogue")
REMEMBERED = "asked_adaptation"


@pages.form("/<slug>/adapter", allow=PUBLIC)
def ask(slug: str) -> str | tuple[str, int] | Response:
    """The form of a request."""
    version = or_404(public_version(slug, clock.today()))
    form, status = AskForm(), 422 if request.method == "POST" else 200
    if form.is_sent:
        try:
            made = operations.request_adaptation(
                version, form.asked, by=current_actor(), at=clock.now(), origin=origin()
            )
        except Refused as refused:
            form.refuse(refused)
            status = 429 if isinstance(refused, operations.TooMany) else 422
        else:
            session[REMEMBERED] = made.id
            return go("adaptations_public.thanks", slug=slug)
    return render("adaptations/ask.html", form=form, **views.ask_page(version)), status


@pages.get("/<slug>/adapter/merci", allow=PUBLIC)
def thanks(slug: str) -> str:
    """What happens next, for whoever has just asked."""
    version = or_404(public_version(slug, clock.today()))
    return render("adaptations/thanks.html", **views.thanks_page(version, session.get(REMEMBERED)))
