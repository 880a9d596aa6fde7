"""The pages of documents: who may open them, versions, many rows, a damaged file."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.storage import Store
from admin_app.core.transaction import transaction
from admin_app.documents import operations
from admin_app.documents.models import Document
from tests.admin_app.documents.test_issue import AT, issue, words
from tests.factories import cohort_with
from tests.support.statements import counted

SignIn = Callable[..., FlaskClient]


def test_the_pdf_opens_in_the_page(app: Flask, sign_in: SignIn) -> None:
    document = issue(words())
    reply = sign_in(Role.OFFICE).get(f"/documents/{document.id}")
    assert reply.status_code == 200
    assert reply.mimetype == "application/pdf"
    assert reply.headers["Content-Disposition"] == "inline; filename=CONV-2026-0001.pdf"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert "no-store" in reply.headers["Cache-Control"]


def test_it_can_be_kept(app: Flask, sign_in: SignIn) -> None:
    document = issue(words())
    reply = sign_in(Role.QUALITY_MANAGER).get(f"/documents/{document.id}/telecharger")
    assert reply.headers["Content-Disposition"].startswith("attachment")


def test_nobody_else_opens_it(app: Flask, sign_in: SignIn, browse: FlaskClient) -> None:
    document = issue(words())
    assert sign_in(Role.TRAINER).get(f"/documents/{document.id}").status_code == 403
    assert sign_in(Role.CLIENT).get(f"/documents/{document.id}").status_code == 403
    assert browse.get(f"/documents/{document.id}").status_code in {302, 303, 401}
    assert sign_in(Role.OFFICE).get("/documents/999").status_code == 404


def test_a_damaged_file_is_a_page_that_says_so(
    app: Flask, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = issue(words())
    client = sign_in(Role.OFFICE)
    monkeypatch.setattr(Store, "get", lambda *_: b"autre chose")
    reply = client.get(f"/documents/{document.id}")
    assert reply.status_code == 410
    assert "a été modifié depuis" in reply.text


def test_a_cohort_shows_its_versions(app: Flask, sign_in: SignIn) -> None:
    cohort = cohort_with()
    for rank, note in enumerate(("un", "deux")):
        operations.issue(
            "convention",
            subject=("agreement", 1),
            cohort_id=cohort.id,
            data=words(reference=note),
            by=SYSTEM,
            at=AT + timedelta(hours=rank),
        )
    page = sign_in(Role.OFFICE).get(f"/sessions/{cohort.id}/documents")
    assert page.status_code == 200
    for told in ("CONV-2026-0001-v2", "en vigueur", "remplacé", "CAF de l’Aubrée", "Liasse"):
        assert told in page.text


def test_an_empty_cohort_says_what_will_come(app: Flask, sign_in: SignIn) -> None:
    page = sign_in(Role.OFFICE).get(f"/sessions/{cohort_with().id}/documents")
    assert "Aucun document pour cette session" in page.text
    assert sign_in(Role.OFFICE).get("/sessions/999/documents").status_code == 404


def row(rank: int, cohort_id: int) -> Document:
    return Document(
        number=f"CERT-2026-{rank:05}",
        kind="convention",
        version=1,
        title="Certificat",
        label=f"Personne {rank}",
        subject_kind="enrolment",
        subject_id=rank,
        cohort_id=cohort_id,
        issued_at=AT,
        issued_by="Liasse",
        template_version="1",
        data={},
        data_sha256="0" * 64,
        sha256="0" * 64,
        size=1,
        withdrawn_why="",
    )


def test_the_list_runs_as_many_statements_for_one_as_for_many(app: Flask, sign_in: SignIn) -> None:
    cohort = cohort_with()
    client = sign_in(Role.OFFICE)
    counts = []
    for ranks in (range(1), range(1, 300)):
        with transaction():
            db.session.add_all([row(rank, cohort.id) for rank in ranks])
        with counted() as statements:
            page = client.get(f"/sessions/{cohort.id}/documents")
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 10
    assert page.text.count("Télécharger") == 25
    assert "sur 300 documents" in page.text.replace("\u00a0", " ")
    last: Any = client.get(f"/sessions/{cohort.id}/documents?page=99999999")
    assert last.status_code == 200
