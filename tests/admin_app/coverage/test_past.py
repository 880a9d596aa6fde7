"""The file of a past day is what it was that day, whatever was done since.

For each kind of act: the file is read on the evening of a day, the act is done three days later,
and the file of that day is asked for again.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from admin_app.adaptations import operations as adaptations
from admin_app.attendance import operations as attendance
from admin_app.attendance.operations import MarkInput
from admin_app.cohorts import operations as cohorts
from admin_app.core import clock
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.coverage import queries
from admin_app.coverage.operations import refresh_cohort, refresh_everything_else
from admin_app.coverage.past import gaps_on
from admin_app.coverage.review.operations import decide
from admin_app.evidence.models import Evidence
from admin_app.evidence.operations import record, withdraw
from admin_app.organisation.queries import forget_provider
from admin_app.people.models import Trainer
from admin_app.people.operations import (
    SkillDetails,
    add_skill,
    remove_skill,
    withdraw_expired_skills,
)
from admin_app.practices import operations as practices
from admin_app.quality.complaints import operations as complaints
from compliance.coverage import Coverage
from compliance.vocabulary import MarkState, PieceStatus
from tests.factories import (
    ClientFactory,
    EnrolmentFactory,
    TraineeFactory,
    TrainerFactory,
    committed,
)
from tests.factories.adaptations import OFFICER, accommodation
from tests.factories.adaptations import received as request_received
from tests.factories.attendance import MANAGER, Room, room_with
from tests.factories.complaints import QUALITY
from tests.factories.complaints import received_values as complaint_values

EVENING = datetime(2026, 9, 17, 18, tzinfo=UTC)  # the first day, everything closed
DAY = EVENING.date()
LATER = EVENING + timedelta(days=3)
DONE: dict[str, Any] = {
    "by": SYSTEM,
    "at": LATER,
}  # an act of `test_acts_one_after_the_other` moves it


@pytest.fixture
def room(app: Flask) -> Room:
    """A cohort on the evening of its first day: both half-days closed, one trainee away."""
    found = room_with(4)
    afternoon = found.half_days[1]
    with clock.frozen(found.after(3, afternoon)):
        found.mark(MarkState.PRESENT, MarkState.PRESENT, MarkState.PRESENT, MarkState.ABSENT)
        for rank in range(3):
            found.sign(rank)
        found.close()
        found.hold(afternoon)
        accommodation(found.enrolments[0], at=EVENING - timedelta(days=30))
    return found


def cancel_half_day(room: Room) -> None:
    cohorts.cancel_half_day(room.half_days[3], why="Grève des transports.", **DONE)


def end_assignment(room: Room) -> None:
    cohorts.unassign_trainer(room.assignment, why="Arrêt.", **DONE)


def replace_trainer(room: Room) -> None:
    other = TrainerFactory(status="freelance")
    cohorts.assign_trainer(room.cohort, other.id, reason="Remplacement.", **DONE)
    end_assignment(room)


def reopen(room: Room) -> None:
    attendance.reopen(room.morning, why="Close trop tôt.", by=MANAGER, at=DONE["at"])


def reopen_and_mark_again(room: Room) -> None:
    reopen(room)
    marks = {room.enrolments[3].id: MarkInput(MarkState.PRESENT)}
    attendance.mark(room.morning, marks, **DONE)


def correct_to_absent(room: Room) -> None:
    wanted = MarkInput(MarkState.ABSENT, sets_aside=True)
    for half_day in room.half_days[:2]:
        attendance.correct(
            half_day, room.enrolments[1], wanted, why="Confusion.", by=MANAGER, at=DONE["at"]
        )


def correct_to_present(room: Room) -> None:
    wanted = MarkInput(MarkState.PRESENT)
    attendance.correct(
        room.morning, room.enrolments[3], wanted, why="Arrivé.", by=MANAGER, at=DONE["at"]
    )


def correct_twice(room: Room) -> None:
    correct_to_present(room)
    wanted = MarkInput(MarkState.LATE, 20)
    attendance.correct(
        room.morning,
        room.enrolments[3],
        wanted,
        why="En retard.",
        by=MANAGER,
        at=DONE["at"] + timedelta(hours=1),
    )


def tell_why_absent(room: Room) -> None:
    attendance.record_absence_reason(room.morning, room.enrolments[3].id, reason="Santé.", **DONE)


def change_payer(room: Room) -> None:
    cohorts.change_enrolment(
        room.enrolments[0], client_id=None, employer="", pays_personally=True, **DONE
    )


def change_payer_twice(room: Room) -> None:
    change_payer(room)
    cohorts.change_enrolment(
        room.enrolments[0], client_id=None, employer="", pays_personally=False, **DONE
    )


def add_client(room: Room) -> None:
    cohorts.add_client(room.cohort, ClientFactory().id, **DONE)


def add_funder(room: Room) -> None:
    cohorts.set_funders(room.cohort, [ClientFactory(kind="funder").id], **DONE)


def drop_out(room: Room) -> None:
    cohorts.withdraw(room.enrolments[2], on=DAY + timedelta(days=1), reason="Emploi.", **DONE)


def enrol(room: Room) -> None:
    EnrolmentFactory(
        cohort_id=room.cohort.id, trainee_id=TraineeFactory().id, enrolled_at=DONE["at"]
    )
    with clock.frozen(LATER):
        refresh_cohort(room.cohort)


def ask_again(room: Room) -> None:
    accommodation(room.enrolments[0], at=DONE["at"])


def answer(room: Room) -> None:
    from admin_app.adaptations.models import Accommodation

    row = db.session.query(Accommodation).one()
    adaptations.decide_accommodation(row, measures="Une place devant.", by=OFFICER, at=DONE["at"])


def complain(room: Room) -> None:
    values = complaint_values(cohort_id=room.cohort.id, received_on=DAY)
    complaints.receive(values, by=QUALITY, at=DONE["at"])


def choose_a_number(room: Room) -> None:
    practices.choose_value("follow-up-survey-due-days", 30, why="", **DONE)
    forget_provider()


def do_without(room: Room) -> None:
    practices.do_without("resources-reviewed", why="Deux personnes.", **DONE)
    forget_provider()


def reject_a_piece(room: Room) -> None:
    piece = db.session.query(Evidence).filter_by(piece="attendance-half-day").first()
    assert piece is not None
    decide(
        piece,
        decision="rejected",
        reason="Illisible.",
        seen=piece.sha256,
        by=QUALITY,
        at=DONE["at"],
    )


def withdraw_a_piece(room: Room) -> None:
    piece = db.session.query(Evidence).filter_by(piece="attendance-half-day").first()
    assert piece is not None
    withdraw(piece, why="Erreur.", **DONE)


def prove_late(room: Room) -> None:
    record(
        "session-plan",
        scope=("cohort", room.cohort.id),
        label="Déroulé",
        occurred_on=DAY - timedelta(days=20),
        source=("cohort", room.cohort.id),
        cohort_id=room.cohort.id,
        **DONE,
    )


ACTS: list[Callable[[Room], None]] = [
    cancel_half_day,
    end_assignment,
    replace_trainer,
    reopen,
    reopen_and_mark_again,
    correct_to_absent,
    correct_to_present,
    correct_twice,
    tell_why_absent,
    change_payer,
    change_payer_twice,
    add_client,
    add_funder,
    drop_out,
    enrol,
    ask_again,
    answer,
    complain,
    choose_a_number,
    do_without,
    reject_a_piece,
    withdraw_a_piece,
    prove_late,
]


def said(coverage: Coverage | None) -> dict[str, Any]:
    """Everything that the file says, but for the order of what is shared."""
    assert coverage is not None
    return {
        "edition": coverage.edition,
        "pieces": {
            one.expectation.identity: (one.expectation, one.status, [e.key for e in one.evidence])
            for one in coverage.pieces
        },
        "indicators": [
            (one.number, one.status, sorted(one.reasons)) for one in coverage.indicators
        ],
        "not followed": [(one.number, one.reason) for one in coverage.not_followed],
    }


def same(one: Any, other: Any) -> None:
    """The two files say the same; what differs is shown, and nothing else."""
    for left, right in zip(one, other, strict=True):
        assert left["edition"] == right["edition"]
        for key in left["pieces"].keys() | right["pieces"].keys():
            assert left["pieces"].get(key) == right["pieces"].get(key), key
        assert left == right


def files(room: Room, as_of: date | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """That of the cohort, and that of the organisation."""
    forget_provider()
    db.session.expire_all()
    return said(queries.coverage_of(room.cohort, as_of=as_of, audit_date=DAY)), said(
        queries.organisation_coverage(as_of=as_of, audit_date=DAY)
    )


def brought_up_to_date(room: Room) -> None:
    refresh_cohort(room.cohort)
    refresh_everything_else()


@pytest.mark.parametrize("do", ACTS, ids=lambda one: one.__name__)
def test_a_past_day_stays_what_it_was(room: Room, do: Callable[[Room], None]) -> None:
    with clock.frozen(EVENING):
        brought_up_to_date(room)
        then = files(room)
    with clock.frozen(LATER):
        do(room)
    with clock.frozen(LATER + timedelta(hours=2)):
        again = files(room, DAY)
    same(again, then)


@pytest.mark.parametrize("do", ACTS, ids=lambda one: one.__name__)
def test_each_act_is_seen_in_the_rows_at_once_as_a_whole_computation_sees_it(
    room: Room, do: Callable[[Room], None]
) -> None:
    """As of today equals today; and what acts wrote one by one is what all of them give at once."""
    with clock.frozen(EVENING):
        brought_up_to_date(room)
    with clock.frozen(LATER):
        do(room)
        written = files(room)
        brought_up_to_date(room)
        assert files(room) == written or do in (choose_a_number, do_without)  # these ask for a job
        now = files(room)
    with clock.frozen(LATER + timedelta(days=1)):
        same(files(room, LATER.date()), now)


def test_acts_one_after_the_other(room: Room) -> None:
    """A past day in the middle of many acts: each evening is read again at the end."""
    evenings: list[tuple[date, Any]] = []
    chain = (cancel_half_day, correct_to_present, change_payer, ask_again, drop_out, reopen)
    for rank, do in enumerate(chain):
        at = LATER + timedelta(days=rank)
        with clock.frozen(at):
            DONE["at"] = at
            do(room)
            refresh_everything_else()
            evenings.append((at.date(), files(room)))
    DONE["at"] = LATER
    with clock.frozen(LATER + timedelta(days=30)):
        for day, then in evenings:
            same(files(room, day), then)


def test_the_gaps_of_a_past_day_are_those_of_that_day(room: Room) -> None:
    with clock.frozen(EVENING):
        brought_up_to_date(room)
        key = queries.edition_in_use().key
        then = {
            (row.reference, row.expectation.piece, row.expectation.scope_id, row.status)
            for row in queries.all_gaps(DAY, key)
        }
    with clock.frozen(LATER):
        replace_trainer(room)
        drop_out(room)
        forget_provider()
        found = gaps_on(DAY)
    again = [
        (
            one.cohort.reference if one.cohort else "",
            one.gap.piece,
            one.gap.scope_key,
            one.gap.status,
        )
        for one in found
    ]
    assert set(again) == then
    assert len(again) == len(set(again))


def test_a_request_withdrawn_since_was_there(app: Flask) -> None:
    room = room_with(1)
    with clock.frozen(EVENING - timedelta(days=10)):
        request = request_received(at=clock.now())
        with committed():
            request.cohort_id = room.cohort.id
    with clock.frozen(EVENING):
        brought_up_to_date(room)
        then = files(room)
    assert any(kind == "adaptation" for _, kind, _ in then[0]["pieces"])
    with clock.frozen(LATER):
        adaptations.withdraw_request(request, why="Plus de budget.", **DONE)
        assert not any(kind == "adaptation" for _, kind, _ in files(room)[0]["pieces"])
        same(files(room, DAY), then)


def test_a_skill_that_expires_takes_nothing_from_a_cohort_held_before(app: Flask) -> None:
    room = room_with(1)
    trainer = db.session.get_one(Trainer, room.assignment.trainer_id)
    with clock.frozen(EVENING - timedelta(days=60)):
        with committed():
            trainer.titles = "Master"
        card = SkillDetails(
            skill="SST",
            shown_by="Carte",
            checked_on=date(2026, 7, 1),
            valid_until=room.cohort.ends_on,
        )
        add_skill(trainer, card, by=SYSTEM, at=clock.now())
    for days in (0, 30, 400):
        with clock.frozen(EVENING + timedelta(days=days)):
            withdraw_expired_skills(by=SYSTEM, at=clock.now())
            brought_up_to_date(room)
            found = files(room)[0]["pieces"]
            assert found["trainer-skills", "trainer", trainer.id][1] is PieceStatus.COVERED
    with clock.frozen(EVENING + timedelta(days=401)):
        remove_skill(trainer, trainer.skills[0], by=SYSTEM, at=clock.now())  # it was a mistake
        found = files(room)[0]["pieces"]
        assert found["trainer-skills", "trainer", trainer.id][1] is PieceStatus.LATE
