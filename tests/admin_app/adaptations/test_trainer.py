"""The trainer reads what was promised and the measures, and says what was applied."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from flask import Flask, render_template
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.adaptations import operations
from admin_app.adaptations.models import Accommodation, Adaptation
from admin_app.adaptations.operations.accommodations import erase_what_is_due
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.database import db
from admin_app.evidence.models import Evidence
from admin_app.programmes import operations as programmes
from tests.factories import ProviderFactory, UserFactory, cohort_with
from tests.factories.adaptations import SECRET, accepted, accommodation, cohort_for
from tests.factories.base import A_DAY
from tests.factories.programmes import OFFICE, full_text
from tests.support.statements import counted

BY = {"by": OFFICE, "at": A_DAY + timedelta(days=8)}
MEASURES = "Pauses de dix minutes chaque heure."


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    """A cohort whose client was promised two changes, and a trainee some measures."""
    ProviderFactory()
    request = accepted()
    made = cohort_for(request)
    operations.attach_to_cohort(request, made, **BY)
    asked = accommodation(made.enrolments[0])
    operations.decide_accommodation(asked, measures=MEASURES, **BY)
    return made


@pytest.fixture
def trainer(cohort: Cohort, sign_in: Callable[..., FlaskClient]) -> FlaskClient:
    key = cohort.assignments[0].trainer_id
    return sign_in(user=UserFactory(roles=(Role.TRAINER,), trainer_id=key))


def test_a_trainer_reads_the_measures_and_never_the_need(
    cohort: Cohort, trainer: FlaskClient
) -> None:
    with counted() as statements:
        shown = trainer.get(f"/mes-sessions/{cohort.id}/adaptations").text
    assert len(statements) <= 10
    assert MEASURES in shown
    assert SECRET not in shown
    assert "Étude de cas locale au jour 2" in shown


def test_a_trainer_says_where_each_change_was_applied(cohort: Cohort, trainer: FlaskClient) -> None:
    address = f"/mes-sessions/{cohort.id}/adaptations"
    with clock.frozen(BY["at"]):
        assert "n’a pas commencé" in trainer.get(f"{address}/1").text
    with clock.frozen(cohort.half_days[1].ends_at):
        assert "Dire où" in trainer.get(address).text
        half_days = trainer.get(f"{address}/1").text
        assert f'value="{cohort.half_days[1].id}"' in half_days
        assert f'value="{cohort.half_days[2].id}"' not in half_days
        for one, half_day in ((1, 0), (2, 1)):
            sent = {"half_day_id": cohort.half_days[half_day].id, "note": "Fait"}
            assert trainer.post(f"{address}/{one}", data=sent).status_code == 303
        too_soon = {"half_day_id": cohort.half_days[3].id}
        assert trainer.post(f"{address}/1", data=too_soon).status_code == 404
        long = {"half_day_id": cohort.half_days[0].id, "note": "x" * 501}
        assert trainer.post(f"{address}/1", data=long).status_code == 422
    (piece,) = db.session.scalars(select(Evidence).where(Evidence.piece == "adaptation-applied"))
    assert piece.withdrawn_at is None


def test_a_trainer_sees_only_own_cohorts(
    cohort: Cohort, trainer: FlaskClient, sign_in: Callable[..., FlaskClient]
) -> None:
    other = cohort_with(starts_on=date(2026, 10, 5))
    for address in (f"/mes-sessions/{other.id}/adaptations", "/mes-sessions/99/adaptations"):
        assert trainer.get(address).status_code == 404
    assert trainer.get(f"/mes-sessions/{other.id}/adaptations/1").status_code == 404
    assert trainer.get(f"/mes-sessions/{cohort.id}/adaptations/99").status_code == 404
    nobody = sign_in(user=UserFactory(roles=(Role.TRAINER,), trainer_id=None))
    assert nobody.get(f"/mes-sessions/{cohort.id}/adaptations").status_code == 404
    assert sign_in(Role.OFFICE).get(f"/mes-sessions/{cohort.id}/adaptations").status_code == 403


def test_a_cohort_without_any_says_so(cohort: Cohort, sign_in: Callable[..., FlaskClient]) -> None:
    other = cohort_with(starts_on=date(2026, 10, 5))
    key = other.assignments[0].trainer_id
    trainer = sign_in(user=UserFactory(roles=(Role.TRAINER,), trainer_id=key))
    assert "Rien à adapter" in trainer.get(f"/mes-sessions/{other.id}/adaptations").text


def test_the_auditor_reads_each_piece_itself(app: Flask, cohort: Cohort) -> None:
    request = accepted(at=A_DAY + timedelta(minutes=5))
    version = operations.make_adapted(request, **BY)
    programmes.save_draft(version, full_text(audience="Élus et cadres."), **BY)
    programmes.publish(version, in_force_from=BY["at"].date(), **BY)
    views = app.extensions["liasse.piece_views"]
    shown = {}
    with app.test_request_context():
        for piece in db.session.scalars(select(Evidence)):
            if piece.source_kind in views:
                template, content = views[piece.source_kind](piece.source_id)
                shown[piece.piece] = render_template(template, content=content)
    assert "Le cas local sert le projet" in shown["adaptation-decision"]
    assert "Élus et cadres." in shown["adapted-programme"]
    assert "Ce qui est adapté" in shown["adapted-programme"]
    assert "Une étude de cas locale remplace" in shown["needs-analysis"]
    assert "Programme" not in shown.get("accommodation", "")
    assert "accommodation" not in views  # that it was handled is all an auditor reads
    assert "Panorama des missions" in shown["published-programme"]


def test_what_was_told_is_erased_by_the_worker(app: Flask, cohort: Cohort) -> None:
    row = db.session.scalars(select(Accommodation)).one()
    with clock.frozen(clock.at(row.erase_after + timedelta(days=1), time(12))):
        assert erase_what_is_due in app.extensions["liasse.rounds"]
        assert (erase_what_is_due(), erase_what_is_due()) == (1, 0)
    assert row.erased_at is not None
    assert db.session.scalar(select(Adaptation.id)) is not None
