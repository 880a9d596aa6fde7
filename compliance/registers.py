"""The facts of the registers: those with whom the organisation works, what it follows up.

Conventions are those of ``compliance.facts``. What is over and owes nothing is not given; nothing
here says who complained, or what a report tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainerRecord:
    """A trainer, whatever the cohort: the first day of the first mission, the last of the last
    (``None``: never assigned)."""

    key: int
    name: str
    first_mission_on: date | None = None
    last_mission_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntryRecord:
    """A training of the catalogue, whatever its version. ``entered_on``: the first day on which
    it was published or taught; ``published_on``: the first day on which it was published."""

    key: int
    title: str
    entered_on: date | None = None
    published_on: date | None = None
    is_certifying: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffRecord:
    """A member of the team. ``left_on``: the first day no longer in the house."""

    key: int
    name: str
    arrived_on: date
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubcontractorRecord:
    """A subcontractor: the day of entry in the register, the first and the last day of missions.

    ``archived_on``: the first day on which nothing more is asked of it.
    """

    key: int
    name: str
    added_on: date
    first_mission_on: date | None = None
    last_mission_on: date | None = None
    archived_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRecord:
    """A place where people are received: the first and the last day of use."""

    key: int
    name: str
    first_use_on: date | None = None
    last_use_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FunderRecord:
    """A funder: the first and the last day of the cohorts that it funds."""

    key: int
    name: str
    first_funded_on: date | None = None
    last_funded_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ComplaintRecord:
    """A complaint, or an incident (« aléa »); ``label`` names nobody."""

    key: int
    label: str
    received_on: date
    is_incident: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementRecord:
    """An improvement: its owner, its own due day, and the day on which it was done."""

    key: int
    title: str
    due_on: date
    owner: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRecord:
    """A risk of the register. ``closed_on``: the first day on which it is no longer followed."""

    key: int
    title: str
    opened_on: date
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRecord:
    """A report of violence, harassment or discrimination: its reference and its day, no more."""

    key: int
    label: str
    received_on: date


Record = (
    TrainerRecord
    | CatalogueEntryRecord
    | StaffRecord
    | SubcontractorRecord
    | PlaceRecord
    | FunderRecord
    | ComplaintRecord
    | ImprovementRecord
    | RiskRecord
    | ReportRecord
)
