"""Lists cut into pages by the database, with two statements whatever the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request
from sqlalchemy import func, select

from admin_app.core.database import Rows, db

T = TypeVar("T")
U = TypeVar("U")
PER_PAGE = 25


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list."""

    items: Sequence[T]
    number: int
    per_page: int
    total: int

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def has_prev(self) -> bool:
        """Whether a page comes before."""
        return self.number > 1

    @property
    def has_next(self) -> bool:
        """Whether a page comes after."""
        return self.number < self.pages

    def map(self, convert: Callable[[T], U]) -> "Page[U]":
        """The same page of other things."""
        return Page([convert(item) for item in self.items], self.number, self.per_page, self.total)


def paginate(statement: Rows, number: int, per_page: int = PER_PAGE) -> Page[Any]:
    """The page of that number; rows when several columns are selected, else the objects."""
    total = db.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery()))
    number = min(max(1, number), max(1, -(-(total or 0) // per_page)))
    result = db.session.execute(statement.limit(per_page).offset((number - 1) * per_page))
    single = len(statement.column_descriptions) == 1
    items = result.scalars().all() if single else result.all()
    return Page(items, number, per_page, total or 0)


def page_number() -> int:
    """The page asked for in the address, one when it makes no sense (pages only)."""
    text = request.args.get("page", "1")
    return int(text) if text.isdigit() and len(text) < 7 else 1
