"""The first run, and the organisation's logo, which everybody may see."""

from flask import Response, abort, request, session
from flask_login import login_user
from werkzeug.wrappers import Response as BaseResponse

from admin_app.accounts.limits import limiter
from admin_app.accounts.models import User
from admin_app.core import clock
from admin_app.core.access import PUBLIC, Pages, origin
from admin_app.core.errors import Refused
from admin_app.core.pages import go, invalid, keep, or_404, render
from admin_app.organisation import installation_code, operations
from admin_app.organisation.forms import FirstRunForm
from admin_app.organisation.queries import logo as stored_logo
from admin_app.organisation.queries import provider
from admin_app.organisation.vat import VAT_STATUSES

pages = Pages("organisation", "public")
Reply = str | tuple[str, int] | BaseResponse


@pages.form("/installation", allow=PUBLIC)
@limiter.limit("20 per minute", methods=["POST"])
def install() -> Reply:
    """The first run, once: the organisation and its first administrator."""
    if provider() is not None:
        abort(404)
    form = FirstRunForm()
    vat = {status.key: status.explanation for status in VAT_STATUSES}
    if form.is_sent:
        user = keep(form, lambda: _set_up(form))
        if user is not None:
            session.clear()
            session.permanent = True
            login_user(user)
            return go("organisation_office.first_steps", "Liasse est installée.")
    if request.method == "POST":
        return invalid("organisation/install.html", form=form, vat=vat)
    installation_code.current()  # made now, so that it can be read
    form.code.data = request.args.get("code", "")
    return render("organisation/install.html", form=form, vat=vat)


@pages.get("/logo", allow=PUBLIC)
def logo() -> Response:
    """The logo as it was sent."""
    data, mime = or_404(stored_logo())
    reply = Response(data, mimetype=mime)
    reply.headers["Cache-Control"] = "public, max-age=3600"
    return reply


def _set_up(form: FirstRunForm) -> User:
    if not installation_code.is_right(form.code.data or ""):
        raise Refused("Ce n’est pas le code de cette installation.", "code")
    _, user = operations.set_up(
        form.details(),
        form.administrator(),
        password=form.password.data or "",
        logo=form.sent_logo(),
        at=clock.now(),
        origin=origin(),
    )
    installation_code.forget()
    return user
