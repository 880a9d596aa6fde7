"""A person looks at a piece, decides, and says why."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.coverage import queries
from admin_app.coverage.models import Expectation
from admin_app.coverage.operations import refresh_cohort
from admin_app.coverage.review.operations import decide
from admin_app.evidence.models import Evidence, EvidenceReview
from admin_app.evidence.operations import record, withdraw
from admin_app.journal.models import JournalEntry
from compliance.vocabulary import PieceStatus
from tests.factories import ProviderFactory, cohort_with
from tests.support.statements import counted

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
LATE_ON = date(2026, 9, 18)  # after the first day, at the latest of which it is done


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    made = cohort_with(trainees=2)
    with clock.frozen(NOW):
        refresh_cohort(made)
    return made


def positioned(cohort: Cohort, rank: int = 0, on: date = date(2026, 9, 10)) -> Evidence:
    return record(
        "positioning",
        scope=("enrolment", cohort.enrolments[rank].id),
        label=f"Positionnement {rank + 1}",
        occurred_on=on,
        by=SYSTEM,
        at=clock.at(on, datetime.min.time()),
        source=("positioning", rank + 1),
        cohort_id=cohort.id,
    )


def judged(piece: Evidence, decision: str, reason: str = "", at: datetime = NOW) -> EvidenceReview:
    return decide(piece, decision=decision, reason=reason, seen=piece.sha256, by=SYSTEM, at=at)


def status_of(piece: Evidence) -> PieceStatus:
    statement = select(Expectation).where(
        Expectation.piece == piece.piece, Expectation.scope_id == piece.scope_id
    )
    return queries.row_status(db.session.scalars(statement).one(), NOW.date())


def entries() -> list[JournalEntry]:
    return list(
        db.session.scalars(select(JournalEntry).where(JournalEntry.action == "evidence.reviewed"))
    )


def test_a_rejected_piece_no_longer_counts_and_the_decision_is_a_row(cohort: Cohort) -> None:
    with clock.frozen(NOW):
        piece = positioned(cohort)
        assert status_of(piece) is PieceStatus.COVERED
        review = judged(piece, "rejected", "Rempli par une autre personne : Nadia.")
        assert status_of(piece) is PieceStatus.LATE
    assert (review.decided_by, review.decided_at, review.sha256) == (
        SYSTEM.label,
        NOW,
        piece.sha256,
    )
    assert [one.summary for one in entries()] == ["Pièce écartée : « Positionnement 1 »."]
    assert "Nadia" not in str(entries()[0].details)


def test_an_accepted_piece_counts_whatever_its_dates(cohort: Cohort) -> None:
    with clock.frozen(NOW):
        piece = positioned(cohort, on=LATE_ON)
        assert status_of(piece) is PieceStatus.REVIEW
        judged(piece, "accepted")
        assert status_of(piece) is PieceStatus.COVERED


def test_a_piece_kept_to_be_examined_waits_in_the_list(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    reader = sign_in(Role.OFFICE)
    with clock.frozen(NOW):
        piece = positioned(cohort)
        assert "Aucune pièce à examiner" in reader.get("/couverture/examen").text
        judged(piece, "to-examine", "La signature est-elle la sienne ?")
        assert status_of(piece) is PieceStatus.REVIEW
        assert "Positionnement 1" in reader.get("/couverture/examen").text


def test_decisions_add_up_and_the_last_one_counts(cohort: Cohort) -> None:
    with clock.frozen(NOW):
        piece = positioned(cohort)
        judged(piece, "rejected", "Illisible.")
        judged(piece, "accepted", "Relue sur l’original.")
        assert status_of(piece) is PieceStatus.COVERED
    kept = db.session.scalars(select(EvidenceReview).order_by(EvidenceReview.id)).all()
    assert [one.decision for one in kept] == ["rejected", "accepted"]


@pytest.mark.parametrize(
    ("decision", "reason", "seen", "field"),
    [
        ("rejected", "   ", None, "reason"),
        ("rejected", "x" * 501, None, "reason"),
        ("", "", None, "decision"),
        ("peut-être", "", None, "decision"),
        ("accepted", "", "0" * 64, "decision"),
    ],
)
def test_what_is_refused_changes_nothing(
    cohort: Cohort, decision: str, reason: str, seen: str | None, field: str
) -> None:
    with clock.frozen(NOW):
        piece = positioned(cohort)
        with pytest.raises(Refused) as refused:
            decide(
                piece,
                decision=decision,
                reason=reason,
                seen=piece.sha256 if seen is None else seen,
                by=SYSTEM,
                at=NOW,
            )
    assert [one.field for one in refused.value.problems] == [field]
    assert db.session.scalars(select(EvidenceReview)).all() == []
    assert entries() == []


def test_a_withdrawn_piece_is_not_decided_and_the_same_decision_twice_is_refused(
    cohort: Cohort,
) -> None:
    with clock.frozen(NOW):
        piece = positioned(cohort)
        judged(piece, "accepted")
        with pytest.raises(Refused, match="déjà celle qui vaut"):
            judged(piece, "accepted")
        withdraw(piece, why="Doublon.", by=SYSTEM, at=NOW)
        with pytest.raises(Refused, match="retirée"):
            judged(piece, "rejected", "Doublon.")


def test_a_decision_holds_for_what_was_seen_alone(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    """A piece whose content is no longer what was seen counts again as if nobody had looked."""
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        piece = positioned(cohort)
        judged(piece, "rejected", "Illisible.")
        piece.sha256 = "a" * 64
        db.session.commit()
        refresh_cohort(cohort)
        assert status_of(piece) is PieceStatus.COVERED
        page = reader.get(f"/preuves/{piece.id}/examen").text
    assert "La dernière décision porte sur une autre version" in page
    assert "ce qui avait été vu a changé depuis" in page


def test_the_past_keeps_the_decisions_of_its_day(cohort: Cohort) -> None:
    with clock.frozen(NOW):
        piece = positioned(cohort)
        judged(piece, "rejected", "Illisible.")
    with clock.frozen(NOW + timedelta(days=5)):
        before = queries.coverage_of(cohort, as_of=NOW.date() - timedelta(days=1))
        after = queries.coverage_of(cohort, as_of=NOW.date())

    def status(coverage: object) -> PieceStatus:
        return next(
            one.status
            for one in coverage.pieces  # type: ignore[attr-defined]
            if (one.expectation.piece, one.expectation.scope_key) == ("positioning", piece.scope_id)
        )

    assert (status(before), status(after)) == (PieceStatus.COVERED, PieceStatus.LATE)


def test_the_page_decides_and_keeps_what_was_typed(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    manager = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        piece = positioned(cohort)
        address = f"/preuves/{piece.id}/examen"
        page = manager.get(address).text
        assert piece.sha256 in page
        assert "Personne n’a encore pris de décision" in page
        sent = {"decision": "rejected", "reason": "", "seen": piece.sha256}
        refused = manager.post(address, data=sent)
        assert refused.status_code == 422
        assert "Écrivez pourquoi cette pièce est écartée." in refused.text
        chosen = BeautifulSoup(refused.text, "html.parser").select("input[name=decision][checked]")
        assert [one["value"] for one in chosen] == ["rejected"]
        empty = manager.post(address, data={"seen": piece.sha256})
        assert "Choisissez une décision." in empty.text
        stale = manager.post(address, data={**sent, "reason": "Floue.", "seen": "b" * 64})
        assert stale.status_code == 422
        assert "Floue." in stale.text
        assert db.session.scalars(select(EvidenceReview)).all() == []
        done = manager.post(address, data={**sent, "reason": "Floue."})
        assert done.status_code == 303
        assert "Floue." in manager.get("/couverture/examen/decisions").text
        assert "écartée" in manager.get(f"/preuves/{piece.id}").text
    assert manager.get("/preuves/987654/examen").status_code == 404


def test_who_may_decide(cohort: Cohort, sign_in: Callable[..., FlaskClient]) -> None:
    with clock.frozen(NOW):
        piece = positioned(cohort)
        address = f"/preuves/{piece.id}/examen"
        data = {"decision": "accepted", "seen": piece.sha256}
        office = sign_in(Role.OFFICE)
        assert "Enregistrer la décision" not in office.get(address).text
        assert office.post(address, data=data).status_code == 403
        for role in (Role.AUDITOR, Role.TRAINER):
            assert sign_in(role).get(address).status_code == 403
            assert sign_in(role).post(address, data=data).status_code == 403


@pytest.mark.parametrize("address", ["/couverture/examen", "/couverture/examen/decisions"])
def test_lists_run_the_same_statements_for_many_rows(
    app: Flask, sign_in: Callable[..., FlaskClient], address: str
) -> None:
    ProviderFactory()
    cohort = cohort_with(trainees=30)
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        refresh_cohort(cohort)
        for rank in range(2):
            judged(positioned(cohort, rank), "to-examine")
        reader.get(address)
        with counted() as few:
            assert "Positionnement 2" in reader.get(f"{address}?q=position").text
        for rank in range(2, 30):
            judged(positioned(cohort, rank), "to-examine")
        with counted() as many:
            assert "Positionnement" in reader.get(address).text
        assert "ne répond à" in reader.get(f"{address}?q=introuvable").text
    assert len(few) == len(many) <= 10
