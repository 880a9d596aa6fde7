"""What a page answers."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Response, abort, flash, make_response, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from admin_app.core.errors import Refused

T = TypeVar("T")


def render(template: str, **context: Any) -> str:
    """The page made from this template."""
    return render_template(template, **context)


def invalid(template: str, **context: Any) -> tuple[str, int]:
    """The same page again with its messages: nothing was changed (422)."""
    return render_template(template, **context), 422


def go(endpoint: str, message: str = "", **values: Any) -> BaseResponse:
    """On to another page after an act, saying what was done (303)."""
    if message:
        flash(message, "success")
    return redirect(url_for(endpoint, **values), code=303)


def done(act: Callable[[], object], endpoint: str, message: str, **values: Any) -> BaseResponse:
    """Do what a button asks, then go on to a page that says it was done, or why it was not."""
    try:
        act()
    except Refused as refused:
        return refused_at(refused, endpoint, **values)
    return go(endpoint, message, **values)


def refused_at(refused: Refused, endpoint: str, **values: Any) -> BaseResponse:
    """Go to a page that says why what a button asked was not done."""
    for problem in refused.problems:
        flash(problem.message, "danger")
    return go(endpoint, "", **values)


def or_404(found: T | None) -> T:
    """The thing, or the page « introuvable » when there is none."""
    if found is None:
        abort(404)
    return found


def download(data: bytes, name: str, mime: str, *, inline: bool = False) -> Response:
    """A file to open or to keep."""
    reply = make_response(data)
    reply.headers["Content-Type"] = mime
    reply.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=name)
    reply.headers["Cache-Control"] = "private, no-store"
    return reply
