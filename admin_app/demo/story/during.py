"""The days themselves: links, marks, signatures, closing."""

from datetime import datetime

from admin_app.attendance.operations import (
    MarkInput,
    mark,
    mark_rest_present,
    send_signing_links,
    sign_as_second_trainer,
    sign_as_trainee,
    sign_as_trainer_and_close,
)
from admin_app.core import clock
from admin_app.core.actor import Actor
from admin_app.demo import days
from admin_app.demo.ink import as_signed, chance
from admin_app.demo.story.opening import AFTERNOON, MORNING, REMOTE
from admin_app.demo.story.session import Half, Session, at_minute
from admin_app.demo.world import from_phone, trainee
from compliance.vocabulary import MarkState


def plan(session: Session, *, is_remote: bool = False) -> None:
    """Note each half-day: the trainer marks, trainees sign, the trainer signs last."""
    hours = (REMOTE,) if is_remote else (MORNING, AFTERNOON)
    rank = 0
    for day in session.training:
        for starts, ends in hours:
            _plan_half_day(session, rank, clock.at(day, starts), clock.at(day, ends))
            rank += 1


def _plan_half_day(session: Session, rank: Half, starts: datetime, ends: datetime) -> None:
    note = session.world.agenda.note_at
    if rank == 0:
        note(at_minute(starts, 2), _send_links, session, rank)
    note(at_minute(starts, 9), _mark, session, rank)
    for name in session.names:
        if not session.attends(name, rank) or (rank, name) in session.twists.unsigned:
            continue
        if (rank, name) in session.twists.regularised:
            _plan_regularisation(session, rank, name, ends)
            continue
        minutes = 12 + chance("sign", session.reference, rank, name) % 70
        minutes = max(minutes, session.twists.late.get((rank, name), (0, ""))[0] + 4)
        note(at_minute(starts, minutes), _sign, session, rank, name, "")
    for place in range(1, len(session.known["trainers"])):
        note(at_minute(ends, 1), _sign_too, session, rank, place)
    note(at_minute(ends, 4), _close, session, rank)
    if left := [name for half, name in session.twists.unsigned if half == rank]:
        asked = days.after(clock.day_of(ends))
        session.note(asked, "08:41", _ask_again, session, rank, left)


def _plan_regularisation(session: Session, rank: Half, name: str, ends: datetime) -> None:
    day = days.after(clock.day_of(ends))
    why = session.twists.regularised[rank, name]
    session.note(day, "08:26", _sign, session, rank, name, why)


def _send_links(session: Session, rank: Half, at: datetime) -> None:
    send_signing_links(session.half_day(rank), by=session.trainer(), at=at)


def _mark(session: Session, rank: Half, at: datetime) -> None:
    marks: dict[int, MarkInput] = {}
    for (half, name), reason in session.twists.absences.items():
        if half == rank:
            marks[session.enrolments[name]] = MarkInput(MarkState.ABSENT, reason=reason)
    for (half, name), (minutes, reason) in session.twists.late.items():
        if half == rank:
            marks[session.enrolments[name]] = MarkInput(
                MarkState.LATE, minutes_late=minutes, reason=reason
            )
    half_day, by = session.half_day(rank), session.trainer()
    if marks:
        mark(half_day, marks, by=by, at=at)
    mark_rest_present(half_day, by=by, at=at)


def _sign(session: Session, rank: Half, name: str, late_reason: str, at: datetime) -> None:
    channel = _channel(session, rank, name, late_reason)
    enrolment = session.enrolment(name)
    by: Actor = session.trainer() if channel == "handed" else trainee(name, enrolment.id)
    sign_as_trainee(
        session.half_day(rank),
        enrolment,
        **as_signed(name),
        channel=channel,
        late_reason=late_reason,
        by=by,
        at=at,
        origin=from_phone(by.label),
    )


def _channel(session: Session, rank: Half, name: str, late_reason: str) -> str:
    """A third of them sign on the trainer's device, when they are in the same room as it."""
    is_apart = bool(late_reason) or session.half_day(rank).is_remote
    return "handed" if chance("channel", name) % 3 == 0 and not is_apart else "link"


def _sign_too(session: Session, rank: Half, place: int, at: datetime) -> None:
    who = session.trainer(place)
    sign_as_second_trainer(
        session.half_day(rank),
        session.assignments()[place],
        **as_signed(who.label),
        left_unsigned=_left(session, rank),
        by=who,
        at=at,
        origin=from_phone(who.label),
    )


def _close(session: Session, rank: Half, at: datetime) -> None:
    who = session.trainer()
    sign_as_trainer_and_close(
        session.half_day(rank),
        session.assignments()[0],
        **as_signed(who.label),
        left_unsigned=_left(session, rank),
        by=who,
        at=at,
        origin=from_phone(who.label),
    )


def _ask_again(session: Session, rank: Half, names: list[str], at: datetime) -> None:
    keys = frozenset(session.enrolments[name] for name in names)
    send_signing_links(session.half_day(rank), by=session.world.office, at=at, only=keys)


def _left(session: Session, rank: Half) -> list[int]:
    listed = {*session.twists.unsigned, *session.twists.regularised}
    return [session.enrolments[name] for half, name in listed if half == rank]
