"""Handing resources over, and what it proves."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin_app.cohorts import operations as cohorts
from admin_app.cohorts.models import Cohort
from admin_app.cohorts.queries import roster
from admin_app.core.actor import Actor, ActorKind
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.storage import store
from admin_app.core.uploads import Upload
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from admin_app.resources import operations, queries
from admin_app.resources.models import ResourceFetch, ResourceFile
from tests.factories import ProviderFactory, cohort_with

AT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
TRAINER = Actor(ActorKind.USER, "Claire Vasseur", 1)
ACTS: dict[str, Any] = {"by": TRAINER, "at": AT}


def pdf(content: str = "a", name: str = "dossier.pdf") -> Upload:
    """A file that was accepted."""
    return Upload(name, "pdf", f"%PDF-1.7 {content}".encode())


def proofs(cohort: Cohort) -> Sequence[Evidence]:
    """What is proved of the resources of a cohort, and still counts."""
    return db.session.scalars(
        select(Evidence).where(
            Evidence.piece == "resources-handed-over",
            Evidence.scope_kind == "cohort",
            Evidence.scope_id == cohort.id,
            Evidence.withdrawn_at.is_(None),
        )
    ).all()


@pytest.fixture
def cohort(app: Flask) -> Cohort:
    """A cohort of two trainees."""
    ProviderFactory()
    return cohort_with(2)


def test_a_file_is_kept_and_not_yet_seen_by_trainees(cohort: Cohort) -> None:
    row = operations.add_resource(cohort, pdf(), title=" Dossier ", **ACTS)
    assert (row.title, row.name, row.mime) == ("Dossier", "dossier.pdf", "application/pdf")
    assert store.get(row.sha256) == pdf().data
    assert queries.mine(roster(cohort.id)[0].enrolment) == []
    assert proofs(cohort) == []


def test_without_a_title_its_name_is_shown(cohort: Cohort) -> None:
    assert operations.add_resource(cohort, pdf(), **ACTS).title == "dossier.pdf"


def test_the_same_file_is_not_added_twice_unless_withdrawn(cohort: Cohort) -> None:
    row = operations.add_resource(cohort, pdf(), **ACTS)
    with pytest.raises(Refused, match="déjà là") as refused:
        operations.add_resource(cohort, pdf(name="autre.pdf"), **ACTS)
    assert refused.value.field == "file"
    operations.withdraw(row, why="Erreur", **ACTS)
    assert operations.add_resource(cohort, pdf(), **ACTS).id != row.id


def test_a_title_that_is_too_long_is_refused(cohort: Cohort) -> None:
    with pytest.raises(Refused) as refused:
        operations.add_resource(cohort, pdf(), title="x" * 201, **ACTS)
    assert refused.value.field == "title"


def test_sharing_writes_to_each_trainee_and_proves_it(cohort: Cohort, outbox: list) -> None:
    operations.add_resource(cohort, pdf("a"), title="Dossier", **ACTS)
    operations.add_resource(cohort, pdf("b"), title="Étude de cas", **ACTS)
    operations.share(cohort, **ACTS)
    assert len(outbox) == 2
    assert "Étude de cas" in outbox[0].body
    assert "/ressources" in outbox[0].body
    (piece,) = proofs(cohort)
    assert piece.occurred_on == AT.date()
    assert [one["title"] for one in piece.facts["files"]] == ["Dossier", "Étude de cas"]
    assert len(queries.mine(roster(cohort.id)[0].enrolment)) == 2


def test_who_left_is_not_written_to(cohort: Cohort, outbox: list) -> None:
    cohorts.withdraw(roster(cohort.id)[0].enrolment, on=AT.date(), reason="Mutation", **ACTS)
    operations.add_resource(cohort, pdf(), **ACTS)
    operations.share(cohort, **ACTS)
    assert len(outbox) == 1


def test_there_must_be_something_to_share_and_someone(cohort: Cohort) -> None:
    with pytest.raises(Refused, match="rien de nouveau"):
        operations.share(cohort, **ACTS)
    empty = cohort_with(0)
    operations.add_resource(empty, pdf(), **ACTS)
    with pytest.raises(Refused, match="Personne"):
        operations.share(empty, **ACTS)


def test_a_second_sharing_names_only_what_is_new(cohort: Cohort, outbox: list) -> None:
    operations.add_resource(cohort, pdf("a"), title="Premier", **ACTS)
    operations.share(cohort, **ACTS)
    operations.add_resource(cohort, pdf("b"), title="Second", **ACTS)
    operations.share(cohort, **ACTS)
    assert "Premier" not in outbox[-1].body
    assert len(proofs(cohort)) == 2


def test_the_first_fetch_alone_is_noted(cohort: Cohort) -> None:
    row = operations.add_resource(cohort, pdf(), **ACTS)
    operations.share(cohort, **ACTS)
    person = roster(cohort.id)[0]
    nadia = Actor(ActorKind.TRAINEE, person.trainee.name, person.enrolment.id)
    for day in range(3):
        operations.note_fetched(row, person.enrolment, by=nadia, at=AT + timedelta(days=day))
    assert db.session.scalars(select(ResourceFetch.fetched_at)).all() == [AT]
    fetched = select(func.count()).where(JournalEntry.action == "resources.fetched")
    assert db.session.scalar(fetched) == 1
    (line,) = queries.lines(cohort.id)
    assert line.fetched == 1


def test_reminding_writes_to_those_who_have_not_fetched_all(cohort: Cohort, outbox: list) -> None:
    with pytest.raises(Refused, match="Rien n’est encore remis"):
        operations.remind(cohort, **ACTS)
    row = operations.add_resource(cohort, pdf(), **ACTS)
    operations.share(cohort, **ACTS)
    first, second = roster(cohort.id)
    operations.note_fetched(row, first.enrolment, **ACTS)
    assert operations.remind(cohort, **ACTS) == 1
    assert second.trainee.email in outbox[-1].to[0]
    operations.note_fetched(row, second.enrolment, **ACTS)
    with pytest.raises(Refused, match="déjà ouvert"):
        operations.remind(cohort, **ACTS)


def test_what_is_withdrawn_stays_with_its_reason_and_who_had_it(cohort: Cohort) -> None:
    row = operations.add_resource(cohort, pdf(), **ACTS)
    operations.share(cohort, **ACTS)
    operations.note_fetched(row, roster(cohort.id)[0].enrolment, **ACTS)
    with pytest.raises(Refused) as refused:
        operations.withdraw(row, why=" ", **ACTS)
    assert refused.value.field == "why"
    operations.withdraw(row, why="Version corrigée", **ACTS)
    assert (row.withdrawn_by, row.withdrawn_why) == ("Claire Vasseur", "Version corrigée")
    assert db.session.scalar(select(func.count(ResourceFetch.id))) == 1
    assert queries.mine(roster(cohort.id)[0].enrolment) == []
    with pytest.raises(Refused, match="déjà retiré"):
        operations.withdraw(row, why="Encore", **ACTS)


def test_the_proof_goes_with_the_last_resource_only(cohort: Cohort) -> None:
    first = operations.add_resource(cohort, pdf("a"), **ACTS)
    second = operations.add_resource(cohort, pdf("b"), **ACTS)
    operations.share(cohort, **ACTS)
    operations.withdraw(first, why="Doublon", **ACTS)
    assert len(proofs(cohort)) == 1
    operations.withdraw(second, why="Erreur", **ACTS)
    assert proofs(cohort) == []


def test_a_cancelled_cohort_takes_nothing(cohort: Cohort) -> None:
    operations.add_resource(cohort, pdf(), **ACTS)
    cohorts.cancel_cohort(cohort, why="Report", **ACTS)
    for act in (
        lambda: operations.add_resource(cohort, pdf("b"), **ACTS),
        lambda: operations.share(cohort, **ACTS),
    ):
        with pytest.raises(Refused, match="annulée"):
            act()
    assert db.session.scalar(select(func.count(ResourceFile.id))) == 1
