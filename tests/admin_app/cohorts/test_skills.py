"""A trainer without a required skill is assigned with a reason, and the evidence says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort
from admin_app.core.access import Role
from admin_app.core.errors import Refused
from admin_app.people import operations as people
from admin_app.people import queries as people_queries
from tests.admin_app.cohorts.conftest import AT, FIRST, OFFICE, valid
from tests.admin_app.cohorts.test_half_days import plans_of
from tests.admin_app.cohorts.test_staff import SKILL, skilled
from tests.factories import ProgrammeVersionFactory, TrainerFactory


def staff(cohort: Cohort) -> Any:
    (piece,) = valid(("cohort", cohort.id), "room-and-trainer")
    return piece


def test_a_trainer_who_shows_everything_leaves_no_flag(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    operations.assign_trainer(cohort, skilled(), **acts)
    assert staff(cohort).flags == []
    assert "unshown" not in staff(cohort).facts


def test_a_written_reason_is_flagged_and_kept_in_the_evidence(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    trainer_id = TrainerFactory().id
    operations.assign_trainer(cohort, trainer_id, reason="En binôme", **acts)
    assert staff(cohort).flags == ["reasoned"]
    assert staff(cohort).facts["unshown"] == {str(trainer_id): [SKILL]}
    assert staff(cohort).facts["reasons"] == {str(trainer_id): "En binôme"}


def test_days_that_move_past_the_validity_ask_for_a_reason(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    row = operations.assign_trainer(cohort, skilled(until=date(2026, 9, 30)), **acts)
    with pytest.raises(Refused, match="aucun motif"):
        operations.explain_assignment(row, reason="x", **acts)
    later = [replace(one, day=one.day + timedelta(days=30)) for one in plans_of(cohort)]
    operations.set_half_days(cohort, later, **acts)
    assert staff(cohort).flags == ["unshown"]
    found = queries.overview(cohort.id, FIRST)
    assert found is not None
    assert len(found.unexplained) == 1
    with pytest.raises(Refused, match="Indiquez pourquoi"):
        operations.explain_assignment(row, reason=" ", **acts)
    operations.explain_assignment(row, reason="Renouvellement en cours", **acts)
    assert staff(cohort).flags == ["reasoned"]
    found = queries.overview(cohort.id, FIRST)
    assert found is not None
    assert found.unexplained == []


def test_another_version_that_asks_for_more_is_followed(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    operations.assign_trainer(cohort, skilled(), **acts)
    more = ProgrammeVersionFactory(required_skills=[SKILL, "Droit public"])
    operations.use_version(cohort, more.id, **acts)
    assert staff(cohort).flags == ["unshown"]
    assert list(staff(cohort).facts["unshown"].values()) == [["Droit public"]]


def test_a_skill_that_is_shown_afterwards_clears_the_flag(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    trainer = TrainerFactory()
    operations.assign_trainer(cohort, trainer.id, reason="Certificat attendu", **acts)
    found = people_queries.trainer(trainer.id)
    assert found is not None
    details = people.SkillDetails(
        skill=SKILL, shown_by="Certificat", checked_on=date(2026, 5, 1), valid_until=None
    )
    people.add_skill(found, details, by=OFFICE, at=AT)
    assert staff(cohort).flags == []


def test_the_page_says_who_lacks_what_and_takes_the_reason(
    cohort: Cohort, acts: dict[str, Any], sign_in: Any
) -> None:
    office: FlaskClient = sign_in(Role.OFFICE)
    row = operations.assign_trainer(cohort, skilled(until=date(2026, 9, 30)), **acts)
    later = [replace(one, day=one.day + timedelta(days=30)) for one in plans_of(cohort)]
    operations.set_half_days(cohort, later, **acts)
    page = f"/sessions/{cohort.id}/intervenants"
    shown = office.get(page).text.replace("\u00a0", " ")
    assert "compétence non établie" in shown
    assert "Compétence à établir ou à motiver" in office.get(f"/sessions/{cohort.id}").text.replace(
        "\u00a0", " "
    )
    path = f"{page}/{row.id}/motif"
    assert SKILL in office.get(path).text
    assert office.post(path, data={"reason": ""}).status_code == 422
    assert office.post(path, data={"reason": "Renouvellement"}).status_code == 303
    assert "Renouvellement" in office.get(page).text
    reply = office.post(page, data={"trainer_id": TrainerFactory().id, "reason": ""})
    assert reply.status_code == 422
    assert "Rien ne montre que" in reply.text


def test_without_required_skills_nobody_is_asked_anything(app: Flask, acts: dict[str, Any]) -> None:
    version = ProgrammeVersionFactory(required_skills=[])
    cohort = operations.create_cohort(
        reference="LIBRE-1",
        version_id=version.id,
        half_days=operations.usual_half_days(FIRST, 1),
        **acts,
    )
    assert operations.assign_trainer(cohort, TrainerFactory().id, **acts).reason == ""
