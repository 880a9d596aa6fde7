"""Acts in any order: nothing is lost, nothing is doubled, nothing is true before its time.

A small model, written apart from the operations, says what each act must do; the rows are
compared with it after every step.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from admin_app.attendance import operations, queries
from admin_app.attendance.models import Closing, Mark, Signature
from admin_app.attendance.operations import MarkInput
from admin_app.core.database import db
from admin_app.core.errors import Refused
from admin_app.evidence.models import Evidence
from admin_app.journal.models import JournalEntry
from compliance.vocabulary import MarkState
from tests.factories.attendance import MANAGER, TRAINER, Room, room_with
from tests.support.databases import Database

ABSENT = MarkState.ABSENT
MISSED = {
    MarkState.PRESENT: 0,
    MarkState.LATE: 20,
    MarkState.LEFT_EARLY: 15,
    MarkState.LATE_AND_LEFT_EARLY: 35,
    ABSENT: 210,
}
WINDOW_ENDS = 210 + 120  # minutes after the start
RANKS = st.integers(0, 1)
STATES = st.sampled_from(list(MarkState))
# mostly on time, sometimes too early or late
MINUTES = st.sampled_from([-30, 1, 1, 1, 5, 5, 60, 215, 400])

ACTS = st.one_of(
    st.tuples(st.just("mark"), RANKS, STATES, st.booleans()),
    st.tuples(st.just("rest")),
    st.tuples(st.just("sign"), RANKS, st.booleans()),
    st.tuples(st.just("sign"), RANKS, st.just(True)),
    st.tuples(st.just("close"), st.booleans(), st.booleans()),
    st.tuples(st.just("close"), st.just(True), st.just(True)),
    st.tuples(st.just("correct"), RANKS, STATES, st.booleans()),
    st.tuples(st.just("reopen")),
    st.tuples(st.just("links")),
)

# where it begins: chance alone would seldom reach a closed half-day
SIGNED = [(1, ("rest",)), (1, ("sign", 0, True)), (5, ("sign", 1, True))]
LEFT_OPEN = [(1, ("mark", 0, MarkState.LATE, False)), *SIGNED]
CLOSED = [*SIGNED, (215, ("close", False, True))]
UNSIGNED = [*SIGNED[:2], (215, ("close", True, True))]
CORRECTED = [*CLOSED, (300, ("correct", 1, ABSENT, True))]
STARTS = st.sampled_from([[], SIGNED, LEFT_OPEN, CLOSED, UNSIGNED, CORRECTED])


@dataclass
class Model:
    """What must be true."""

    marks: dict[int, MarkState] = field(default_factory=dict)
    signed: dict[int, tuple[int, bool]] = field(default_factory=dict)  # minute, late
    trainer: tuple[int, bool] | None = None
    is_closed: bool = False
    written: int = 0  # signatures ever written

    def is_late(self, minute: int) -> bool:
        return self.is_closed or minute > WINDOW_ENDS

    def mark(self, _minute: int, rank: int, state: MarkState, aside: bool) -> bool:
        return not self.is_closed and self._mark(rank, state, aside)

    def rest(self, _minute: int) -> bool:
        if self.is_closed:
            return False
        for rank in (0, 1):
            self.marks.setdefault(rank, MarkState.PRESENT)
        return True

    def sign(self, minute: int, rank: int, has_reason: bool) -> bool:
        if rank in self.signed:
            return True
        mark = self.marks.get(rank)
        if minute < 0 or mark is ABSENT or (self.is_closed and mark is None):
            return False
        if self.is_late(minute) and not has_reason:
            return False
        self.signed[rank] = (minute, self.is_late(minute))
        self.written += 1
        return True

    def close(self, minute: int, leaves: bool, has_reason: bool) -> bool:
        if self.is_closed:
            return True  # by the same trainer: the first closing again
        unsigned = {r for r, mark in self.marks.items() if mark.attends and r not in self.signed}
        if minute < 0 or len(self.marks) < 2 or (unsigned and not leaves):
            return False
        if minute > WINDOW_ENDS and not has_reason:
            return False
        self.trainer, self.is_closed = (minute, minute > WINDOW_ENDS), True
        self.written += 1
        return True

    def correct(self, _minute: int, rank: int, state: MarkState, aside: bool) -> bool:
        return self.is_closed and self._mark(rank, state, aside)

    def reopen(self, _minute: int) -> bool:
        was, self.is_closed, self.trainer = self.is_closed, False, None
        return was

    def links(self, _minute: int) -> bool:
        if self.is_closed:
            return any(m.attends and r not in self.signed for r, m in self.marks.items())
        return any(self.marks.get(r) is not ABSENT and r not in self.signed for r in (0, 1))

    def _mark(self, rank: int, state: MarkState, aside: bool) -> bool:
        if self.marks.get(rank) is state:
            return True
        if state is ABSENT and rank in self.signed:
            if not aside:
                return False
            del self.signed[rank]
        self.marks[rank] = state
        return True

    @property
    def is_proved(self) -> bool:
        attending = [rank for rank, mark in self.marks.items() if mark.attends]
        return self.is_closed and all(rank in self.signed for rank in attending)

    @property
    def is_regularised(self) -> bool:
        lates = [late for rank, (_, late) in self.signed.items() if self.marks[rank].attends]
        return any(lates) or bool(self.trainer and self.trainer[1])


@dataclass
class Acts:
    """The same acts, through the operations."""

    room: Room

    def mark(self, minute: int, rank: int, state: MarkState, aside: bool) -> Any:
        marks = {self.room.enrolments[rank].id: MarkInput(state, 20, 15, sets_aside=aside)}
        return operations.mark(self.room.morning, marks, **self._by(minute))

    def rest(self, minute: int) -> Any:
        return operations.mark_rest_present(self.room.morning, **self._by(minute))

    def sign(self, minute: int, rank: int, has_reason: bool) -> Any:
        reason = "oubli" if has_reason else ""
        return self.room.sign(rank, at=self.room.at(minute), late_reason=reason)

    def close(self, minute: int, leaves: bool, has_reason: bool) -> Any:
        left = {one.id for one in self.room.enrolments} if leaves else ()
        reason = "oubli" if has_reason else ""
        return self.room.close(at=self.room.at(minute), left_unsigned=left, late_reason=reason)

    def correct(self, minute: int, rank: int, state: MarkState, aside: bool) -> Any:
        wanted = MarkInput(state, 20, 15, sets_aside=aside)
        who = self.room.enrolments[rank]
        given = self._by(minute) | {"by": MANAGER}
        return operations.correct(self.room.morning, who, wanted, why="erreur", **given)

    def reopen(self, minute: int) -> Any:
        return operations.reopen(self.room.morning, why="erreur", **self._by(minute))

    def links(self, minute: int) -> Any:
        return operations.send_signing_links(self.room.morning, **self._by(minute))

    def _by(self, minute: int) -> dict[str, Any]:
        return {"by": TRAINER, "at": self.room.at(minute)}


def check(room: Room, model: Model) -> None:
    """The rows say what the model says."""
    db.session.expire_all()
    ranks = {one.id: rank for rank, one in enumerate(room.enrolments)}
    marks = {ranks[one.enrolment_id]: one.state for one in db.session.scalars(select(Mark))}
    assert marks == {rank: state.value for rank, state in model.marks.items()}
    every = list(db.session.scalars(select(Signature)))
    assert len(every) == model.written
    valid = [one for one in every if one.set_aside_at is None]
    trainees = [one for one in valid if one.enrolment_id]
    assert len({one.enrolment_id for one in trainees}) == len(trainees)
    assert {ranks[one.enrolment_id]: (one.signed_at, one.is_late) for one in trainees} == {
        rank: (room.at(minute), late) for rank, (minute, late) in model.signed.items()
    }
    assert [(one.signed_at, one.is_late) for one in valid if one.assignment_id] == (
        [(room.at(model.trainer[0]), model.trainer[1])] if model.trainer else []
    )
    assert db.session.scalar(select(func.count()).select_from(Closing)) == model.is_closed
    check_evidence(room, model)
    check_hours(room, model, ranks)


def check_evidence(room: Room, model: Model) -> None:
    valid = list(
        db.session.scalars(
            select(Evidence).where(
                Evidence.piece == "attendance-half-day",
                Evidence.outcome == "obtained",
                Evidence.withdrawn_at.is_(None),
            )
        )
    )
    assert len(valid) == model.is_proved
    if valid:
        assert valid[0].occurred_on == room.morning.day
        assert valid[0].flags == (["regularised"] if model.is_regularised else [])
        minutes = sum(210 - MISSED[mark] for mark in model.marks.values())
        assert valid[0].facts["trainee_minutes"] == minutes


def check_hours(room: Room, model: Model, ranks: dict[int, int]) -> None:
    for one in queries.hours(room.cohort.id).trainees:
        morning = one.half_days[0]
        mark = model.marks.get(ranks[one.enrolment_key])
        assert morning.state == mark
        known = model.is_closed and mark is not None
        assert morning.attended == (210 - MISSED[mark] if known else None)  # type: ignore[index]


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No job runs: sheets are tested elsewhere."""
    monkeypatch.setattr("admin_app.core.jobs.enqueue", lambda *_: None)
    monkeypatch.setattr("admin_app.core.mail.enqueue", lambda *_: None)
    return


@pytest.mark.slow
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(start=STARTS, steps=st.lists(st.tuples(MINUTES, ACTS), min_size=2, max_size=10))
def test_whatever_the_order(
    app: Flask,
    database: Database,
    quiet: None,
    start: list[tuple[int, tuple]],
    steps: list[tuple[int, tuple]],
) -> None:
    db.session.remove()
    database.empty(db.engine)
    room, model = room_with(2, days=1), Model()
    acts = Acts(room)
    for minute, (name, *given_) in [*start, *steps]:
        entries = db.session.scalar(select(func.count()).select_from(JournalEntry))
        expected = getattr(model, name)(minute, *given_)
        try:
            getattr(acts, name)(minute, *given_)
            done = True
        except Refused:
            done = False
            db.session.rollback()
        assert done == expected, (name, minute, given_)
        check(room, model)
        if not done:
            now = db.session.scalar(select(func.count()).select_from(JournalEntry))
            assert now == entries
