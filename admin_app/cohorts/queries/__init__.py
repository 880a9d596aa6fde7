"""Reading cohorts: what any room above may ask."""

from admin_app.cohorts.queries.cohorts import (
    Sponsor,
    Teaching,
    by_reference,
    clients_of,
    cohort,
    cohorts_of_client,
    cohorts_of_trainer,
    half_days,
    is_taught_by,
    planned_minutes,
    trainers_of,
)
from admin_app.cohorts.queries.ledger import attached_half_days, proved_half_days
from admin_app.cohorts.queries.roster import Enrolled, enrolled, roster
from admin_app.cohorts.queries.skills import missing_skills

__all__ = [
    "Enrolled",
    "Sponsor",
    "Teaching",
    "attached_half_days",
    "by_reference",
    "clients_of",
    "cohort",
    "cohorts_of_client",
    "cohorts_of_trainer",
    "enrolled",
    "half_days",
    "is_taught_by",
    "missing_skills",
    "planned_minutes",
    "proved_half_days",
    "roster",
    "trainers_of",
]
