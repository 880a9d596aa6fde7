"""What the rooms above have written about a row here, found by the database's own foreign keys.

This room may not know the rooms above it; a foreign key says enough: a column that must be filled
belongs to the row it names (a mark, a signature), one that may be empty merely points at it.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Table, select, union_all

from admin_app.cohorts.models import HalfDay
from admin_app.core.database import Base, db


def proved_half_days(half_day_ids: Collection[int]) -> frozenset[int]:
    """Those that were marked, signed or closed: they can no longer move nor be removed."""
    return _named_by_others(HalfDay.__table__, half_day_ids, belonging=True)


def attached_half_days(half_day_ids: Collection[int]) -> frozenset[int]:
    """Those that anything refers to (a promised adaptation, too): they cannot be removed."""
    return _named_by_others(HalfDay.__table__, half_day_ids, belonging=False)


def _named_by_others(table: object, ids: Collection[int], *, belonging: bool) -> frozenset[int]:
    if not ids:
        return frozenset()
    columns = [one for one in _columns_to(table) if not (belonging and one.nullable)]
    if not columns:
        return frozenset()
    named = union_all(*(select(one).where(one.in_(ids)) for one in columns))
    return frozenset(db.session.scalars(named))


def _columns_to(table: object) -> list[ColumnElement[int]]:
    assert isinstance(table, Table)
    return [
        key.parent
        for other in Base.metadata.tables.values()
        if other is not table
        for key in other.foreign_keys
        if key.column.table is table
    ]
