"""Those with whom the organisation works: team, subcontractors, funders."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Select

from admin_app.coverage.facts.reading import Ids
from compliance.registers import Record


def staff(ids: Ids, as_of: date | None) -> Iterable[Record]:
    """The members of the team."""
    return ()


def subcontractors(ids: Ids, as_of: date | None) -> Iterable[Record]:
    """The subcontractors."""
    return ()


def funders(ids: Ids, as_of: date | None) -> Iterable[Record]:
    """The funders of cohorts."""
    return ()


def first_subcontractor_on(as_of: date | None) -> date | None:
    """The day on which the first subcontractor was entered."""
    return None


def shared_parts(cohorts: Any) -> list[Select[Any]]:
    """Kind and key of the subcontractors and funders of these cohorts."""
    return []
