"""The pieces that pages repeat a hundred times: a cell of a list, a state, those of a criterion.

Templates take them from `components/table.html` and `components/state.html` like any other piece;
written here, they cost a third of what they cost as macros.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from flask import Flask
from jinja2 import Undefined
from markupsafe import Markup, escape

from admin_app.core.typography import finished

NOTHING = Markup('<span class="soft" aria-label="rien">–</span>')
WORDS = {
    "covered": "couvert",
    "partial": "partiel",
    "upcoming": "à venir",
    "late": "en retard",
    "review": "à examiner",
    "awaited": "texte attendu",
    "not-applicable": "non applicable",
    "tried": "sollicité sans réponse",
    "ok": "fait",
    "warn": "à surveiller",
    "danger": "à traiter",
    "info": "en attente",
    "neutral": "sans objet",
    "draft": "brouillon",
}
KINDS = {
    "ok": "covered",
    "warn": "partial",
    "danger": "late",
    "info": "upcoming",
    "neutral": "not-applicable",
    "draft": "awaited",
    "tried": "partial",
}
SEVERAL = {  # how many of each, worst first
    "late": ("en retard", "en retard"),
    "review": ("à examiner", "à examiner"),
    "partial": ("partiel", "partiels"),
    "upcoming": ("à venir", "à venir"),
    "awaited": ("texte attendu", "textes attendus"),
    "covered": ("couvert", "couverts"),
    "not-applicable": ("non applicable", "non applicables"),
}
DRAWINGS = {
    "covered": '<circle cx="6" cy="6" r="5"/>',
    "partial": '<path d="M6 1a5 5 0 0 0 0 10z"/><circle cx="6" cy="6" r="4.3" class="ring"/>',
    "late": '<path d="M6 .8 11.6 11H.4z"/>',
    "upcoming": '<circle cx="6" cy="6" r="4.3" class="ring"/>',
    "review": '<path d="M6 .2 11.8 6 6 11.8.2 6z"/>',
    "awaited": '<circle cx="1.8" cy="6" r="1.3"/><circle cx="6" cy="6" r="1.3"/>'
    '<circle cx="10.2" cy="6" r="1.3"/>',
}
DASH = '<path d="M2 5.2h8v1.6H2z"/>'


def init_pieces(app: Flask) -> None:
    """Give the pieces to the templates that hand them on."""
    app.jinja_env.globals.update(
        html_cell=cell,
        html_state=state,
        html_shape=shape,
        html_squares=squares,
        html_tally=tally,
        state_kinds=KINDS,
    )


def cell(
    label: str,
    value: object = None,
    kind: str | None = None,
    caller: Callable[[], Any] | None = None,
) -> Markup:
    """One cell of a list; it carries its column's name, for a narrow screen.

    Args:
        label: the column's name.
        value: what it says; `{% call %}` may hold richer content instead.
        kind: `main` (the row's name), `num` (figures to the right), `act` (its links).
    """
    content = caller() if caller else value
    if kind == "main":
        return Markup(f'<th scope="row" class="main">{_safe(content)}</th>')  # noqa: S704
    if content is None or content == "" or isinstance(content, Undefined):
        start = _start(label, f"{kind or ''} is-empty")
        return Markup(f"{start}{NOTHING}</td>")  # noqa: S704
    return Markup(f"{_start(label, kind)}{_safe(content)}</td>")  # noqa: S704


def _safe(content: object) -> str:
    """The content, with its French spaces, escaped unless it is already."""
    return content if type(content) is Markup else escape(finished(content))


@lru_cache(maxsize=1024, typed=True)  # a page says its few columns again at each row
def _start(label: str, kind: str | None) -> str:
    css = f' class="{kind}"' if kind else ""
    return f'<td data-label="{escape(label)}"{css}>'


def state(status: object, label: str | None = None) -> Markup:
    """« ● couvert »: a word and a shape, never a colour alone.

    Args:
        status: a word of the rules (`CoverageStatus`…), or a key of `WORDS`.
        label: other words than the status's own.
    """
    return _state(str(status), label or str(getattr(status, "label", "")))


def shape(status: object) -> Markup:
    """The drawing of a state, alone."""
    return _shape(str(status))


def squares(statuses: Iterable[object]) -> Markup:
    """A square a status: the indicators of a criterion, for the eye alone."""
    codes = [escape(KINDS.get(code, code)) for code in map(str, statuses)]
    return Markup("".join(f'<i class="cell cell-{code}"></i>' for code in codes))  # noqa: S704


def tally(statuses: Iterable[object]) -> str:
    """The same in words: « 1 en retard, 3 couverts »."""
    numbers = Counter(map(str, statuses))
    said = [
        f"{numbers[code]} {one if numbers[code] == 1 else several}"
        for code, (one, several) in SEVERAL.items()
        if numbers[code]
    ]
    return ", ".join(said) or "rien d’attendu"


@cache
def _shape(code: str) -> Markup:
    drawing = DRAWINGS.get(KINDS.get(code, code), DASH)
    return Markup(  # noqa: S704
        '<svg class="shape" viewBox="0 0 12 12" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )


@lru_cache(maxsize=1024, typed=True)  # few words, at each row
def _state(code: str, label: str) -> Markup:
    kind, words = escape(KINDS.get(code, code)), escape(label or WORDS.get(code, code))
    return Markup(f'<span class="state state-{kind}">{_shape(code)}{words}</span>')  # noqa: S704
