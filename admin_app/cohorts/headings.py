"""A cohort in a few words, for rooms that know nothing of cohorts."""

from admin_app.cohorts.queries import by_reference, cohort
from admin_app.core.formatting import day_range
from admin_app.documents.kinds import CohortHeading


def read_heading(cohort_id: int) -> CohortHeading | None:
    """What the page of a cohort's documents shows of it."""
    found = cohort(cohort_id)
    if found is None:
        return None
    days = day_range(found.starts_on, found.ends_on)
    return CohortHeading(found.id, found.reference, found.title, days)


def find_cohort(reference: str) -> int | None:
    """The key of the cohort of that reference."""
    found = by_reference(reference)
    return None if found is None else found.id
