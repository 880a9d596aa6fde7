"""Opening, changing and cancelling a cohort."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.journal.models import JournalEntry
from tests.admin_app.cohorts.conftest import FIRST, marked
from tests.factories import ProgrammeFactory, ProgrammeVersionFactory

CHANGED = {
    "title": "Autre titre",
    "modality": "remote",
    "place_id": None,
    "remote_url": "https://visio.example.org/salle",
    "practical_info": "",
}


def test_a_cohort_takes_its_days_from_its_half_days(cohort: Cohort) -> None:
    assert (cohort.starts_on, cohort.ends_on) == (FIRST, FIRST + timedelta(days=1))
    assert [one.minutes for one in queries.half_days(cohort.id)] == [210] * 4
    assert queries.planned_minutes(cohort.id) == 840


def test_the_act_is_in_the_journal_without_details_of_people(cohort: Cohort) -> None:
    actions = set(db.session.scalars(select(JournalEntry.action)))
    assert {"cohorts.create", "cohorts.schedule"} <= actions


def test_a_reference_is_taken_once_whatever_its_case(cohort: Cohort, acts: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        operations.create_cohort(
            reference=" ctg-2026-90 ",
            version_id=cohort.version_id,
            half_days=operations.usual_half_days(FIRST, 1),
            **acts,
        )
    assert refused.value.field == "reference"
    assert db.session.scalar(select(func.count(Cohort.id))) == 1


@pytest.mark.parametrize("reference", ["", "é", "a b", "x" * 31, "-A"])
def test_a_reference_that_cannot_be_said_is_refused(
    app: Flask, acts: dict[str, Any], reference: str
) -> None:
    with pytest.raises(Refused) as refused:
        operations.create_cohort(
            reference=reference,
            version_id=ProgrammeVersionFactory().id,
            half_days=operations.usual_half_days(FIRST, 1),
            **acts,
        )
    assert refused.value.field == "reference"


def test_a_draft_version_cannot_be_taught(app: Flask, acts: dict[str, Any]) -> None:
    draft = ProgrammeVersionFactory(published_at=None, in_force_from=None)
    with pytest.raises(Refused) as refused:
        operations.create_cohort(
            reference="X-1",
            version_id=draft.id,
            half_days=operations.usual_half_days(FIRST, 1),
            **acts,
        )
    assert refused.value.field == "version_id"


def test_the_proposed_reference_follows_the_last_one(cohort: Cohort) -> None:
    programme = ProgrammeFactory(reference="Éveil 2")
    version = ProgrammeVersionFactory(programme_id=programme.id)
    first = operations.propose_reference(version, date(2026, 3, 2))
    assert first == "EVEIL-2-2026-01"
    with_one = ProgrammeVersionFactory(programme_id=ProgrammeFactory(reference="CTG").id)
    assert operations.propose_reference(with_one, date(2026, 3, 2)) == "CTG-2026-91"


def test_an_adapted_programme_is_compared_with_the_standard_one(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    standard = cohort.version_id
    adapted = ProgrammeVersionFactory(
        programme_id=ProgrammeFactory(adapted_from_id=standard, is_public=False).id
    )
    operations.use_version(cohort, adapted.id, **acts)
    assert (cohort.version_id, cohort.standard_version_id) == (adapted.id, standard)


@pytest.mark.parametrize("url", ["visio", "ftp://x.org", "https://a b"])
def test_a_link_that_cannot_be_opened_is_refused(
    cohort: Cohort, acts: dict[str, Any], url: str
) -> None:
    with pytest.raises(Refused) as refused:
        operations.change_cohort(cohort, **(CHANGED | {"remote_url": url}), **acts)
    assert refused.value.field == "remote_url"


def test_a_cancelled_cohort_changes_no_more_until_it_is_restored(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    operations.cancel_cohort(cohort, why="Effectif insuffisant", **acts)
    with pytest.raises(Refused, match="annulée"):
        operations.change_cohort(cohort, **CHANGED, **acts)
    operations.restore_cohort(cohort, **acts)
    assert operations.change_cohort(cohort, **CHANGED, **acts).title == "Autre titre"


def test_cancelling_needs_a_reason(cohort: Cohort, acts: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        operations.cancel_cohort(cohort, why="  ", **acts)
    assert refused.value.field == "why"
    assert cohort.cancelled_at is None


def test_what_was_attended_cannot_be_cancelled_whole(cohort: Cohort, acts: dict[str, Any]) -> None:
    marked(queries.half_days(cohort.id)[0])
    with pytest.raises(Refused, match="émargées"):
        operations.cancel_cohort(cohort, why="Erreur", **acts)
