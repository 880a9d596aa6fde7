"""What was written then and has been changed since, for the view of a past day.

A row says what is so now. What it said before is read where it was kept: a correction keeps the
mark that it replaced, and the journal keeps who paid and what had been marked.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import bindparam, select

from admin_app.attendance.models import Correction, Mark
from admin_app.cohorts.models import HalfDay
from admin_app.core.database import Rows, UtcDateTime, db
from admin_app.journal.models import JournalEntry
from compliance.attendance import MarkFacts
from compliance.vocabulary import MarkState

Ids = Sequence[int]
CHANGED_PAYER = "cohorts.change-enrolment"
MARKED = ("attendance.mark", "attendance.correct")
_IDS: Any = bindparam("ids", expanding=True)
_UNTIL: Any = bindparam("until", type_=UtcDateTime)


class Marked(NamedTuple):
    """What was noted of a trainee on a half-day; `id` is the mark's."""

    id: int
    half_day_id: int
    enrolment_id: int
    state: str
    minutes_late: int
    minutes_early: int
    reason: str

    def facts(self) -> MarkFacts:
        """The same as the rules want it; why is not their business."""
        return MarkFacts(
            half_day_key=self.half_day_id,
            enrolment_key=self.enrolment_id,
            state=MarkState(self.state),
            minutes_late=self.minutes_late,
            minutes_early=self.minutes_early,
        )


def marks_of(ids: Ids, until: datetime | None) -> dict[int, list[Marked]]:
    """The marks of each of these cohorts, as they stood before `until` (one statement; two or
    three of a past day)."""
    rows = db.session.execute(_marks(), {"ids": list(ids)}).all()
    found: dict[int, list[Marked]] = defaultdict(list)
    since = _since(ids, until, rows)
    for cohort_id, marked_at, *values in rows:
        mark = Marked(*values)
        known = since.get((mark.half_day_id, mark.enrolment_id))
        if known:
            mark = mark._replace(**known)
        elif known is not None or (until is not None and marked_at >= until):
            continue  # nothing was noted yet
        found[cohort_id].append(mark)
    return found


@cache
def _marks() -> Rows:
    return (
        select(
            HalfDay.cohort_id,
            Mark.marked_at,
            Mark.id,
            Mark.half_day_id,
            Mark.enrolment_id,
            Mark.state,
            Mark.minutes_late,
            Mark.minutes_early,
            Mark.reason,
        )
        .join(HalfDay, HalfDay.id == Mark.half_day_id)
        .where(HalfDay.cohort_id.in_(_IDS))
        .order_by(HalfDay.starts_at, Mark.id)
    )


Who = tuple[int, int]  # half-day, enrolment


def _since(ids: Ids, until: datetime | None, rows: Iterable[Any]) -> dict[Who, dict[str, Any]]:
    """What the marks written since `until` replaced: empty for those that replaced nothing.

    A half-day may be corrected, or opened again and marked anew: then the journal tells.
    """
    if until is None:
        return {}
    values = {"ids": list(ids), "until": until}
    corrections = db.session.execute(_corrections(), values)
    found = {(half_day_id, key): before for half_day_id, key, before in corrections}
    again = {(row.half_day_id, row.enrolment_id) for row in rows if row.marked_at >= until}
    if again:
        for half_day_id, details in db.session.execute(_told_marks(), values):
            for key, mark in _told(details).items():
                who = (half_day_id, key)
                if who in again and found.get(who, {}).get("state") != mark["state"]:
                    found[who] = _NO_MINUTES | mark
    return found


_NO_MINUTES = {"minutes_late": 0, "minutes_early": 0, "reason": ""}


def _told(details: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """What an entry of the journal says of each trainee: many marked, or one corrected."""
    if "after" in details:
        return {details["enrolment"]: details["after"]}
    return {int(key): {"state": state} for key, state in (details.get("marks") or {}).items()}


@cache
def _told_marks() -> Rows:
    """Oldest first: the last word before that instant holds. Few of them tell minutes."""
    return (
        select(JournalEntry.subject_id, JournalEntry.details)
        .where(
            JournalEntry.cohort_id.in_(_IDS),
            JournalEntry.action.in_(MARKED),
            JournalEntry.at < _UNTIL,
        )
        .order_by(JournalEntry.id)
    )


@cache
def _corrections() -> Rows:
    """Latest first: the first correction since that instant holds, it replaced what was known."""
    return (
        select(Correction.half_day_id, Correction.enrolment_id, Correction.before)
        .join(HalfDay, HalfDay.id == Correction.half_day_id)
        .where(HalfDay.cohort_id.in_(_IDS), Correction.corrected_at >= _UNTIL)
        .order_by(Correction.id.desc())
    )


def payers_before(ids: Ids, until: datetime) -> dict[int, dict[str, Any]]:
    """Who paid, and from when they took part, for the enrolments changed since (one statement)."""
    found: dict[int, dict[str, Any]] = {}
    for enrolment_id, details in db.session.execute(
        _changed_payers(), {"ids": list(ids), "until": until}
    ):
        if was := details.get("was"):
            start = was.get("takes_part_from")
            found[enrolment_id] = {
                "client_key": was.get("client_id"),
                "pays_personally": bool(was.get("pays_personally")),
                "takes_part_from": date.fromisoformat(start) if start else None,
            }
    return found


@cache
def _changed_payers() -> Rows:
    """Latest first: the first change since that instant says what it replaced."""
    return (
        select(JournalEntry.subject_id, JournalEntry.details)
        .where(
            JournalEntry.cohort_id.in_(_IDS),
            JournalEntry.action == CHANGED_PAYER,
            JournalEntry.at >= _UNTIL,
        )
        .order_by(JournalEntry.id.desc())
    )
