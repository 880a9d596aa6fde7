"""The front door, and where a personal link leads."""

from flask import abort, current_app, redirect, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.core.access import PUBLIC, Pages, Permission
from admin_app.core.links import LinkProblem, Purpose, open_link

pages = Pages("spaces", "public")
HOMES = (
    (Permission.COHORTS_READ, "spaces_office.today"),
    (Permission.TRAINER_SPACE, "attendance_trainer.index"),
    (Permission.AUDIT_READ, "audits_auditor.index"),
    (Permission.CLIENT_SPACE, "spaces_client.index"),
)


@pages.get("/", allow=PUBLIC)
def home() -> Response:
    """Everyone to their own space; a visitor to the catalogue."""
    if current_user.is_authenticated:
        for permission, endpoint in HOMES:
            if permission in current_user.permissions:
                return redirect(url_for(endpoint))
    return redirect(url_for("programmes_public.catalogue"))


@pages.get("/l/<token>", allow=PUBLIC)
def personal(token: str) -> Response:
    """The page that a personal link is for."""
    try:
        link = open_link(token)
    except LinkProblem as problem:
        reply: Response = current_app.extensions["liasse.link_problem"](problem)
        return reply
    endpoint: str | None = current_app.extensions.get("liasse.link_homes", {}).get(
        Purpose(link.purpose)
    )
    if endpoint is None:
        abort(404)
    return redirect(url_for(endpoint, token=token))
