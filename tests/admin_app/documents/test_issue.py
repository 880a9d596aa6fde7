"""Issuing: checked, numbered, rendered once, stored, never changed."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Problems, Refused
from admin_app.core.storage import store
from admin_app.core.transaction import transaction
from admin_app.core.uploads import Upload
from admin_app.documents import operations, queries
from admin_app.documents.models import Document, NumberSeries
from admin_app.journal.models import JournalEntry

AT = datetime(2026, 7, 1, 8, 30, tzinfo=UTC)
SUBJECT = ("agreement", 7)


def words(**changed: Any) -> dict[str, Any]:
    """The data of a complete convention."""
    return {
        "reference": "CONV",
        "provider": {
            "name": "Atelier des Territoires",
            "siret": "732 829 320 00074",
            "activity_number": "75331234567",
            "activity_region": "Nouvelle-Aquitaine",
            "address": ["12 rue des Tilleuls", "33000 Bordeaux"],
            "representative": "Hélène Marchand",
            "disability": {},
        },
        "client": {"name": "CAF de l’Aubrée", "address": ["1 place"], "signatory": "S. Delorme"},
        "action": {
            "title": "Réseau départemental",
            "reference": "CTG-2026-01",
            "objectives": ["Situer ses missions"],
            "contents": [{"day": 1, "title": "Le métier", "points": []}],
            "duration_minutes": 840,
            "starts_on": date(2026, 9, 17),
            "ends_on": date(2026, 9, 18),
            "place": "Bordeaux",
            "modality": "Présentiel",
            "half_days": [],
            "means": "Salle équipée",
            "monitoring": "Émargement",
            "recognition": "Attestation",
            "headcount": 12,
            "trainees": [],
            "trainers": [],
            "programme": {"title": "Réseau", "reference": "CTG", "version": 1},
        },
        "price": {
            "amount": Decimal("4800.00"),
            "terms": "À trente jours",
            "cancellation": "Écrite",
        },
    } | changed


def issue(data: dict[str, Any], at: datetime = AT, subject: tuple[str, int] = SUBJECT) -> Document:
    return operations.issue("convention", subject=subject, cohort_id=3, data=data, by=SYSTEM, at=at)


def test_a_document_is_numbered_stored_and_journaled(app: Flask) -> None:
    document = issue(words())
    assert document.number == "CONV-2026-0001"
    assert document.version == 1
    assert document.cohort_id == 3
    assert document.label == "CAF de l’Aubrée"
    assert document.issued_at == AT
    assert document.template_version == "1"
    data = queries.read(document)
    assert data.startswith(b"%PDF-1.7")
    assert len(data) == document.size
    entry = db.session.query(JournalEntry).one()
    assert entry.action == "documents.issue"
    assert entry.details["sha256"] == document.sha256


def test_what_is_missing_is_said_all_at_once_with_its_article(app: Flask) -> None:
    data = words(price={"amount": None, "terms": " ", "cancellation": "Écrite"})
    with pytest.raises(Problems) as caught:
        issue(data)
    found = {problem.field: problem.message for problem in caught.value.problems}
    assert set(found) == {"price", "payment"}
    assert "D. 6353-1" in found["price"]
    assert db.session.query(Document).count() == 0
    assert db.session.query(NumberSeries).count() == 0, "no number is wasted on a refusal"


def test_equal_data_give_the_document_that_exists(app: Flask) -> None:
    first = issue(words())
    later = issue(dict(reversed(words().items())), at=AT + timedelta(days=3))
    assert later.id == first.id
    assert db.session.query(Document).count() == 1


def test_other_data_supersede_and_both_stay(app: Flask) -> None:
    first = issue(words())
    bytes_before = queries.read(first)
    second = issue(words(reference="autre"), at=AT + timedelta(days=1))
    third = issue(words(reference="encore"), at=AT + timedelta(days=2))
    assert [second.number, third.number] == ["CONV-2026-0001-v2", "CONV-2026-0001-v3"]
    assert third.supersedes_id == second.id
    assert second.supersedes_id == first.id
    assert first.superseded_at == AT + timedelta(days=1)
    assert queries.read(first) == bytes_before
    assert queries.latest("convention", SUBJECT) == third
    assert queries.versions("convention", SUBJECT) == [third, second, first]
    assert queries.latest_of("convention", "agreement", [7, 8]) == {7: third}


def test_going_back_to_former_data_is_a_new_version(app: Flask) -> None:
    issue(words())
    issue(words(reference="autre"))
    assert issue(words()).version == 3


def test_a_withdrawn_document_stays_and_another_may_follow(app: Flask) -> None:
    document = issue(words())
    with pytest.raises(Refused, match="pourquoi"):
        operations.withdraw(document, why=" ", by=SYSTEM, at=AT)
    operations.withdraw(document, why="Établi par erreur.", by=SYSTEM, at=AT)
    with pytest.raises(Refused, match="déjà"):
        operations.withdraw(document, why="Encore.", by=SYSTEM, at=AT)
    assert queries.latest("convention", SUBJECT) is None
    assert queries.read(document).startswith(b"%PDF")
    again = issue(words())
    assert (again.number, again.version, again.supersedes_id) == ("CONV-2026-0002", 2, None)


def test_numbers_follow_the_year_of_the_organisation_and_never_repeat(app: Flask) -> None:
    new_year_here = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # half past midnight in Paris
    numbers = [
        issue(words(), subject=("agreement", key), at=at).number
        for key, at in ((1, AT), (2, AT), (3, new_year_here))
    ]
    assert numbers == ["CONV-2026-0001", "CONV-2026-0002", "CONV-2027-0001"]


def test_a_room_may_bring_its_own_number(app: Flask) -> None:
    document = operations.issue(
        "convention",
        subject=SUBJECT,
        cohort_id=None,
        data=words(),
        by=SYSTEM,
        at=AT,
        number="CONV-2026-0042",
    )
    assert document.number == "CONV-2026-0042"
    assert issue(words(reference="autre")).number == "CONV-2026-0042-v2"


def test_the_act_around_takes_the_document_with_it(app: Flask) -> None:
    def issue_then_fail() -> None:
        with transaction():
            issue(words())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        issue_then_fail()
    assert db.session.query(Document).count() == 0
    assert db.session.query(NumberSeries).count() == 0


def test_what_was_prepared_is_refused_once_another_version_is_there(app: Flask) -> None:
    prepared = operations.prepare("convention", subject=SUBJECT, cohort_id=3, data=words(), at=AT)
    issue(words(reference="plus vite"))
    assert operations.keep(prepared, by=SYSTEM) is None
    assert issue(words()).version == 2, "issue() prepares again by itself"


def test_preparing_twice_the_same_keeps_one(app: Flask) -> None:
    pair = [
        operations.prepare("convention", subject=SUBJECT, cohort_id=3, data=words(), at=AT)
        for _ in range(2)
    ]
    kept = [operations.keep(one, by=SYSTEM) for one in pair]
    assert kept[0] is not None
    assert kept[1] == kept[0]


def test_a_changed_or_lost_file_is_never_handed_out(app: Flask, monkeypatch: Any) -> None:
    document = issue(words())
    monkeypatch.setattr(type(store._get_current_object()), "get", lambda *_: b"%PDF-1.7 autre")
    with pytest.raises(Refused, match="a été modifié"):
        queries.read(document)
    monkeypatch.undo()
    document.sha256 = "0" * 64
    with pytest.raises(Refused, match="a disparu"):
        queries.read(document)
    db.session.rollback()


def test_a_file_from_outside_is_kept_byte_for_byte(app: Flask) -> None:
    upload = Upload("scan.png", "png", b"\x89PNG\r\n\x1a\n....")

    def deposit(one: Upload) -> Document:
        return operations.deposit(
            "signed-scan", one, subject=SUBJECT, cohort_id=3, label="CAF", by=SYSTEM, at=AT
        )

    first = deposit(upload)
    assert queries.read(first) == upload.data
    assert (first.mime, first.label, first.number) == ("image/png", "CAF", "SCAN-2026-0001")
    assert deposit(upload).id == first.id
    second = deposit(Upload("scan.pdf", "pdf", b"%PDF-1.4 ..."))
    assert (second.version, second.mime) == (2, "application/pdf")


def test_data_come_back_as_they_were(app: Flask) -> None:
    data = words(logo="data:image/png;base64," + "A" * 2_000, at=AT, both=True, none=None)
    document = issue(data)
    assert queries.data(document) == data
    assert "AAAA" not in str(document.data), "pictures are stored once, not in each row"
