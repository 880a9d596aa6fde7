"""Who teaches and who buys."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.people.models import TrainerSkill
from tests.admin_app.cohorts.conftest import AT
from tests.factories import (
    ClientContactFactory,
    ClientFactory,
    EnrolmentFactory,
    TrainerFactory,
    committed,
)

SKILL = "Animation participative"


def skilled(skill: str = SKILL, checked: date = date(2025, 1, 1), until: date | None = None) -> int:
    """A trainer who holds that skill."""
    trainer = TrainerFactory()
    with committed():
        row = TrainerSkill(
            trainer_id=trainer.id,
            skill=skill,
            shown_by="Master",
            checked_on=checked,
            valid_until=until,
        )
        db.session.add(row)
    return int(trainer.id)


def test_a_qualified_trainer_is_assigned_without_a_reason(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    row = operations.assign_trainer(cohort, skilled("  animation  PARTICIPATIVE "), **acts)
    assert row.reason == ""
    assert [one.trainer.id for one in queries.trainers_of(cohort.id)] == [row.trainer_id]


@pytest.mark.parametrize(
    ("checked", "until"),
    [
        (date(2025, 1, 1), date(2026, 9, 17)),  # ends on the first of the two days
        (date(2026, 9, 18), None),  # checked after the start
    ],
)
def test_a_skill_must_hold_on_every_day(
    cohort: Cohort, acts: dict[str, Any], checked: date, until: date | None
) -> None:
    with pytest.raises(Refused, match=SKILL) as refused:
        operations.assign_trainer(cohort, skilled(SKILL, checked, until), **acts)
    assert refused.value.field == "reason"


def test_a_reason_stands_in_for_a_skill_and_is_kept(cohort: Cohort, acts: dict[str, Any]) -> None:
    row = operations.assign_trainer(cohort, TrainerFactory().id, reason=" En binôme ", **acts)
    assert row.reason == "En binôme"


def test_a_trainer_is_assigned_once_and_may_come_back(cohort: Cohort, acts: dict[str, Any]) -> None:
    row = operations.assign_trainer(cohort, skilled(), **acts)
    with pytest.raises(Refused, match="déjà"):
        operations.assign_trainer(cohort, row.trainer_id, **acts)
    operations.unassign_trainer(row, why="Congé", **acts)
    assert not queries.is_taught_by(cohort.id, row.trainer_id)
    again = operations.assign_trainer(cohort, row.trainer_id, **acts)
    assert again.id == row.id
    assert queries.is_taught_by(cohort.id, row.trainer_id)


def test_an_archived_trainer_cannot_be_assigned(cohort: Cohort, acts: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        operations.assign_trainer(cohort, TrainerFactory(archived_at=AT).id, reason="x", **acts)


def test_candidates_are_the_qualified_ones_first(cohort: Cohort) -> None:
    TrainerFactory(last_name="Aubert")
    qualified = skilled()
    found = queries.candidates(cohort, [SKILL])
    assert [bool(one.lacking) for one in found] == [False, True]
    assert found[0].trainer.id == qualified


def test_a_client_comes_with_its_price_and_its_own_contact(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    contact = ClientContactFactory()
    row = operations.add_client(
        cohort, contact.client_id, price=Decimal("4800.00"), contact_id=contact.id, **acts
    )
    (sponsor,) = queries.clients_of(cohort.id)
    assert (sponsor.row.price, sponsor.contact) == (Decimal("4800.00"), contact)
    with pytest.raises(Refused) as refused:
        operations.change_client(row, price=None, contact_id=ClientContactFactory().id, **acts)
    assert refused.value.field == "contact_id"


def test_a_client_with_enrolments_stays(cohort: Cohort, acts: dict[str, Any]) -> None:
    row = operations.add_client(cohort, ClientFactory().id, **acts)
    enrolment = EnrolmentFactory(cohort_id=cohort.id, client_id=row.client_id)
    with pytest.raises(Refused, match="il y reste"):
        operations.remove_client(row, **acts)
    with committed():
        enrolment.client_id = None
    operations.remove_client(row, **acts)
    assert queries.clients_of(cohort.id) == []


def test_cohorts_of_a_trainer_and_of_a_client(cohort: Cohort, acts: dict[str, Any]) -> None:
    trainer_id, client_id = skilled(), ClientFactory().id
    operations.assign_trainer(cohort, trainer_id, **acts)
    operations.add_client(cohort, client_id, **acts)
    assert list(queries.cohorts_of_trainer(trainer_id)) == [cohort]
    assert list(queries.cohorts_of_client(client_id)) == [cohort]
    operations.cancel_cohort(cohort, why="Report", **acts)
    assert list(queries.cohorts_of_trainer(trainer_id)) == []
    assert list(queries.cohorts_of_client(client_id)) == [cohort]
