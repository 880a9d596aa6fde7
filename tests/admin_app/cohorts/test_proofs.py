"""The pieces that preparing a cohort leaves."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from admin_app.cohorts import operations, queries
from admin_app.cohorts.models import Cohort
from admin_app.core import clock
from tests.admin_app.cohorts.conftest import AT, FIRST, OFFICE, pieces, valid
from tests.admin_app.cohorts.test_half_days import plans_of
from tests.factories import TrainerFactory

DURING = {"by": OFFICE, "at": datetime.combine(FIRST, AT.timetz())}


def of(cohort: Cohort) -> tuple[str, int]:
    return ("cohort", cohort.id)


def test_a_plan_is_proved_once_every_half_day_has_its_theme(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    (piece,) = valid(of(cohort), "session-plan")
    assert piece.occurred_on == clock.day_of(AT)
    assert piece.cohort_id == cohort.id
    assert piece.facts["half_days"][0]["theme"] == "Panorama"


def test_saving_the_same_plan_again_leaves_one_piece(cohort: Cohort, acts: dict[str, Any]) -> None:
    operations.set_half_days(cohort, plans_of(cohort), **acts)
    assert len(pieces(of(cohort), "session-plan")) == 1


def test_a_theme_that_is_missing_withdraws_the_plan(cohort: Cohort, acts: dict[str, Any]) -> None:
    plans = plans_of(cohort)
    plans[1] = replace(plans[1], theme="")
    operations.set_half_days(cohort, plans, **acts)
    assert valid(of(cohort), "session-plan") == []
    (piece,) = pieces(of(cohort), "session-plan")
    assert piece.withdrawn_why


def test_before_the_first_day_a_change_replaces_the_plan(
    cohort: Cohort, acts: dict[str, Any]
) -> None:
    plans = plans_of(cohort)
    plans[1] = replace(plans[1], theme="Autre chose")
    operations.set_half_days(cohort, plans, **acts)
    assert len(pieces(of(cohort), "session-plan")) == 2
    assert len(valid(of(cohort), "session-plan")) == 1


def test_from_the_first_day_on_what_was_shown_in_time_stays(cohort: Cohort) -> None:
    plans = plans_of(cohort)
    plans[1] = replace(plans[1], theme="Autre chose")
    operations.set_half_days(cohort, plans, **DURING)
    days = [one.occurred_on for one in valid(of(cohort), "session-plan")]
    assert days == [clock.day_of(AT), FIRST]


def test_place_and_trainer_make_the_second_piece(cohort: Cohort, acts: dict[str, Any]) -> None:
    assert valid(of(cohort), "room-and-trainer") == []
    row = operations.assign_trainer(cohort, TrainerFactory().id, reason="Binôme", **acts)
    (piece,) = valid(of(cohort), "room-and-trainer")
    assert "Salle Loire" in piece.label
    operations.unassign_trainer(row, why="Indisponible", **acts)
    assert valid(of(cohort), "room-and-trainer") == []


def test_remote_half_days_want_a_link_and_no_place(cohort: Cohort, acts: dict[str, Any]) -> None:
    operations.assign_trainer(cohort, TrainerFactory().id, reason="Binôme", **acts)
    remote = [replace(one, is_remote=True) for one in plans_of(cohort)]
    operations.set_half_days(cohort, remote, **acts)
    assert valid(of(cohort), "room-and-trainer") == []
    operations.change_cohort(
        cohort,
        title=cohort.title,
        modality="remote",
        place_id=None,
        remote_url="https://visio.example.org/1",
        practical_info="",
        **acts,
    )
    assert len(valid(of(cohort), "room-and-trainer")) == 1


def test_cancelling_a_half_day_renews_the_plan(cohort: Cohort, acts: dict[str, Any]) -> None:
    operations.cancel_half_day(queries.half_days(cohort.id)[0], why="Report", **acts)
    (piece,) = valid(of(cohort), "session-plan")
    assert len(piece.facts["half_days"]) == 3


def test_a_day_later_nothing_is_said_twice(cohort: Cohort, acts: dict[str, Any]) -> None:
    tomorrow = {"by": OFFICE, "at": AT + timedelta(days=1)}
    operations.use_version(cohort, cohort.version_id, **tomorrow)
    operations.set_half_days(cohort, plans_of(cohort), **tomorrow)
    assert len(pieces(of(cohort), "session-plan")) == 1
