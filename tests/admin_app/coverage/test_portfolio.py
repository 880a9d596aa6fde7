"""Every session at a glance."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.pages import paginate
from admin_app.coverage import queries
from admin_app.coverage.facts import cohort_facts
from admin_app.coverage.operations import refresh_cohort, refresh_provider
from admin_app.coverage.portfolio.cells import Line, lines
from admin_app.coverage.portfolio.selection import Wanted, selection, wanted_from
from admin_app.coverage.portfolio.shapes import actions_of
from admin_app.evidence.operations import record
from admin_app.organisation.queries import provider
from compliance import expectations as rules
from compliance.facts import action_of
from compliance.referentiel import load
from compliance.vocabulary import CoverageStatus
from tests.factories import AssignmentFactory, ProviderFactory, TrainerFactory, cohort_with
from tests.factories.subcontracting import entered
from tests.support.statements import counted

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
EDITION = load().edition("2026")


def refreshed(**changes: object) -> Cohort:
    cohort = cohort_with(**changes)  # type: ignore[arg-type]
    refresh_cohort(cohort)
    return cohort


def shown(cohorts: list[Cohort], day: date, criterion: int | None = None) -> list[Line]:
    return lines(cohorts, provider(), EDITION, day=day, wanted=criterion)[1]


def found(day: date | None = None, **wanted: object) -> list[Cohort]:
    today = clock.today()
    statement = selection(Wanted(**wanted), EDITION, today=today, day=day or today)  # type: ignore[arg-type]
    return list(paginate(statement, 1).items)


def a_piece(cohort: Cohort, piece: str, kind: str, key: int, on: date) -> None:
    record(
        piece,
        scope=(kind, key),
        label=piece,
        occurred_on=on,
        by=SYSTEM,
        at=clock.at(on, datetime.min.time()),
        source=("test", 1),
        cohort_id=cohort.id,
    )


def test_each_cell_says_what_the_engine_says_of_the_cohorts_own_pieces(app: Flask) -> None:
    """The counted rows and the whole computation give the same statuses, on several days."""
    ProviderFactory()
    with clock.frozen(NOW):
        refresh_provider()
        cohorts = [
            refreshed(trainees=3),
            refreshed(trainees=1, starts_on=date(2026, 11, 12), modality="remote"),
            refreshed(trainees=2, starts_on=date(2026, 12, 1), is_certifying=True, days=1),
            refreshed(trainees=2, has_subcontracting=True),
        ]
        first = cohorts[0]
        for rank, enrolment in enumerate(first.enrolments):
            on = date(2026, 9, 10 + 4 * rank)
            a_piece(first, "positioning", "enrolment", enrolment.id, on)
        a_piece(first, "session-plan", "cohort", first.id, date(2026, 9, 2))
        for day in (NOW.date(), NOW.date() + timedelta(days=60)):
            for line in shown(cohorts, day)[1:]:
                assert line.cohort is not None
                assert _statuses(line) == _own(line.cohort, day), line.cohort.reference


def _statuses(line: Line) -> dict[int, CoverageStatus | None]:
    return {cell.number: cell.status for cell in line.cells}


def _own(cohort: Cohort, day: date) -> dict[int, CoverageStatus | None]:
    """The engine's statuses when the pieces of the house and of registers are left out."""
    from compliance.coverage import indicator_status
    from compliance.vocabulary import PieceStatus

    coverage = queries.coverage_of(cohort, as_of=day, audit_date=date(2027, 1, 4))
    own = {(row.piece, row.scope_kind, row.scope_id) for row in _rows(cohort)}
    shared = {one.key: one for one in rules.catalogue().pieces}
    judged: dict[int, CoverageStatus | None] = {}
    for one in coverage.indicators:
        if one.status is CoverageStatus.NOT_APPLICABLE:
            judged[one.number] = one.status
            continue
        groups: dict[str, list[PieceStatus]] = {}
        for piece in coverage.pieces:
            expected = piece.expectation
            key = (expected.piece, expected.scope_kind.value, expected.scope_key)
            if key in own and shared[expected.piece].serves(one.key, "2026"):
                groups.setdefault(expected.piece, []).append(piece.status)
        judged[one.number] = (
            indicator_status(
                ((shared[key].each, tuple(found)) for key, found in groups.items()),
                is_awaited=one.is_awaited,
            )
            if groups
            else None
        )
    for none in coverage.not_followed:
        judged[none.number] = None
    kept = {one.number for one in EDITION.indicators} - {14, 15, 20, 29, 33}
    return {number: status for number, status in judged.items() if number in kept}


def _rows(cohort: Cohort) -> list:
    from sqlalchemy import select

    from admin_app.coverage.models import Expectation

    return list(db.session.scalars(select(Expectation).where(Expectation.cohort_id == cohort.id)))


def test_the_first_line_is_the_organisation(app: Flask) -> None:
    ProviderFactory()
    with clock.frozen(NOW):
        refresh_provider()
        own = shown([], NOW.date())
        coverage = queries.organisation_coverage(audit_date=date(2027, 1, 4))
    assert [line.cohort for line in own] == [None]
    assert coverage is not None
    followed = {one.number: one.status for one in coverage.indicators}
    for cell in own[0].cells:
        assert cell.status == followed.get(cell.number), cell


def test_a_criterion_keeps_its_columns_and_its_late_pieces(app: Flask) -> None:
    ProviderFactory()
    with clock.frozen(NOW):
        cohort = refreshed(trainees=2)
        _, whole = shown([cohort], NOW.date())
        _, part = shown([cohort], NOW.date(), criterion=7)
    assert {cell.criterion for cell in part.cells} == {7}
    assert 0 < part.late < whole.late


def test_filters_narrow_and_order(app: Flask) -> None:
    ProviderFactory()
    with clock.frozen(NOW):
        past = refreshed(trainees=3, starts_on=date(2026, 3, 10))
        small = refreshed(trainees=1, starts_on=date(2026, 9, 17))
        coming = refreshed(trainees=2, starts_on=date(2027, 1, 12))
        everyone = [coming, small, past]
        assert found() == everyone
        assert found(state="upcoming") == [coming]
        assert found(since=date(2026, 9, 18), until=date(2026, 12, 1)) == [small]
        assert found(text=past.reference) == [past]
        assert found(status="late") == [small, past]
        assert found(status="late", criterion=7, day=date(2026, 9, 18)) == [past]
        assert found(status="upcoming")[0] == coming
        assert found(status="none") == []
        assert found(order="retards") == [past, small, coming]
        assert found(day=date(2027, 6, 1), status="late") == everyone
        programme = past.standard_version_id
        assert past in found(programme="a") or programme


def test_the_address_that_makes_no_sense_asks_for_nothing() -> None:
    nonsense = {"du": "hier", "critere": "9", "state": "x", "status": "y", "tri": "z"}
    assert wanted_from(nonsense) == Wanted()


def test_the_page_runs_the_same_statements_for_many_rows(
    app: Flask, sign_in: Callable[..., FlaskClient]
) -> None:
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        refresh_provider()
        for _ in range(2):
            refreshed(trainees=1)
        reader.get("/couverture/sessions")
        with counted() as few:
            page = reader.get("/couverture/sessions?tri=retards&status=late&q=CTG&formation=a")
        assert page.status_code == 200
        for _ in range(28):
            refreshed(trainees=1)
        with counted() as many:
            page = reader.get("/couverture/sessions?tri=retards&status=late&q=CTG")
        assert page.status_code == 200
    assert len(few) <= len(many) <= 10, "\n".join(many)


@pytest.mark.parametrize("jour", ["hier", "2026-01-01", "2999-01-01", "2027-01-04", "2026-10-20"])
def test_any_day_is_answered(app: Flask, sign_in: Callable[..., FlaskClient], jour: str) -> None:
    reader = sign_in(Role.OFFICE)
    with clock.frozen(NOW):
        refreshed(trainees=1)
        page = reader.get(f"/couverture/sessions?jour={jour}&page=7")
    assert page.status_code == 200
    assert ('role="alert"' in page.text) == (jour in {"hier", "2026-01-01", "2999-01-01"})


def test_empty_states_say_what_to_do(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    reader = sign_in(Role.OFFICE)
    with clock.frozen(NOW):
        assert "Aucune session pour l’instant" in reader.get("/couverture/sessions").text
        assert "Aucune session ne répond" in reader.get("/couverture/sessions?q=rien").text


def test_who_may_read(app: Flask, sign_in: Callable[..., FlaskClient]) -> None:
    for role, status in ((Role.TRAINER, 403), (Role.AUDITOR, 403), (Role.OFFICE, 200)):
        assert sign_in(role).get("/couverture/sessions").status_code == status


def test_the_table_and_the_page_of_a_cohort_see_the_same_shape(app: Flask) -> None:
    """A trainer on our payroll whom a subcontractor sends works under contract, on both."""
    ProviderFactory()
    cohort = cohort_with(trainees=1)
    sent = TrainerFactory(status="employee", subcontractor_id=entered().id)
    AssignmentFactory(cohort_id=cohort.id, trainer_id=sent.id)
    with clock.frozen(NOW):
        whole = action_of(cohort_facts(cohort))
        assert actions_of([cohort]) == {cohort.id: whole}
        assert whole.has_subcontracting
