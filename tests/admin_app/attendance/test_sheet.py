"""The sheet: what it says, one page a day, issued once; the evidence leads to it."""

import io
from datetime import date

import pytest
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select

from admin_app.attendance import operations, queries
from admin_app.attendance.operations import MarkInput
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.jobs import Job, JobState
from admin_app.documents import queries as documents
from admin_app.documents.models import Document
from admin_app.evidence.models import Evidence
from compliance.mentions import missing
from compliance.vocabulary import MarkState
from tests.factories import committed
from tests.factories.attendance import MANAGER, Room, room_with

P, A = MarkState.PRESENT, MarkState.ABSENT


@pytest.fixture
def room(app: Flask) -> Room:
    return room_with(5)


def every_case(room: Room) -> None:
    """A day with all that can happen, morning and afternoon."""
    morning, afternoon = room.half_days[:2]
    room.mark(P, MarkState.LATE, A, MarkState.LATE_AND_LEFT_EARLY, P)
    room.mark(P, P, A, half_day=morning, reason="enfant malade")
    for rank in (0, 3):
        room.sign(rank)
    room.sign(1, way="typed")
    room.close(left_unsigned={room.enrolments[4].id})
    room.sign(4, at=room.after(300), late_reason="téléphone déchargé", channel="link")
    room.mark_all(afternoon)
    for rank in range(4):
        room.sign(rank, half_day=afternoon)
    room.close(half_day=afternoon, left_unsigned={room.enrolments[4].id})
    wanted = MarkInput(A, sets_aside=True)
    operations.correct(
        afternoon,
        room.enrolments[0],
        wanted,
        why="Avait signé pour une autre",
        by=MANAGER,
        at=room.after(60, afternoon),
    )


def issued(room: Room) -> tuple[Document, PdfReader]:
    document = operations.issue_sheet(
        room.cohort.id, by=SYSTEM, at=room.after(600, room.half_days[1])
    )
    assert document is not None
    return document, PdfReader(io.BytesIO(documents.read(document)))


def words(reader: PdfReader) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u00a0", " ").split())


def test_every_case_is_printed_with_its_true_hour(room: Room) -> None:
    every_case(room)
    document, reader = issued(room)
    assert document.number == "EMA-2026-0001" or document.version > 1
    assert len(reader.pages) == 1
    text = words(reader)
    for said in (
        "Atelier des Territoires",
        "Déclaration d’activité 75331234567",
        "Réseau départemental des chargés de coopération CTG",
        room.cohort.reference,
        "Salle Loire",
        "Jour 1, jeudi 17 septembre 2026",
        "Matin, 9 h – 12 h 30",
        "Après-midi, 14 h – 17 h 30",
        "Nadia Benali",
        "Mairie de Champniers",
        "9 h 12",
        "Absence, motif donné",
        "retard de 20 min, départ 15 min avant la fin",
        "Régularisée le 17/09/2026 à 17 h 30",
        "téléphone déchargé",
        "signature à régulariser",
        "Claire Vasseur",
        "Close à 12 h 32",
        "pointage corrigé",
        "Avait signé pour une autre",
        "écartée le",
        "2 demi-journées closes sur 4",
    ):
        assert said in text, said


def test_no_reason_of_absence_is_printed_nor_stored(room: Room) -> None:
    every_case(room)
    document, reader = issued(room)
    assert "malade" not in words(reader)
    assert "malade" not in str(document.data)


def test_there_is_one_page_a_day_each_with_its_own_head(room: Room) -> None:
    for half_day in room.half_days:
        room.hold(half_day)
    document, reader = issued(room)
    assert len(reader.pages) == 2
    for page, day in zip(reader.pages, ("jeudi 17", "vendredi 18"), strict=True):
        text = page.extract_text().replace("\u00a0", " ")
        assert day in text
        assert "75331234567" in text
        assert room.cohort.reference in text
    assert documents.latest("attendance-sheet", ("cohort", room.cohort.id)) == document


def test_fifteen_and_thirty_trainees_still_fit_a_page(app: Flask) -> None:
    for trainees in (15, 28):
        room = room_with(trainees, days=1, without_provider=trainees > 15)
        for half_day in room.half_days:
            room.hold(half_day)
        _, reader = issued(room)
        assert len(reader.pages) == 1


def test_the_same_sheet_is_not_issued_twice(room: Room) -> None:
    room.hold(room.morning)
    first, _ = issued(room)
    again, _ = issued(room)
    assert first.id == again.id
    room.hold(room.half_days[1])
    newer, _ = issued(room)
    assert newer.id != first.id
    db.session.expire_all()
    assert db.session.get_one(Document, first.id).superseded_at is not None


def test_the_end_of_the_day_makes_the_sheet_and_the_evidence_leads_to_it(room: Room) -> None:
    for half_day in room.half_days[:2]:
        room.hold(half_day)
    db.session.expire_all()
    job = db.session.scalars(select(Job)).one()
    assert job.state == JobState.DONE
    document = documents.latest("attendance-sheet", ("cohort", room.cohort.id))
    assert document is not None
    assert document.issued_at == room.after(2, room.half_days[1])
    pieces = db.session.scalars(
        select(Evidence).where(Evidence.piece == "attendance-half-day")
    ).all()
    assert {piece.document_id for piece in pieces} == {document.id}


def test_reopening_the_only_closed_half_day_withdraws_the_sheet(room: Room) -> None:
    room.hold(room.morning)
    issued(room)
    operations.reopen(room.morning, why="Par mégarde", by=MANAGER, at=room.after(30))
    assert documents.latest("attendance-sheet", ("cohort", room.cohort.id)) is None
    assert db.session.scalars(select(Document)).one().withdrawn_why


def test_a_sheet_without_a_place_is_refused_with_the_reason(room: Room) -> None:
    with committed():
        room.cohort.place_id = None
    room.hold(room.morning)
    with pytest.raises(Refused, match="lieu"):
        issued(room)


def test_a_remote_day_prints_its_address(room: Room) -> None:
    with committed():
        room.cohort.place_id, room.cohort.remote_url = None, "https://visio.example.org/ctg"
        room.morning.is_remote = True
    room.hold(room.morning)
    _, reader = issued(room)
    assert "visio.example.org/ctg" in words(reader)


def test_the_mentions_hold_on_what_is_gathered(room: Room) -> None:
    every_case(room)
    (sheet,) = queries.gather(room.cohort.id)
    assert not missing("attendance-sheet", sheet.data, on=date(2026, 9, 18))
    assert sheet.subject == ("cohort", room.cohort.id)


def test_nothing_closed_gives_no_sheet(room: Room) -> None:
    assert queries.gather(room.cohort.id) == []
    assert operations.issue_sheet(room.cohort.id, by=SYSTEM, at=room.at(0)) is None


def test_the_blank_sheet_lists_everyone_for_each_day(room: Room) -> None:
    blank = queries.blank(room.cohort.id)
    assert blank is not None
    assert [len(day["half_days"]) for day in blank["days"]] == [2, 2]
    assert len(blank["trainees"]) == 5
