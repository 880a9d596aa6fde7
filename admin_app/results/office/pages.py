"""What the office's pages about results share."""

from flask import request
from werkzeug.wrappers import Response

from admin_app.core.access import Pages, Permission
from admin_app.core.pages import invalid, or_404, render
from admin_app.programmes import queries as programmes
from admin_app.programmes.models import Programme

pages = Pages("results", "office", prefix="/resultats")
MANAGE, UPKEEP = Permission.RESULTS_MANAGE, Permission.PROGRAMMES_UPKEEP
Reply = str | tuple[str, int] | Response


def the_programme(programme_id: int) -> Programme:
    """The programme of the address, or the page « introuvable »."""
    return or_404(programmes.programme(programme_id))


def answer(template: str, **context: object) -> Reply:
    """The page of a form: 422 when it was sent and something is wrong."""
    return (invalid if request.method == "POST" else render)(template, **context)
