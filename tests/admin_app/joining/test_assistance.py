"""The assistance of a remote cohort: written, told by the instructions, and proved."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import roster
from admin_app.core.access import Role
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.documents.models import Document
from admin_app.documents.queries import data as data_of
from admin_app.evidence.models import Evidence
from admin_app.joining import operations
from admin_app.joining.assistance import Assistance, assistance_of, write_assistance
from admin_app.journal.models import JournalEntry
from tests.factories.joining import cohort_ready_to_join

AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
OFFICE = Actor(ActorKind.USER, "Hélène Marchand", 1)
ACTS: dict[str, Any] = {"by": OFFICE, "at": AT}
HELP = Assistance("Léa, 01 02 03 04 05", "Nadia Ferrand", "sous un jour", "Deux modules, 45 min")
FORM = {
    "technical": "Léa, 01 02 03 04 05",
    "teaching": "Nadia Ferrand, par message",
    "answer_within": "sous un jour ouvré",
    "activities": "Deux modules, 45 minutes chacun",
}


def remote_cohort() -> Cohort:
    cohort = cohort_ready_to_join()
    cohort.modality = "blended"
    db.session.commit()
    return cohort


def proofs(cohort: Cohort) -> list[Evidence]:
    return list(
        db.session.scalars(
            select(Evidence).where(
                Evidence.piece == "remote-assistance", Evidence.scope_id == cohort.id
            )
        )
    )


def test_it_is_proved_once_the_instructions_tell_it(app: Flask) -> None:
    cohort = remote_cohort()
    people = roster(cohort.id, active_only=True)
    operations.send_instructions(cohort, people[0], **ACTS)
    assert proofs(cohort) == []
    write_assistance(cohort, HELP, **ACTS)
    assert proofs(cohort) == []  # written, and told to nobody yet
    row = operations.send_instructions(cohort, people[0], **ACTS)
    found = proofs(cohort)
    assert [(one.scope_kind, one.cohort_id) for one in found] == [("cohort", cohort.id)]
    assert found[0].document_id == row.document_id
    assert data_of(db.session.get_one(Document, row.document_id))["assistance"] == {
        "technical": HELP.technical,
        "teaching": HELP.teaching,
        "answer_within": HELP.answer_within,
        "activities": HELP.activities,
    }
    operations.send_instructions(cohort, people[-1], **ACTS)
    assert len(proofs(cohort)) == 1
    entry = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action == "joining.assistance")
    ).one()
    assert "01 02 03" not in entry.summary


def test_a_cohort_in_the_room_needs_none(app: Flask) -> None:
    cohort = cohort_ready_to_join()
    with pytest.raises(Refused):
        write_assistance(cohort, HELP, **ACTS)
    assert assistance_of(cohort) is None


def test_the_page(sign_in: Callable[..., FlaskClient]) -> None:
    client, cohort = sign_in(Role.OFFICE), remote_cohort()
    path = f"/sessions/{cohort.id}/convocations"
    assert "Assistance à distance" in client.get(path).text
    sent = client.post(f"{path}/assistance", data=FORM | {"teaching": " "})
    assert sent.status_code == 422
    assert "à qui poser ses questions" in sent.text
    assert FORM["activities"] in sent.text
    assert assistance_of(cohort) is None
    assert client.post(f"{path}/assistance", data=FORM).status_code == 303
    assert FORM["answer_within"] in client.get(path).text
    assert FORM["technical"] in client.get(f"{path}/assistance").text


def test_who_may_write_it(sign_in: Callable[..., FlaskClient]) -> None:
    cohort = remote_cohort()
    path = f"/sessions/{cohort.id}/convocations/assistance"
    assert sign_in(Role.QUALITY_MANAGER).get(path).status_code == 403
    office = sign_in(Role.OFFICE)
    assert office.get("/sessions/9999/convocations/assistance").status_code == 404
    cohort.modality = "in-person"
    db.session.commit()
    assert office.get(path).status_code == 404
