"""The story of a trainee, in dated facts."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin_app.attendance.models import Mark
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.coverage.operations import refresh_cohort
from admin_app.coverage.thread.model import Chapter, Story
from admin_app.coverage.thread.queries import stories
from admin_app.evidence.models import Evidence
from admin_app.evidence.operations import record, withdraw
from compliance.referentiel import load
from tests.factories import EnrolmentFactory, ProviderFactory, cohort_with, committed
from tests.support.statements import counted

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
EDITION = load().edition("2026")


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    made = cohort_with(trainees=2)
    with clock.frozen(NOW):
        refresh_cohort(made)
    return made


def a_piece(cohort: Cohort, piece: str, kind: str, key: int, label: str, on: date) -> Evidence:
    return record(
        piece,
        scope=(kind, key),
        label=label,
        occurred_on=on,
        by=SYSTEM,
        at=clock.at(on, datetime.min.time()),
        source=("test", 1),
        cohort_id=cohort.id,
    )


def story_of(cohort: Cohort, rank: int = 0, *, closed: bool = False) -> Story:
    rows = [(cohort.enrolments[rank], cohort)]
    return stories(rows, EDITION, today=NOW.date(), closed=closed)[0]


def test_a_story_holds_what_is_about_the_trainee_or_about_all_and_nothing_of_others(
    cohort: Cohort,
) -> None:
    nadia, hugo = cohort.enrolments[:2]
    half_day = cohort.half_days[0]
    sponsor = cohort.clients[0]
    with clock.frozen(NOW):
        a_piece(cohort, "positioning", "enrolment", nadia.id, "Le sien", date(2026, 9, 8))
        a_piece(cohort, "positioning", "enrolment", hugo.id, "Celui d’Hugo", date(2026, 9, 8))
        a_piece(cohort, "agreement", "client", sponsor.id, "Convention", date(2026, 8, 20))
        a_piece(cohort, "attendance-half-day", "half-day", half_day.id, "Matin", half_day.day)
        a_piece(cohort, "exit-survey", "enrolment", nadia.id, "Avis", date(2026, 9, 21))
        db.session.add(_mark(half_day.id, nadia.id, "late", minutes_late=12))
        db.session.commit()
        told = story_of(cohort)
    assert [one.text for one in told.entries if one.evidence_id] == [
        "Convention",
        "Le sien",
        "Matin",
        "Avis",
    ]
    shared = {one.text: one.shared for one in told.entries}
    assert shared["Convention"] == "avec l’entreprise cliente"
    assert shared["Le sien"] == ""
    attended = next(one for one in told.entries if one.text == "Matin")
    assert attended.detail == "Présence, avec 12 min de retard."
    assert [one.text for one in told.chapter(Chapter.DURING)] == ["Matin"]
    assert [one.text for one in told.chapter(Chapter.AFTER)] == ["Avis"]
    assert 8 in next(one.numbers for one in told.entries if one.text == "Le sien")


def _mark(half_day_id: int, enrolment_id: int, state: str, **changes: object) -> Mark:
    values: dict = {"minutes_late": 0, "minutes_early": 0, "reason": "", "marked_by": "Claire"}
    return Mark(
        half_day_id=half_day_id,
        enrolment_id=enrolment_id,
        state=state,
        marked_at=NOW,
        **(values | changes),
    )


@pytest.mark.parametrize(
    ("state", "changes", "words"),
    [
        ("present", {}, "Présence à toute la demi-journée."),
        ("absent", {}, "Absence, sans motif."),
        ("absent", {"reason": "train supprimé"}, "Absence, motif consigné : train supprimé"),
        ("left-early", {"minutes_early": 30}, "Présence, départ 30 min avant la fin."),
    ],
)
def test_each_half_day_says_where_the_trainee_was(
    cohort: Cohort, state: str, changes: dict, words: str
) -> None:
    half_day = cohort.half_days[0]
    with clock.frozen(NOW):
        a_piece(cohort, "attendance-half-day", "half-day", half_day.id, "Matin", half_day.day)
        db.session.add(_mark(half_day.id, cohort.enrolments[0].id, state, **changes))
        db.session.commit()
        assert words in [one.detail for one in story_of(cohort).entries]


def test_what_is_odd_owed_or_withdrawn_is_said(cohort: Cohort) -> None:
    nadia = cohort.enrolments[0]
    with clock.frozen(NOW):
        a_piece(cohort, "positioning", "enrolment", nadia.id, "Tardif", date(2026, 9, 18))
        gone = a_piece(cohort, "exit-survey", "enrolment", nadia.id, "Avis", date(2026, 9, 21))
        withdraw(gone, why="Rempli pour une autre.", by=SYSTEM, at=NOW)
        told = story_of(cohort)
    assert "Il se fait à l’entrée" in next(e.oddity for e in told.entries if e.text == "Tardif")
    withdrawn = next(one for one in told.entries if one.text == "Avis")
    assert withdrawn.is_withdrawn
    assert "Rempli pour une autre." in withdrawn.detail
    owed = {one.row.piece for one in told.owed}
    assert "exit-survey" in owed
    assert "positioning" not in owed
    assert told.late > 0


def test_what_is_about_an_accommodation_is_told_to_those_who_may_read_it(cohort: Cohort) -> None:
    nadia = cohort.enrolments[0]
    with clock.frozen(NOW):
        a_piece(cohort, "accommodation", "enrolment", nadia.id, "Aménagement", date(2026, 9, 4))
        assert "Aménagement" not in [one.text for one in story_of(cohort).entries]
        assert "Aménagement" in [one.text for one in story_of(cohort, closed=True).entries]


def test_half_days_after_a_departure_are_no_part_of_the_story(cohort: Cohort) -> None:
    nadia, last = cohort.enrolments[0], cohort.half_days[-1]
    with clock.frozen(NOW):
        with committed():
            nadia.departure, nadia.left_on = "dropout", last.day
            nadia.departure_reason, nadia.left_recorded_at = "Nouvel emploi.", NOW
        a_piece(cohort, "attendance-half-day", "half-day", last.id, "Dernière", last.day)
        told = story_of(cohort)
    texts = [one.text for one in told.entries]
    assert "Dernière" not in texts
    assert "Abandon en cours de formation" in texts


def test_pages_of_the_trainee_and_of_the_person(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    nadia = cohort.enrolments[0]
    other = cohort_with(trainees=1, starts_on=date(2026, 6, 2))
    EnrolmentFactory(cohort_id=other.id, trainee_id=nadia.trainee_id)
    reader = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        a_piece(cohort, "positioning", "enrolment", nadia.id, "Le sien", date(2026, 9, 8))
        page = reader.get(f"/sessions/{cohort.id}/stagiaires/{nadia.id}/fil")
        assert page.status_code == 200
        assert "Le sien" in page.text
        assert "Ce qui est encore attendu" in page.text
        person = reader.get(f"/personnes/stagiaires/{nadia.trainee_id}/fil")
        assert cohort.reference in person.text
        assert other.reference in person.text
    assert reader.get(f"/sessions/{other.id}/stagiaires/{nadia.id}/fil").status_code == 404
    assert reader.get(f"/sessions/{cohort.id}/stagiaires/99999/fil").status_code == 404
    assert reader.get("/personnes/stagiaires/99999/fil").status_code == 404
    assert (
        sign_in(Role.TRAINER).get(f"/sessions/{cohort.id}/stagiaires/{nadia.id}/fil").status_code
        == 403
    )


def test_pages_run_the_same_statements_for_many_rows(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    cohort_id, nadia = cohort.id, cohort.enrolments[0]
    nadia_id, trainee_id = nadia.id, nadia.trainee_id
    reader = sign_in(Role.QUALITY_MANAGER)
    addresses = (
        f"/sessions/{cohort_id}/stagiaires/{nadia_id}/fil",
        f"/personnes/stagiaires/{trainee_id}/fil",
    )
    with clock.frozen(NOW):
        for address in addresses:
            reader.get(address)
        few = [_cost(reader, address) for address in addresses]
        cohort = db.session.get_one(Cohort, cohort_id)
        for rank in range(30):
            a_piece(cohort, "exit-survey", "enrolment", nadia_id, f"Avis {rank}", NOW.date())
        for _ in range(3):
            other = cohort_with(trainees=1)
            EnrolmentFactory(cohort_id=other.id, trainee_id=trainee_id)
        many = [_cost(reader, address) for address in addresses]
    assert few == many
    assert max(many) <= 10


def _cost(reader: FlaskClient, address: str) -> int:
    db.session.remove()  # what the test itself has read spares the page nothing
    with counted() as run:
        assert reader.get(address).status_code == 200
    return len(run)
