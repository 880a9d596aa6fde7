"""The pages of a cohort's file and of the organisation: today, a past day, a day to come."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.coverage import queries
from admin_app.coverage.operations import refresh_cohort, refresh_provider
from admin_app.coverage.steps import step_views
from admin_app.evidence.operations import record
from tests.factories import ProviderFactory, cohort_with
from tests.support.statements import counted

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
NBSP = "\u00a0"
DAYS = ("", "2026-10-10", "2027-03-01", "hier", "2001-01-01", "2199-12-31")


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    made = cohort_with(trainees=2)
    with clock.frozen(NOW):
        refresh_provider()
        refresh_cohort(made)
    return made


def plain(page: object) -> str:
    return page.text.replace(NBSP, " ").replace("\u202f", " ")  # type: ignore[attr-defined]


@pytest.mark.parametrize("jour", DAYS)
@pytest.mark.parametrize("where", ["cohort", "house"])
def test_the_day_shown_is_said_clearly(
    cohort: Cohort, sign_in: Callable[..., FlaskClient], where: str, jour: str
) -> None:
    address = f"/sessions/{cohort.id}/preuves" if where == "cohort" else "/couverture/organisme"
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        page = reader.get(f"{address}?jour={jour}&critere=2")
    assert page.status_code == 200
    words = plain(page)
    assert ("tel qu’il était le 10 octobre 2026" in words) == (jour == "2026-10-10")
    assert ("tel qu’il serait le 1er mars 2027" in words) == (jour == "2027-03-01")
    assert ('id="jour-erreur"' in words) == (jour in DAYS[3:])
    if jour == "2026-10-10":
        assert "Référentiel national qualité de 2019" in words
        assert "Le plus court chemin" not in words


def test_another_edition_may_be_asked_for_a_past_day(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        page = reader.get(f"/sessions/{cohort.id}/preuves?jour=2026-10-10&edition=2026")
    assert "Le lire selon l’édition de ce jour-là" in plain(page)


def test_each_gap_of_the_organisation_is_a_sentence_with_who_when_and_why(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        coverage = queries.organisation_coverage()
        assert coverage is not None
        for criterion in range(1, 8):
            words = plain(reader.get(f"/couverture/organisme?critere={criterion}"))
            for one in coverage.indicators:
                if one.criterion == criterion:
                    assert one.title in words
        watch = plain(reader.get("/couverture/organisme?critere=6"))
    assert "échéance" in watch
    assert "exigence du texte" in watch
    assert "décret n" in watch.casefold()


def test_the_page_of_the_organisation_costs_the_same_whatever_the_rows(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        reader.get("/couverture/organisme")
        few = _cost(reader, "/couverture/organisme")
        for _ in range(30):
            refresh_cohort(cohort_with(trainees=1))
        many = _cost(reader, "/couverture/organisme")
        file = _cost(reader, f"/sessions/{cohort.id}/preuves?jour=2027-01-04")
    assert few == many <= 10
    assert file <= 10


def _cost(reader: FlaskClient, address: str) -> int:
    with counted() as run:
        assert reader.get(address).status_code == 200
    return len(run)


def test_the_next_steps_say_what_they_would_settle(
    app: Flask, cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    with clock.frozen(NOW), app.test_request_context():
        shown = step_views(queries.coverage_of(cohort), cohort.id, most=3)
    assert 0 < len(shown["steps"]) <= 3
    assert shown["sentence"].startswith(("Un seul acte ferait", f"{len(shown['steps'])} actes"))
    assert any(step["turns"] for step in shown["steps"])
    with clock.frozen(NOW):
        page = sign_in(Role.OFFICE).get(f"/sessions/{cohort.id}/preuves")
    steps = BeautifulSoup(page.text, "html.parser").select("#suite .gap-act a")
    assert steps
    assert all(str(one["href"]).startswith("/") for one in steps)


def test_when_nothing_presses_the_next_due_day_is_told(app: Flask) -> None:
    ProviderFactory()
    coming = cohort_with(trainees=1, starts_on=date(2027, 3, 10))
    with clock.frozen(NOW), app.test_request_context():
        refresh_cohort(coming)
        coverage = queries.coverage_of(coming, audit_date=date(2027, 1, 4))
        own = [gap for gap in coverage.gaps if gap.piece == "needs-analysis"]
        assert own
        shown = step_views(coverage, coming.id)
    assert bool(shown["steps"]) != bool(shown["next_due"])


def test_what_is_recorded_since_does_not_count_on_a_past_day(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        record(
            "session-plan",
            scope=("cohort", cohort.id),
            label="Déroulé remis",
            occurred_on=date(2026, 9, 1),
            by=SYSTEM,
            at=NOW,
            source=("cohort", cohort.id),
            cohort_id=cohort.id,
        )
        address = f"/sessions/{cohort.id}/preuves?critere=2"
        whole = plain(reader.get(address))
        before = plain(reader.get(f"{address}&jour=2026-11-20"))
    panel = before.split('id="couverture"')[1].split("Fil de la session")[0]
    assert "Déroulé remis" in whole.split('id="couverture"')[1].split("Fil de la session")[0]
    assert "Déroulé remis" not in panel


def test_before_the_organisation_is_described(app: Flask) -> None:
    with clock.frozen(NOW):
        assert queries.organisation_coverage() is None
