"""Before the organisation exists, every page leads to the first run."""

from flask import Flask, g, redirect, request, session, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from admin_app.organisation.queries import provider

OPEN = frozenset({"static", "organisation_public.install"})


def init_first_run(app: Flask) -> None:
    """Watch for requests that come before the organisation is set up."""
    app.before_request(_lead_there)


def _lead_there() -> Response | None:
    if request.endpoint is None or request.endpoint in OPEN:
        return None
    if "_user_id" in session and current_user.is_authenticated and g.get("provider"):
        return None  # read with the user, by one statement
    if provider() is not None:
        return None
    return redirect(url_for("organisation_public.install"), code=303)
