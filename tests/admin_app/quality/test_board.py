"""What is due in each register, on one page."""

from collections.abc import Iterator
from datetime import date

import pytest
from flask import Flask

from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.coverage.acts import place_of
from tests.admin_app.quality.support import SignIn, statements, words
from tests.factories.registers import TODAY, found, planned, written

BASE = "/qualite/"
ACTS = (
    "watch.add",
    "watch.use",
    "improvements.feedback-analysis",
    "improvements.review",
    "improvements.done",
    "improvements.effect",
    "risks.analysis",
    "risks.review",
)


@pytest.fixture(autouse=True)
def _today(app: Flask) -> Iterator[None]:
    with clock.frozen(TODAY):
        yield


def test_an_empty_house_is_told_what_to_begin_with(sign_in: SignIn) -> None:
    shown = words(sign_in(Role.QUALITY_MANAGER).get(BASE))
    assert "Jamais faite." in shown
    assert "Aucun risque écrit." in shown
    assert "Rien en cours." in shown


def test_it_says_what_is_due_and_costs_the_same(sign_in: SignIn) -> None:
    manager = sign_in(Role.QUALITY_MANAGER)
    found(topic="trades")
    planned(due_on=date(2026, 10, 15))
    written()
    few = statements(manager, BASE)
    for _ in range(20):
        found(topic="trades")
        planned()
        written()
    assert statements(manager, BASE) == few <= 10
    shown = words(manager.get(BASE))
    assert "21 éléments à analyser" in shown
    assert "21 risques suivis" in shown
    assert "1 en retard" in shown


def test_who_reads_it(sign_in: SignIn) -> None:
    assert sign_in(Role.OFFICE).get(BASE).status_code == 200
    shown = sign_in(Role.DISABILITY_OFFICER).get(BASE)
    assert shown.status_code == 200
    assert "Ouvrir une action" not in shown.text
    assert sign_in(Role.TRAINER).get(BASE).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_what_remains_to_be_done_leads_to_its_form(app: Flask, act: str) -> None:
    with app.test_request_context():
        url, label = place_of(act, None, 12)
    assert url.startswith("/qualite/")
    assert label
