"""What the office's pages about programmes share."""

from flask import request
from werkzeug.wrappers import Response

from admin_app.core.access import Pages, Permission
from admin_app.core.pages import invalid, render

pages = Pages("programmes", "office", prefix="/formations")
MANAGE, UPKEEP = Permission.PROGRAMMES_MANAGE, Permission.PROGRAMMES_UPKEEP
Reply = str | tuple[str, int] | Response


def answer(template: str, **context: object) -> str | tuple[str, int]:
    """The page of a form: 422 when it was sent and something is wrong."""
    return invalid(template, **context) if request.method == "POST" else render(template, **context)
