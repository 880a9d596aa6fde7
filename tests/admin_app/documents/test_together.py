"""Several at once: no number twice, one version in force, nobody waits while a PDF is made."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.documents import numbering, operations
from admin_app.documents.models import Document
from tests.admin_app.documents.test_issue import AT, SUBJECT, issue, words


def together(app: Flask, work: Callable[[int], Any], times: int) -> list[Any]:
    """The results of this work, done in as many threads, each with its own session."""

    def run(rank: int) -> Any:
        with app.app_context():
            try:
                return work(rank)
            finally:
                db.session.remove()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_no_number_is_given_twice(app: Flask) -> None:
    numbers = together(app, lambda _: numbering.next_number("CONV", 2026), 16)
    assert sorted(numbers) == [f"CONV-2026-{rank:04}" for rank in range(1, 17)]


def test_the_same_document_asked_for_by_several_is_issued_once(app: Flask) -> None:
    keys = together(app, lambda _: issue(words()).id, 4)
    assert len(set(keys)) == 1
    assert db.session.query(Document).count() == 1


def test_different_versions_at_once_make_a_chain(app: Flask) -> None:
    together(app, lambda rank: issue(words(reference=str(rank))).id, 3)
    found = db.session.query(Document).order_by(Document.version).all()
    assert [one.version for one in found] == [1, 2, 3]
    assert [one.supersedes_id for one in found] == [None, found[0].id, found[1].id]
    assert [one.superseded_at is None for one in found] == [False, False, True]


def test_others_write_while_a_pdf_is_made(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Even in a request that writes, whose reads take SQLite's lock from the start."""
    from admin_app.core.database import writing

    made = operations.to_pdf
    written: list[bool] = []

    def slowly(html: Any) -> bytes:
        with db.engine.connect() as other:
            if db.engine.dialect.name == "sqlite":
                other.exec_driver_sql("PRAGMA busy_timeout=0")
            other.execute(text("INSERT INTO number_series (series, last) VALUES ('autre', 1)"))
            other.commit()
            other.invalidate()  # the next to take it from the pool would not wait either
        written.append(True)
        return made(html)

    monkeypatch.setattr(operations, "to_pdf", slowly)
    token = writing.set(True)
    try:
        operations.issue("convention", subject=SUBJECT, cohort_id=3, data=words(), by=SYSTEM, at=AT)
    finally:
        writing.reset(token)
    assert written == [True]
