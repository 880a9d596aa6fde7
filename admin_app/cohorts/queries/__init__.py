"""Reading cohorts: what any room above may ask."""

from admin_app.cohorts.queries.choices import (
    MOST_FOUND,
    Candidate,
    candidates,
    clients_named,
    contact_choices,
    place_choices,
    trainees_found,
)
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
from admin_app.cohorts.queries.funders import funder_choices, funder_names, funders_of
from admin_app.cohorts.queries.ledger import attached_half_days, proved_half_days
from admin_app.cohorts.queries.listing import Line, Wanted, all_lines, lines, years
from admin_app.cohorts.queries.overview import Overview, overview
from admin_app.cohorts.queries.particulars import (
    Noted,
    ParticularLine,
    enrolments_of,
    particular,
    particular_lines,
    particular_notes,
)
from admin_app.cohorts.queries.roster import (
    Enrolled,
    enrolled,
    enrolled_among,
    replacements,
    roster,
    roster_page,
)
from admin_app.cohorts.queries.skills import lacking_of, missing_of_each, missing_skills

__all__ = [
    "MOST_FOUND",
    "Candidate",
    "Enrolled",
    "Line",
    "Noted",
    "Overview",
    "ParticularLine",
    "Sponsor",
    "Teaching",
    "Wanted",
    "all_lines",
    "attached_half_days",
    "by_reference",
    "candidates",
    "clients_named",
    "clients_of",
    "cohort",
    "cohorts_of_client",
    "cohorts_of_trainer",
    "contact_choices",
    "enrolled",
    "enrolled_among",
    "enrolments_of",
    "funder_choices",
    "funder_names",
    "funders_of",
    "half_days",
    "is_taught_by",
    "lacking_of",
    "lines",
    "missing_of_each",
    "missing_skills",
    "overview",
    "particular",
    "particular_lines",
    "particular_notes",
    "place_choices",
    "planned_minutes",
    "proved_half_days",
    "replacements",
    "roster",
    "roster_page",
    "trainees_found",
    "trainers_of",
    "years",
]
