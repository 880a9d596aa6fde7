"""With `LIASSE_WATCH_LOCKS=1`, tests refuse an act that changes what it does not hold.

Two people do the same thing at once, and each finds the row as it was before the other wrote. No
test can try it for each act; all of them together can make sure that no act is written that way.
"""

from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from admin_app.core import transaction


def watch_locks() -> None:
    """From now on, in each act, a row that is changed must have been held first, or be new."""
    if not event.contains(Session, "before_flush", _look):
        event.listen(Session, "before_flush", _look)
        event.listen(Session, "after_flush", _remember)


def _look(session: Session, _context: object, _instances: object) -> None:
    act = transaction._current.get()
    if act is None or not act.name:
        return  # a test that writes rows directly
    loose = [
        f"{type(row).__name__}: {', '.join(sorted(changed(row)))}"
        for row in session.dirty
        if session.is_modified(row) and inspect(row).identity_key not in act.held and changed(row)
    ]
    assert not loose, f"{act.name} changes what it does not hold ({'; '.join(loose)}): hold it"


def _remember(session: Session, _context: object) -> None:
    act = transaction._current.get()
    if act is not None:  # nobody else sees yet what the act itself has made
        made = [(inspect(row).mapper, row) for row in session.new]
        act.held.update(mapper.identity_key_from_instance(row) for mapper, row in made)


def changed(row: Any) -> set[str]:
    """The columns of a row that will be written."""
    state = inspect(row)
    return {one.key for one in state.mapper.column_attrs if state.attrs[one.key].history.added}
