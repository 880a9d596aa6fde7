"""Reading actions: the list, what waits, one action whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select

from admin_app.core.database import Rows, db
from admin_app.core.pages import Page, paginate
from admin_app.core.search import matching
from admin_app.journal.models import JournalEntry
from admin_app.journal.queries import of_subject
from admin_app.quality.improvements.models import Improvement
from admin_app.quality.pieces import days_of

_OPEN = and_(Improvement.closed_on.is_(None), Improvement.cancelled_on.is_(None))
_TO_DO = and_(_OPEN, Improvement.done_on.is_(None))
_TO_CHECK = and_(_OPEN, Improvement.done_on.is_not(None), Improvement.effect_checked_on.is_(None))
_TO_CLOSE = and_(_OPEN, Improvement.effect_checked_on.is_not(None))
_STATES: dict[str, ColumnElement[bool]] = {
    "to-do": _TO_DO,
    "to-check": _TO_CHECK,
    "to-close": _TO_CLOSE,
    "closed": Improvement.closed_on.is_not(None),
    "cancelled": Improvement.cancelled_on.is_not(None),
}
MOST_LINKED = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; an empty state keeps the open ones."""

    q: str = ""
    state: str = ""
    origin: str = ""
    kind: str = ""
    owner_id: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether anything was chosen."""
        return any((self.q, self.state, self.origin, self.kind, self.owner_id))


class Counts(NamedTuple):
    """How many are open, and how many of those wait for each step or are late."""

    open: int
    late: int
    to_do: int
    to_check: int
    to_close: int


class Next(NamedTuple):
    """What comes next for an action, by when (inclusive), and whether that day has passed."""

    words: str
    due_on: date
    is_late: bool


def actions(wanted: Wanted, today: date, number: int) -> Page[Improvement]:
    """The actions wanted: open ones by their last day, others by the newest."""
    statement: Rows = select(Improvement).where(*_conditions(wanted, today))
    statement = matching(statement, wanted.q, Improvement.search)
    is_over = wanted.state in {"all", "closed", "cancelled"}
    order = Improvement.due_on.desc() if is_over else Improvement.due_on
    last = Improvement.id.desc() if is_over else Improvement.id
    return paginate(statement.order_by(order, last), number)


def counts(today: date) -> Counts:
    """What waits, in one statement."""
    shown = (_late(today), _TO_DO, _TO_CHECK, _TO_CLOSE)
    row = db.session.execute(
        select(func.count(), *(func.count().filter(one) for one in shown))
        .select_from(Improvement)
        .where(_OPEN)
    ).one()
    return Counts._make(row)


def has_any() -> bool:
    """Whether any action was ever opened."""
    return db.session.scalar(select(Improvement.id).limit(1)) is not None


def action(key: int) -> Improvement | None:
    """The action of that key."""
    return db.session.get(Improvement, key)


def followers(key: int) -> Sequence[Improvement]:
    """The actions that take up that one."""
    return db.session.scalars(
        select(Improvement).where(Improvement.follows_id == key).order_by(Improvement.id)
    ).all()


def coming_from(kind: str, key: int) -> Sequence[Improvement]:
    """The actions opened from that row of another register, newest first (one statement)."""
    return db.session.scalars(
        select(Improvement)
        .where(Improvement.origin_kind == kind, Improvement.origin_id == key)
        .order_by(Improvement.id.desc())
        .limit(MOST_LINKED)
    ).all()


def story(key: int) -> Sequence[JournalEntry]:
    """What was done about an action, oldest first."""
    newest = db.session.scalars(of_subject("improvement", key).limit(50)).all()
    return list(reversed(newest))


def next_of(row: Improvement, today: date) -> Next | None:
    """What comes next for an action; None when it is over."""
    if not row.is_open:
        return None
    if row.done_on is None:
        return Next("à mener", row.due_on, row.due_on < today)
    if row.effect_checked_on is None:
        due = row.done_on + timedelta(days=days_of("effect-check-days", row.done_on))
        return Next("effet à vérifier", due, due < today)
    return Next("à clore", row.effect_checked_on, False)


def _conditions(wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state == "late":
        found.append(_late(today))
    elif wanted.state != "all":
        found.append(_STATES.get(wanted.state, _OPEN))
    if wanted.origin:
        found.append(Improvement.origin_kind == wanted.origin)
    if wanted.kind:
        found.append(Improvement.kind == wanted.kind)
    if wanted.owner_id is not None:
        found.append(Improvement.owner_id == wanted.owner_id)
    return found


def _late(today: date) -> ColumnElement[bool]:
    checked_by = today - timedelta(days=days_of("effect-check-days", today))
    return or_(
        and_(_TO_DO, Improvement.due_on < today),
        and_(_TO_CHECK, Improvement.done_on < checked_by),
    )
