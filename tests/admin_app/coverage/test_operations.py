"""The rows say what the engine says."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.adaptations.operations import decide_accommodation
from admin_app.core import clock
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.transaction import touch_cohort, transaction
from admin_app.coverage import queries
from admin_app.coverage.facts import cohort_facts
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations import refresh_cohort, refresh_provider
from admin_app.evidence.operations import record, withdraw
from compliance import expectations as rules
from compliance.coverage import Coverage
from compliance.vocabulary import PieceStatus
from tests.factories import EnrolmentFactory, ProviderFactory, cohort_with, committed
from tests.factories.adaptations import OFFICER, accommodation
from tests.support.statements import counted

BEFORE = datetime(2026, 9, 1, 9, tzinfo=UTC)
AFTER = datetime(2026, 10, 20, 9, tzinfo=UTC)


def rows_of(cohort_id: int) -> list[Expectation]:
    return list(db.session.scalars(select(Expectation).where(Expectation.cohort_id == cohort_id)))


def test_a_cohort_is_expected_what_the_engine_expects(app: Flask) -> None:
    ProviderFactory()
    cohort = cohort_with(trainees=3)
    with clock.frozen(BEFORE):
        refresh_cohort(cohort)
        wanted = {one.identity for one in rules.expectations_of(cohort_facts(cohort))}
    found = {(row.piece, row.scope_kind, row.scope_id) for row in rows_of(cohort.id)}
    assert found == {(piece, kind.value, key) for piece, kind, key in wanted}
    assert all(row.is_open for row in rows_of(cohort.id))


def test_evidence_closes_its_row_within_the_same_act(app: Flask) -> None:
    cohort = cohort_with(trainees=2)
    enrolment = cohort.enrolments[0]
    with clock.frozen(BEFORE):
        refresh_cohort(cohort)
        evidence = record(
            "positioning",
            scope=("enrolment", enrolment.id),
            label="Positionnement",
            occurred_on=BEFORE.date(),
            by=SYSTEM,
            at=BEFORE,
            source=("positioning", 1),
            cohort_id=cohort.id,
        )
        assert not _row(cohort.id, "positioning", enrolment.id).is_open
        withdraw(evidence, why="Remplie par une autre personne.", by=SYSTEM, at=BEFORE)
        assert _row(cohort.id, "positioning", enrolment.id).is_open


def test_a_withdrawal_removes_what_was_owed(app: Flask) -> None:
    cohort = cohort_with(trainees=2)
    leaver = cohort.enrolments[1]
    with clock.frozen(BEFORE):
        refresh_cohort(cohort)
        with transaction():
            leaver.departure, leaver.left_on = "withdrawn-before", date(2026, 9, 1)
            leaver.left_recorded_at = BEFORE
            touch_cohort(cohort.id)
    assert not [
        row
        for row in rows_of(cohort.id)
        if row.scope_kind == "enrolment" and row.scope_id == leaver.id
    ]


@pytest.mark.parametrize(
    ("day", "status"), [(date(2026, 9, 1), "upcoming"), (date(2026, 12, 31), "late")]
)
def test_sql_and_engine_agree_on_the_status_of_a_day(app: Flask, day: date, status: str) -> None:
    cohort = cohort_with(trainees=2)
    with clock.frozen(BEFORE):
        refresh_cohort(cohort)
    for wanted in (PieceStatus.LATE, PieceStatus.UPCOMING, PieceStatus.REVIEW):
        page = queries.gaps_page(day, edition="2026", status=wanted.value)
        assert {row.status for row in page.items} <= {wanted}
    total = sum(queries.counts_by_status(day, "2026").values())
    everything = db.session.scalars(select(Expectation))
    assert total == len([row for row in everything if "|2026|" in row.editions])
    assert queries.counts_by_status(day, "2026").get(status)


def test_the_coverage_from_rows_is_that_of_the_whole_computation(app: Flask) -> None:
    ProviderFactory()
    cohort = cohort_with(trainees=3)
    with clock.frozen(AFTER):
        refresh_provider()
        refresh_cohort(cohort)
        from_rows = queries.coverage_of(cohort)
    with clock.frozen(AFTER + timedelta(days=1)):
        recomputed = queries.coverage_of(cohort, as_of=AFTER.date())

    def shown(coverage: Coverage) -> list[tuple[int, str, tuple[str, ...]]]:
        return [(one.number, one.status, one.reasons) for one in coverage.indicators]

    assert shown(from_rows) == shown(recomputed)


def test_a_late_enrolment_changes_the_number_of_statements_by_none(
    app: Flask, database_kind: str
) -> None:
    ProviderFactory()
    cohort = cohort_with(trainees=2)
    with clock.frozen(BEFORE), counted() as few:
        refresh_cohort(cohort)
    for _ in range(20):
        EnrolmentFactory(cohort_id=cohort.id)
    with clock.frozen(BEFORE):
        refresh_cohort(cohort)
    with clock.frozen(BEFORE), counted() as many:
        refresh_cohort(cohort)
    assert len(many) <= len(few)
    # on PostgreSQL an act reads again the organisation that the session knew
    assert len(many) <= 12 + (database_kind == "postgresql")


def test_a_second_request_for_an_accommodation_waits_for_its_own_answer(app: Flask) -> None:
    cohort = cohort_with(trainees=2)
    with clock.frozen(BEFORE):
        first, second = (accommodation(cohort.enrolments[0], at=BEFORE) for _ in range(2))
        decide_accommodation(first, measures="Une place devant.", by=OFFICER, at=BEFORE)
    asked = {row.scope_id: row for row in rows_of(cohort.id) if row.piece == "accommodation"}
    assert {key: row.is_open for key, row in asked.items()} == {first.id: False, second.id: True}
    with clock.frozen(BEFORE):
        gaps = [one for one in queries.coverage_of(cohort).gaps if one.piece == "accommodation"]
        assert [one.scope_key for one in gaps] == [second.id]
        decide_accommodation(second, refused_why="Orientée.", by=OFFICER, at=BEFORE)
    assert not _row(cohort.id, "accommodation", second.id).is_open


def test_the_answer_written_before_requests_had_their_own_still_counts(app: Flask) -> None:
    cohort = cohort_with(trainees=1)
    with clock.frozen(BEFORE):
        asked = accommodation(cohort.enrolments[0], at=BEFORE)
        record(
            "accommodation",
            scope=("enrolment", cohort.enrolments[0].id),
            label="Demande traitée",
            occurred_on=BEFORE.date(),
            by=SYSTEM,
            at=BEFORE,
            source=("accommodation", asked.id),
            cohort_id=cohort.id,
        )
    assert not _row(cohort.id, "accommodation", asked.id).is_open


def test_a_search_of_gaps_takes_its_signs_as_letters(app: Flask) -> None:
    with clock.frozen(BEFORE):
        for reference in ("CTG_A", "CTGXA", "100%", "1000", "A/B"):
            refresh_cohort(cohort_with(trainees=1, reference=reference))

        def found(text: str) -> set[str]:
            return {
                row.reference
                for row in queries.gaps_page(AFTER.date(), edition="2026", text=text).items
            }

        assert found("ctg_a") == {"CTG_A"}
        assert found("0%") == {"100%"}
        assert found("a/b") == {"A/B"}
        assert found("%%%") == set()


def test_the_list_without_a_filter_holds_nothing_that_is_covered(app: Flask) -> None:
    ProviderFactory()
    with clock.frozen(AFTER):
        record(
            "team-meeting",
            scope=("provider", 1),
            label="Réunion",
            occurred_on=AFTER.date(),
            by=SYSTEM,
            at=AFTER,
            source=("provider", 1),
        )
        rows = queries.all_gaps(AFTER.date(), "2026")
        page = queries.gaps_page(AFTER.date(), edition="2026", text="réunion")
    assert rows
    assert {row.status for row in rows} <= {
        PieceStatus.LATE,
        PieceStatus.UPCOMING,
        PieceStatus.REVIEW,
    }
    assert not [one for one in page.items if one.expectation.piece == "team-meeting"]


def _row(cohort_id: int, piece: str, scope_id: int) -> Expectation:
    with committed():
        pass
    return next(
        row for row in rows_of(cohort_id) if row.piece == piece and row.scope_id == scope_id
    )
