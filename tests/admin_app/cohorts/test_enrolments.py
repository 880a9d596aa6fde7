"""Enrolling, leaving, being replaced."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort
from admin_app.core import clock, links
from admin_app.core.actor import ActorKind
from admin_app.core.errors import Refused
from admin_app.core.links import Purpose
from admin_app.people.operations import TraineeDetails
from compliance.vocabulary import Departure
from tests.admin_app.cohorts.conftest import AT, FIRST, OFFICE, pieces, valid
from tests.factories import ClientFactory, TraineeFactory
from tests.support.statements import counted

TODAY = AT.date()
DURING = {"by": OFFICE, "at": datetime.combine(FIRST + timedelta(days=1), AT.timetz())}


def test_a_trainee_is_enrolled_once(cohort: Cohort, acts: dict[str, Any]) -> None:
    trainee = TraineeFactory()
    operations.enrol(cohort, trainee_id=trainee.id, pays_personally=True, **acts)
    with pytest.raises(Refused, match="déjà inscrit"):
        operations.enrol(cohort, trainee_id=trainee.id, **acts)


def test_who_is_enrolled_after_the_first_day_takes_part_from_it_unless_told(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    late = operations.enrol(cohort, trainee_id=TraineeFactory().id, **DURING)
    assert (late.takes_part_from, late.enrolled_at) == (None, DURING["at"])
    payer = {"client_id": None, "employer": "", "pays_personally": True}
    second = FIRST + timedelta(days=1)
    operations.change_enrolment(late, **payer, takes_part_from=second, **DURING)
    assert late.takes_part_from == second
    operations.change_enrolment(late, **payer, takes_part_from=FIRST, **DURING)
    assert late.takes_part_from is None
    for outside in (FIRST - timedelta(days=1), FIRST + timedelta(days=30)):
        with pytest.raises(Refused) as refused:
            operations.change_enrolment(late, **payer, takes_part_from=outside, **DURING)
        assert refused.value.field == "takes_part_from"
    assert late.enrolled_at == DURING["at"]


def test_the_payer_is_a_client_of_the_cohort_or_the_trainee(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    trainee, stranger = TraineeFactory(), ClientFactory()
    with pytest.raises(Refused) as refused:
        operations.enrol(cohort, trainee_id=trainee.id, client_id=stranger.id, **acts)
    assert refused.value.field == "payer"
    operations.add_client(cohort, stranger.id, **acts)
    with pytest.raises(Refused):
        operations.enrol(
            cohort, trainee_id=trainee.id, client_id=stranger.id, pays_personally=True, **acts
        )


def test_the_roster_is_one_statement_whatever_its_length(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    for last_name in ("Zola", "Émond", "Abadie"):
        operations.enrol(cohort, trainee_id=TraineeFactory(last_name=last_name).id, **acts)
    with counted() as statements:
        names = [one.trainee.last_name for one in queries.roster(cohort.id)]
    assert names == ["Abadie", "Émond", "Zola"]
    assert len(statements) == 1


def test_someone_known_is_enrolled_under_the_same_file(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    known = TraineeFactory(first_name="Aïcha", last_name="Moreau", email="a.moreau@example.org")
    person = TraineeDetails(first_name="AICHA", last_name="moreau", email="A.Moreau@example.org")
    assert operations.enrol_person(cohort, person, **acts).trainee_id == known.id


def test_leaving_before_the_first_day_is_a_withdrawal_that_closes_links(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    enrolment = operations.enrol(cohort, trainee_id=TraineeFactory().id, **acts)
    link = links.create(
        Purpose.POSITIONING,
        actor_kind=ActorKind.TRAINEE,
        subject=("enrolment", enrolment.id),
        label="Nadia",
        email="n@example.org",
        at=AT,
        expires_at=clock.in_days(30),
    )
    operations.withdraw(enrolment, on=TODAY, reason="Changement de poste", **acts)
    assert enrolment.departure == Departure.WITHDRAWN_BEFORE
    assert link.revoked_at == AT
    assert pieces(("enrolment", enrolment.id), "departure-reason") == []


def test_a_withdrawal_needs_its_reason(cohort: Cohort, acts: dict[str, Any]) -> None:
    enrolment = operations.enrol(cohort, trainee_id=TraineeFactory().id, **acts)
    with pytest.raises(Refused) as refused:
        operations.withdraw(enrolment, on=TODAY, **acts)
    assert refused.value.field == "reason"
    assert enrolment.is_active


def test_a_departure_is_never_in_the_future_nor_after_the_end(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    enrolment = operations.enrol(cohort, trainee_id=TraineeFactory().id, **acts)
    with pytest.raises(Refused) as refused:
        operations.withdraw(enrolment, on=TODAY + timedelta(days=1), reason="x", **acts)
    assert refused.value.field == "on"
    late = {"by": OFFICE, "at": AT + timedelta(days=365)}
    with pytest.raises(Refused):
        operations.withdraw(enrolment, on=FIRST + timedelta(days=30), reason="x", **late)


def test_a_dropout_may_be_noted_first_and_explained_later(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    enrolment = operations.enrol(cohort, trainee_id=TraineeFactory().id, **acts)
    operations.withdraw(enrolment, on=FIRST, **DURING)
    scope = ("enrolment", enrolment.id)
    assert enrolment.departure == Departure.DROPOUT
    assert valid(scope, "departure-reason") == []
    operations.note_departure_reason(
        enrolment, reason="Appelée trois fois, sans réponse", was_given=False, **DURING
    )
    assert [one.outcome for one in valid(scope, "departure-reason")] == ["tried"]
    operations.note_departure_reason(enrolment, reason="Nouveau poste", **DURING)
    assert [one.outcome for one in valid(scope, "departure-reason")] == ["obtained"]
    assert len(pieces(scope, "departure-reason")) == 2


def test_the_reason_itself_is_in_no_evidence_nor_journal(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    enrolment = operations.enrol(cohort, trainee_id=TraineeFactory().id, **acts)
    operations.withdraw(enrolment, on=FIRST, reason="Hospitalisation", **DURING)
    (piece,) = valid(("enrolment", enrolment.id), "departure-reason")
    assert "Hospitalisation" not in f"{piece.label} {piece.facts}"


def test_who_left_is_reinstated_and_the_piece_withdrawn(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    enrolment = operations.enrol(cohort, trainee_id=TraineeFactory().id, **acts)
    operations.withdraw(enrolment, on=FIRST, reason="Erreur", **DURING)
    operations.reinstate(enrolment, **DURING)
    assert (enrolment.departure, enrolment.left_on) == ("", None)
    assert valid(("enrolment", enrolment.id), "departure-reason") == []


def test_a_replacement_takes_over_who_pays_and_keeps_its_trace(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    client_id = ClientFactory().id
    operations.add_client(cohort, client_id, **acts)
    first = operations.enrol(
        cohort, trainee_id=TraineeFactory().id, client_id=client_id, employer="Mairie", **acts
    )
    other = operations.replace(
        first, trainee_id=TraineeFactory().id, on=TODAY, reason="Empêchement", **acts
    )
    assert first.departure == Departure.REPLACED
    assert (other.replaces_id, other.client_id, other.employer) == (first.id, client_id, "Mairie")
    active = [one.enrolment for one in queries.roster(cohort.id, active_only=True)]
    assert active == [other]
    assert len(queries.roster(cohort.id)) == 2
    assert queries.replacements(cohort.id) == {first.id: other_name(other.trainee_id)}


def other_name(trainee_id: int) -> str:
    from admin_app.people.queries import trainee

    found = trainee(trainee_id)
    assert found is not None
    return found.name


def test_nobody_is_replaced_once_it_has_started(cohort: Cohort, acts: dict[str, Any]) -> None:
    first = operations.enrol(cohort, trainee_id=TraineeFactory().id, **acts)
    with pytest.raises(Refused, match="a commencé"):
        operations.replace(
            first, trainee_id=TraineeFactory().id, on=FIRST, reason="Empêchement", **DURING
        )
    assert len(queries.roster(cohort.id)) == 1
