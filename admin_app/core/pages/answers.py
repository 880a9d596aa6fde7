"""What most pages answer: a form shown or sent back, filters of the address."""

from collections.abc import Callable

from flask import request
from werkzeug.wrappers import Response

from admin_app.core.pages.forms import Form, keep
from admin_app.core.pages.replies import invalid, render

Reply = str | tuple[str, int] | Response


def answer(template: str, **context: object) -> str | tuple[str, int]:
    """The page: shown, or sent back with its messages (422)."""
    made = invalid if request.method == "POST" else render
    return made(template, **context)


def filters(*names: str) -> dict[str, str]:
    """What the address asks for, under these names."""
    return {name: request.args.get(name, "").strip() for name in names}


def did(form: Form, act: Callable[[], object]) -> bool:
    """Whether the form was sent and its act done; what was refused is shown in the form."""
    return form.is_sent and keep(form, act) is not None
