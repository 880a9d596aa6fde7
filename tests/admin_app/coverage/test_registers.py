"""What the registers expect has rows of its own; what expires is told by SQL as by the engine."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from admin_app.cohorts.models import Assignment, Cohort
from admin_app.core import clock
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.transaction import touch_cohort, touch_scope, transaction
from admin_app.coverage import queries
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations import refresh_cohort, refresh_everything_else, refresh_provider
from admin_app.evidence.models import Evidence
from admin_app.evidence.operations import record
from admin_app.people.models import Trainer
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.risks.models import Risk
from compliance.coverage import Coverage
from compliance.expectations import catalogue
from compliance.vocabulary import CoverageStatus, PieceStatus
from tests.factories import ProviderFactory, cohort_with, committed
from tests.factories.complaints import QUALITY
from tests.factories.complaints import received_values as complaint_values
from tests.support.statements import counted

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
TODAY = NOW.date()


def rows(kind: str, key: int | None = None) -> dict[str, Expectation]:
    """The rows about a subject, whatever the cohort, by piece."""
    which = select(Expectation).where(
        Expectation.cohort_id.is_(None), Expectation.scope_kind == kind
    )
    if key is not None:
        which = which.where(Expectation.scope_id == key)
    return {row.piece: row for row in db.session.scalars(which)}


def proved(
    piece: str, scope: tuple[str, int], on: date = TODAY, until: date | None = None, **more: Any
) -> Evidence:
    return record(
        piece,
        scope=scope,
        label=piece,
        occurred_on=on,
        by=SYSTEM,
        at=NOW,
        source=scope,
        valid_until=until,
        **more,
    )


def improvement(**changes: Any) -> Improvement:
    values: dict[str, Any] = {
        "reference": "AM-1",
        "title": "Chauffer la salle",
        "kind": "corrective",
        "origin_kind": "other",
        "origin_words": "Constat",
        "action": "Remplacer le radiateur",
        "owner_name": "Inès Calvet",
        "created_on": TODAY,
        "due_on": TODAY + timedelta(days=30),
        "recorded_at": NOW,
        "recorded_by": "Inès Calvet",
    }
    row = Improvement(**values | changes)
    db.session.add(row)
    db.session.flush()
    touch_scope("improvement", row.id)
    return row


def test_an_improvement_is_expected_done_then_its_effect_checked(app: Flask) -> None:
    with clock.frozen(NOW), transaction():
        row = improvement()
    assert set(rows("improvement")) == {"improvement-done"}
    assert rows("improvement")["improvement-done"].due_on == TODAY + timedelta(days=30)
    with clock.frozen(NOW), transaction():
        row.done_on = TODAY
        proved("improvement-done", ("improvement", row.id))
    found = rows("improvement")
    assert set(found) == {"improvement-done", "improvement-effect"}
    assert not found["improvement-done"].is_open
    assert found["improvement-effect"].due_on == TODAY + timedelta(days=90)
    assert found["improvement-effect"].owed_name == "Inès Calvet"
    with clock.frozen(NOW), transaction():
        row.cancelled_on = TODAY
        touch_scope("improvement", row.id)
    assert rows("improvement") == {}


def test_only_the_subject_that_was_touched_is_written(app: Flask) -> None:
    with clock.frozen(NOW), transaction():
        first, second = improvement(), improvement(reference="AM-2", title="Repeindre")
    with clock.frozen(NOW + timedelta(hours=1)), transaction():
        first.title, second.title = "Isoler", "Poncer"
        touch_scope("improvement", first.id)
    assert rows("improvement", first.id)["improvement-done"].for_name == "Isoler"
    assert rows("improvement", second.id)["improvement-done"].for_name == "Repeindre"


def test_a_complaint_is_followed_by_itself_and_seen_from_its_cohort(app: Flask) -> None:
    from admin_app.quality.complaints import operations

    ProviderFactory()
    cohort, other = cohort_with(trainees=1), cohort_with(trainees=1)
    with clock.frozen(NOW):
        refresh_cohort(cohort)
        refresh_cohort(other)
        operations.receive(
            complaint_values(cohort_id=cohort.id, received_on=TODAY), by=QUALITY, at=NOW
        )
        assert {"complaint-acknowledged", "complaint-answered", "complaint-closed"} <= set(
            rows("complaint")
        )
        seen, unseen = queries.coverage_of(cohort), queries.coverage_of(other)
    assert "complaint-answered" in {one.expectation.piece for one in seen.pieces}
    assert "complaint-answered" not in {one.expectation.piece for one in unseen.pieces}


def test_a_risk_is_looked_at_every_year_until_it_is_closed(app: Flask) -> None:
    with clock.frozen(NOW), transaction():
        row = Risk(
            reference="R-1",
            title="Formateur seul à savoir",
            domain="people",
            owner_name="Inès Calvet",
            likelihood=2,
            impact=3,
            created_on=date(2025, 1, 10),
            recorded_at=NOW,
            recorded_by="Inès Calvet",
        )
        db.session.add(row)
        db.session.flush()
        proved("risk-reviewed", ("risk", row.id))
    found = rows("risk")["risk-reviewed"]
    assert found.fresh_until == TODAY + timedelta(days=365) == found.due_on
    assert found.is_open  # by time alone
    with clock.frozen(NOW), transaction():
        row.closed_on = date(2027, 1, 5)
        touch_scope("risk", row.id)
    assert not rows("risk")["risk-reviewed"].is_open  # fresh to the end
    with clock.frozen(NOW), transaction():
        row.closed_on = date(2026, 10, 25)
        touch_scope("risk", row.id)
    assert rows("risk") == {}  # nothing was asked yet


def test_a_trainer_is_reviewed_a_year_after_the_first_mission(app: Flask) -> None:
    cohort = cohort_with(trainees=1, starts_on=date(2026, 3, 2))
    with clock.frozen(NOW):
        refresh_cohort(cohort)
    trainer_id = cohort.assignments[0].trainer_id
    found = rows("trainer", trainer_id)
    assert set(found) == {"trainer-review", "trainer-development"}
    assert found["trainer-review"].due_on == date(2027, 3, 2)
    place = rows("place", cohort.place_id or 0)["place-checked"]
    assert place.due_on == date(2026, 3, 1)
    with clock.frozen(NOW), transaction():
        row = db.session.scalars(select(Assignment)).one()
        row.ended_at = NOW
        touch_cohort(cohort.id)
    assert rows("trainer", trainer_id) == {}


def test_a_diploma_that_ends_before_the_cohort_is_missing_again(app: Flask) -> None:
    cohort = cohort_with(trainees=1, starts_on=date(2026, 12, 1))
    trainer_id = cohort.assignments[0].trainer_id
    with clock.frozen(NOW):
        proved("trainer-skills", ("trainer", trainer_id), until=date(2026, 11, 15))
        refresh_cohort(cohort)
        row = _of(cohort, "trainer-skills")
        assert (row.fresh_until, row.is_open) == (date(2026, 11, 15), True)
        assert queries.row_status(row, date(2026, 11, 15)) is PieceStatus.COVERED
        assert queries.row_status(row, date(2026, 11, 16)) is PieceStatus.UPCOMING
        assert queries.row_status(row, date(2026, 12, 1)) is PieceStatus.LATE
        proved("trainer-skills", ("trainer", trainer_id), until=date(2026, 12, 2))
        assert not _of(cohort, "trainer-skills").is_open  # fresh to the end of the cohort


@pytest.mark.parametrize(
    ("on", "until", "odd"),
    [
        (TODAY, None, False),
        (TODAY - timedelta(days=300), None, False),
        (TODAY - timedelta(days=500), None, False),
        (TODAY, TODAY + timedelta(days=20), False),
        (TODAY, TODAY, True),
        (TODAY, TODAY + timedelta(days=40), True),
    ],
)
def test_sql_and_engine_agree_on_every_coming_day(
    app: Flask, on: date, until: date | None, odd: bool
) -> None:
    """The audit may be any day: rows are not written again by then."""
    ProviderFactory()
    cohort = cohort_with(trainees=1, starts_on=date(2026, 10, 26))
    trainer_id = cohort.assignments[0].trainer_id
    with clock.frozen(NOW):
        refresh_provider()
        for piece in ("team-meeting", "legal-watch", "house-rules", "risk-analysis"):
            _examined(proved(piece, ("provider", 1), on, until), odd)
        _examined(proved("trainer-skills", ("trainer", trainer_id), on, until), odd)
        refresh_cohort(cohort)
        refresh_provider()
        for days in (0, 1, 6, 19, 20, 21, 40, 41, 66, 67, 92, 93, 365, 366, 800):
            _agree(TODAY + timedelta(days=days))


def _examined(evidence: Evidence, odd: bool) -> None:
    if odd:
        with transaction():
            evidence.review, evidence.review_sha256 = "to-examine", evidence.sha256


def _agree(day: date) -> None:
    everything = db.session.scalars(select(Expectation)).all()
    by_rule = {row.id: queries.row_status(row, day) for row in everything}
    for status in (PieceStatus.LATE, PieceStatus.UPCOMING, PieceStatus.REVIEW):
        found = set()
        page = queries.gaps_page(day, edition="2026", status=status.value)
        for number in range(1, page.pages + 1):
            page = queries.gaps_page(day, number, edition="2026", status=status.value)
            found |= {row.expectation.id for row in page.items}
        wanted = {row.id for row in everything if by_rule[row.id] is status and _in_2026(row)}
        assert found == wanted, (day, status)
    house = queries.organisation_coverage(as_of=day)
    assert house is not None
    engine = {one.expectation.identity: one.status for one in house.pieces}
    assert engine == {
        (row.piece, row.scope_kind, row.scope_id): by_rule[row.id]
        for row in everything
        if row.cohort_id is None
    }


def _in_2026(row: Expectation) -> bool:
    return "|2026|" in row.editions


def test_the_view_of_today_is_that_of_the_whole_computation(app: Flask) -> None:
    from admin_app.quality.complaints import operations

    ProviderFactory()
    cohort = cohort_with(trainees=2)
    with clock.frozen(NOW):
        operations.receive(
            complaint_values(cohort_id=cohort.id, received_on=TODAY), by=QUALITY, at=NOW
        )
        proved("team-meeting", ("provider", 1))
        proved("trainer-review", ("trainer", cohort.assignments[0].trainer_id))
        refresh_cohort(cohort)
        refresh_everything_else()
        now, house_now = queries.coverage_of(cohort), queries.organisation_coverage()
    with clock.frozen(NOW + timedelta(days=1)):
        then = queries.coverage_of(cohort, as_of=TODAY)
        house_then = queries.organisation_coverage(as_of=TODAY)
    assert house_now is not None
    assert house_then is not None
    for one, other in ((now, then), (house_now, house_then)):
        assert _said(one) == _said(other)
        assert {p.expectation for p in one.pieces} == {p.expectation for p in other.pieces}


def _said(coverage: Coverage) -> list[tuple[int, str, tuple[str, ...]]]:
    return [(one.number, one.status, one.reasons) for one in coverage.indicators]


def test_what_is_said_is_challenged_by_what_is_true(app: Flask) -> None:
    ProviderFactory()
    cohort = cohort_with(trainees=1)
    trainer = db.session.get_one(Trainer, cohort.assignments[0].trainer_id)
    with clock.frozen(NOW):
        refresh_cohort(cohort)
        before = queries.coverage_of(cohort).indicator("subcontracting")
        with committed():
            trainer.status = "umbrella"
        after = queries.coverage_of(cohort).indicator("subcontracting")
    assert before is not None
    assert after is not None
    assert before.status is CoverageStatus.NOT_APPLICABLE
    assert after.status is CoverageStatus.REVIEW
    assert trainer.name in after.reasons[0]


def test_reading_a_cohort_costs_the_same_whatever_the_registers(app: Flask) -> None:
    ProviderFactory()
    cohort = cohort_with(trainees=2)
    with clock.frozen(NOW):
        refresh_cohort(cohort)
        refresh_everything_else()
        queries.coverage_of(cohort)  # statements are made
        with counted() as few:
            queries.coverage_of(cohort)
        with transaction():
            for rank in range(20):
                improvement(reference=f"AM-{rank}")
        db.session.refresh(cohort)
        with counted() as many:
            queries.coverage_of(cohort)
    assert len(many) <= len(few) <= 6


def test_every_piece_of_a_register_has_its_reader(app: Flask) -> None:
    from admin_app.coverage.facts import REGISTERED

    of_cohorts = {"programme", "cohort", "client", "enrolment", "mark", "half-day", "adaptation"}
    of_cohorts |= {"accommodation"}
    scopes = {piece.scope.value for piece in catalogue().pieces}
    assert scopes - of_cohorts - {"trainer-in-cohort", "provider"} == {
        kind.value for kind in REGISTERED
    }


def _of(cohort: Cohort, piece: str) -> Expectation:
    db.session.expire_all()
    which = select(Expectation).where(
        Expectation.cohort_id == cohort.id, Expectation.piece == piece
    )
    return db.session.scalars(which).one()
