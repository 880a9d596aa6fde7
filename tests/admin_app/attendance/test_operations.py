"""Marks, signatures, closing: what is written, what is refused, what never changes."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from admin_app.attendance import operations
from admin_app.attendance.models import Closing, Correction, Mark, Reopening, Signature
from admin_app.attendance.operations import MarkInput
from admin_app.core.actor import SYSTEM
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.core.jobs import Job
from admin_app.core.transaction import transaction
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from compliance.vocabulary import MarkState
from tests.factories import committed
from tests.factories.attendance import MANAGER, STROKES, TRAINER, Room, room_with
from tests.support.statements import counted

PRESENT, ABSENT, LATE = MarkState.PRESENT, MarkState.ABSENT, MarkState.LATE


@pytest.fixture
def room(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A cohort on its first morning; making the sheet is tested elsewhere."""
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    return room_with(3)


def valid(piece: str) -> list[Evidence]:
    return list(
        db.session.scalars(
            select(Evidence).where(Evidence.piece == piece, Evidence.withdrawn_at.is_(None))
        )
    )


def number(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


# marking


def test_marking_writes_what_was_noted_and_says_so_without_the_reason(room: Room) -> None:
    room.mark(PRESENT, LATE, ABSENT, reason="enfant malade")
    marks = {mark.enrolment_id: mark for mark in db.session.scalars(select(Mark))}
    first, second, third = (marks[enrolment.id] for enrolment in room.enrolments)
    assert (first.state, first.minutes_late, first.minutes_early, first.reason) == (
        "present",
        0,
        0,
        "",
    )
    assert (second.state, second.minutes_late, second.minutes_early) == ("late", 20, 0)
    assert (third.state, third.reason) == ("absent", "enfant malade")
    entry = db.session.scalars(select(JournalEntry)).one()
    assert "enfant" not in entry.summary + str(entry.details)
    assert entry.cohort_id == room.cohort.id


def test_the_same_marks_again_change_nothing(room: Room) -> None:
    room.mark(PRESENT, ABSENT)
    room.mark(PRESENT, ABSENT)
    assert number(Mark) == 2
    assert number(JournalEntry) == 1


def test_minutes_are_asked_for_and_cannot_cover_it_all(room: Room) -> None:
    who = room.enrolments[0].id
    for wanted, words in (
        (MarkInput(LATE), "Indiquez le retard"),
        (MarkInput(LATE, 210), "notez une absence"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            operations.mark(room.morning, {who: wanted}, by=TRAINER, at=room.at(5))
        assert refused.value.problems[0].field == "minutes_late"
    assert number(Mark) == 0


def test_presence_is_noted_from_the_day_on_and_an_announced_absence_before(room: Room) -> None:
    who = room.enrolments[0].id
    the_day_before = room.at(-24 * 60)
    with pytest.raises(Refused, match="ouvre le jour même"):
        operations.mark(room.morning, {who: MarkInput(PRESENT)}, by=TRAINER, at=the_day_before)
    operations.mark(room.morning, {who: MarkInput(ABSENT)}, by=TRAINER, at=the_day_before)
    assert number(Mark) == 1


def test_someone_of_another_cohort_cannot_be_marked(room: Room) -> None:
    other = room_with(1, without_provider=True)
    marks = {other.enrolments[0].id: MarkInput(PRESENT)}
    with pytest.raises(Refused, match="pas attendue"):
        operations.mark(room.morning, marks, by=TRAINER, at=room.at(5))


def test_one_tap_leaves_a_late_arrival_late_and_an_absence_explained(room: Room) -> None:
    room.mark(LATE, ABSENT, reason="transports")
    for rank, is_there in ((0, True), (1, False)):
        who = room.enrolments[rank].id
        assert not operations.mark_quickly(room.morning, who, is_there, by=TRAINER, at=room.at(20))
    marks = list(db.session.scalars(select(Mark).order_by(Mark.id)))
    assert (marks[0].minutes_late, marks[1].reason) == (20, "transports")


def test_who_signed_is_noted_absent_only_knowingly_and_the_signature_stays(room: Room) -> None:
    room.sign(0)
    who = room.enrolments[0].id
    with pytest.raises(Refused, match="a signé à 9"):
        operations.mark(room.morning, {who: MarkInput(ABSENT)}, by=TRAINER, at=room.at(30))
    wanted = MarkInput(ABSENT, sets_aside=True)
    operations.mark(room.morning, {who: wanted}, by=TRAINER, at=room.at(31))
    aside = db.session.scalars(select(Signature)).one()
    assert aside.set_aside_by == "Claire Vasseur"
    assert aside.signed_at == room.at(12)
    room.mark(PRESENT)
    assert room.sign(0).id != aside.id
    assert number(Signature) == 2


# the reason of an absence


def test_an_absence_has_its_evidence_once_its_reason_is_known(room: Room) -> None:
    room.mark(ABSENT)
    assert not valid("absence-reason")
    operations.record_absence_reason(
        room.morning, room.enrolments[0].id, reason="train", by=TRAINER, at=room.at(60)
    )
    (found,) = valid("absence-reason")
    mark = db.session.scalars(select(Mark)).one()
    assert (found.scope_kind, found.scope_id, found.outcome) == ("mark", mark.id, "obtained")
    assert "train" not in found.label + str(found.facts)
    room.mark(PRESENT)
    assert not valid("absence-reason")


def test_an_absence_that_stays_unexplained_after_asking_says_so(room: Room) -> None:
    room.mark(ABSENT)
    who = room.enrolments[0].id
    with pytest.raises(Refused, match="motif"):
        operations.record_absence_reason(room.morning, who, by=TRAINER, at=room.at(60))
    for _ in range(2):
        operations.record_absence_reason(
            room.morning, who, is_unanswered=True, by=TRAINER, at=room.at(60)
        )
    assert [one.outcome for one in valid("absence-reason")] == ["tried"]


def test_who_is_present_has_no_reason_of_absence(room: Room) -> None:
    room.mark(PRESENT)
    with pytest.raises(Refused, match="pas notée absente"):
        operations.record_absence_reason(
            room.morning, room.enrolments[0].id, reason="x", by=TRAINER, at=room.at(60)
        )


# signing


def test_nobody_signs_before_the_start(room: Room) -> None:
    with pytest.raises(Refused, match="17 septembre 2026 à 9") as refused:
        room.sign(0, at=room.at(-1))
    assert "\u00a0h" in refused.value.message
    assert number(Signature) == 0
    assert room.sign(0, at=room.at(0)).is_late is False


def test_a_signature_keeps_the_instant_of_the_server_and_only_numbers(room: Room) -> None:
    signature = room.sign(0)
    assert signature.signed_at == room.at(12)
    assert all(isinstance(n, int) for line in signature.strokes for xy in line for n in xy)
    assert not valid("attendance-half-day")


def test_signing_twice_gives_the_first_signature(room: Room) -> None:
    first = room.sign(0)
    again = room.sign(0, at=room.at(50), way="typed")
    assert again.id == first.id
    assert (again.signed_at, again.way) == (room.at(12), "drawn")
    assert number(Signature) == 1


def test_a_signature_after_the_window_needs_a_reason_and_says_so_for_ever(room: Room) -> None:
    at = room.after(121)
    with pytest.raises(Refused, match="après coup") as refused:
        room.sign(0, at=at)
    assert refused.value.problems[0].field == "late_reason"
    late = room.sign(0, at=at, late_reason="téléphone déchargé")
    assert late.is_late
    assert (late.signed_at, late.late_reason) == (at, "téléphone déchargé")
    assert room.sign(1, at=room.after(120)).is_late is False


def test_a_reason_given_in_time_is_not_kept(room: Room) -> None:
    assert room.sign(0, late_reason="sans objet").late_reason == ""


def test_who_is_noted_absent_cannot_sign(room: Room) -> None:
    room.mark(ABSENT)
    with pytest.raises(Refused, match="noté absent"):
        room.sign(0)


def test_a_trainee_of_another_cohort_cannot_sign(room: Room) -> None:
    other = room_with(1, without_provider=True)
    with pytest.raises(Refused, match="n’existe plus"):
        operations.sign_as_trainee(
            room.morning,
            other.enrolments[0],
            way="drawn",
            strokes=STROKES,
            channel="link",
            by=TRAINER,
            at=room.at(5),
        )


def test_the_trainers_device_is_not_handed_round_to_people_elsewhere(room: Room) -> None:
    room.mark(PRESENT)
    room.morning.is_remote = True
    db.session.commit()
    with pytest.raises(Refused, match="à distance"):
        room.sign(0, channel="handed")
    assert number(Signature) == 0
    assert room.sign(0, channel="link").channel == "link"


def test_who_left_cannot_sign(room: Room) -> None:
    with committed():
        room.enrolments[0].departure = "dropout"
        room.enrolments[0].left_on = room.morning.day
    with pytest.raises(Refused, match="pas inscrit"):
        room.sign(0)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"way": "typed", "typed_name": "  "}, "Signez dans le cadre"),
        ({"way": "typed", "typed_name": "Quelqu’un d’autre"}, "tel qu’il figure"),
        ({"strokes": []}, "Signez dans le cadre"),
        ({"strokes": [[[1, 1], [2, 2]]]}, "Signez dans le cadre"),
        ({"strokes": [[["<svg>", 1]]]}, "pas pu être lue"),
        ({"strokes": [[[float("nan"), 1], [100, 100]]]}, "pas pu être lue"),
        ({"strokes": "x"}, "pas pu être lue"),
    ],
)
def test_a_signature_that_is_none_is_refused(room: Room, given: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        room.sign(0, **given)
    assert number(Signature) == 0


def test_a_typed_name_may_lack_case_and_accents(room: Room) -> None:
    assert room.sign(0, way="typed", typed_name="NADIA  bénali").typed_name == "NADIA bénali"


def test_a_signature_costs_few_statements_and_touches_no_cohort(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.mark_all()
    touched: list[object] = []
    refreshers = room_app().extensions.setdefault("liasse.refreshers", [])
    monkeypatch.setattr(
        "admin_app.core.transaction._refresh", lambda act: touched.append(act.touched)
    )
    with counted() as statements:
        room.sign(0)
    writes = [one for one in statements if one.startswith("INSERT")]
    assert len(writes) == 2  # the signature, the journal
    assert len(statements) <= 5
    assert not any(touched)
    assert refreshers is not None


def room_app() -> Flask:
    from flask import current_app

    return current_app._get_current_object()  # type: ignore[attr-defined,no-any-return]


# closing


def test_closing_freezes_the_half_day_and_records_its_evidence(room: Room) -> None:
    room.mark(PRESENT, LATE, ABSENT)
    room.sign(0), room.sign(1)
    closing = room.close(incident="Vidéoprojecteur en panne.")
    assert (closing.present, closing.absent, closing.unsigned) == (2, 1, 0)
    (found,) = valid("attendance-half-day")
    assert (found.scope_kind, found.scope_id) == ("half-day", room.morning.id)
    assert found.occurred_on == room.morning.day
    assert found.flags == []
    assert found.facts["trainee_minutes"] == 210 + 190
    assert (found.facts["present"], found.facts["absent"], found.facts["late"]) == (2, 1, 1)
    with pytest.raises(Refused, match="est close"):
        room.mark(ABSENT)
    with pytest.raises(Refused, match="noté absent"):
        room.sign(2, at=room.after(5))


def test_the_trainer_signs_last(room: Room) -> None:
    with pytest.raises(Refused, match="pas encore pointé"):
        room.close()
    room.mark_all()
    room.sign(0)
    with pytest.raises(Refused, match="Marta Lopes et Hugo Tessier") as refused:
        room.close()
    assert refused.value.problems[0].field == "left_unsigned"
    assert number(Closing) == number(Signature) - 1 == 0


def test_closing_without_a_signature_names_who_and_waits_for_it(room: Room) -> None:
    room.mark_all()
    room.sign(0), room.sign(1)
    with pytest.raises(Refused, match="Marta Lopes"):
        room.close(left_unsigned={room.enrolments[0].id})
    closing = room.close(left_unsigned={room.enrolments[2].id})
    assert closing.unsigned == 1
    assert not valid("attendance-half-day")
    with pytest.raises(Refused, match="après coup"):
        room.sign(2, at=room.after(30))
    late = room.sign(2, at=room.after(30), late_reason="partie avant le tour de table")
    assert late.is_late
    (found,) = valid("attendance-half-day")
    assert found.flags == ["regularised"]
    assert found.facts["late_signatures"] == 1
    assert found.occurred_on == room.morning.day


def test_closing_twice_gives_the_first_closing(room: Room) -> None:
    room.mark_all()
    for rank in range(3):
        room.sign(rank)
    first = room.close()
    assert room.close(at=room.after(9)).id == first.id
    assert number(Closing) == 1
    assert number(Signature) == 4
    assert len(valid("attendance-half-day")) == 1


def test_a_half_day_where_nobody_came_closes_too(room: Room) -> None:
    room.mark(ABSENT, ABSENT, ABSENT)
    assert room.close().absent == 3
    assert len(valid("attendance-half-day")) == 1


def test_a_trainer_who_teaches_it_no_more_cannot_close(room: Room) -> None:
    room.mark(ABSENT, ABSENT, ABSENT)
    with committed():
        room.assignment.ended_at = room.at(0)
    with pytest.raises(Refused, match="pas de vos sessions"):
        room.close()


def test_closing_after_the_window_asks_the_trainer_why(room: Room) -> None:
    room.mark(ABSENT, ABSENT, ABSENT)
    with pytest.raises(Refused, match="après coup"):
        room.close(at=room.after(300))
    room.close(at=room.after(300), late_reason="réseau absent")
    assert valid("attendance-half-day")[0].flags == ["regularised"]


def test_two_trainers_may_both_sign(room: Room) -> None:
    from tests.factories import AssignmentFactory, TrainerFactory

    trainer = TrainerFactory(first_name="Marc", last_name="Dubreuil")
    second = AssignmentFactory(cohort_id=room.cohort.id, trainer_id=trainer.id)
    room.mark_all()
    for rank in range(3):
        room.sign(rank)
    operations.sign_as_second_trainer(
        room.morning, second, way="typed", typed_name="Marc Dubreuil", by=TRAINER, at=room.after(1)
    )
    assert number(Closing) == 0
    room.close()
    assert valid("attendance-half-day")[0].facts["trainer_signatures"] == 2


def test_a_crash_in_the_middle_of_closing_leaves_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.mark(ABSENT, ABSENT, ABSENT)
    monkeypatch.setattr("admin_app.attendance.operations.closing._tell", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        room.close()
    assert number(Closing) == number(Signature) == 0


def test_a_cancelled_half_day_is_neither_marked_nor_signed(room: Room) -> None:
    with committed():
        room.morning.cancelled_at = room.at(-60)
    with pytest.raises(Refused, match="annulée"):
        room.mark_all()
    with pytest.raises(Refused, match="annulée"):
        room.sign(0)
    with pytest.raises(Refused, match="annulée"):
        room.close()


# after closing


def closed(room: Room) -> None:
    room.mark(PRESENT, PRESENT, ABSENT)
    room.sign(0), room.sign(1)
    room.close()


def correct(room: Room, rank: int, wanted: MarkInput, why: str = "Erreur de saisie") -> object:
    return operations.correct(
        room.morning,
        room.enrolments[rank],
        wanted,
        why=why,
        by=MANAGER,
        at=room.after(24 * 60),
    )


def test_a_correction_keeps_what_was_and_why(room: Room) -> None:
    closed(room)
    with pytest.raises(Refused, match="Dites pourquoi"):
        correct(room, 1, MarkInput(LATE, 30), why=" ")
    correct(room, 1, MarkInput(LATE, 30))
    trace = db.session.scalars(select(Correction)).one()
    assert (trace.before["state"], trace.after["minutes_late"]) == ("present", 30)
    assert trace.corrected_by == "Inès Caron"
    (found,) = valid("attendance-half-day")
    assert found.facts["trainee_minutes"] == 210 + 180
    assert found.facts["corrections"] == 1
    assert number(Evidence) == 2
    entry = db.session.scalars(
        select(JournalEntry).where(JournalEntry.action == "attendance.correct")
    ).one()
    assert entry.details["before"] == {"state": "present", "minutes_late": 0, "minutes_early": 0}


def test_a_correction_to_present_waits_for_the_signature(room: Room) -> None:
    closed(room)
    correct(room, 2, MarkInput(PRESENT))
    assert not valid("attendance-half-day")
    room.sign(2, at=room.after(24 * 60), late_reason="notée absente par erreur")
    assert valid("attendance-half-day")[0].facts["signatures"] == 3


def test_a_correction_to_absent_sets_the_signature_aside_knowingly(room: Room) -> None:
    closed(room)
    with pytest.raises(Refused, match="a signé"):
        correct(room, 0, MarkInput(ABSENT))
    correct(room, 0, MarkInput(ABSENT, sets_aside=True), "A signé à la place d’une autre")
    assert valid("attendance-half-day")[0].facts["present"] == 1
    aside = db.session.scalars(select(Signature).where(Signature.set_aside_at.is_not(None))).one()
    assert aside.set_aside_why == "A signé à la place d’une autre"


def test_what_is_not_closed_is_not_corrected_nor_reopened(room: Room) -> None:
    room.mark_all()
    with pytest.raises(Refused, match="pas close"):
        correct(room, 0, MarkInput(ABSENT))
    with pytest.raises(Refused, match="pas close"):
        operations.reopen(room.morning, why="x", by=MANAGER, at=room.after(1))


def test_reopening_lets_the_trainer_close_again_and_keeps_the_trace(room: Room) -> None:
    closed(room)
    operations.reopen(room.morning, why="Close par mégarde", by=MANAGER, at=room.after(10))
    assert not valid("attendance-half-day")
    assert number(Closing) == 0
    trace = db.session.scalars(select(Reopening)).one()
    assert (trace.closed_at, trace.closed_by) == (room.after(2), "Claire Vasseur")
    room.close(at=room.after(20))
    assert len(valid("attendance-half-day")) == 1
    assert number(Signature) == 4  # two trainees, the trainer twice


# the sheet, links, remote work


def test_the_last_closing_of_a_day_asks_for_the_sheet(room: Room) -> None:
    morning, afternoon = room.half_days[:2]
    room.hold(morning)
    assert number(Job) == 0
    room.hold(afternoon)
    job = db.session.scalars(select(Job)).one()
    assert job.arguments["cohort_id"] == room.cohort.id


def test_links_go_to_those_who_may_still_sign_once(room: Room) -> None:
    room.mark(PRESENT, PRESENT, ABSENT)
    room.sign(0)
    given = {"by": TRAINER, "at": room.at(20)}
    assert operations.send_signing_links(room.morning, **given) == 1
    assert operations.send_signing_links(room.morning, **given) == 0
    later = {"by": TRAINER, "at": room.at(40)}
    assert operations.send_signing_links(room.morning, **later) == 1
    link = operations.signing_link(room.enrolments[1], at=room.at(41))
    assert link.id == operations.signing_link(room.enrolments[1], at=room.at(42)).id
    assert number(type(link)) == 1


def test_links_have_nobody_to_go_to_once_all_signed(room: Room) -> None:
    room.hold(room.morning)
    with pytest.raises(Refused, match="Personne"):
        operations.send_signing_links(room.morning, by=TRAINER, at=room.after(5))


def test_having_asked_after_closing_is_recorded_without_being_the_thing(room: Room) -> None:
    room.mark_all()
    room.close(left_unsigned={one.id for one in room.enrolments})
    operations.send_signing_links(room.morning, by=TRAINER, at=room.after(5))
    assert [one.outcome for one in valid("attendance-half-day")] == ["tried"]
    for rank in range(3):
        room.sign(rank, at=room.after(60), late_reason="par mail")
    assert {one.outcome for one in valid("attendance-half-day")} == {"tried", "obtained"}


def test_remote_follow_up_needs_a_remote_half_day_and_both_texts(room: Room) -> None:
    who = room.enrolments[0]
    given = {"by": TRAINER, "at": room.after(60)}
    with pytest.raises(Refused, match="à distance"):
        operations.record_remote_follow_up(who, activities="a", exchanges="b", **given)
    with committed():
        room.morning.is_remote = True
    with pytest.raises(Refused) as refused:
        operations.record_remote_follow_up(who, activities=" ", exchanges="", **given)
    assert [one.field for one in refused.value.problems] == ["activities", "exchanges"]
    for _ in range(2):
        operations.record_remote_follow_up(
            who, activities="Étude de cas rendue le 18.", exchanges="Appel du 19.", **given
        )
    assert [one.scope_id for one in valid("remote-follow-up")] == [who.id]
    operations.record_remote_follow_up(
        who, activities="Étude de cas rendue.", exchanges="Appel du 19.", **given
    )
    assert len(valid("remote-follow-up")) == 1
    assert number(Evidence) == 2


def test_acts_join_the_act_around_them(room: Room) -> None:
    def crash() -> None:
        with transaction():
            room.mark_all()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        crash()
    assert number(Mark) == 0


def test_a_late_signature_of_an_open_half_day_waits_for_the_closing(room: Room) -> None:
    room.mark_all()
    for rank in range(3):
        room.sign(rank, at=room.after(300) + timedelta(minutes=rank), late_reason="pas de réseau")
    assert not valid("attendance-half-day")
    room.close(at=room.after(400), late_reason="pas de réseau")
    assert valid("attendance-half-day")[0].facts["late_signatures"] == 4
    assert SYSTEM.label == "Liasse"


def test_nobody_who_was_not_expected_becomes_present(room: Room) -> None:
    with committed():
        room.enrolments[2].departure = "withdrawn-before"
        room.enrolments[2].left_on = room.morning.day - timedelta(days=3)
    room.mark(PRESENT, PRESENT)
    room.sign(0), room.sign(1)
    room.close()
    with pytest.raises(Refused, match="pas attendue"):
        correct(room, 2, MarkInput(PRESENT))
    assert db.session.scalars(select(Correction)).first() is None


def test_a_half_day_that_is_closed_and_signed_is_not_cancelled(room: Room) -> None:
    from admin_app.cohorts.operations import cancel_half_day

    closed(room)
    with pytest.raises(Refused, match="close et signée"):
        cancel_half_day(room.morning, why="Erreur", by=MANAGER, at=room.after(60))
    assert room.morning.cancelled_at is None
