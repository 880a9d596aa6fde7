"""French spaces of what templates say."""

import pytest
from flask import Flask, render_template_string
from markupsafe import Markup

from admin_app.core.typography import finished, spaced


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Qui vient ?", "Qui vient~?"),
        ("<h1>Fermer la salle ?</h1>", "<h1>Fermer la salle~?</h1>"),
        ("de « formation », puis", "de «~formation~», puis"),
        (" : ", "~: "),
        ("une ; deux ; trois", "une~; deux~; trois"),
        ("(voir « ici ») !", "(voir «~ici~»)~!"),
        ("https://example.org/?q=a&b :c", "https://example.org/?q=a&b :c"),
        ("<p class='a'>\n  : seul</p>", "<p class='a'>\n  : seul</p>"),
        ("rien à faire", "rien à faire"),
    ],
)
def test_spaces(typed: str, shown: str) -> None:
    assert spaced(typed) == shown.replace("~", "\u00a0")


def test_templates_are_mended_when_they_are_compiled(app: Flask) -> None:
    source = "{{ name }} : « {{ name }} » {% set words = 'Effacer ?' %}{{ words }}"
    shown = render_template_string(source, name="Nadia")
    assert shown == "Nadia~: «~Nadia~» Effacer~?".replace("~", "\u00a0")


def test_words_of_python_and_of_the_database_are_spaced_when_shown(app: Flask) -> None:
    shown = app.jinja_env.from_string('<p title="{{ a }}">{{ a }}</p>{{ b }}').render(
        a="Motif : « sans » ; vraiment ?", b=Markup("<b>x : y</b>")
    )
    spaced = "Motif\u00a0: «\u00a0sans\u00a0»\u00a0; vraiment\u00a0?"
    assert shown == f'<p title="{spaced}">{spaced}</p><b>x : y</b>'
    assert finished(3) == 3
    assert finished("9:30, a?b=1") == "9:30, a?b=1"
