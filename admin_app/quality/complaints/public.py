"""Anyone complains, without an account: a form, and a receipt that says what happens next."""

from flask import request, session
from werkzeug.wrappers import Response

from admin_app.accounts.limits import limiter
from admin_app.core import clock
from admin_app.core.access import PUBLIC, Pages, current_actor, origin
from admin_app.core.errors import Refused
from admin_app.core.pages import go, render
from admin_app.quality.complaints import forms, operations, queries, views

pages = Pages("complaints", "public", prefix="/reclamation")
REMEMBERED = "made_complaint"


@pages.form("", allow=PUBLIC)
@limiter.limit("20 per minute", methods=["POST"])
def ask() -> str | tuple[str, int] | Response:
    """The form of a complaint."""
    form, status = forms.PublicForm(), 422 if request.method == "POST" else 200
    if form.is_sent:
        try:
            made = operations.receive(
                forms.received_now(form, clock.today()),
                by=current_actor(),
                at=clock.now(),
                origin=origin(),
            )
        except Refused as refused:
            form.refuse(refused)
            status = 429 if isinstance(refused, operations.TooMany) else 422
        else:
            session[REMEMBERED] = made.id
            return go("complaints_public.thanks")
    return render("quality/complaints/ask.html", form=form, **views.promise(clock.today())), status


@pages.get("/merci", allow=PUBLIC)
def thanks() -> str:
    """What happens next, for whoever has just complained."""
    made = queries.complaint(session.get(REMEMBERED) or 0)
    return render("quality/complaints/thanks.html", **views.thanks_page(made))
