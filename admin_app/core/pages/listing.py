"""Lists cut into pages by the database, with two statements whatever the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import Integer, Select, bindparam, func, select

from admin_app.core.database import Rows, db, read
from admin_app.core.formatting import MOST_COUNTED

T = TypeVar("T")
U = TypeVar("U")
PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list. A `total` over `MOST_COUNTED` only says that there are more."""

    items: Sequence[T]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are, as far as they were counted; at least one."""
        known = max(1, -(-self.total // self.per_page))
        return max(known, self.number + self.has_next) if self.is_capped else known

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.total > MOST_COUNTED

    @property
    def has_prev(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether a page comes after."""
        if self.is_capped:
            return len(self.items) == self.per_page
        return self.number * self.per_page < self.total

    def map(self, convert: Callable[[T], U]) -> "Page[U]":
        """The same page of other things."""
        return Page([convert(item) for item in self.items], self.number, self.per_page, self.total)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A list whose two statements are put together once, for all the requests that show it."""

    rows: Rows  # what it holds, cut by `skipped` and `per_page`
    number: Select[int]
    is_single: bool


def prepared(statement: Rows) -> Prepared:
    """A list to keep (under `functools.cache`): what changes with the request is a `bindparam`."""
    cut = statement.limit(bindparam("per_page", type_=Integer))
    return Prepared(
        cut.offset(bindparam("skipped", type_=Integer)),
        counted(statement),
        len(statement.column_descriptions) == 1,
    )


def paginate(
    statement: Rows | Prepared, number: int, per_page: int = PER_PAGE, **values: Any
) -> Page[Any]:
    """The page of that number; rows when several columns are selected, else the objects.

    Args:
        values: those of the list's own `bindparam`.
    """
    wanted = statement if isinstance(statement, Prepared) else prepared(statement)
    total = read(wanted.number, values).scalar() or 0
    last = max(1, -(-total // per_page))
    number = max(1, number) if total > MOST_COUNTED else min(max(1, number), last)
    cut = {"per_page": per_page, "skipped": (number - 1) * per_page}
    result = db.session.execute(wanted.rows, {**values, **cut})
    items = result.scalars().all() if wanted.is_single else result.all()
    return Page(items, number, per_page, total)


def counted(statement: Rows) -> Select[int]:
    """How many rows a statement gives, one more than `MOST_COUNTED` when there are more.

    Only the key of its first row is kept, without order: what decorates a line is not looked up
    to count it.
    """
    bare = statement.order_by(None)
    key = getattr(statement.column_descriptions[0]["entity"], "id", None)
    if key is not None and not bare._distinct:  # what is distinct depends on the columns
        bare = bare.with_only_columns(key)
    return select(func.count()).select_from(bare.limit(MOST_COUNTED + 1).subquery())


def page_number() -> int:
    """The page asked for in the address, one when it makes no sense (pages only)."""
    text = request.args.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 7 else 1
