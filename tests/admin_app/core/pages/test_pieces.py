"""Cells and states, as every list shows them."""

import pytest
from flask import Flask, render_template_string
from jinja2 import Undefined
from markupsafe import Markup

from admin_app.core.pages.pieces import DRAWINGS, KINDS, WORDS, cell, shape, state
from compliance.vocabulary import CoverageStatus, PieceStatus


def test_a_cell_carries_its_columns_name_and_escapes_what_it_says() -> None:
    assert cell("Nom & prénom", "<b>") == '<td data-label="Nom &amp; prénom">&lt;b&gt;</td>'
    assert cell("Heures", 0, "num") == '<td data-label="Heures" class="num">0</td>'
    assert cell("Lien", Markup("<a></a>")) == '<td data-label="Lien"><a></a></td>'
    assert cell("Session", "Accueillir", "main") == '<th scope="row" class="main">Accueillir</th>'


@pytest.mark.parametrize("nothing", [None, "", Undefined()])
def test_a_cell_without_anything_says_so(nothing: object) -> None:
    assert 'aria-label="rien"' in cell("Client", nothing)
    assert "is-empty" in cell("Client", nothing, "num")


def test_a_state_is_a_word_and_a_shape() -> None:
    assert "<svg" in state("late")
    assert "en retard" in state("late")
    assert "3 jours" in state("ok", "3 jours")
    assert "state-covered" in state("ok")
    assert "&lt;b&gt;" in state("late", "<b>")


@pytest.mark.parametrize("status", [*CoverageStatus, *PieceStatus])
def test_every_status_has_words_and_a_drawing(status: CoverageStatus | PieceStatus) -> None:
    assert status.label in state(status)
    assert KINDS.get(status, status) in {*DRAWINGS, "not-applicable"}
    assert status in WORDS
    assert "<svg" in shape(status)


def test_templates_take_them_from_the_components(app: Flask) -> None:
    shown = render_template_string(
        '{% from "components/table.html" import cell %}'
        '{% from "components/state.html" import state, shape %}'
        '{% call cell("État", kind="act") %}{{ state("late") }}{% endcall %}{{ shape("ok") }}'
    )
    assert shown.startswith('<td data-label="État" class="act"><span class="state state-late">')
