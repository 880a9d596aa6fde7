"""Certificates: hours really attended, issued once, sent, fetched."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.attendance.models import Mark
from admin_app.certificates import operations
from admin_app.certificates.gathering import COMPLETION, candidates, gather_completions
from admin_app.certificates.models import Certificate
from admin_app.certificates.queries import current
from admin_app.cohorts.models import Cohort
from admin_app.core import clock, links, mail
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.jobs import Job
from admin_app.core.links import Purpose
from admin_app.core.mail import MailMessage
from admin_app.documents.models import Document
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from tests.factories import ProviderFactory, cohort_with, committed
from tests.factories.followed import held

KNOWINGLY = {"knowingly": "y", "why": "Feuille papier en cours de saisie."}
AFTER = datetime(2026, 9, 21, 8, tzinfo=UTC)


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    ProviderFactory()
    return held(cohort_with(trainees=2))


def issue_all(cohort: Cohort) -> Job:
    with clock.frozen(AFTER):
        return operations.start_issuing(
            cohort, back_url="/", despite="Sur papier.", by=SYSTEM, at=AFTER
        )


def test_nothing_is_certified_before_half_days_are_closed(app: Flask) -> None:
    ProviderFactory()
    waiting = cohort_with(trainees=2)
    with clock.frozen(AFTER), pytest.raises(Refused, match="closes"):
        operations.start_issuing(waiting, back_url="/", by=SYSTEM, at=AFTER)
    assert [one.obstacle for one in candidates(waiting)] == ["Aucune demi-journée n’est close."] * 2


def test_a_crash_in_between_leaves_neither_document_nor_certificate(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object, **__: object) -> None:
        raise RuntimeError("the power goes")

    (one,) = gather_completions(cohort.id)[:1]
    with monkeypatch.context() as cut, clock.frozen(AFTER):
        cut.setattr(operations, "prove", crash)
        with pytest.raises(RuntimeError):
            operations.issue(COMPLETION, one, by=SYSTEM, at=AFTER)
        assert db.session.scalars(select(Document)).all() == []
        assert db.session.scalars(select(Certificate)).all() == []
    with clock.frozen(AFTER):
        document = operations.issue(COMPLETION, one, by=SYSTEM, at=AFTER)
        assert operations.issue(COMPLETION, one, by=SYSTEM, at=AFTER).id == document.id
    assert document.version == 1
    pieces = db.session.scalars(select(Evidence).where(Evidence.piece == COMPLETION)).all()
    assert [piece.document_id for piece in pieces] == [document.id]


def test_the_whole_cohort_in_one_job_and_never_twice(cohort: Cohort) -> None:
    job = issue_all(cohort)
    db.session.refresh(job)
    assert (job.state, job.done, job.total) == ("done", 4, 4)
    assert len(current(cohort.id)) == 4
    issue_all(cohort)
    assert len(db.session.scalars(select(Document)).all()) == 4
    pieces = db.session.scalars(select(Evidence.piece).where(Evidence.withdrawn_at.is_(None))).all()
    assert sorted(pieces).count("completion-certificate") == 2


def test_the_hours_are_those_really_attended(cohort: Cohort) -> None:
    with committed():
        mark = db.session.scalars(select(Mark)).first()
        assert mark is not None
        mark.state, mark.minutes_late = "late", 20
    issue_all(cohort)
    late = current(cohort.id)[("completion-certificate", mark.enrolment_id)][0]
    assert (late.attended_minutes, late.planned_minutes) == (820, 840)


def test_changed_hours_make_a_new_version_and_keep_the_first(cohort: Cohort) -> None:
    issue_all(cohort)
    with committed():
        mark = db.session.scalars(select(Mark)).first()
        assert mark is not None
        mark.state = "absent"
    issue_all(cohort)
    rows = db.session.scalars(
        select(Certificate).where(
            Certificate.kind == "completion-certificate",
            Certificate.enrolment_id == mark.enrolment_id,
        )
    ).all()
    assert sorted((row.attended_minutes, row.superseded_at is None) for row in rows) == [
        (630, True),
        (840, False),
    ]
    withdrawn = db.session.scalars(select(Evidence).where(Evidence.withdrawn_at.is_not(None))).all()
    assert {one.piece for one in withdrawn} >= {"completion-certificate"}


def test_they_are_sent_once_and_fetched_by_link(
    cohort: Cohort, outbox: list, browse: FlaskClient
) -> None:
    issue_all(cohort)
    with clock.frozen(AFTER):
        assert operations.send_certificates(cohort, despite="Sur papier.", by=SYSTEM, at=AFTER) == 2
        assert operations.send_certificates(cohort, despite="Sur papier.", by=SYSTEM, at=AFTER) == 0
        assert len(outbox[0].attachments) == 2
        mine, other = (one.id for one in cohort.enrolments)
        link = links.current(Purpose.TRAINEE_FILE, ("enrolment", mine), AFTER)
        assert link is not None
        base = f"/l/{links.token(link)}/attestations"
        assert "Attestation" in browse.get(base).text
        own = current(cohort.id)[("completion-certificate", mine)][0]
        foreign = current(cohort.id)[("completion-certificate", other)][0]
        fetched = browse.get(f"{base}/{own.id}")
        assert fetched.data.startswith(b"%PDF")
        assert browse.get(f"{base}/{foreign.id}").status_code == 404
    db.session.refresh(own)
    assert own.fetched_at is not None


def test_the_page_says_who_has_what(cohort: Cohort, sign_in: Callable[..., FlaskClient]) -> None:
    office = sign_in(Role.OFFICE)
    with clock.frozen(AFTER):
        assert "à établir" in office.get(f"/sessions/{cohort.id}/certificats").text
        reply = office.post(f"/sessions/{cohort.id}/certificats/etablir", data=KNOWINGLY)
        assert reply.status_code == 303
        assert "/travaux/" in reply.location
        assert "Terminé" in office.get(reply.location).text
        assert "CERT-2026-0001" in office.get(f"/sessions/{cohort.id}/certificats").text


def test_what_is_open_is_read_before_anything_is_issued_or_sent(
    cohort: Cohort, sign_in: Callable[..., FlaskClient]
) -> None:
    office, address = sign_in(Role.OFFICE), f"/sessions/{cohort.id}/certificats"
    with clock.frozen(AFTER):
        with pytest.raises(Refused, match="ouvert"):
            operations.start_issuing(cohort, back_url="/", by=SYSTEM, at=AFTER)
        page = office.post(f"{address}/etablir", follow_redirects=True).text
        assert "Signatures qui manquent" in page
        assert "Acquis non évalués" in page
        assert office.post(f"{address}/etablir", data={"why": ""}).status_code == 422
        assert office.post(f"{address}/etablir", data={"why": "x"}).status_code == 422
        assert not current(cohort.id)
        office.post(f"{address}/etablir", data=KNOWINGLY)
        assert "ouvert" in office.post(f"{address}/envoyer", follow_redirects=True).text
        assert (
            "Envoyés"
            in office.post(f"{address}/envoyer", data=KNOWINGLY, follow_redirects=True).text
        )
    entries = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action.like("certificates.%-despite"))
    ).all()
    assert [one.action.split(".")[1] for one in entries] == ["issue-despite", "send-despite"]
    assert all("Feuille papier" in one.summary for one in entries)


def test_what_never_left_is_only_tried_and_to_be_sent_again(
    cohort: Cohort, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: object, fail_silently: bool = False) -> int:
        raise ConnectionRefusedError("111")

    def outcomes() -> set[tuple[str, str]]:
        rows = db.session.execute(
            select(Evidence.piece, Evidence.outcome).where(
                Evidence.withdrawn_at.is_(None), Evidence.source_kind == "certificate"
            )
        )
        return {(piece, outcome) for piece, outcome in rows}

    issue_all(cohort)
    kinds = ("completion-certificate", "training-attestation")
    monkeypatch.setattr("flask_mailman.EmailMultiAlternatives.send", refuse)
    with clock.frozen(AFTER):
        assert operations.send_certificates(cohort, despite="Sur papier.", by=SYSTEM, at=AFTER) == 2
    messages = db.session.scalars(select(MailMessage)).all()
    for day in range(1, 7):
        with clock.frozen(AFTER + timedelta(days=day)):
            for one in messages:
                mail.deliver(one.id)
    assert {one.state for one in messages} == {"failed"}
    assert outcomes() == {(kind, "tried") for kind in kinds}
    assert {one.sent_at for one, _ in current(cohort.id).values()} == {None}
    monkeypatch.undo()
    with clock.frozen(AFTER + timedelta(days=8)):
        for one in messages:
            assert mail.send_again(one.id)
        assert outcomes() == {(kind, "obtained") for kind in kinds}
        assert operations.send_certificates(cohort, despite="Sur papier.", by=SYSTEM, at=AFTER) == 0
