"""The organisation's logo, which everybody may see."""

from flask import Response

from admin_app.core.access import PUBLIC, Pages
from admin_app.core.pages import or_404
from admin_app.organisation.queries import logo as stored_logo

pages = Pages("organisation", "public")


@pages.get("/logo", allow=PUBLIC)
def logo() -> Response:
    """The logo as it was sent; its address changes with it, so a browser may keep it."""
    data, mime = or_404(stored_logo())
    reply = Response(data, mimetype=mime)
    reply.headers["Cache-Control"] = "public, max-age=86400"
    return reply
