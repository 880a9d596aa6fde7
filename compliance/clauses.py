"""The clauses that a subcontract is to hold (``subcontract-clauses.toml``), each with its texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from compliance.citations import Citation
from compliance.tables import Source, Table, data_root, read, read_sources, unique

if TYPE_CHECKING:
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable

FILE = "subcontract-clauses.toml"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: what is looked for in the contract.

    ``optional``: the text asks for it in some cases only (training paid for by the CPF); it may
    be beside the point. ``since``: the first day on which it is asked for; ``None``: always.
    """

    key: str
    title: str
    question: str
    optional: bool
    since: date | None
    citations: tuple[Citation, ...]


def clauses_on(day: date) -> tuple[Clause, ...]:
    """The clauses asked for on ``day``, in their order (``subcontracting``; R. 6333-6-2)."""
    return tuple(one for one in _shipped() if one.since is None or one.since <= day)


def load(root: Traversable) -> tuple[Clause, ...]:
    """The clauses of the data in ``root``; ``DataError`` names file, key and remedy."""
    sources, table = read_sources(root), read(root, FILE)
    found = [(one, _clause(one, sources)) for one in table.tables("clause")]
    table.finish()
    return unique(found, lambda one: one.key, "key")


@cache
def _shipped() -> tuple[Clause, ...]:
    return load(data_root())


def _clause(table: Table, sources: Mapping[str, Source]) -> Clause:
    clause = Clause(
        key=table.code("key"),
        title=table.text("title"),
        question=table.text("question"),
        optional=table.flag("optional", False),
        since=table.maybe_day("since"),
        citations=table.citations(sources),
    )
    table.finish()
    return clause
