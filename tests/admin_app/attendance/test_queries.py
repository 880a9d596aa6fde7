"""Hours: the one source of certificates, of commands and of the BPF."""

import json

import pytest
from flask import Flask

from admin_app.attendance import queries
from admin_app.attendance.operations import MarkInput
from compliance.vocabulary import MarkState
from tests.factories import committed
from tests.factories.attendance import Room, room_with
from tests.support.statements import counted


@pytest.fixture
def room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Room:
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    room = room_with(2)
    room.mark(MarkState.LATE, MarkState.ABSENT)
    room.sign(0)
    room.close()
    room.hold(room.half_days[1])
    return room


def test_hours_count_what_is_closed_and_guess_nothing(room: Room) -> None:
    found = queries.hours(room.cohort.id)
    nadia, hugo = found.trainees
    assert (nadia.planned, nadia.attended, nadia.is_complete) == (840, 400, False)
    assert (hugo.planned, hugo.attended) == (840, 210)
    assert [one.attended for one in nadia.half_days] == [190, 210, None, None]
    assert found.held == 420


def test_an_enrolment_written_after_a_half_day_is_expected_there(room: Room) -> None:
    late = room.enrolments[0]
    afternoon = room.half_days[1]
    with committed():
        late.enrolled_at = room.half_days[3].starts_at
    found = {one.id: one.expected for one in queries.scene(afternoon.id).everyone}
    assert found[late.id] is True
    with committed():
        late.takes_part_from = room.half_days[2].day
    found = {one.id: one.expected for one in queries.scene(afternoon.id).everyone}
    assert found[late.id] is (afternoon.day >= room.half_days[2].day)


def test_hours_of_many_cohorts_cost_what_one_costs(room: Room) -> None:
    others = [room_with(3, without_provider=True).cohort.id for _ in range(3)]
    with counted() as one:
        queries.hours(room.cohort.id)
    with counted() as many:
        found = queries.hours_of_cohorts([room.cohort.id, *others])
    assert len(one) == len(many) == 4
    assert found.keys() == {room.cohort.id, *others}
    assert found[others[0]].trainees[0].attended is None


def test_hours_of_nothing_are_refused(app: Flask) -> None:
    with pytest.raises(LookupError):
        queries.hours(999)


def test_a_cancelled_half_day_counts_for_nobody(room: Room) -> None:
    with committed():
        room.half_days[3].cancelled_at = room.at(0)
    assert queries.hours(room.cohort.id).trainees[0].planned == 630


def test_the_day_sheet_and_the_live_half_day_cost_three_statements(room: Room) -> None:
    cohort_id, morning_id, day = room.cohort.id, room.morning.id, room.morning.day
    with counted() as statements:
        scenes = queries.day_sheet(cohort_id, day)
    assert len(statements) == 3
    assert [len(scene.people) for scene in scenes] == [2, 2]
    with counted() as statements:
        live = queries.live(morning_id)
    assert len(statements) == 3
    assert live is not None
    assert live.is_complete
    assert [one.name for one in live.absent] == ["Hugo Tessier"]


def test_the_command_prints_hours_as_json_alone(app: Flask, room: Room) -> None:
    done = app.test_cli_runner().invoke(
        args=["attendance", "hours", room.cohort.reference.lower(), "--json"]
    )
    assert done.exit_code == 0
    found = json.loads(done.stdout)
    assert found[0]["trainee"] == "Nadia Benali"
    assert (found[0]["planned_minutes"], found[0]["attended_minutes"]) == (840, 400)
    first = found[0]["half_days"][0]
    assert first["starts_at"] == "2026-09-17T09:00:00+02:00"
    assert (first["minutes"], first["state"]) == (190, "late")
    assert found[0]["half_days"][3]["minutes"] is None


def test_the_command_prints_a_table_for_people(app: Flask, room: Room) -> None:
    done = app.test_cli_runner().invoke(args=["attendance", "hours", room.cohort.reference])
    assert done.exit_code == 0
    assert "Nadia Benali" in done.stdout


def test_the_command_refuses_an_unknown_cohort(app: Flask) -> None:
    done = app.test_cli_runner().invoke(args=["attendance", "hours", "NULLE-PART", "--json"])
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "NULLE-PART" in done.stderr


def test_the_sheet_is_issued_by_the_command(app: Flask, room: Room, tmp_path) -> None:  # type: ignore[no-untyped-def]
    done = app.test_cli_runner().invoke(
        args=[
            "documents",
            "issue",
            "attendance-sheet",
            room.cohort.reference,
            "--out",
            str(tmp_path),
            "--json",
        ]
    )
    assert done.exit_code == 0, done.output
    (found,) = json.loads(done.stdout)
    assert found["kind"] == "attendance-sheet"
    assert (tmp_path / f"{found['number']}.pdf").read_bytes().startswith(b"%PDF")


def test_who_left_before_the_start_is_not_in_the_hours(room: Room) -> None:
    with committed():
        room.enrolments[1].departure = "withdrawn-before"
        room.enrolments[1].left_on = room.morning.day
    hugo = queries.hours(room.cohort.id).trainees[1]
    assert len(hugo.half_days) == 2  # only those where something was noted of him
    assert MarkInput(MarkState.ABSENT).as_values()["reason"] == ""
