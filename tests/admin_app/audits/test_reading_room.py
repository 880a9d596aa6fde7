"""The reading room: what an auditor may see, and that every look is written."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.accounts.models import User
from admin_app.audits import operations
from admin_app.audits.models import Audit
from admin_app.audits.queries import cohorts_of
from admin_app.core import clock
from admin_app.core.access import Role
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.coverage.operations import refresh_cohort
from admin_app.coverage.review.operations import decide
from admin_app.evidence.operations import record
from admin_app.journal.models import JournalEntry
from compliance.coverage.explain import NOT_IN_CATALOGUE, NOTHING_EXPECTED
from tests.factories import ProviderFactory, UserFactory, cohort_with
from tests.support.statements import counted

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)


def an_audit(**changes: object) -> Audit:
    values: dict = {
        "kind": "surveillance",
        "audit_on": date(2026, 11, 25),
        "body": "Certif Exemple",
        "period_from": date(2026, 1, 1),
        "period_to": date(2026, 12, 31),
        "access_until": date(2026, 11, 26),
    }
    return operations.open_audit(**(values | changes), by=SYSTEM, at=NOW)


@pytest.fixture
def auditor(app: Flask) -> User:
    ProviderFactory()
    return UserFactory(roles=(Role.AUDITOR,), name="M. Delmas")


def looks() -> list[str]:
    return list(
        db.session.scalars(
            select(JournalEntry.summary).where(JournalEntry.action == "audit.looked")
        )
    )


def test_the_whole_reading(auditor: User, sign_in: Callable[..., FlaskClient]) -> None:
    cohort = cohort_with(trainees=2)
    with clock.frozen(NOW):
        refresh_cohort(cohort)
        piece = record(
            "positioning",
            scope=("enrolment", cohort.enrolments[0].id),
            label="Besoins et positionnement de Nadia",
            occurred_on=date(2026, 9, 1),
            by=SYSTEM,
            at=NOW,
            source=("positioning", 1),
            cohort_id=cohort.id,
        )
        audit = an_audit()
        operations.add_reader(audit, user_id=auditor.id, name=auditor.name, by=SYSTEM, at=NOW)
        reader = sign_in(user=auditor)
        assert "25 novembre 2026" in reader.get("/audit/").text.replace("\u00a0", " ")
        assert cohort.reference in reader.get(f"/audit/{audit.id}").text
        base = f"/audit/{audit.id}/sessions/{cohort.id}"
        assert reader.get(base).status_code == 200
        page = reader.get(f"{base}?indicateur=8")
        assert "Besoins et positionnement de Nadia" in page.text
        shown = reader.get(f"{base}?indicateur=8&piece={piece.id}")
        assert piece.sha256 in shown.text
        assert "M. Delmas" in shown.text
    assert len(looks()) == 4
    assert "« Besoins et positionnement de Nadia »" in looks()[-1]


def test_only_own_audit_own_period_and_in_time(
    auditor: User, sign_in: Callable[..., FlaskClient]
) -> None:
    inside, outside = cohort_with(trainees=1), cohort_with(trainees=1, starts_on=date(2024, 5, 2))
    reader = sign_in(user=auditor)
    with clock.frozen(NOW):
        audit, other = an_audit(), an_audit()
        operations.add_reader(audit, user_id=auditor.id, name="M. Delmas", by=SYSTEM, at=NOW)
        assert reader.get(f"/audit/{other.id}").status_code == 404
        assert reader.get(f"/audit/{audit.id}/sessions/{inside.id}").status_code == 200
        assert reader.get(f"/audit/{audit.id}/sessions/{outside.id}").status_code == 404
    with clock.frozen(NOW + timedelta(days=4)):
        assert reader.get(f"/audit/{audit.id}").status_code == 404
    with clock.frozen(NOW):
        operations.close_audit(audit, by=SYSTEM, at=NOW)
        assert reader.get(f"/audit/{audit.id}").status_code == 404
        with pytest.raises(Refused, match="déjà fermée"):
            operations.close_audit(audit, by=SYSTEM, at=NOW)


def test_an_auditor_changes_nothing(auditor: User, sign_in: Callable[..., FlaskClient]) -> None:
    cohort = cohort_with(trainees=1)
    reader = sign_in(user=auditor)
    for address in ("/aujourdhui", f"/sessions/{cohort.id}", "/journal", "/audits/"):
        assert reader.get(address).status_code == 403, address


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"period_to": date(2025, 1, 1)}, "period_to"),
        ({"access_until": date(2026, 11, 1)}, "access_until"),
        ({"access_until": date(2027, 11, 1)}, "access_until"),
        ({"kind": "autre"}, "kind"),
    ],
)
def test_wrong_days_are_refused(app: Flask, changes: dict, field: str) -> None:
    ProviderFactory()
    with pytest.raises(Refused) as refused:
        an_audit(**changes)
    assert [one.field for one in refused.value.problems] == [field]


def test_the_quality_manager_opens_the_room_and_invites(
    app: Flask, sign_in: Callable[..., FlaskClient], outbox: list
) -> None:
    ProviderFactory()
    manager = sign_in(Role.QUALITY_MANAGER)
    with clock.frozen(NOW):
        form = {
            "kind": "surveillance",
            "audit_on": "2026-11-25",
            "body": "Certif Exemple",
            "period_from": "2026-01-01",
            "period_to": "2026-12-31",
            "access_until": "2026-11-26",
            "name": "M. Delmas",
            "email": "pas une adresse",
        }
        refused = manager.post("/audits/nouveau", data=form)
        assert refused.status_code == 422
        assert "Certif Exemple" in refused.text
        assert db.session.scalars(select(Audit)).all() == []
        reply = manager.post("/audits/nouveau", data=form | {"email": "delmas@certif.example.org"})
        assert reply.status_code == 303
        assert "M. Delmas" in manager.get(reply.location).text
    assert outbox[-1].to == ['"M. Delmas" <delmas@certif.example.org>']
    for words in (
        "Atelier des Territoires",
        "audit de surveillance du 25 novembre 2026, mené par Certif Exemple",
        "sessions commencées du 1er janvier 2026 au 31 décembre 2026",
        "jusqu’au 26 novembre 2026 inclus",
    ):
        assert words in outbox[-1].body.replace("\u00a0", " ")


def test_an_auditor_who_comes_back_is_told_so(
    app: Flask, sign_in: Callable[..., FlaskClient], outbox: list
) -> None:
    ProviderFactory()
    known = UserFactory(roles=(Role.AUDITOR,), password_hash="x")
    with clock.frozen(NOW):
        form = {
            "kind": "renewal",
            "audit_on": "2026-11-25",
            "body": "Certif Exemple",
            "period_from": "2026-01-01",
            "period_to": "2026-12-31",
            "access_until": "2026-11-26",
            "name": known.name,
            "email": known.email,
        }
        assert sign_in(Role.QUALITY_MANAGER).post("/audits/nouveau", data=form).status_code == 303
    assert "audit de renouvellement du 25 novembre 2026" in outbox[-1].body.replace("\u00a0", " ")
    assert "/connexion" in outbox[-1].body


def test_what_the_file_does_not_show_is_named_with_the_reason(
    auditor: User, sign_in: Callable[..., FlaskClient]
) -> None:
    with clock.frozen(NOW):
        audit = an_audit()
        operations.add_reader(audit, user_id=auditor.id, name="M. Delmas", by=SYSTEM, at=NOW)
        cohort = cohort_with(trainees=1)
        page = sign_in(user=auditor).get(f"/audit/{audit.id}/sessions/{cohort.id}").text
    assert "Ce que ce dossier de session ne montre pas" in page
    assert NOTHING_EXPECTED[:20] in page or NOT_IN_CATALOGUE[:20] in page


def test_the_list_of_cohorts_runs_the_same_statements_for_many_rows(
    auditor: User, sign_in: Callable[..., FlaskClient]
) -> None:
    with clock.frozen(NOW):
        audit = an_audit()
        operations.add_reader(audit, user_id=auditor.id, name="M. Delmas", by=SYSTEM, at=NOW)
        reader = sign_in(user=auditor)
        cohort_with(trainees=1)
        with counted() as few:
            reader.get(f"/audit/{audit.id}")
        for _ in range(30):
            cohort_with(trainees=2)
        with counted() as many:
            reader.get(f"/audit/{audit.id}")
    assert len(few) == len(many) <= 10


def test_the_room_shows_what_was_decided_of_a_piece(
    auditor: User, sign_in: Callable[..., FlaskClient]
) -> None:
    cohort = cohort_with(trainees=1)
    with clock.frozen(NOW):
        refresh_cohort(cohort)
        shown = {}
        for piece in ("positioning", "accommodation"):
            made = record(
                piece,
                scope=("enrolment", cohort.enrolments[0].id),
                label=f"Pièce {piece}",
                occurred_on=date(2026, 9, 1),
                by=SYSTEM,
                at=NOW,
                source=(piece, 1),
                cohort_id=cohort.id,
            )
            decide(
                made,
                decision="rejected",
                reason="Remplie par une autre.",
                seen=made.sha256,
                by=SYSTEM,
                at=NOW,
            )
            shown[piece] = made.id
        audit = an_audit()
        operations.add_reader(audit, user_id=auditor.id, name=auditor.name, by=SYSTEM, at=NOW)
        reader = sign_in(user=auditor)
        base = f"/audit/{audit.id}/sessions/{cohort.id}?piece="
        page = reader.get(f"{base}{shown['positioning']}").text
        assert "Examinée par l’organisme" in page
        assert "Remplie par une autre." in page
        assert "Remplie par une autre." not in reader.get(f"{base}{shown['accommodation']}").text


@pytest.mark.parametrize(
    ("text", "references"),
    [("zz_b", ["ZZ_B"]), ("%", None), ("CÔTE", ["COTE-1"]), ("zzz", [])],
)
def test_cohorts_are_found_as_in_the_lists_of_the_office(
    app: Flask, text: str, references: list[str] | None
) -> None:
    """Whatever the accents; a sign that is no letter finds what no word would."""
    ProviderFactory()
    for reference in ("ZZ_B", "COTE-1"):
        cohort_with(trainees=1, reference=reference)
    found = [row[0].reference for row in db.session.execute(cohorts_of(an_audit(), text))]
    assert sorted(found) == (["COTE-1", "ZZ_B"] if references is None else references)
