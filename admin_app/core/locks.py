"""Two people who act on the same thing at once: the second waits, then reads what the first wrote.

SQLite has one writer, which PostgreSQL has not; on both, a page read its rows before the act began.
So an act holds what it changes: the row is locked and read again, then checked, then written. The
rows that an act is given are held before it begins (`core.transaction.act`); those that it finds
by itself, it holds with `locked` or `all_locked`. `tests/support/locks.py` has the tests refuse
an act that changes a row without holding it (`LIASSE_WATCH_LOCKS=1`).
"""

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy import Select, inspect
from sqlalchemy.exc import InvalidRequestError

from admin_app.core.conflicts import GONE
from admin_app.core.database import Row, db
from admin_app.core.errors import Overtaken

R = TypeVar("R", bound=Row)


def hold(row: Row, held: set[Any]) -> None:
    """Lock a row and read it again, unless it is held already (or made by this very act).

    Raises:
        Overtaken: it is gone.
    """
    state = inspect(row)
    if not state.persistent or state.identity_key in held:
        return
    if row in db.session.dirty:
        db.session.flush()
    try:
        db.session.refresh(row, with_for_update=_lock(type(row)))
    except InvalidRequestError as error:
        raise Overtaken(GONE) from error
    held.add(state.identity_key)


def hold_all(statement: Select[R], held: set[Any]) -> Sequence[R]:
    """Lock the rows that a statement gives, in its order, as they are written now."""
    kind = statement.column_descriptions[0]["entity"]
    wanted = statement.with_for_update(**_lock(kind)).execution_options(populate_existing=True)
    rows = db.session.scalars(wanted).all()
    held.update(inspect(row).identity_key for row in rows)
    return rows


def _lock(kind: type[Row]) -> dict[str, Any]:
    """The weakest lock that keeps other writers out: rows that point to this one are still added.

    Of its own table alone: what was read with it by an outer join cannot be locked.
    """
    return {"key_share": True, "of": kind}
